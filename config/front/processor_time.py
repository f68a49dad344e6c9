"""Middleware that ends a request which takes much of a processor, or whose client has left: a few of them would keep everybody waiting.

What takes no longer than most pages is left alone. What does is one of its account and of few in the process, and has an end.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import thread_time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.front.application import WATCH
from corpus.api.problems import RETRY_SOON, Problem
from corpus.budget import checked

Handler = Callable[[HttpRequest], HttpResponse]
FREE, SECONDS = 0.3, 15.0  # of this thread
PLACES = 4  # of a process, which has eight threads (config.front.application)


class ProcessorTime:
    """The outermost one."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.long: set[Any] = set()  # accounts
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        spent = Spent(request, self)
        try:
            with checked(spent.check):
                return self.get_response(request)
        finally:
            spent.end()

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Of a page; the API has its own way."""
        if not isinstance(error, Problem):
            return None
        page = render(request, "refused.html", {"problem": error}, status=error.status_code)
        page["Retry-After"] = str(RETRY_SOON)
        return page

    def take_place(self, account: Any) -> None:
        """Raises Problem."""
        with self.lock:
            if account in self.long or len(self.long) >= PLACES:
                raise Problem("too-many", f"Another long request is under way. Try again in {RETRY_SOON} s.", retry=RETRY_SOON)
            self.long.add(account)

    def leave_place(self, account: Any) -> None:
        with self.lock:
            self.long.remove(account)


class Spent:
    """By one request."""

    def __init__(self, request: HttpRequest, places: ProcessorTime) -> None:
        self.request, self.places = request, places
        self.began = thread_time()
        self.account: tuple[Any] | None = None  # of its place
        self.left: Any = None

    def check(self) -> None:
        used = thread_time() - self.began
        if used <= FREE:
            return
        if self.account is None:
            account = getattr(self.request, "user", None)
            self.places.take_place(account and account.pk)
            self.account = (account and account.pk,)
            watch = self.request.META.get(WATCH)
            self.left = watch() if watch else None
        if used > SECONDS or (self.left and self.left.done()):
            raise Problem(
                "too-long", f"It would take more than {SECONDS:g} s of a processor. Send or ask for less in one request."
            )

    def end(self) -> None:
        if self.account is not None:
            self.places.leave_place(*self.account)
        if self.left:
            self.left.cancel()
