"""Calls of dkpro-cassis on strangers' files. Pure. Whatever goes wrong there is Unreadable, with its place."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

from annotations.formats.base import Unreadable
from annotations.formats.middle.flat import Flat
from annotations.formats.uima.read import flats_of


def documents(load: Callable[[], Any], location: str, label: str) -> Iterator[Flat | Unreadable]:
    """The texts of a CAS. `load` reads it; the library raises of every kind, from KeyError to AttributeError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # A position outside the text, or inside a surrogate pair, is only warned of and then taken as it is.
            warnings.filterwarnings("error", message="Not mapping")
            flats: list[Flat | Unreadable] = list(flats_of(load(), location, label))
    except Unreadable as error:
        yield error
    except Exception as error:  # noqa: BLE001
        yield Unreadable(f"{location}: not a readable CAS: {type(error).__name__}: {str(error)[:300]}")
    else:
        yield from flats or [Unreadable(f"{location}: has no text")]
