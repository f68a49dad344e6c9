"""Factuality (FactBank) and realis (Rich ERE) of an event, from status, polarity and certainty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotations.scheme.view import SchemeView
from annotations.unstated.answers import is_stated

CERTAINTY = {"certain": "CT", "probable": "PR", "possible": "PS"}
POLARITY = {"positive": "+", "negative": "−"}
UNDERSPECIFIED = "Uu"


def factuality(event: Mapping[str, Any]) -> str | None:
    """ "CT+" is certain and positive; an order or a condition is "Uu", whatever is put in it. None while one of the three is
    open or not stated."""
    if event["status"] == "unrealised":
        return UNDERSPECIFIED
    certainty, polarity = CERTAINTY.get(event["certainty"] or ""), POLARITY.get(event["polarity"] or "")
    return f"{certainty}{polarity}" if is_stated(event["status"]) and certainty and polarity else None


def realis(event: Mapping[str, Any], scheme: SchemeView) -> str | None:
    """ACTUAL, GENERIC or OTHER, as the scheme's table says; None for a status that it lacks."""
    table = scheme.derived.get("realis") or {}
    value: str | None = table.get(event["status"])
    return value
