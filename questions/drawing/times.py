"""The timeline of events: a lane for each type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple
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
TONES = {"expected": Tone.EXPECTED, "unrealised": Tone.DENIED, "general": Tone.GENERAL}


def drawn_times(answer: IndexAnswer, captions: dict[str, str]) -> SvgElement:
    """All rows of the part, up to 5,000; where there are more, that is written below. `captions`: by the id of a row, its values in words."""
    names, heads = CodeNames(answer.asker.scheme), in_short(answer, MOST + 1)
    of_type = defaultdict[str, list[HeadInShort]](list)
    for head in heads[:MOST]:
        of_type[head.type].append(head)
    ordered = [
        Lane(
            names.of("type", code),
            DrawnHeads(answer, of_type[code], names, captions).items(),
            listing(answer.asker.corpus.slug, answer.asker.question, code),
        )
        for code in (*names.types, "")
        if of_type[code]
    ]
    if len(heads) <= MOST:
        return timeline(ordered, f"Timeline of {len(heads):,} events, a lane for each type; the table below has the same")
    drawing = timeline(ordered, f"Timeline of the first {MOST:,} events, a lane for each type")
    return noted(drawing, f"Only the first {MOST:,} events are drawn, by day. Ask for a period or a type to see the others.")


@dataclass(frozen=True)
class DrawnHeads:
    """The rows of a lane. What only those say that are drawn one by one is asked for all of them, when the first of them is."""

    answer: IndexAnswer
    heads: list[HeadInShort]
    names: CodeNames
    captions: dict[str, str]

    def items(self) -> list[HeadItem]:
        return [HeadItem(head.earliest, head.latest, head, self) for head in self.heads]

    @cached_property
    def details(self) -> dict[UUID, HeadDetails]:
        return details(self.answer, self.heads)


class HeadItem(NamedTuple):
    """A row as the timeline draws or counts it. Its days are asked for several times of each of 5,000."""

    first: date | None
    last: date | None
    head: HeadInShort
    lane: DrawnHeads

    @property
    def caption(self) -> str:
        return self.lane.captions.get(str(self.head.row), "")

    @property
    def tone(self) -> Tone:
        return Tone.DENIED if self.head.polarity == "negative" else TONES.get(self.head.status, Tone.HAPPENED)

    @property
    def is_inferred(self) -> bool:
        return self.lane.details[self.head.id].basis == "inferred"

    @property
    def href(self) -> str:
        return reverse("questions:linked", args=[self.head.row])

    @property
    def label(self) -> str:
        head, names = self.head, self.lane.names
        days = span(head.earliest, head.latest) or "undated"
        how = names.of("status", head.status) + (" (negative)" if head.polarity == "negative" else "")
        title = self.lane.details[head.id].title
        return ", ".join(filter(None, (days, names.of("type", head.type), self.caption, how, title)))


def listing(slug: str, question: Question, code: str) -> Callable[[date, date], str]:
    """Where the events of a type between two days are listed."""

    def address(first: date, last: date) -> str:
        period = {"from": first.isoformat(), "to": last.isoformat(), "undated": "0"}
        return page_of(slug, question.having(type=code, **period) if code else question.having(**period))

    return address
