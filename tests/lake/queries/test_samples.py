"""Samples some at a time, and the words around what was asked for."""

import pytest

from lake.queries import samples as queries
from lake.queries.bounded import bounded
from lake.queries.filters import PageFilter
from lake.queries.samples import Fitting
from tests.lakes import small_lake


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
    assert (shown.before, shown.hit) == ("Three hundred workers’ ", "")
    assert shown.after.startswith("permits ended")


def test_a_snippet_has_the_listed_name_in_code_points(lake):
    with bounded(lake) as connection:
        (shown,) = Fitting(connection, PageFilter(named="north")).samples()
    assert (shown.before, shown.hit, shown.after) == ("👨‍👩‍👧 é: ", "Coal", " of the mine went abroad.")
    assert (shown.name, shown.list, shown.entry) == ("Mine of the North", "UN 3", "7")
