"""Figures of a reading that add up, as links that are offered."""

import pytest

from annotations.models import Assignment
from annotations.suggesters.serve import answer
from tests import factories, marks

pytestmark = pytest.mark.django_db

TEXT = (
    "There used to be 300 workers. 170 were forced to return, the remaining 130 stay. They share 2 rooms and 2 baths, 4 in all."
)


@pytest.fixture
def reading(corpus, annotator, scheme):
    factories.membership(corpus, annotator, "annotator")
    return factories.assignment(factories.document(TEXT, corpus=corpus), annotator)


def figures(reading, *amounts, **fields):
    return [marks.figure(reading, str(amount), low=amount, high=amount, comparator="eq", **fields) for amount in amounts]


def links(reading):
    served = answer(Assignment.whole(reading.pk)).suggestions
    return [(each["why"], each["source"], each["target"]) for each in served if each["kind"] == "link"]


def test_parts_of_a_whole_are_offered_once_each(reading):
    spans = [each.span for each in figures(reading, 300, 170, 130)]
    whole, part, rest = (str(each.pk) for each in spans)
    assert links(reading) == [("170 + 130 = 300", part, whole), ("170 + 130 = 300", rest, whole)]
    marks.link(spans[1], spans[0])
    assert links(reading) == [("170 + 130 = 300", rest, whole)]


def test_small_numbers_and_other_units_add_up_by_chance(reading):
    figures(reading, 2, 4)
    figures(reading, 300)
    figures(reading, 170, 130, unit="t")
    assert links(reading) == []
