"""`json.dumps` for many small values: without an encoder built anew for each, which takes longer than to encode it. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from json import encoder as c
from typing import Any


def encoder(*, sort_keys: bool = False, is_compact: bool = False) -> Callable[[Any], str]:
    """Of values that do not hold themselves, such as those that were read from JSON. `is_compact`: without spaces."""
    comma, colon = (",", ":") if is_compact else (", ", ": ")
    usual = json.JSONEncoder(check_circular=False, sort_keys=sort_keys, separators=(comma, colon))
    make = getattr(c, "c_make_encoder", None)  # None in an interpreter without it
    if make is None:
        return usual.encode
    chunks = make(None, usual.default, c.encode_basestring_ascii, None, colon, comma, sort_keys, False, True)
    return lambda value: "".join(chunks(value, 0))
