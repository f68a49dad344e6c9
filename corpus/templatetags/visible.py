"""White space that one can see: in lists of repairs it is all that there is."""

from __future__ import annotations

import re

from django import template

register = template.Library()

SIGNS = {"\r\n": "⏎", "\n": "⏎", "\r": "⏎", "\t": "⇥", "\u00a0": "⍽", "\u202f": "⍽", "\u2007": "⍽"}
_SEEN = re.compile(r"\r\n|[\n\r\t\u00a0\u202f\u2007]")
# What has no width at all is named by its number.
_NO_WIDTH = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@register.filter
def visible(text: str) -> str:
    """Line ends as ⏎, no-break spaces as ⍽, tabs as ⇥; a space that stands alone as ␣."""
    if text and not text.strip(" "):
        return "␣" * len(text)
    shown = _SEEN.sub(lambda match: SIGNS[match[0]], text)
    return _NO_WIDTH.sub(lambda match: f"‹U+{ord(match[0]):04X}›", shown)
