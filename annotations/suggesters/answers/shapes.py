"""The shape of an answer of `attest-suggest/1`. Fields that the protocol does not have are passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotations.native.outcomes import score
from annotations.native.validators import Checker, Misshapen, integer, text

Object = dict[str, Any]
PROTOCOL = "attest-suggest/1"
MOST_SUGGESTIONS, MOST_FRAGMENTS, MOST_ARGUMENTS, MOST_TEXTS = 5_000, 8, 40, 64
LONGEST_QUOTE, LONGEST_AROUND, LONGEST_REASON, LONGEST_VERSION, LONGEST_CODE = 4_000, 64, 300, 100, 40


def located(where: str, checker: Checker, value: Any) -> Any:
    """Check `value`, and name the place in the error: documents[0].id."""
    try:
        return checker(value)
    except Misshapen as error:
        joint = "" if str(error)[:1] in "[." else ": "
        raise Misshapen(f"{where}{joint}{error}") from None


def members(fields: Mapping[str, Checker], *, required: tuple[str, ...]) -> Checker:
    """An object with these fields and perhaps others, which are left out."""

    def check(value: Any) -> Object:
        if not isinstance(value, dict):
            raise Misshapen("should be an object")
        for name in required:
            if name not in value:
                raise Misshapen(f"lacks {name!r}")
        return {name: located(f".{name}", checker, value[name]) for name, checker in fields.items() if name in value}

    return check


def rows(checker: Checker, most: int, *, least: int = 0) -> Checker:
    def check(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Misshapen("should be a list")
        if not least <= len(value) <= most:
            raise Misshapen(f"should have {least} to {most:,} entries")
        return [located(f"[{index}]", checker, entry) for index, entry in enumerate(value)]

    return check


def fragment(value: Any) -> Object:
    part: Object = FRAGMENT(value)
    if ("start" in part) != ("end" in part):
        raise Misshapen("should have both start and end, or neither")
    if "start" in part and part["start"] >= part["end"]:
        raise Misshapen("should end behind its start")
    return part


FRAGMENT = members(
    {
        "start": integer,
        "end": integer,
        "quote": text(LONGEST_QUOTE, empty=False),
        "prefix": text(LONGEST_AROUND),
        "suffix": text(LONGEST_AROUND),
    },
    required=("quote",),
)
FRAGMENTS = rows(fragment, MOST_FRAGMENTS, least=1)
CODE = text(LONGEST_CODE, empty=False)
COMMON: dict[str, Checker] = {"score": score, "why": text(LONGEST_REASON)}
ARGUMENT = members({"role": CODE, "fragments": FRAGMENTS, "label": CODE, "score": score}, required=("role", "fragments"))
SUGGESTIONS: dict[str, Checker] = {
    "span": members({"layer": CODE, "label": CODE, "fragments": FRAGMENTS, **COMMON}, required=("layer", "label", "fragments")),
    "event": members(
        {"type": CODE, "fragments": FRAGMENTS, "arguments": rows(ARGUMENT, MOST_ARGUMENTS), **COMMON},
        required=("type", "fragments"),
    ),
    "claim": members({"content": FRAGMENTS, "cue": FRAGMENTS, "speaker": FRAGMENTS, **COMMON}, required=("content",)),
}


def suggestion(value: Any) -> Object:
    """One of an answer, checked by itself: another one that is malformed costs nothing but itself."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in SUGGESTIONS:
        raise Misshapen(f"kind should be one of {', '.join(SUGGESTIONS)}")
    return {"kind": kind, **SUGGESTIONS[kind](value)}


def protocol(value: Any) -> str:
    if value != PROTOCOL:
        raise Misshapen(f"should be {PROTOCOL!r}")
    return PROTOCOL


def as_it_is(value: Any) -> Any:
    return value


OF_TEXT = members(
    {"id": text(64), "sha256": text(64), "suggestions": rows(as_it_is, MOST_SUGGESTIONS)},
    required=("id", "sha256", "suggestions"),
)
WHOLE: Callable[[Any], Object] = members(
    {"protocol": protocol, "version": text(LONGEST_VERSION, empty=False), "documents": rows(OF_TEXT, MOST_TEXTS)},
    required=("protocol", "version", "documents"),
)
