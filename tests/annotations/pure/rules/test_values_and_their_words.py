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


SOLD = {"low": 500, "high": 500, "comparator": "eq", "unit": "t"}


def of_500(text, **values):
    start = text.index("500 tonnes")
    fragment = {"start": start, "end": start + len("500 tonnes"), "quote": "500 tonnes"}
    item = {"id": "1", "layer": "FIGURE", "label": "QUANTITY", "fragments": [fragment], "attributes": SOLD | values}
    return [
        (each.detail, each.field)
        for each in fig_07(item, NativeContext({"document": {"language": "en"}, "mentions": [item]}, text, VIEW))
    ]


def test_a_cap_of_which_nobody_says_that_it_is_one_is_a_warning():
    detail = "“cap” says that it is not a count (limit, target or deadline); say its use, or it counts as one."
    assert of_500("They broke the cap of 500 tonnes.") == [(detail, "use")]
    assert of_500("They broke the cap of 500 tonnes.", use="limit") == []
    assert of_500("They broke the cap of 500 tonnes.", use="reported") == [], "somebody says that it is a count"
    assert of_500("They sold 500 tonnes, above the cap.") == []
