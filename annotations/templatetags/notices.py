"""How many notices of a person are unread, for the bar on top of every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from annotations.models import Notice

MOST = 99

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: Mapping[str, Any]) -> str:
    """“3”, “99+” where there are more; empty for none. A view that has counted already passes `unread`."""
    return context["unread"] if "unread" in context else count_unread(context["user"])


def count_unread(user: Any) -> str:
    """It reads no more rows, however many there are."""
    rows = Notice.objects.for_user(user).unread().order_by()[: MOST + 1]
    count = rows.count()
    return f"{MOST}+" if count > MOST else str(count or "")
