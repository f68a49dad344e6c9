"""An assignment as it leaves: the native document, the text under it, and the scheme. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotations.native.view import Object
from annotations.scheme.view import SchemeView

UNFINISHED = ("open", "skipped", "lapsed")


@dataclass(frozen=True)
class Annotated:
    native: Object
    text: str
    view: SchemeView

    @property
    def draft(self) -> bool:
        return is_draft(self.native)


def is_draft(native: Mapping[str, Any]) -> bool:
    """Whether a document says that its marks are not submitted."""
    return native.get("status") in UNFINISHED
