r"""C1 controls: bytes 80 to 9F that were read as Latin-1. No text has ever meant them.

They are windows-1252 (as browsers read Latin-1), except where a sign of that page stands inside a
word that then has a letter of Mac Roman: `Coatl\x87n` is Coatlán. One such word decides for all
controls between two letters of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaning.draft import DraftEdit
from corpus.cleaning.mojibake.readings import reason

_CONTROLS = re.compile("[\x80-\x9f]+")
# Not the ellipsis, which stands between words without spaces too, as U+0085 may as a line end: Ö does not stand inside of small letters.
_INSIDE_WORD = re.compile("(?<=[a-z])([\x80-\x84\x86-\x9f])(?=[a-z])")
# What an apostrophe inside a word has after it: an ending in English, a vowel in French or Italian.
_AFTER_APOSTROPHE = re.compile(r"(?:s|t|d|m|ll|re|ve)\b|[aeiouh]", re.IGNORECASE)


def find(text: str) -> Iterator[DraftEdit]:
    """An edit for each C1 control that is a character in its code page."""
    if not _CONTROLS.search(text):
        return
    inside = {match.start() for match in _INSIDE_WORD.finditer(text) if _mac(match[1]).isalpha()}
    mac = inside if any(_is_proof(text, at) for at in inside) else set()
    for match in _CONTROLS.finditer(text):
        at, wrong = match.start(), match.group()
        reread, name = (_mac, "Mac Roman") if at in mac else (_windows, "windows-1252")
        right = "".join(map(reread, wrong))
        if right != wrong:
            why = reason(wrong.encode("latin-1"), right, name, wrong, "Latin-1")
            yield DraftEdit(at, match.end(), right, "mojibake", why)


def _is_proof(text: str, at: int) -> bool:
    right = _windows(text[at])
    if right in "’‘":
        return not _AFTER_APOSTROPHE.match(text, at + 1)
    return right in "„…†‡‰‹•“”›™˜ˆ"


def _mac(control: str) -> str:
    return control.encode("latin-1").decode("mac_roman")


def _windows(control: str) -> str:
    """The character of windows-1252; the control itself where that page has none."""
    data = control.encode("latin-1")
    return control if data in b"\x81\x8d\x8f\x90\x9d" else data.decode("cp1252")
