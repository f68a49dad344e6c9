"""One call for "what do these words say", with only the fields that say something."""

from dataclasses import fields

import pytest

from annotations.figures import FigureReading, read

SILENT = FigureReading()


def short(value):
    return (
        float(value)
        if hasattr(value, "quantize") and value != int(value)
        else int(value)
        if hasattr(value, "quantize")
        else value
    )


@pytest.fixture
def says(scheme):
    """Words → the fields of their reading that differ from an empty one."""

    def call(words, language="en"):
        reading = read(words, scheme, language)
        values = {field.name: getattr(reading, field.name) for field in fields(reading)}
        return {name: short(value) for name, value in values.items() if value != getattr(SILENT, name)}

    return call


@pytest.fixture
def value(says):
    """Words → (comparator, low, high)."""

    def call(words, language="en"):
        found = says(words, language)
        return found.get("comparator"), found.get("low"), found.get("high")

    return call
