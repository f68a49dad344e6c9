"""Is this a W3C Web Annotation? The Recommendation's musts, checked before any of it is believed.

Pure. https://www.w3.org/TR/annotation-model/ says MUST; what it only recommends is let pass, and so is
what others added. Raises Unreadable with the path to the first thing that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from annotations.formats.base import Unreadable
from annotations.formats.middle.flat import Object

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
KINDS = ("Annotation", "AnnotationPage", "AnnotationCollection")
SETS = {"Choice", "Composite", "List", "Independents"}
IRI = re.compile(r"[^\s<>\"{}|\\^`]+")
MOMENT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
Check = Callable[[Any, str], None]


def check(value: Any, location: str) -> str:
    """Which of KINDS a whole file or line is."""
    known = {CONTEXT} & set(strings(value.get("@context"))) if isinstance(value, dict) else set()
    if not known:
        raise Unreadable(f"{location}: @context should be {CONTEXT}")
    kind = next((kind for kind in KINDS if kind in types(value)), None)
    if kind is None:
        raise Unreadable(f"{location}: type should be one of {', '.join(KINDS)}, not {str(value.get('type'))[:60]!r}")
    CHECKS[kind](value, location)
    return kind


def strings(value: Any) -> list[str]:
    """A string, or the strings of a list."""
    members = value if isinstance(value, list) else [value]
    return [entry for entry in members if isinstance(entry, str)]


def types(value: Object) -> set[str]:
    return set(strings(value.get("type")))


def several(value: Any) -> list[Any]:
    """JSON-LD writes one thing as it is and several as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


# The checks


def annotation(value: Any, location: str) -> None:
    json_object(value, location)
    if "Annotation" not in types(value):
        raise Unreadable(f"{location}: type should be Annotation")
    iri(value.get("id"), f"{location}: id")
    location = f"{location} ({value['id'][:100]})"
    if "body" in value and "bodyValue" in value:
        raise Unreadable(f"{location}: give either body or bodyValue, not both")
    fields(value, location, ANNOTATION)
    each(value.get("target"), f"{location}: target", resource, least=1)
    each(value.get("body"), f"{location}: body", resource)


def collection(value: Any, location: str) -> None:
    iri(value.get("id"), f"{location}: id")
    fields(value, location, {"total": count, "creator": agents})
    if isinstance(value.get("first"), dict):
        page(value["first"], f"{location}: first")
    page_annotations(value, location)


def page(value: Any, location: str) -> None:
    iri(value.get("id"), f"{location}: id")
    fields(value, location, {"startIndex": count})
    if not isinstance(value.get("items"), list):
        raise Unreadable(f"{location}: items should be a list")
    page_annotations(value, location)


def page_annotations(value: Object, location: str) -> None:
    for number, entry in enumerate(several(value.get("items"))):
        annotation(entry, f"{location}, annotation {number + 1}")


def resource(value: Any, location: str) -> None:
    """A body or a target."""
    if isinstance(value, str):
        iri(value, location)
        return
    json_object(value, location)
    kinds = types(value)
    fields(value, location, RESOURCE)
    if len(kinds & SETS) > 1:
        raise Unreadable(f"{location}: type should be only one of {', '.join(sorted(SETS))}")
    if "items" in value and not kinds:
        raise Unreadable(f"{location}: type should be one of {', '.join(sorted(SETS))}, since it has items")
    if kinds & SETS:
        each(value.get("items"), f"{location}: items", resource, least=1)
    if "TextualBody" in kinds:
        text(value.get("value"), f"{location}: value")
    if "SpecificResource" in kinds or "source" in value or "selector" in value:
        resource(value.get("source"), f"{location}: source")
        each(value.get("selector"), f"{location}: selector", selector)


def selector(value: Any, location: str) -> None:
    if isinstance(value, str):
        iri(value, location)
        return
    json_object(value, location)
    for kind in types(value):
        for name, checker in SELECTORS.get(kind, {}).items():
            checker(value.get(name), f"{location}: {name}")
    if isinstance(value.get("start"), int) and isinstance(value.get("end"), int) and value["start"] > value["end"]:
        raise Unreadable(f"{location}: start is after end")
    each(value.get("refinedBy"), f"{location}: refinedBy", selector)


def json_object(value: Any, location: str) -> None:
    if not isinstance(value, dict):
        raise Unreadable(f"{location} should be an object, not {str(value)[:60]!r}")


def fields(value: Object, location: str, checks: dict[str, Check]) -> None:
    json_object(value, location)
    for name, checker in checks.items():
        if name in value:
            checker(value[name], f"{location}: {name}")


def each(value: Any, location: str, checker: Check, *, least: int = 0) -> None:
    members = several(value)
    if len(members) < least:
        raise Unreadable(f"{location} is missing")
    for entry in members:
        checker(entry, location)


def iri(value: Any, location: str) -> None:
    if not isinstance(value, str) or not IRI.fullmatch(value):
        raise Unreadable(f"{location} should be one URL, not {str(value)[:60]!r}")


def iris(value: Any, location: str) -> None:
    each(value, location, iri)


def agents(value: Any, location: str) -> None:
    for entry in several(value):
        if not isinstance(entry, dict):
            iri(entry, location)


def text(value: Any, location: str) -> None:
    if not isinstance(value, str):
        raise Unreadable(f"{location} should be one string, not {str(value)[:60]!r}")


def texts(value: Any, location: str) -> None:
    each(value, location, text)


def maybe(value: Any, location: str) -> None:
    if value is not None:
        text(value, location)


def count(value: Any, location: str) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Unreadable(f"{location} should be a whole number from 0, not {str(value)[:60]!r}")


def moment(value: Any, location: str) -> None:
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        raise Unreadable(f"{location} should be one date and time like 2026-01-02T03:04:05Z, not {str(value)[:60]!r}")


def direction(value: Any, location: str) -> None:
    if value not in ("ltr", "rtl", "auto"):
        raise Unreadable(f"{location} should be ltr, rtl or auto, not {str(value)[:60]!r}")


ANNOTATION: dict[str, Check] = {
    "bodyValue": text,
    "creator": agents,
    "generator": agents,
    "created": moment,
    "modified": moment,
    "generated": moment,
    "motivation": texts,
    "rights": iris,
    "canonical": iri,
    "via": iris,
}
RESOURCE: dict[str, Check] = {
    "id": iri,
    "creator": agents,
    "created": moment,
    "modified": moment,
    "rights": iris,
    "purpose": texts,
    "format": texts,
    "language": texts,
    "processingLanguage": text,
    "textDirection": direction,
}
SELECTORS: dict[str, dict[str, Check]] = {
    "TextPositionSelector": {"start": count, "end": count},
    "DataPositionSelector": {"start": count, "end": count},
    "TextQuoteSelector": {"exact": text, "prefix": maybe, "suffix": maybe},
    "FragmentSelector": {"value": text},
    "CssSelector": {"value": text},
    "XPathSelector": {"value": text},
    "RangeSelector": {"startSelector": selector, "endSelector": selector},
}
CHECKS: dict[str, Check] = {"Annotation": annotation, "AnnotationPage": page, "AnnotationCollection": collection}
