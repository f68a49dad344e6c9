"""How long a session lives, and that no page of a signed-in person stays in a cache."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY, login, logout
from django.http import HttpRequest, HttpResponse

ABSOLUTE_SECONDS = 12 * 3600
IDLE_SECONDS = 2 * 3600
NOTED_EVERY_SECONDS = 60  # a session is not written at each request

Handler = Callable[[HttpRequest], HttpResponse]


class SessionLife:
    """Ends a session 12 hours after it began, and after 2 hours without a request.

    Goes between the middleware that finds the user and the one that asks for a log-in.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = SESSION_KEY in request.session
        if signed_in and over(request):
            logout(request)
        response = self.get_response(request)
        if signed_in:
            response.headers.setdefault("Cache-Control", "private, no-store")
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


def over(request: HttpRequest) -> bool:
    """Has this session lived long enough? Notes the request if it has not."""
    now, session = int(time.time()), request.session
    began, seen = session.get("began", now), session.get("seen", now)
    if now - began >= ABSOLUTE_SECONDS or now - seen >= IDLE_SECONDS:
        return True
    if "began" not in session or now - seen >= NOTED_EVERY_SECONDS:
        session["began"], session["seen"] = began, now
    return False


def sign_in(request: HttpRequest, user: Any) -> None:
    """Begin a new session, also where one was open. It keeps when the person signed in before."""
    before = user.last_login
    request.session.flush()
    login(request, user)
    request.session["before"] = before.isoformat() if before else ""


def previous_sign_in(request: HttpRequest) -> datetime | None:
    """None in the first session of an account."""
    before = request.session.get("before")
    return datetime.fromisoformat(before) if before else None
