"""What cleaning would do to a text, as a person is shown it before anything is stored; each repair can be refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.cleaning.clean import REPAIRS, Cleaned, Repairment, TooLongError, clean
from corpus.cleaning.segments import TextSegment
from corpus.readers.extracted import Known

AROUND = 24  # code points shown on either side of a repair
LONGEST = 1_000_000  # code points of a text whose repairs are shown: cleaning takes seconds for more
MOST = 300  # repairs of one kind that are offered one by one
NO_BREAK_SPACE = "\u00a0"
# What people call an operation or a zone: one, several.
WORDS = {
    "rejoin": ("line join", "line joins"),
    "mojibake": ("repaired encoding error", "repaired encoding errors"),
    "credit": ("image credit separated", "image credits separated"),
    "marker": ("marker separated", "markers separated"),
    "boilerplate": ("boilerplate passage separated", "boilerplate passages separated"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One repair between the words around it, and whether a person wants it left undone."""

    key: str
    op: str
    before: str
    raw: str
    clean: str
    after: str
    why: str
    refused: bool


class OfferGroup(NamedTuple):
    """The offers of one kind. `refused`: all of them are."""

    op: str
    name: str
    offers: list[Offer]
    refused: bool

    @property
    def shown(self) -> list[Offer]:
        """The first, and those that are refused, so that none is forgotten."""
        return self.offers[:MOST] + [one for one in self.offers[MOST:] if one.refused and not self.refused]

    @property
    def hidden(self) -> int:
        return len(self.offers) - len(self.shown)


class SegmentPiece(NamedTuple):
    """Words of a segment; `zone` says as what they are set apart."""

    text: str
    zone: str


class PreviewSegment(NamedTuple):
    """A segment in pieces."""

    kind: str
    pieces: list[SegmentPiece]


class Preview(NamedTuple):
    """`cleaned` is what would be stored; `counts` in words: "5 line joins"; `refused`: keys of repairs left undone."""

    cleaned: Cleaned
    refused: frozenset[str]
    groups: list[OfferGroup]
    counts: list[str]

    @property
    def parts(self) -> list[PreviewSegment]:
        """The clean text, segment by segment, with what is set apart in it."""
        return [PreviewSegment(one.kind, list(pieces(self.cleaned, one))) for one in self.cleaned.segments]


def pieces(cleaned: Cleaned, part: TextSegment) -> Iterator[SegmentPiece]:
    at = part.start
    for zone in cleaned.zones:
        if part.start <= zone.start and zone.end <= part.end:
            if at < zone.start:
                yield SegmentPiece(cleaned.text[at : zone.start], "")
            yield SegmentPiece(cleaned.text[zone.start : zone.end], zone.kind)
            at = zone.end
    if at < part.end:
        yield SegmentPiece(cleaned.text[at : part.end], "")


def preview(raw_text: str, refuse: Collection[str] = (), known: Sequence[Known] = ()) -> Preview:
    """`refuse`: keys of repairs, or the name of an operation for all of its kind.

    Raises UnstorableText; ValueError for what is neither, and for a text that is too long.
    """
    if len(raw_text) > LONGEST:
        raise ValueError(f"The text is too long for a preview: it has more than {LONGEST:,} characters.")
    try:
        whole = clean(raw_text, known=known, at_once=True)
        keys = {repair.key for repair in whole.repairs if repair.op in refuse} | {name for name in refuse if name not in REPAIRS}
        cleaned = clean(raw_text, keys, known, at_once=True) if keys else whole
    except TooLongError as error:
        raise ValueError(f"The text is too long for a preview: {error}.") from error
    return Preview(cleaned, frozenset(keys), groups(offers(raw_text, whole, cleaned, keys)), list(counts(cleaned)))


def offers(raw_text: str, whole: Cleaned, cleaned: Cleaned, refused: Collection[str]) -> list[Offer]:
    """Those that cleaning wants, and those that came up because others were refused."""
    repairs = {repair.key: repair for repair in (*whole.repairs, *cleaned.repairs)}
    return [
        offer(raw_text, repair, key in refused) for key, repair in sorted(repairs.items(), key=lambda pair: pair[1].raw_start)
    ]


def offer(raw_text: str, repair: Repairment, refused: bool) -> Offer:
    before = raw_text[max(0, repair.raw_start - AROUND) : repair.raw_start]
    after = raw_text[repair.raw_end : repair.raw_end + AROUND]
    return Offer(repair.key, repair.op, before, repair.raw, repair.clean, after, repair.why, refused)


def groups(offered: list[Offer]) -> list[OfferGroup]:
    """By kind, the rarer first: what is odd is seen before what is usual."""
    by_op = [[one for one in offered if one.op == op] for op, _ in reversed(Counter(one.op for one in offered).most_common())]
    return [OfferGroup(some[0].op, WORDS[some[0].op][1], some, all(one.refused for one in some)) for some in by_op]


def counts(cleaned: Cleaned) -> Iterator[str]:
    """How much there is of each kind, in words."""
    yield numbered(len(cleaned.segments), "segment", "segments")
    kinds = Counter([repair.op for repair in cleaned.repairs])
    spaces = sum(
        repair.raw.count(NO_BREAK_SPACE) - repair.clean.count(NO_BREAK_SPACE)
        for repair in cleaned.repairs
        if repair.op == "rejoin"
    )
    if kinds["rejoin"]:
        yield numbered(kinds["rejoin"], *WORDS["rejoin"])
    if spaces > 0:
        yield numbered(spaces, "stray no-break space removed", "stray no-break spaces removed")
    if kinds["mojibake"]:
        yield numbered(kinds["mojibake"], *WORDS["mojibake"])
    for kind, count in Counter(zone.kind for zone in cleaned.zones).items():
        yield numbered(count, *WORDS.get(kind, (f"{kind} separated", f"{kind}s separated")))


def numbered(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
