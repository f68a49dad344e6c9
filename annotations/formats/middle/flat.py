"""What other tools hold of an annotated text: marks, frames, ties and notes over one string.

Pure. The middle of every foreign format: `flatten` makes it of a native document, `lift` makes a
native document of it, and a format only has to write it down and to read it. Words for labels are
those of the file; which of ours they mean is the mapping's to say.

Offset unit: Unicode code points into `text`, half-open, from 0, whatever the file counts in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotations.formats.base import Losses, Unreadable

Object = dict[str, Any]
Fragment = tuple[int, int]


@dataclass
class Mark:
    """Words with a label. `attributes` are JSON values; the fields of a nested one are joined by a dot."""

    id: str
    label: str
    fragments: list[Fragment]
    attributes: Object = field(default_factory=dict)

    @property
    def start(self) -> int:
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        return self.fragments[-1][1]


@dataclass
class Frame:
    """An event: the marks that trigger it, and (role, id of a mark or of another frame)."""

    id: str
    label: str
    triggers: list[str]
    arguments: list[tuple[str, str]] = field(default_factory=list)
    attributes: Object = field(default_factory=dict)


@dataclass
class Tie:
    """A relation between two marks or frames."""

    type: str
    source: str
    target: str
    attributes: Object = field(default_factory=dict)
    id: str = ""


@dataclass
class FlatNote:
    text: str
    target: str | None = None  # the id of a mark, frame or tie; None: the whole document


@dataclass
class Flat:
    """One text with what one annotator said of it. `place` is where it stood in its file."""

    text: str
    marks: list[Mark] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    notes: list[FlatNote] = field(default_factory=list)
    title: str = ""
    facts: Object = field(default_factory=dict)  # as in the native `document`: url, outlet, published, language
    annotator: str = ""
    key: str = ""  # how the file or the corpus calls the text
    location: str = ""
    losses: Losses = field(default_factory=Losses)  # of a reader: what stands in the file and is not in here

    def quote(self, mark: Mark, joint: str = " ") -> str:
        return joint.join(self.text[start:end] for start, end in mark.fragments)

    def sound(self) -> Flat:
        """Itself. Raises Unreadable with the first thing that is wrong, for readers to end with."""
        for wrong in self.check():
            raise Unreadable(f"{self.location}: {wrong}")
        return self

    def check(self) -> Iterator[str]:
        """What is wrong with it, each with the id of the thing."""
        known: set[str] = set()
        for mark in self.marks:
            if mark.id in known:
                yield f"{mark.id} occurs twice"
            known.add(mark.id)
            yield from self.misplaced(mark)
        for frame in self.frames:
            if frame.id in known:
                yield f"{frame.id} occurs twice"
            known.add(frame.id)
        for frame in self.frames:
            pointed = [*frame.triggers, *(target for _, target in frame.arguments)]
            yield from (f"{frame.id}: {target} does not exist" for target in pointed if target not in known)
        for tie in self.ties:
            yield from (f"{tie.type}: {end} does not exist" for end in (tie.source, tie.target) if end not in known)
        known |= {tie.id for tie in self.ties}
        yield from (f"a note: {note.target} does not exist" for note in self.notes if note.target not in known | {None})

    def misplaced(self, mark: Mark) -> Iterator[str]:
        if not mark.fragments:
            yield f"{mark.id} has no text"
        before = 0
        for start, end in mark.fragments:
            if not before <= start < end <= len(self.text):
                yield f"{mark.id}: {start}–{end} is not a range in a text of {len(self.text)} characters"
            before = end
