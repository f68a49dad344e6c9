"""How names are compared: lower case, straight quotation marks, single spaces, no article in front.

The database keeps this form in a column of its own beside each name, since only a stored form can be
indexed; a question is brought into it by the same expression, so that both always agree.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import OpClass
from django.db.models import F, Func, TextField, Value

CURLY, STRAIGHT = "’‘“”", "''\"\""


def plain(words: Any) -> Any:
    """An expression (or the name of a column) → its comparable form, as an expression."""
    straight = text("translate", words, CURLY, STRAIGHT)
    spaced = text("regexp_replace", straight, "[[:space:]]+", " ", "g")
    lowered = text("lower", text("btrim", spaced))
    return text("regexp_replace", lowered, "^(the|a|an) (?=.)", "")


def text(function: str, first: Any, *others: str) -> Func:
    values = [Value(other, output_field=TextField()) for other in others]
    return Func(first, *values, function=function, output_field=TextField())


def indexed(column: str) -> OpClass:
    """The column in an index that also finds beginnings, whatever the collation of the database."""
    return OpClass(F(column), "text_pattern_ops")
