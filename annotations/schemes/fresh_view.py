"""Schemes with the register of measures as it is now."""

from __future__ import annotations

from typing import Any

from annotations.models import Scheme
from annotations.scheme.view import SchemeView
from annotations.schemes.measures_data import dated_measures
from annotations.schemes.stored import compiled

FRESH: dict[Any, tuple[Any, SchemeView]] = {}


def fresh_view(scheme: Scheme) -> SchemeView:
    """With the register as it is now: measures are edited while the scheme is closed.

    The view stays the same as long as the register does, so that what reads figures by it is made once.
    """
    data, measures = compiled(scheme).data, dated_measures()
    known = FRESH.get(scheme.pk)
    if known is None or known[0] is not data or list(known[1].measures) != measures:
        known = FRESH[scheme.pk] = data, SchemeView(data | {"measures": measures})
    return known[1]
