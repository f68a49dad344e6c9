"""Whether an event has the participants without which it says nothing: `needs` of its type in the scheme. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from annotations.scheme.view import SchemeView
from annotations.unstated.answers import is_stated


def missing(scheme: SchemeView, event: Mapping[str, Any]) -> str:
    """What is asked of an event where none of some roles has a filler: "who owns what?"; empty where nothing is missing."""
    return missing_among(
        scheme, event["type"], {argument["role"] for argument in event["arguments"]}, event.get("attributes") or {}
    )


def missing_among(scheme: SchemeView, code: str, roles: Collection[str], attributes: Mapping[str, Any]) -> str:
    """`code` of the type; `roles` that are filled. An attribute may be needed as well: what is traded."""
    filled = {*roles, *(name for name, value in attributes.items() if is_stated(value))}
    needs = ((scheme.sentences.get("types") or {}).get(code) or {}).get("needs") or []
    for each in needs:
        if all(attributes.get(name) in values for name, values in (each.get("when") or {}).items()):
            return "" if all(not filled.isdisjoint(some) for some in each["of"]) else str(each["ask"])
    return ""
