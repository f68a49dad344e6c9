"""Layers, labels and days by which agreement can be narrowed."""

from __future__ import annotations

from datetime import date

from django.utils.dateparse import parse_date

from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.schemes.stored import compiled
from corpus.models import Corpus


def codes_of(corpus: Corpus) -> list[str]:
    """LAYER and LAYER.LABEL of the scheme in use, in its order; agreement compares in the newest codes."""
    try:
        view = compiled(scheme_for(corpus)).view
    except NoScheme:
        return []
    layers = [layer["code"] for layer in view.layers]
    return [code for layer in layers for code in (layer, *(f"{layer}.{label['code']}" for label in view.labels(layer)))]


def day_of(text: str) -> date | None:
    try:
        day: date | None = parse_date(text)
    except ValueError:  # the thirtieth of February
        return None
    return day
