"""Codes of a scheme as people read them."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def words(code: str) -> str:
    """located_in → located in, STATE_BODY → state body."""
    return code.replace("_", " ").lower()
