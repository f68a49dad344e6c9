"""Chunks of tokens as tags, in the schemes in use, and the words of a text that they are made of.

Pure. A chunk is (first token, last token, label), counted in one sentence.

    iob1   I-X; B-X only where a chunk follows one of its label      iobes   B I E, a single token S
    iob2   the first B-X, others I-X                                 bilou   B I L, a single token U
    ioe1   I-X; E-X only where one of its label follows              ioe2    the last E-X, others I-X
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotations.formats.base import Losses, Unreadable
from annotations.formats.middle.flat import Flat, Mark
from annotations.formats.middle.tokens import Token, TokenRow, sentences

Chunk = tuple[int, int, str]
PREFIXES = {"iob1": "BI", "iob2": "BI", "ioe1": "IE", "ioe2": "IE", "iobes": "BIES", "bilou": "BILU"}
BARE = "io"  # read only: labels without a prefix
BEGINS, ENDS = "BSU", "ESLU"
OUTSIDE = "O"
TAG = re.compile(r"([BIESLU])-(.+)")
UNSAYABLE = re.compile(r"[\s|]")


def scheme_of(wish: str) -> str:
    if wish.lower() not in (*PREFIXES, BARE):
        raise Unreadable(f"the scheme should be one of {', '.join([*PREFIXES, BARE])}, not {wish[:40]!r}")
    return wish.lower()


# Tags


def tags(count: int, chunks: Sequence[Chunk], scheme: str) -> list[str]:
    """One for each of `count` tokens; the chunks do not overlap."""
    written = [OUTSIDE] * count
    ends = {(last, label) for _, last, label in chunks}
    starts = {(first, label) for first, _, label in chunks}
    for first, last, label in chunks:
        for index in range(first, last + 1):
            beside = (first - 1, label) in ends, (last + 1, label) in starts
            written[index] = f"{prefix(scheme, index == first, index == last, *beside)}-{label}"
    return written


def prefix(scheme: str, first: bool, last: bool, follows: bool, precedes: bool) -> str:
    """`follows`, `precedes`: another chunk of the same label stands directly before, behind."""
    if scheme in ("iobes", "bilou"):
        single, end = ("S", "E") if scheme == "iobes" else ("U", "L")
        return single if first and last else "B" if first else end if last else "I"
    if scheme.startswith("iob"):
        return "B" if first and (follows or scheme == "iob2") else "I"
    return "E" if last and (precedes or scheme == "ioe2") else "I"


def chunks(written: Sequence[str]) -> Iterator[Chunk]:
    """Of tags in any of the schemes: they mean the same wherever they are well-formed. A tag without a prefix goes on like I-."""
    start, label, ended = 0, "", True
    for index, tag in enumerate([*written, OUTSIDE]):
        sign, name = parted(tag)
        goes_on = name == label and not ended and sign not in BEGINS
        if label and not goes_on:
            yield start, index - 1, label
        if not goes_on:
            start = index
        label, ended = name, bool(sign) and sign in ENDS


def parted(tag: str) -> tuple[str, str]:
    """(prefix, label); ("O", "") outside."""
    if tag in (OUTSIDE, "_"):
        return OUTSIDE, ""
    match = TAG.fullmatch(tag)
    return (match[1], match[2]) if match else ("I", tag)


def check(tag: str, scheme: str | None) -> None:
    """Raises Unreadable for what is no tag of the scheme, or of any. Labels without a prefix must be asked for: any text has them."""
    match = TAG.fullmatch(tag)
    known = match[1] in PREFIXES.get(scheme or "", match[1]) if match else tag in (OUTSIDE, "_")
    if not known and scheme != BARE:
        raise Unreadable(f"{tag[:60]!r} is not a tag" + (f" of {scheme}" if scheme else ""))


# Words


def label_of(mark: Mark, name: str, losses: Losses) -> str:
    """The label, which must be one word."""
    sayable = UNSAYABLE.sub("_", mark.label) or "_"
    if sayable != mark.label:
        losses.lose("labels with spaces (written with _)", name)
    return sayable


def rows(flat: Flat, losses: Losses) -> Iterator[tuple[list[Token], list[Chunk]]]:
    """Each sentence with its tokens and chunks. A sentence does not end inside of a mark."""
    token_lists = [list(sentence) for sentence in sentences(flat.text)]
    row = TokenRow(token for sentence in token_lists for token in sentence)
    if not row.tokens:
        losses.lose("texts of white space only", flat.key)
    chosen = fitting(flat, row, losses)
    inside = {index for first, last, _ in chosen for index in range(first + 1, last + 1)}
    start, count, ends = 0, 0, []
    for sentence in token_lists:
        count += len(sentence)
        if count not in inside:
            ends.append(count)
    for end in ends:
        yield (
            row.tokens[start:end],
            [(first - start, last - start, label) for first, last, label in chosen if start <= first < end],
        )
        start = end


def fitting(flat: Flat, row: TokenRow, losses: Losses) -> list[Chunk]:
    """The marks as tokens of the whole text; those that tokens cannot say are counted."""
    chosen: list[Chunk] = []
    taken: set[int] = set()
    for mark in sorted(flat.marks, key=lambda mark: (mark.start, -mark.end)):
        name = f"{flat.key} {mark.id}"
        places = row.fit(mark.start, mark.end)
        if places is None:
            losses.lose("marks that start or end inside a word", name)
        elif taken & set(range(places[0], places[1] + 1)):
            losses.lose("marks that overlap another mark", name)
        else:
            taken |= set(range(places[0], places[1] + 1))
            chosen.append((*places, label_of(mark, name, losses)))
    return chosen
