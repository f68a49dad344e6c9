"""Limits that say when to come back. They are politeness; what must not happen is refused elsewhere."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

from rest_framework.exceptions import Throttled
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle, UserRateThrottle


class OfPeople(UserRateThrottle):
    """So many requests at once, and then as many in the time, evenly.

    REST framework keeps the time of each request, a list that each request reads and writes again. Here it is one number: the moment at
    which all that was asked would be answered if it came evenly.
    """

    duration: int
    num_requests: int

    def allow_request(self, request: Any, view: Any) -> bool:
        self.key = self.rate and self.get_cache_key(request, view)
        if not self.key:
            return True
        self.now, each = self.timer(), self.duration / self.num_requests
        self.until: float = max(self.now, self.cache.get(self.key, 0.0)) + each
        if self.until - self.now > self.duration:
            return False
        self.cache.set(self.key, self.until, self.duration)
        return True

    def wait(self) -> float:
        return self.until - self.now - self.duration


# What a scope counts, and the setting that says how many there may be; what has none is no setting.
COUNTED = {"export": ("exports", "EXPORT_RATE")}


class OverLimit(Throttled):
    """`limit`: a clause that says which."""

    def __init__(self, wait: float | None, limit: str) -> None:
        super().__init__(wait)
        self.limit = limit


class OfScope(ScopedRateThrottle):
    """What costs much, by account; the refusal says the limit, which setting has it, and when to come back."""

    def throttle_failure(self) -> bool:
        counted, setting = COUNTED.get(str(self.scope), ("such requests", ""))
        limit = f"The limit of {counted} is {self.rate} for each account"
        raise OverLimit(self.wait(), f"{limit} (setting {setting})" if setting else limit)


class Strangers(SimpleRateThrottle):
    """Requests with a wrong token, by network address: guessing is slow."""

    scope = "anon"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": "stranger", "ident": self.get_ident(request)}


def seconds_to_wait(request: Any, scope: str) -> int:
    """For a page that costs as much as what the API counts under `scope`, and counts with it: 0, or when to come back."""
    limit = ScopedRateThrottle()
    view: Any = SimpleNamespace(throttle_scope=scope)
    if limit.allow_request(request, view):
        return 0
    return max(1, math.ceil(limit.wait() or 1))
