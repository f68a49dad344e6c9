"""Values as a person would say them."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib import admin

from annotations.admin.wording import figure_words, number, object_words

EMPTY = {
    "comparator": "", "low": None, "high": None, "approximate": False, "currency": "", "per_currency": "", "unit": "",
    "per_count_n": None, "per_period": "", "per_unit": "",
}  # fmt: skip


def figure(**values):
    numbers = {name: Decimal(value) for name, value in values.items() if name in ("low", "high", "per_count_n")}
    return SimpleNamespace(**{**EMPTY, **values, **numbers})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "no value"),
        ({"comparator": "eq", "low": "300", "high": "300"}, "300"),
        ({"comparator": "ge", "low": "20"}, "at least 20"),
        ({"comparator": "gt", "low": "20"}, "more than 20"),
        ({"comparator": "le", "high": "0.5", "unit": "kg"}, "at most 0.5 kg"),
        ({"comparator": "lt", "high": "100", "unit": "%"}, "less than 100%"),
        ({"comparator": "between", "low": "5000", "high": "7000", "approximate": True}, "about 5,000 to 7,000"),
        (
            {"comparator": "eq", "low": "45000", "high": "45000", "currency": "CNY", "per_count_n": "300", "per_period": "P1M"},
            "45,000 CNY per 300 per month",
        ),
        ({"comparator": "eq", "low": "173.333333", "high": "173.333333", "currency": "KPW", "per_currency": "CNY"}, "173.333333 KPW per CNY"),
        ({"comparator": "eq", "low": "2", "high": "2", "unit": "t", "per_period": "P2W"}, "2 t per P2W"),
        ({"comparator": "eq", "low": "590", "high": "590", "currency": "USD", "per_unit": "{vessel}"}, "590 USD per vessel"),
    ],
)  # fmt: skip
def test_a_value_is_said_with_its_bounds_unit_and_basis(values, words):
    assert figure_words(figure(**values)) == words


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), ("1000000.000000", "1,000,000"), ("0.100000", "0.1"), ("-3", "-3"), ("100", "100")]
)
def test_a_number_has_groups_and_no_idle_zeros(value, text):
    assert number(value and Decimal(value)) == text


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"quote": "300"}, "300"),
        ({"name": "Daily NK"}, "Daily NK"),
        ({"measure": "UNSCR-2371", "fragments": [{"quote": "the resolution"}]}, "UNSCR-2371"),
        ({"type": "part_of"}, "part_of"),
        ({"content": [{"quote": "There used to be"}]}, "There used to be"),
        ({}, ""),
        (None, ""),
    ],
)
def test_an_object_of_the_log_is_named_by_its_words(item, words):
    assert object_words(item) == words


def test_tables_are_named_in_plain_plurals():
    names = [str(model._meta.verbose_name_plural) for model in admin.site._registry]
    assert len(names) > 40
    assert [name for name in names if re.search(r"(?:[^aeiou]y|ch|sh|x|ss)s$", name)] == []
