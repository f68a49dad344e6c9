"""An explanation as it was stored, and what the present matcher makes of the same two names."""

from __future__ import annotations

from typing import Any, NamedTuple

from registry.models import ListCandidate, ListEntry
from registry.names import NameFacts, analyse, compare_analysed
from registry.screening.match import facts_from
from registry.screening.subjects import kind_of, subjects


class ComparedAgain(NamedTuple):
    """The explanation of the present matcher, and whether it says something else."""

    explanation: dict[str, Any]
    differs: bool


def explain_again(candidate: ListCandidate) -> ComparedAgain:
    """Of the names that were compared, with the facts of both sides as they are now."""
    was = candidate.explanation
    entry = ListEntry.objects.filter(list=candidate.list_id, ref=candidate.ref, digest=candidate.entry_digest).first()
    pairs = tuple(map(tuple, entry.identifiers)) if entry else ()
    listed = facts_from(tuple(entry.births), tuple(entry.countries), pairs) if entry else NameFacts()
    (subject,) = subjects([candidate.entity_id])
    ours = analyse(was["entity_name"], kind_of(candidate.entity.type))
    other = analyse(was["listed_name"], entry.kind if entry else "any")
    match = compare_analysed(ours, other, (subject.facts, listed)).as_dict()
    explanation = match | {name: value for name, value in was.items() if name not in match}
    return ComparedAgain(explanation, explanation != was)
