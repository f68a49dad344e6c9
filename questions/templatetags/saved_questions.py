"""Saved questions on pages of other apps, and their news in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from questions.models import SeenState
from questions.saved.readable import with_news
from questions.wording.news_words import aspect_words, count_words

MOST = 20

register = template.Library()
register.filter("aspects", aspect_words)


@register.filter
def counts(state: SeenState) -> str:
    return count_words(state.new, state.changed, state.gone)


@register.inclusion_tag("questions/_queue.html", takes_context=True)
def question_news(context: Mapping[str, Any]) -> dict[str, Any]:
    """The saved questions of a person in which something is new."""
    rows = list(with_news(context["request"].user)[: MOST + 1])
    return {"states": rows[:MOST], "has_more": len(rows) > MOST}
