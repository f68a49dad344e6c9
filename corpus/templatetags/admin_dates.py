"""The dates beside a list of the admin."""

from __future__ import annotations

from typing import Any

from django import template

from corpus.admin.dates import date_hierarchy

register = template.Library()


@register.inclusion_tag("admin/date_hierarchy.html", takes_context=True)
def bounded_date_hierarchy(context: Any, changes: Any) -> Any:
    return date_hierarchy(changes, context["request"])
