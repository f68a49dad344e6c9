"""Schemes with the register of measures as it is now."""

from __future__ import annotations

from typing import Any

from annotations.models import Scheme
from annotations.scheme.view import SchemeView
from annotations.schemes.measures_data import dated_measures
from annotations.schemes.stored import compiled

FRESH: dict[Any, tuple[Any, Any, SchemeView]] = {}


def fresh_view(scheme: Scheme, register: list[Any] | None = None) -> SchemeView:
    """With the register as it is now: measures are edited while the scheme is closed. `register`: of `register_of`, where it has been read already.

    The view stays the same as long as the register does, so that what reads figures by it is made once.
    """
    data, measures = compiled(scheme).data, dated_measures() if register is None else register
    known = FRESH.get(scheme.pk)
    if known is None or known[0] is not data or known[1] is not measures:
        known = FRESH[scheme.pk] = data, measures, SchemeView(data | {"measures": measures})
    return known[2]
