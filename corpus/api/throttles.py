"""Limits that say when to come back. They are politeness; what must not happen is refused elsewhere."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle


class Strangers(SimpleRateThrottle):
    """Requests with a wrong token, by network address: guessing is slow."""

    scope = "anon"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": "stranger", "ident": self.get_ident(request)}


def seconds_to_wait(request: Any, scope: str) -> int:
    """For a page that costs as much as what the API counts under `scope`, and counts with it: 0, or when to come back."""
    limit = ScopedRateThrottle()
    if limit.allow_request(request, SimpleNamespace(throttle_scope=scope)):  # type: ignore[arg-type]
        return 0
    return max(1, math.ceil(limit.wait() or 1))
