"""Samples some at a time, and the words around what was asked for."""

import pytest

from lake.queries import samples as queries
from lake.queries.bounded import bounded
from lake.queries.filters import PageFilter
from lake.queries.samples import Fitting
from tests.lakes import long_lake, small_lake


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    return small_lake(tmp_path_factory.mktemp("lake"))


def numbers_of(rows):
    return [int(each.page, 16) for each in rows]


def test_samples_follow_and_precede_each_other(lake, monkeypatch):
    monkeypatch.setattr(queries, "SAMPLES", 2)
    asked = PageFilter(fold=False)
    with bounded(lake) as connection:
        fitting = Fitting(connection, asked)
        first = fitting.samples()
        second = fitting.samples(after=first[-1].page)
        assert [numbers_of(first), numbers_of(second)] == [[1, 2], [3, 4]]
        assert fitting.samples(before=second[0].page) == first
        assert fitting.samples(after=second[-1].page) == []
        assert fitting.extent() == (4, first[0].page, second[-1].page)
        assert Fitting(connection, PageFilter(words="nowhere")).extent() == (0, "", "")


def test_a_snippet_begins_near_the_first_word(lake):
    with bounded(lake) as connection:
        (shown,) = Fitting(connection, PageFilter(words="permits")).samples()
    assert (shown.before, shown.hit) == ("Three hundred workers’ ", "permits")
    assert shown.after.startswith(" ended")


def test_a_snippet_has_the_listed_name_in_code_points(lake):
    with bounded(lake) as connection:
        (shown,) = Fitting(connection, PageFilter(named="north")).samples()
    assert (shown.before, shown.hit, shown.after) == ("👨‍👩‍👧 é: ", "Coal", " of the mine went abroad.")
    assert (shown.name, shown.list, shown.entry) == ("Mine of the North", "UN 3", "7")


def test_a_word_of_the_title_alone_is_not_marked_in_the_text(lake):
    with bounded(lake) as connection:
        (shown,) = Fitting(connection, PageFilter(words="leave")).samples()
    assert (shown.before, shown.hit, shown.after[:13]) == ("", "", "Three hundred")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a" * 100, "a" * 100),
        ("rs left. " + "a" * 92, "… left. " + "a" * 92),
        ("rs\n\nleft " + "a" * 92, "… left " + "a" * 92),
        ("a" * 101, "…" + "a" * 100),
        ("석" * 60 + " " + "탄" * 40, "…" + "석" * 59 + " " + "탄" * 40),
    ],
)
def test_a_snippet_begins_with_a_whole_word(words, shown):
    assert queries.beginning(words) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a" * 200, "a" * 200),
        ("a" * 190 + " left. Work", "a" * 190 + " left. …"),
        ("a" * 201, "a" * 200 + "…"),
        ("석" * 100 + " " + "탄" * 100, "석" * 100 + " " + "탄" * 99 + "…"),
    ],
)
def test_a_snippet_ends_with_a_whole_word(words, shown):
    assert queries.ending(words) == shown


def test_a_title_that_stands_above_is_not_repeated(tmp_path):
    lake = long_lake(tmp_path, 1)
    with bounded(lake) as connection:
        (shown,) = Fitting(connection, PageFilter()).samples()
        (asked,) = Fitting(connection, PageFilter(words="report")).samples()
    assert (shown.title, shown.after) == ("Report 0", "Workers left.")
    assert (asked.hit, asked.after) == ("Report", " 0\n\nWorkers left.")
