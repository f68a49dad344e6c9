"""Where the words of one text stand in a newer version of it. Offsets are code points, half-open, from 0.

Paragraphs are aligned, and those that differ compared word by word. What an article's outlet edits is seldom the words of a mark: these
are carried. A mark whose words have changed is an orphan, with a candidate where the edit shows one; a person decides on it.

Quotation marks and white space may differ in form. Everything else must be equal: *170* is not *180*, and *300* not *300,000*.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, islice, pairwise
from typing import Literal, NamedTuple

Outcome = Literal["carried", "moved", "changed", "orphan"]
Bounds = tuple[int, int]

# A number is one word: with its separators, its sign and its fraction.
WORD = re.compile(r"\s+|\d+(?:[.,'’ ]\d+)*|[\u3040-\u30ff\u3400-\u9fff]|[^\W\d]+|[^\w\s]|_")
PARAGRAPH = re.compile(r"(?:(?!\n[^\S\n]*\n).)+", re.DOTALL)
FORMS = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′", "'")})
SPACE = re.compile(r"\s+")
CONTEXT = 32  # code points of each side that tell a quotation's position
LEAST = 0.8  # of a claim's characters, where its both ends are there
ALIKE = 0.5  # share of their pairs of neighbouring words that two versions of a paragraph have in common at least
WINDOW = 20  # paragraphs that an edited one is compared with
WORDS = 4_000  # of one side, that are compared with those of another
LONGEST = 3  # times the words of an orphan: more is no candidate for it


class Word(NamedTuple):
    """`form` is what must be equal."""

    start: int
    end: int
    form: str


@dataclass(frozen=True)
class MarkPosition:
    """Where a mark stands in the newer text; an orphan stands nowhere, and `candidate` is what an editor put in its position."""

    outcome: Outcome
    fragments: tuple[Bounds, ...] = ()
    candidate: Bounds | None = None


@dataclass(frozen=True)
class WordEdit:
    """Words of both texts: the same ones, or what stands in the position of what. Both sides as indices of words."""

    same: bool
    old: range
    new: range


class Reanchoring:
    """Two texts, compared once for any number of marks."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = TextWords(old), TextWords(new)
        self.edits = sorted(compared(self.old, self.new), key=lambda edit: (edit.old.start, edit.new.start))
        self.starts = [edit.old.start for edit in self.edits]
        self.counterparts = sorted((edit.new for edit in self.edits if edit.same), key=lambda words: words.start)
        self.counterpart_starts = [words.start for words in self.counterparts]

    def anchor(self, fragments: Sequence[Bounds], *, partly: bool = False, closely: bool = False) -> MarkPosition:
        """`partly`: of a claim or a citation, most of the words are enough. `closely`: of a figure, the words beside it must be the
        same, since *about*, *million* and *per cent* are part of what it says."""
        parts = [self.fragment(bounds, closely=closely) for bounds in fragments]
        positions = tuple(part.fragments[0] for part in parts if part.fragments)
        if len(positions) == len(parts) and all(one[1] < other[0] for one, other in pairwise(positions)):
            return MarkPosition("moved" if any(part.outcome == "moved" for part in parts) else "carried", positions)
        changed = [self.changed(bounds) for bounds in fragments] if partly else [None]
        if all(changed):
            return MarkPosition("changed", tuple(bounds for bounds in changed if bounds))
        return MarkPosition("orphan", candidate=self.candidate(fragments))

    def fragment(self, bounds: Bounds, *, closely: bool) -> MarkPosition:
        if position := self.carried(bounds, closely=closely):
            return MarkPosition("carried", (position,))
        if position := self.moved(bounds):
            return MarkPosition("moved", (position,))
        return MarkPosition("orphan")

    def touched(self, words: range) -> Iterator[WordEdit]:
        """The edits that have any of these words of the older text, and insertions between two of them."""
        for edit in islice(self.edits, max(0, bisect_right(self.starts, words.start) - 1), None):
            if edit.old.start >= words.stop:
                return
            if edit.old.stop > words.start or (not edit.old and edit.old.start > words.start):
                yield edit

    def carried(self, bounds: Bounds, *, closely: bool) -> Bounds | None:
        """Where all words follow on each other, with the same word beside them on one side at least: alone they may stand there by chance."""
        words = self.old.within(bounds)
        touched = list(self.touched(words))
        if len(touched) != 1 or not touched[0].same:
            return None
        edit, shift = touched[0], touched[0].new.start - touched[0].old.start
        if words.start < edit.old.start or words.stop > edit.old.stop:
            return None
        counterparts = range(words.start + shift, words.stop + shift)
        beside = zip(self.old.neighbours(words), self.new.neighbours(counterparts), strict=True)
        same = [mine in edit.old if mine is not None else theirs is None for mine, theirs in beside]
        return self.exact(bounds, words, counterparts) if (all(same) if closely else any(same)) else None

    def exact(self, bounds: Bounds, words: range, counterparts: range) -> Bounds:
        """The same part of the first and of the last word: a mark may begin or end inside one."""
        first, last = self.new[counterparts.start], self.new[counterparts.stop - 1]
        return first.start + bounds[0] - self.old[words.start].start, last.end - (self.old[words.stop - 1].end - bounds[1])

    def moved(self, bounds: Bounds) -> Bounds | None:
        """Where the words stand with what is around them in their paragraph, if that is in one position only."""
        text, start, end = self.old.folded, bounds[0] + 1, bounds[1] + 1
        before = max(start - CONTEXT, text.rfind("\n", 0, start), 0)
        after = min(end + CONTEXT, text.find("\n", end) + 1)
        context = text[before:after]
        position = self.new.folded.find(context)
        if position < 0 or self.new.folded.find(context, position + 1) >= 0:
            return None
        position += start - before - 1
        moved = position, position + end - start
        return None if self.has_counterpart(self.new.within(moved)) else moved

    def has_counterpart(self, words: range) -> bool:
        """Whether any of these words of the newer text are those of the older one that stood there."""
        last = bisect_right(self.counterpart_starts, words.stop - 1) - 1
        return last >= 0 and self.counterparts[last].stop > words.start

    def changed(self, bounds: Bounds) -> Bounds | None:
        """From the first to the last word, where both are there and most of the characters between them."""
        words = self.old.within(bounds)
        kept = [(edit, index) for edit in self.touched(words) if edit.same for index in edit.old if index in words]
        if not kept or kept[0][1] != words.start or kept[-1][1] != words.stop - 1:
            return None
        length = sum(self.old[index].end - self.old[index].start for _, index in kept)
        if length < LEAST * (self.old[words.stop - 1].end - self.old[words.start].start):
            return None
        first, last = (edit.new.start + index - edit.old.start for edit, index in (kept[0], kept[-1]))
        return self.exact(bounds, words, range(first, last + 1)) if first <= last else None

    def candidate(self, fragments: Sequence[Bounds]) -> Bounds | None:
        """What stands between the words that stayed before and behind those of the mark."""
        bounds = (fragments[0][0], fragments[-1][1])
        words, positions = self.old.within(bounds), []
        for edit in self.touched(words):
            if edit.same:
                shift = edit.new.start - edit.old.start
                positions += [index + shift for index in edit.old if index in words]
            else:
                positions += edit.new
        while positions and self.new[positions[0]].form.isspace():
            positions.pop(0)
        while positions and self.new[positions[-1]].form.isspace():
            positions.pop()
        if not positions or len(positions) > LONGEST * len(words):
            return None
        start, end = self.new[min(positions)].start, self.new[max(positions)].end
        return None if "\n\n" in self.new.text[start:end] else (start, end)


class TextWords:
    """A text as words in paragraphs."""

    def __init__(self, text: str) -> None:
        self.text = text
        words = WORD.findall(text)  # no character is in none of them
        self.ends = list(accumulate(map(len, words)))
        self.starts = [0, *self.ends][:-1]
        forms = {word: form(word) for word in set(words)}
        self.all_forms = [forms[word] for word in words]

    def __getitem__(self, index: int) -> Word:
        return Word(self.starts[index], self.ends[index], self.all_forms[index])

    def within(self, bounds: Bounds) -> range:
        """The words that have any character of it."""
        return range(max(0, bisect_right(self.starts, bounds[0]) - 1), bisect_right(self.starts, bounds[1] - 1))

    @cached_property
    def paragraphs(self) -> list[range]:
        """Words of each, without the white space at its ends."""
        ranges = (self.within(match.span()) for match in PARAGRAPH.finditer(self.text) if not match[0].isspace())
        return [self.without_space(words) for words in ranges]

    def without_space(self, words: range) -> range:
        start, stop = words.start, words.stop
        while start < stop and self.all_forms[start] == " ":
            start += 1
        while stop > start and self.all_forms[stop - 1] == " ":
            stop -= 1
        return range(start, stop)

    @cached_property
    def paragraph_starts(self) -> list[int]:
        return [words.start for words in self.paragraphs]

    def neighbours(self, words: range) -> tuple[int | None, int | None]:
        """The words before and behind these in their paragraph."""
        paragraph = self.paragraphs[bisect_right(self.paragraph_starts, words.start) - 1]
        before, after = words.start - 1, words.stop
        before -= before in paragraph and self.all_forms[before] == " "
        after += after in paragraph and self.all_forms[after] == " "
        return before if before in paragraph else None, after if after in paragraph else None

    def forms(self, words: range) -> tuple[str, ...]:
        return tuple(self.all_forms[words.start : words.stop])

    @cached_property
    def folded(self) -> str:
        """As long as the text and a line end at both ends: a blank line as line ends, other white space as spaces."""
        return f"\n{SPACE.sub(folded_space, self.text).translate(FORMS)}\n"


def folded_space(match: re.Match[str]) -> str:
    return ("\n" if match[0].count("\n") > 1 else " ") * len(match[0])


def form(word: str) -> str:
    return " " if word.isspace() else word.translate(FORMS)


def compared(old: TextWords, new: TextWords) -> Iterator[WordEdit]:
    for one, other in aligned(old, new):
        yield from edits(old, new, one, other)


def aligned(old: TextWords, new: TextWords) -> Iterator[tuple[range, range]]:
    """Paragraphs that are versions of each other, in the order of both; those that only one text has are left out."""
    ones = [old.forms(words) for words in old.paragraphs]
    others = [new.forms(words) for words in new.paragraphs]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, ones, others).get_opcodes():
        if tag == "equal":
            yield from zip(old.paragraphs[a0:a1], new.paragraphs[b0:b1], strict=True)
            continue
        at = b0
        for index in range(a0, a1):
            window = range(at, min(at + WINDOW, b1))
            match = max(window, key=lambda n: likeness(ones[index], others[n]), default=None)
            if match is not None and likeness(ones[index], others[match]) >= ALIKE:
                yield old.paragraphs[index], new.paragraphs[match]
                at = match + 1


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    mine, theirs = (Counter(pairwise(form for form in side if form != " ")) for side in (one, other))
    return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())


def edits(old: TextWords, new: TextWords, one: range, other: range) -> Iterator[WordEdit]:
    """What is the same at both ends needs no comparison, so that one edit in a long paragraph costs little."""
    mine, theirs = old.forms(one), new.forms(other)
    front = common(mine, theirs)
    back = common(mine[front:][::-1], theirs[front:][::-1])
    if front:
        yield WordEdit(True, range(one.start, one.start + front), range(other.start, other.start + front))
    a0, b0 = one.start + front, other.start + front
    mine, theirs = mine[front : len(mine) - back], theirs[front : len(theirs) - back]
    if max(len(mine), len(theirs)) > WORDS:
        yield WordEdit(False, range(a0, a0 + len(mine)), range(b0, b0 + len(theirs)))
    else:
        for tag, a1, a2, b1, b2 in SequenceMatcher(str.isspace, mine, theirs, autojunk=False).get_opcodes():
            yield WordEdit(tag == "equal", range(a0 + a1, a0 + a2), range(b0 + b1, b0 + b2))
    if back:
        yield WordEdit(True, range(one.stop - back, one.stop), range(other.stop - back, other.stop))


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs: Iterable[tuple[str, str]] = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
