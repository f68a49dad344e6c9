"""Text that was decoded with the wrong code page, and what it says in the right one.

utf8       UTF-8 read with any one-byte page
words      two-byte and one-byte legacy pages read as Latin-1
signs      single signs of East Asian tables read as Latin-1
controls   C1 controls

A repair is made only where the text as it stands is implausible and the text decoded anew is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.cleaning.draft import DraftEdit
from corpus.cleaning.mojibake import controls, signs, utf8, words


def find(text: str) -> Iterator[DraftEdit]:
    """Edits of one round, in order. Text that was misread twice takes two rounds."""
    if text.isascii():
        return
    by_utf8, by_words = list(utf8.find(text)), list(words.find(text))
    # Legacy text has sequences that are UTF-8 by chance, so the kind that explains more is right;
    # UTF-8, which is the stricter, wins a draw.
    first = by_words if _explained(by_words) > _explained(by_utf8) else by_utf8
    yield from first or list(signs.find(text)) or controls.find(text)


def _explained(edits: Sequence[DraftEdit]) -> int:
    return sum(edit.end - edit.start for edit in edits)
