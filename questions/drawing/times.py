"""The timeline of events: a lane for each type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse

from corpus.plots.elements import SvgElement
from corpus.plots.frame import noted
from corpus.plots.lanes import Lane
from corpus.plots.shapes import Tone
from corpus.plots.timeline import timeline
from questions.address.question import Question
from questions.asking.answer import IndexAnswer
from questions.asking.heads import HeadDetails, HeadInShort, details, in_short
from questions.drawing.addresses import page_of
from questions.wording.code_names import CodeNames
from questions.wording.times import span

MOST = 5_000
NO_DAY = "\x00"  # what no address has
TONES = {"expected": Tone.EXPECTED, "unrealised": Tone.DENIED, "general": Tone.GENERAL}


def drawn_times(answer: IndexAnswer, captions: dict[str, str]) -> SvgElement:
    """All rows of the part, up to 5,000; where there are more, that is written below. `captions`: by the id of a row, its values in words."""
    names, heads = CodeNames(answer.asker.scheme), in_short(answer, MOST + 1)
    of_type = defaultdict[str, list[HeadInShort]](list)
    for head in heads[:MOST]:
        of_type[head.type].append(head)
    ordered = [
        Lane(names.of("type", code), of_type[code], listing(answer.asker.corpus.slug, answer.asker.question, code))
        for code in (*names.types, "")
        if of_type[code]
    ]
    one_by_one = DrawnHeads(answer, names, captions).items
    if len(heads) <= MOST:
        return timeline(
            ordered, f"Timeline of {len(heads):,} events, a lane for each type; the table below has the same", one_by_one
        )
    drawing = timeline(ordered, f"Timeline of the first {MOST:,} events, a lane for each type", one_by_one)
    return noted(drawing, f"Only the first {MOST:,} events are drawn, by day. Filter by a period or a type to see the others.")


@dataclass(frozen=True)
class DrawnHeads:
    """Rows that are drawn one by one. What only these say is asked for all of a lane, when the first of them is drawn, and for each once."""

    answer: IndexAnswer
    names: CodeNames
    captions: dict[str, str]
    known: dict[UUID, HeadDetails] = field(default_factory=dict)

    def items(self, heads: Sequence[HeadInShort]) -> list[HeadItem]:
        return [HeadItem(head, heads, self) for head in heads]

    def details(self, head: HeadInShort, lane: Sequence[HeadInShort]) -> HeadDetails:
        if head.id not in self.known:
            self.known.update(details(self.answer, lane))
        return self.known[head.id]


class HeadItem(NamedTuple):
    """A row as the timeline draws it. `lane`: the rows beside which it is drawn."""

    head: HeadInShort
    lane: Sequence[HeadInShort]
    drawn: DrawnHeads

    @property
    def first(self) -> date | None:
        return self.head.first

    @property
    def last(self) -> date | None:
        return self.head.last

    @property
    def caption(self) -> str:
        return self.drawn.captions.get(str(self.head.row), "")

    @property
    def tone(self) -> Tone:
        return Tone.DENIED if self.head.polarity == "negative" else TONES.get(self.head.status, Tone.HAPPENED)

    @property
    def is_inferred(self) -> bool:
        return self.drawn.details(self.head, self.lane).basis == "inferred"

    @property
    def href(self) -> str:
        return reverse("questions:linked", args=[self.head.row])

    @property
    def label(self) -> str:
        head, names = self.head, self.drawn.names
        days = span(head.first, head.last) or "undated"
        how = names.of("status", head.status) + (" (negative)" if head.polarity == "negative" else "")
        title = self.drawn.details(head, self.lane).title
        return ", ".join(filter(None, (days, names.of("type", head.type), self.caption, how, title)))


def listing(slug: str, question: Question, code: str) -> Callable[[date, date], str]:
    """Where the events of a type between two days are listed: of hundreds of addresses all is written once but the days."""
    dated = question.having(undated="0", **({"type": code} if code else {}))
    pattern = page_of(slug, Question(dated.ledger, {**dated.given, "from": NO_DAY, "to": NO_DAY}))
    before, _, rest = pattern.partition(f"from={quote(NO_DAY)}")
    between, _, behind = rest.partition(f"to={quote(NO_DAY)}")

    def address(first: date, last: date) -> str:
        return f"{before}from={first.isoformat()}{between}to={last.isoformat()}{behind}"

    return address
