"""Codes and dates as people read them."""

from __future__ import annotations

from django import template

from annotations.text.edtf import date_words

register = template.Library()
register.filter("date_words", date_words)


@register.filter
def words(code: str) -> str:
    """located_in → located in, STATE_BODY → state body."""
    return code.replace("_", " ").lower()
