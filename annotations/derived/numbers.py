"""Values of figures as decimals, and decimals as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from decimal import Context as Arithmetic
from typing import Any

from annotations.native.view import Context, Object


def decimal(value: Any) -> Decimal | None:
    """Exactly what stands in the JSON: 0.1 is one tenth."""
    return None if value is None else Decimal(str(value))


# A figure may have 24 digits before the point and 6 behind it: a share of two of them has more digits than the usual 28.
ARITHMETIC = Arithmetic(prec=100)


def values_of(figure: Object) -> Mapping[str, Any]:
    return figure.get("attributes") or {}


def exact(figure: Object | None) -> Decimal | None:
    """The value of a figure that is one number; None for ranges, bounds and no value."""
    values = values_of(figure) if figure else {}
    low, high = decimal(values.get("low")), decimal(values.get("high"))
    return low if low == high else None


def bounds(figure: Object) -> tuple[Decimal | None, Decimal | None]:
    values = values_of(figure)
    return decimal(values.get("low")), decimal(values.get("high"))


def figures_of(context: Context) -> list[Object]:
    """The figures in the order of the text."""
    figures = [mark for mark in context.spans() if context.scheme.kind(mark["layer"]) == "figure"]
    return sorted(figures, key=lambda figure: (figure["fragments"][0]["start"], figure["id"]))


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=ARITHMETIC)


def written(value: Decimal, places: int = 2) -> str:
    """45000 → "45,000"; 173.3333 → "173.33"; 15.0 → "15"."""
    text = f"{rounded(value, places):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(value: Decimal, places: int = 2) -> int | float:
    """As JSON writes it: whole numbers without a point."""
    near = rounded(value, places)
    return int(near) if near == near.to_integral_value() else float(near)
