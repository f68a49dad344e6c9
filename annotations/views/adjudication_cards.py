"""A difference as a card: its words in their sentence, what each reader says, and what was decided."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.urls import reverse

from annotations.adjudication.fields import FieldLine, field_lines
from annotations.adjudication.groups import EVENT, Group
from annotations.models import AdjudicationDecision
from annotations.write.accept_together import only_reader
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.frozen_inputs import OUTCOME
from corpus.text.sentence import around

NAMES = {
    "mark": "Mark", "entity": "Entity", "event": "Event", "argument": "Argument", "claim": "Claim", "citation": "Citation",
    "link": "Link",
}  # fmt: skip
# Of a decision: a sign, which does not need its colour, and the word.
SIGNS = {"": "○", "accepted": "✓", "changed": "~", "dropped": "✕", "added": "+", "auto": "=", "looked": "✓"}
WORDS = {"auto": "all agree", "": "undecided"}
LOOKS = {"looked": "checked", "": "to check"}
# How the bar draws each, in the colours of the progress of a corpus.
BAR = {"auto": "gold", "accepted": "submitted", "changed": "submitted", "dropped": "submitted", "open": "new"}


@dataclass(frozen=True)
class DifferenceCard:
    """`pieces`: the sentence around its words, and which of its pieces are these. `rows`: fields that differ. `alone`: how many
    differences the only reader who has it alone has in its paragraph; 0 where several have it."""

    group: Group
    name: str
    kind: str
    pieces: list[tuple[str, bool]]
    rows: list[dict[str, Any]]
    readers: list[dict[str, Any]]
    is_material: bool
    outcome: str
    sign: str
    word: str
    decision: AdjudicationDecision | None
    address: str
    thread: str
    has_most: bool
    new_id: uuid.UUID
    is_look: bool = False
    alone: int = 0


def look_card(group: Group, state: AdjudicationState, text: str) -> DifferenceCard:
    """Of what all readers say, drawn for a look: what is stated, once."""
    outcome, made = state.look_outcome(group), card(group, state, text)
    rows = [row | {"cells": row["cells"][:1]} for row in made.rows if any(cell["text"] for cell in row["cells"])]
    word = LOOKS.get(outcome, outcome)
    return replace(made, is_look=True, rows=rows, outcome=outcome, sign=SIGNS[outcome], word=word)


def card(group: Group, state: AdjudicationState, text: str, alone: int = 0) -> DifferenceCard:
    outcome = state.outcome(group)
    rows = field_lines(group, state.alignment)
    standing = state.standing.get(group.location)
    return DifferenceCard(
        group=group,
        name=str(group.location),
        kind=NAMES[group.kind],
        pieces=list(pieces(text, words_of(group, state))),
        rows=[cells(row, state) for row in ([row for row in rows if row.differs] or rows)],
        readers=[
            {
                "letter": each.letter,
                "key": number + 1,
                "has": group.versions[number] is not None,
                "alone": alone and only_reader(group) == number,
                "taken": is_taken(standing, each),
            }
            for number, each in enumerate(state.inputs)
        ],
        is_material=state.is_material(group),
        outcome=outcome,
        sign=SIGNS[outcome],
        word=WORDS.get(outcome, outcome),
        decision=standing if outcome and standing and standing.outcome != OUTCOME.AUTO else None,
        address=address_in(group, state),
        thread=thread_on(group, state),
        has_most=group.most is not None,
        new_id=uuid.uuid4(),
        alone=alone,
    )


def cells(row: FieldLine, state: AdjudicationState) -> dict[str, Any]:
    readers = zip(state.inputs, row.texts, strict=True)
    return {"name": row.name, "cells": [{"letter": each.letter, "text": text} for each, text in readers]}


def is_taken(decision: AdjudicationDecision | None, reader: Any) -> bool:
    return decision is not None and decision.outcome != OUTCOME.AUTO and decision.taken_id == reader.pk


def address_in(group: Group, state: AdjudicationState) -> str:
    """Where the annotator shows it in the gold."""
    whole = state.current.by_location[group.location.whole]
    marks = [record["id"] for kind, record in state.current.records(whole) if kind == "span"]
    return f"{state.adjudication.gold.get_absolute_url()}{f'#mark={marks[0]}' if marks else ''}"


def thread_on(group: Group, state: AdjudicationState) -> str:
    """Where a thread is opened on the mark of the first reader who has one; empty where there is none."""
    for each, version in zip(state.inputs, state.alignment.objects[group.location.whole], strict=True):
        if marks := [record["id"] for record in version or () if record.get("label") and record.get("fragments")]:
            return f"{reverse('annotations:new_thread', args=[each.assignment_id])}?mark={marks[0]}"
    return ""


def words_of(group: Group, state: AdjudicationState) -> list[tuple[int, int]]:
    """The words of the first version, of a part those of its mark or event; of a link from end to end."""
    sides = state.alignment.objects[group.location.whole]
    records = next(objects for objects in sides if objects)
    if group.location.whole.kind == EVENT:
        records = records[1:] or records
    parts = [part for record in records for part in record.get("fragments") or record.get("content") or ()]
    return sorted((part["start"], part["end"]) for part in parts) or [(group.location.start, group.location.end)]


def pieces(text: str, bounds: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The sentences around the words, put together to the letter; True: the piece is one of them."""
    first, last = around(text, bounds[0][0], bounds[-1][1])
    apart = [bounds[0], *(two for one, two in pairwise(bounds) if two[0] >= one[1])]
    edges = [first, *(edge for part in apart for edge in part), last]
    for number, (start, end) in enumerate(pairwise(edges)):
        if words := text[start:end]:
            yield words, number % 2 == 1


def bar(state: AdjudicationState) -> list[dict[str, Any]]:
    """How many are decided, by outcome: where each part of the bar begins and how wide it is, in percent."""
    counts = state.counts
    total, left, parts = sum(counts[name] for name in BAR) or 1, 0.0, []
    for name, css in BAR.items():
        width = 100 * counts[name] / total
        sign, word = SIGNS["" if name == "open" else name], WORDS.get("" if name == "open" else name, name)
        parts.append({"css": css, "sign": sign, "word": word, "count": counts[name], "left": left, "width": width})
        left += width
    return parts
