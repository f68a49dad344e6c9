"""How many notices of a person are unread, for the bar on top of every page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import template
from django.contrib.auth.models import User
from django.db.models import QuerySet

from annotations.models import Notice
from annotations.models.assignment import PEOPLE
from corpus.db.compiled_queries import RepeatedRows

MOST = 99
COUNTED = "SELECT count(*) FROM ({}) unread"

register = template.Library()


def unread(user: User) -> QuerySet[Any, Any]:
    return Notice.objects.for_user(user).unread().order_by().values_list("pk")[: MOST + 1]


UNREAD = {flag: RepeatedRows(partial(unread, somebody), COUNTED) for flag, somebody in PEOPLE.items()}


@register.simple_tag(takes_context=True)
def unread_notices(context: Mapping[str, Any]) -> str:
    """“3”, “99+” where there are more; empty for none. A view that has counted already passes `unread`."""
    return context["unread"] if "unread" in context else count_unread(context["user"])


def count_unread(user: User) -> str:
    """It reads no more rows, however many there are."""
    if not (user.is_active and user.is_authenticated):
        return ""
    ((count,),) = UNREAD[user.is_superuser].all(user=user.pk)
    return f"{MOST}+" if count > MOST else str(count or "")
