"""ETag of a page: what a browser has already is neither drawn nor sent again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import get_conditional_response, patch_cache_control

from corpus.accounts.signed_in import SignedIn

# Another release may draw the same otherwise. The processes of a server are forked of the one that has imported this.
STARTED = secrets.token_hex(8)


def page_tag(request: SignedIn, unread: str, facts: Iterable[Any]) -> str:
    """Of all that the page shows: `facts`, and around them the person, their unread notices, and the key of the forms. Empty: it has a
    message, which is shown once."""
    if len(get_messages(request)):
        return ""
    get_token(request)  # makes the key of the forms, where the browser has none yet
    user = request.user
    around = (STARTED, request.get_full_path(), user.pk, user.get_username(), getattr(user, "is_staff", False), unread)
    whole = repr((*around, request.META["CSRF_COOKIE"], *facts))
    return f'"{hashlib.sha256(whole.encode()).hexdigest()[:32]}"'


def if_unchanged(request: SignedIn, tag: str) -> HttpResponse | None:
    """304, where the browser has the page."""
    answer = get_conditional_response(request, etag=tag) if tag else None
    return with_tag(answer, tag) if answer else None


def with_tag(answer: HttpResponse, tag: str) -> HttpResponse:
    """The browser keeps the page to ask whether it still holds; nobody in between does."""
    if tag:
        answer["ETag"] = tag
        patch_cache_control(answer, private=True, no_cache=True)
    return answer
