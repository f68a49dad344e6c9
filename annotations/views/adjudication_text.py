"""The text beside the differences: the marks of its readers, and the way from the words of a difference to its card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from annotations.adjudication.groups import Group
from annotations.templatetags.codes import words
from annotations.views.adjudication_cards import words_of
from annotations.write.adjudication_state import AdjudicationState
from corpus.models import Document

READER, CARD = "reader", "card"


class TextStretch(NamedTuple):
    """Words of a mark or of a difference. `who`: the letter of a reader, or the name of a card."""

    start: int
    end: int
    kind: str
    who: str
    label: str = ""


@dataclass(frozen=True)
class TextPart:
    """A piece of text of which one thing is said. `title`: who marked it as what; `only`: letters of the readers who marked it, where
    not all of them say the same; `card`: name of the difference that it leads to; `anchor`: the same where these are its first words."""

    text: str
    title: str
    only: str
    is_marked: bool
    card: str
    anchor: str = ""


def text_of_readers(document: Document, text: str, state: AdjudicationState, groups: Iterable[Group]) -> list[dict[str, Any]]:
    """Segments with their parts. `groups`: differences that the page shows."""
    letters = [each.letter for each in state.inputs]
    return segments_with(document, text, [*marks(state, letters), *cards(groups, state)], letters)


def segments_with(
    document: Document, text: str, stretches: Iterable[TextStretch], letters: Sequence[str]
) -> list[dict[str, Any]]:
    """`letters`: of the readers."""
    ordered = sorted(stretches)
    rows, here, begun, cards = [], list[TextStretch](), 0, set[str]()
    for segment in document.segments.all():
        here = [each for each in here if each.end > segment.start]
        while begun < len(ordered) and ordered[begun].start < segment.end:
            here.append(ordered[begun])
            begun += 1
        cut = parts(text, segment.start, segment.end, here, letters)
        rows.append({"segment": segment, "parts": [anchored(part, cards) for part in cut]})
    return rows


def anchored(part: TextPart, cards: set[str]) -> TextPart:
    """`cards`: those that have an anchor."""
    if not part.card or part.card in cards:
        return part
    cards.add(part.card)
    return replace(part, anchor=part.card)


def marks(state: AdjudicationState, letters: Sequence[str]) -> Iterator[TextStretch]:
    for sides in state.alignment.objects.values():
        for letter, records in zip(letters, sides, strict=True):
            for record in records:
                for part in record.get("fragments", ()) if record.get("label") else ():
                    yield TextStretch(part["start"], part["end"], READER, letter, words(record["label"]))


def cards(groups: Iterable[Group], state: AdjudicationState) -> Iterator[TextStretch]:
    for group in groups:
        for start, end in words_of(group, state):
            yield TextStretch(start, end, CARD, str(group.location))


def parts(text: str, first: int, last: int, stretches: list[TextStretch], letters: Sequence[str]) -> Iterator[TextPart]:
    """The text from `first` to `last`, cut where something begins or ends."""
    edges = {first, last, *(edge for each in stretches for edge in (each.start, each.end) if first < edge < last)}
    active: list[TextStretch] = []
    begun = 0
    pieces = []
    for start, end in zip(ordered := sorted(edges), ordered[1:], strict=False):
        active = [each for each in active if each.end > start]
        while begun < len(stretches) and stretches[begun].start <= start:
            if stretches[begun].end > start:
                active.append(stretches[begun])
            begun += 1
        pieces.append((text[start:end], statement(active, letters)))
    for (title, only, is_marked, card), alike in groupby(pieces, key=lambda piece: piece[1]):
        joined = "".join(piece for piece, _ in alike)
        # A link of white space has no name.
        yield TextPart(joined, title, only, is_marked, "" if joined.isspace() else card)


def statement(active: list[TextStretch], letters: Sequence[str]) -> tuple[str, str, bool, str]:
    """title, only, is_marked and card of what these cover; of differences that cover it the shortest one."""
    labels = {letter: sorted({each.label for each in active if (each.kind, each.who) == (READER, letter)}) for letter in letters}
    is_marked, alike = any(labels.values()), len(set(map(tuple, labels.values()))) == 1
    over = [each for each in active if each.kind == CARD]
    card = min(over, key=lambda each: each.end - each.start).who if over else ""
    if not is_marked:
        return "", "", False, card
    if alike:
        return f"All: {', '.join(labels[letters[0]])}", "", True, card
    title = "; ".join(f"{letter}: {', '.join(labels[letter]) or 'not marked'}" for letter in letters)
    return title, "".join(letter for letter in letters if labels[letter]), True, card
