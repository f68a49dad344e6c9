"""Due dates as people read them."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def due_words(due: date | None) -> str:
    """Such as “late by 3 days”; empty without a date. Days end by UTC, as all dates of the pages do."""
    if due is None:
        return ""
    days = (due - timezone.now().date()).days
    if days < 0:
        return f"late by {counted(-days)}"
    return f"due in {counted(days)}" if days else "due today"


def counted(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"
