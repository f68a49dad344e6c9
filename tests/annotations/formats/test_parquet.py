"""Parquet that DuckDB and pandas open as one table with a column for the corpus."""

import io
import re
import zipfile

import duckdb
import pandas as pd
import pytest

from annotations.formats.base import Losses
from annotations.formats.files.optional_libraries import NotInstalled
from annotations.formats.tables import parquet
from config.environment import ROOT
from tests.annotations.formats.native import GOLD, TEXT, gold, hostile, written

COMMANDS = re.search(
    r"^## Parquet.*?```python\n(.*?)```", (ROOT / "docs/formats.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
)[1].splitlines()
SUMS = {"CNY": 57000.0, "KPW": 8800000.0, "USD": 24.0}


@pytest.fixture
def folder(tmp_path):
    def unpack(documents=None, **options):
        content, _ = written(parquet, documents, **options)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            archive.extractall(tmp_path)
        return tmp_path

    return unpack


def test_the_commands_of_the_guide_do_what_they_say(folder, monkeypatch):
    monkeypatch.chdir(folder(corpus="demo"))
    with_duckdb, with_pandas, *_ = COMMANDS
    sums = {row[1]: row[2] for row in eval(with_duckdb, {"duckdb": duckdb}).fetchall() if row[1]}
    assert sums == SUMS
    assert len(eval(with_pandas, {"pandas": pd})) == 13


def test_duckdb_reads_the_tables_and_the_corpus(folder):
    place = folder(corpus="demo")
    with duckdb.connect() as database:

        def ask(question):
            return database.sql(question.format(place)).fetchall()

        assert ask("SELECT count(*), min(corpus) FROM read_parquet('{}/spans/**/*.parquet', hive_partitioning = true)") == [
            (129, "demo")
        ]
        money = ask(
            "SELECT currency, sum(low) FROM read_parquet('{}/figures/**/*.parquet') WHERE currency IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        assert money == sorted(SUMS.items())
        quotes = ask(
            "SELECT count(*) FROM read_parquet('{0}/spans/**/*.parquet') s JOIN read_parquet('{0}/documents/**/*.parquet') d USING (document)"
            " WHERE s.fragments NOT LIKE '%;%' AND substr(d.text, s.start + 1, s.\"end\" - s.start) = s.quote"
        )
        assert quotes == [(126,)]


def test_pandas_reads_a_folder(folder):
    place = folder(corpus="demo")
    figures = pd.read_parquet(place / "figures")
    assert figures["low"].dtype == "float64"
    assert figures["low"].sum() == sum(m["attributes"]["low"] or 0 for m in GOLD["mentions"] if m["layer"] == "FIGURE")
    assert set(figures["corpus"]) == {"demo"}
    assert pd.read_parquet(place / "documents")["text"].tolist() == [TEXT]


def test_two_corpora_lie_beside_each_other(folder):
    folder(corpus="a/b")
    place = folder([gold(), gold()], corpus="other")
    assert sorted(path.name for path in (place / "events").iterdir()) == ["corpus=a%2Fb", "corpus=other"]
    assert pd.read_parquet(place / "events").groupby("corpus", observed=True).size().to_dict() == {"a/b": 41, "other": 82}


def test_rows_are_written_in_groups(folder, monkeypatch):
    monkeypatch.setattr(parquet, "GROUP", 10)
    place = folder(corpus="demo")
    assert len(pd.read_parquet(place / "arguments")) == 108
    assert len(pd.read_parquet(place / "evidence")) == 44


@pytest.mark.parametrize("words", ["=1+1", "<script>", "\x01\x0b", "a\r\nb", "🏭", "\ud800"])
def test_hostile_words_are_kept_as_they_are(folder, words):
    place = folder([hostile(words)], corpus="demo")
    assert set(pd.read_parquet(place / "entities")["name"]) == {words.replace("\ud800", "?")}


def test_nothing_marked_is_a_table_too(folder):
    assert len(pd.read_parquet(folder([], corpus="demo") / "spans")) == 0


def test_a_number_of_more_than_64_bits_is_told():
    document = gold()
    next(item for item in document.native["mentions"] if item["id"] == "F01")["attributes"]["low"] = 12345678901234567
    _, losses = written(parquet, [document])
    assert losses.counts["numbers rounded to 64 bits"] == 2


def test_without_pyarrow_it_says_how_to_get_it(monkeypatch):
    def absent(name, *rest):
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", absent)
    with pytest.raises(NotInstalled, match=r"pyarrow, which is not installed.*requirements/formats\.txt"):
        next(parquet.write([], Losses(), {}))
