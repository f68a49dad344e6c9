"""Limits that say when to come back. They are politeness; what must not happen is refused elsewhere."""

from __future__ import annotations

from typing import Any

from rest_framework.throttling import SimpleRateThrottle


class Strangers(SimpleRateThrottle):
    """Requests with a wrong token, by network address: guessing is slow."""

    scope = "anon"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": "stranger", "ident": self.get_ident(request)}
