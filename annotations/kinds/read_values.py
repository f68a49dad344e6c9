"""Which values of an object were read from the text, and the words that decided them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotations.kinds.write_context import Object, WriteContext
from annotations.native.validators import Misshapen


def decided(record: Object, values: Mapping[str, Any], context: WriteContext) -> Object:
    """`read` of an object: attribute → [[start, end], …] in code points. `values`: what may have been read.

    Raises Misshapen for an attribute that is not there or open, and for words outside the text.
    """
    read: Object = record.get("read") or {}
    for code, words in read.items():
        if values.get(code) is None:
            raise Misshapen(f"read: {code!r} does not apply to this object")
        if any(end > len(context.text) for _, end in words):
            raise Misshapen(f"read: {code}: the text has {len(context.text):,} characters")
    return read


def still_read(before: Object, changed: Object) -> Object:
    """`read` after a change that does not say it: what a change states is not read any more."""
    stated = changed.keys() | (changed.get("attributes") or {}).keys()
    return {code: words for code, words in before["read"].items() if code not in stated}
