"""Which figure label fits what was read, asked of the scheme: no label has a name here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotations.scheme.view import SchemeView


def guess(
    scheme: SchemeView,
    *,
    currency: str | None,
    per_currency: str | None,
    unit: str | None,
    counter: str | None,
    period: str | None,
) -> str | None:
    """The label, or None where the words do not tell."""
    share = unit is not None and unit in scheme.unit_groups.get("share", ())
    if per_currency or (period and (share or counter == "occasions")):
        return first(with_attribute(scheme, "per_currency"))
    if currency:
        return first(required_for(scheme, "currency"))
    if unit:
        return by_unit(scheme, unit)
    if counter == "people":
        return first(required_for(scheme, "counted"))
    return first(counted_by_words(scheme)) if counter else None


def first(labels: Iterable[str]) -> str | None:
    return next(iter(labels), None)


def labels_of(scheme: SchemeView) -> Iterable[Mapping[str, Any]]:
    return (label for layer in scheme.layers_of("figure") for label in layer["labels"])


def with_attribute(scheme: SchemeView, code: str) -> list[str]:
    return [label["code"] for label in labels_of(scheme) if code in label.get("attributes", [])]


def required_for(scheme: SchemeView, code: str) -> list[str]:
    attributes = [x for layer in scheme.layers_of("figure") for x in layer["attributes"]]
    return [label for x in attributes if x["code"] == code for label in x.get("required_for", [])]


def by_unit(scheme: SchemeView, unit: str) -> str | None:
    groups = scheme.rule("FIG-02").get("units") or {}
    for label, names in groups.items():
        if any(unit in scheme.unit_groups.get(name, ()) for name in names):
            return str(label)
    return None


def counted_by_words(scheme: SchemeView) -> list[str]:
    """Labels of things that need not be actors and have no unit."""
    units = with_attribute(scheme, "unit")
    return [label for label in with_attribute(scheme, "counted_text") if label not in units]
