"""An assignment as it leaves: the native document, the text under it, and the scheme. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.formats.flat import Object
from annotations.schemeview import SchemeView


@dataclass(frozen=True)
class Annotated:
    native: Object
    text: str
    view: SchemeView
