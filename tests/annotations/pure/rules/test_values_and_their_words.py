"""FIG-07: what the words surely say, and the value beside it."""

import pytest

from annotations.native.view import NativeContext
from annotations.rules.contradictions import fig_07
from tests.annotations.pure.conftest import GOLD, TEXT, VIEW


def found(words, label="PEOPLE", language="en", **values):
    fragment = {"start": 0, "end": len(words), "quote": words}
    item = {"id": "1", "layer": "FIGURE", "label": label, "fragments": [fragment], "attributes": values}
    context = NativeContext({"document": {"language": language}, "mentions": [item]}, words, VIEW)
    return [(each.detail, each.field, each.level) for each in fig_07(item, context)]


@pytest.mark.parametrize(
    ("words", "label", "values", "detail", "field"),
    [
        ("more than 70", "PEOPLE", {"low": 71, "comparator": "gt"}, "The words read as > 70; the value is > 71.", "low"),
        ("300", "PEOPLE", {"low": 999, "high": 999, "comparator": "eq"}, "The words read as 300; the value is 999.", "low"),
        ("at least 300", "PEOPLE", {"high": 300, "comparator": "le"}, "The words read as ≥ 300; the value is ≤ 300.", "low"),
        ("18 to 21", "ITEMS", {"low": 18, "high": 22, "comparator": "between"}, "The words read as 18 to 21; the value is 18 to 22.", "high"),
        (
            "45,000 RMB", "MONEY", {"low": 45000, "high": 45000, "comparator": "eq", "currency": "USD"},
            "The words read as 45,000 CNY; the value is 45,000 USD.", "currency",
        ),
        (
            "20 tonnes", "QUANTITY", {"low": 20, "high": 20, "comparator": "eq", "unit": "kg"},
            "The words read as 20 t; the value is 20 kg.", "unit",
        ),
    ],
)  # fmt: skip
def test_a_value_that_its_words_contradict_is_a_warning_at_its_field(words, label, values, detail, field):
    assert found(words, label, **values) == [(detail, field, "warning")]


@pytest.mark.parametrize(
    ("words", "label", "values"),
    [
        ("more than 70", "PEOPLE", {"low": 70, "comparator": "gt"}),
        ("more than 70", "PEOPLE", {"low": 70.0, "comparator": "gt", "high": None}),
        ("more than 70", "PEOPLE", {}),
        ("more than 70", "PEOPLE", {"low": 71, "comparator": "gt", "note": "The caption corrects it."}),
        ("dozens", "PEOPLE", {"low": 30, "high": 40, "comparator": "between"}),
        ("300 or 400 or 500", "PEOPLE", {"low": 500, "high": 500, "comparator": "eq"}),
        ("60 miles", "QUANTITY", {"low": 97, "high": 97, "comparator": "eq", "unit": "km"}),
        ("45,000", "MONEY", {"low": 45000, "high": 45000, "comparator": "eq", "currency": "CNY"}),
        ("45,000 won", "MONEY", {"low": 45000, "high": 45000, "comparator": "eq", "currency": "KRW"}),
        ("workers", "PEOPLE", {"low": 3, "high": 3, "comparator": "eq"}),
    ],
)
def test_what_is_right_open_vague_or_explained_is_none(words, label, values):
    assert found(words, label, **values) == []


def test_the_language_of_the_article_decides():
    values = {"low": 45000, "high": 45000, "comparator": "eq"}
    assert found("45.000", language="de", **values) == []
    assert found("45.000", language="en", **values) != []


def test_the_gold_says_what_its_words_say():
    context = NativeContext(GOLD, TEXT, VIEW)
    assert [each.detail for item in context.spans() for each in fig_07(item, context)] == []
