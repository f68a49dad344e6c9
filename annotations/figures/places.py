"""What of a reading the label of a figure has a place for: a reading never makes a rule refuse a mark."""

from __future__ import annotations

from typing import Any

from annotations.figures.reading import FigureReading
from annotations.scheme.view import SchemeView

VALUE = ("low", "high", "comparator")


def values_under_label(reading: FigureReading, scheme: SchemeView, layer: str, label: str) -> dict[str, Any]:
    """Values by attribute, without those that FIG-01 to FIG-03 would refuse under the label: they stay open.

    A number that was converted into a unit says nothing without it, nor does a price without what it is for. Raises UnknownLabel.
    """
    own = scheme.attributes(layer, label)
    values = {code: value for code in own if (value := getattr(reading, code, None)) not in (None, "")}
    if "unit" in values and values["unit"] not in scheme.units_of(label):
        del values["unit"]
    has_no_place = (reading.is_converted and "unit" not in values) or (reading.per_unit and "per_unit" not in own)
    if has_no_place or not own.keys() >= set(VALUE):
        values = {code: value for code, value in values.items() if code not in VALUE}
    if "approximate" not in own:
        values.pop("vague", None)
    return values
