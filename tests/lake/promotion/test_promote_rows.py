"""Rows of Parquet become articles as those of JSON Lines do: each from its place in the file, once."""

import json

import pytest
from django.core.management import CommandError, call_command
from pyarrow import Table, parquet

from corpus.models import Article, Document, IntakeItem, Raw
from corpus.objects.raws import bytes_of
from lake.promotion import promote as promotion
from lake.promotion import rows
from lake.queries import select
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "The ministry said that {} workers had been sent home, and that others stay abroad for {} years."


def row(number):
    return {"text": TEXT.format(number, number), "headline": f"Workers {number}", "source": "Example Daily", "date": "2017-03-04"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rows.parquet"
    parquet.write_table(Table.from_pylist([row(number) for number in range(40)]), path, row_group_size=15)
    call_command("lake", "read", str(path), "--lake", str(tmp_path / "lake"), "--processes", "1")
    return path


@pytest.fixture
def promote(file, capsys):
    factories.corpus("taken")

    def act(where="true", *options):
        sql = f"SELECT page FROM pages WHERE {where}"
        lake = ["--lake", str(file.parent / "lake"), "--corpus", "taken", "--from", str(file)]
        call_command("lake", "promote", sql, *lake, *options)
        return capsys.readouterr().out.split("\n")[:-1]

    return act


def test_chosen_rows_are_articles_with_their_place_as_the_source(promote, file, settings):
    settings.CRAWLS = str(file.parent)
    assert promote("number IN (3, 17, 39)", "--originals", "stay") == ["stored: 3"]
    assert {text.text for text in Document.objects.all()} == {f"Workers {at}\n\n{row(at)['text']}\n" for at in (3, 17, 39)}
    sources = sorted(Document.objects.values_list("retrieved_from", flat=True))
    assert [source.partition("&sha256=")[0] for source in sources] == [f"rows.parquet#row={at}" for at in (17, 3, 39)]
    article = Article.objects.get(title="Workers 17")
    assert (article.source_file, article.claimed_outlet, article.published_edtf) == (
        "rows.parquet:18",
        "Example Daily",
        "2017-03-04",
    )
    raw = Raw.objects.get(documents__article=article)
    assert (raw.storage, bytes_of(raw)) == ("row", json.dumps(row(17)).encode())  # there are no bytes that could stay


def test_rows_are_stored_many_at_a_time_and_their_file_is_read_once(promote, monkeypatch):
    opened, again = [], rows.RowCursor.open
    monkeypatch.setattr(rows.RowCursor, "open", lambda self, path: opened.append(path) or again(self, path))
    monkeypatch.setattr(promotion, "promote_page", None)
    monkeypatch.setattr(select, "AT_ONCE", 15)
    assert promote() == ["stored: 40"]
    assert len(opened) == 1


def test_twice_is_once_and_the_rest_comes_later(promote):
    assert promote("number < 20") == ["stored: 20"]
    assert promote() == ["stored: 20", "already in the corpus: 20"]
    assert promote() == ["already in the corpus: 40"]
    assert Article.objects.count() == 40


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([row(at + 1) for at in range(40)], "has at row 39 not what the lake has read there"),
        ([row(0)], "has no row 39: the file ends before it"),
        (None, "has no row 39: it is damaged or not Parquet"),
    ],
)
def test_a_file_that_was_changed_is_told_with_its_row(promote, file, values, reason):
    if values:
        parquet.write_table(Table.from_pylist(values), file)
    else:
        file.write_bytes(b"none")
    with pytest.raises(CommandError, match="1 failed"):
        promote("number = 39")
    assert reason in IntakeItem.objects.get().detail
    assert not Article.objects.exists()
