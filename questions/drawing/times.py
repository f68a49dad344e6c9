"""The timeline of events: a lane for each type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.urls import reverse

from corpus.plots.elements import SvgElement
from corpus.plots.frame import noted
from corpus.plots.lanes import Lane, TimelineItem
from corpus.plots.shapes import Tone
from corpus.plots.timeline import timeline
from questions.address.question import Question
from questions.asking.answer import IndexAnswer
from questions.asking.heads import HeadInShort, in_short
from questions.drawing.addresses import page_of
from questions.wording.code_names import CodeNames
from questions.wording.times import span

MOST = 5_000
TONES = {"expected": Tone.EXPECTED, "unrealised": Tone.DENIED, "general": Tone.GENERAL}


def drawn_times(answer: IndexAnswer, captions: dict[str, str]) -> SvgElement:
    """All rows of the part, up to 5,000; where there are more, that is written below. `captions`: by the id of a row, its values in words."""
    names, lanes = CodeNames(answer.asker.scheme), defaultdict[str, list[TimelineItem]](list)
    heads = in_short(answer, MOST + 1)
    for head in heads[:MOST]:
        lanes[head.type].append(timeline_item(head, names, captions.get(str(head.row), "")))
    ordered = [
        Lane(names.of("type", code), lanes[code], listing(answer.asker.corpus.slug, answer.asker.question, code))
        for code in (*names.types, "")
        if lanes[code]
    ]
    if len(heads) <= MOST:
        return timeline(ordered, f"Timeline of {len(heads):,} events, a lane for each type; the table below has the same")
    drawing = timeline(ordered, f"Timeline of the first {MOST:,} events, a lane for each type")
    return noted(drawing, f"Only the first {MOST:,} events are drawn, by day. Ask for a period or a type to see the others.")


def timeline_item(head: HeadInShort, names: CodeNames, caption: str) -> TimelineItem:
    days = span(head.earliest, head.latest) or "undated"
    how = names.of("status", head.status) + (" (negative)" if head.polarity == "negative" else "")
    label = ", ".join(filter(None, (days, names.of("type", head.type), caption, how, head.title)))
    tone = Tone.DENIED if head.polarity == "negative" else TONES.get(head.status, Tone.HAPPENED)
    href = reverse("questions:linked", args=[head.row])
    return TimelineItem(label, href, head.earliest, head.latest, head.basis == "inferred", tone, caption)


def listing(slug: str, question: Question, code: str) -> Callable[[date, date], str]:
    """Where the events of a type between two days are listed."""

    def address(first: date, last: date) -> str:
        period = {"from": first.isoformat(), "to": last.isoformat(), "undated": "0"}
        return page_of(slug, question.having(type=code, **period) if code else question.having(**period))

    return address
