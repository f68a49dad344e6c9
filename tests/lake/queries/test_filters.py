"""What fits a filter, near-duplicates folded; and how a question is stopped."""

import duckdb
import pytest

from lake.queries import bounded as bounds
from lake.queries.bounded import TooMuch, bounded
from lake.queries.filters import PageFilter, chosen
from lake.queries.samples import Fitting
from tests.lakes import small_lake


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return small_lake(tmp_path_factory.mktemp("lake"))


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"fold": False}, [1, 2, 3, 4]),
        ({"words": "workers HUNDRED"}, [1]),
        ({"words": "석탄"}, [3]),
        ({"words": '"workers leave"'}, [1]),
        ({"words": '"hundred three"'}, []),
        ({"words": "it's"}, [1]),
        ({"words": "'); DROP VIEW pages; --"}, []),
        ({"words": "w.rkers"}, []),
        ({"words": "it's (over"}, []),
        ({"words": "over."}, [1]),
        ({"words": '"ENDED. it"'}, [1]),
        ({"words": r"\d"}, []),
        ({"words": "[석]탄"}, []),
        ({"named": "north"}, [2]),
        ({"named": "UN 3"}, [2]),
        ({"named": "UN 3 7"}, [2]),
        ({"named": "UN 3 8"}, []),
        ({"outlet": "the news"}, [1, 2]),
        ({"outlet": "news.example"}, [1, 2]),
        ({"outlet": "copy.example"}, [4]),
        ({"language": "en"}, [1, 2]),
        ({"language": "en-GB"}, [2]),
        ({"since": "2017-09"}, [1, 2, 3]),
        ({"since": "2017-09-03", "until": "2017"}, [1, 2]),
        ({"until": "2017-09"}, [1, 2]),
        ({"since": "2017-09-30", "until": "2017-09-30"}, [2]),
        ({"since": "2018-05", "until": "2018-06-30"}, [3]),
        ({"since": "2018-12-31"}, [3]),
        ({"until": "2018-01-01"}, [1, 2, 3]),
        ({"since": "2019"}, []),
        ({"until": "2017-08-31"}, []),
    ],
)
def test_pages_fit(lake, asked, numbers):
    wanted = PageFilter(**asked)
    with bounded(lake) as connection:
        fitting = Fitting(connection, wanted)
        assert [int(each.page, 16) for each in fitting.samples()] == numbers
        assert fitting.extent().pages == len(numbers)


@pytest.mark.parametrize("text", ["İSTANBUL", "İstanbul", "istanbul", "Istanbul"])
@pytest.mark.parametrize("word", ["İSTANBUL", "İstanbul", "istanbul", "ISTANBUL"])
def test_words_stand_there_in_any_case(text, word):
    (condition,) = PageFilter(words=word).conditions()
    assert duckdb.connect().execute(f"SELECT {condition} FROM (SELECT ? AS text, '' AS title)", [f"In {text}."]).fetchone() == (
        True,
    )


def test_a_last_sigma_is_one():
    (condition,) = PageFilter(words="ΟΔΟΣ").conditions()
    assert duckdb.connect().execute(f"SELECT {condition} FROM (SELECT 'οδος' AS text, '' AS title)").fetchone() == (True,)


def test_what_is_no_id_is_not_asked_for():
    assert "IN ('" in chosen(["0" * 32])
    with pytest.raises(ValueError, match="no page of a lake"):
        chosen(["0' OR true --"])


def test_a_question_is_stopped_and_reads_nothing_else(lake, tmp_path):
    with pytest.raises(TooMuch, match="Narrow it"), bounded(lake, seconds=0.05) as connection:
        connection.execute("SELECT count(*) FROM range(100000000000) a, range(1000) b WHERE a.range * b.range = 7").fetchall()
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.Error), bounded(lake) as connection:
        connection.execute(f"SELECT * FROM read_csv('{tmp_path}/secret.csv')").fetchall()
    assert bounds.SECONDS <= 15
