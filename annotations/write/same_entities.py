"""Entities that two readers made each by themselves for what seems to be one: to be merged or kept apart by a person, never by itself."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from annotations.adjudication.alignment import Alignment
from annotations.agreement.reading import ReadingView
from annotations.models import Adjudication
from annotations.write.adjudicate import check_open
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.errors import Invalid
from annotations.write.merge_entities import merge
from registry.models import Entity
from registry.naming import folded


class EntityPair(NamedTuple):
    """`kept` is the one of the reader who comes first, whose letter stands first; `why`: what speaks for it."""

    kept: Entity
    other: Entity
    letters: str
    why: str

    @property
    def sides(self) -> tuple[Entity, Entity]:
        return self.kept, self.other


def pairs_of(state: AdjudicationState) -> list[EntityPair]:
    """Those that are still two, and that nobody has kept apart."""
    letters = [each.letter for each in state.inputs]
    ids = alike(state.alignment)
    rows = Entity.objects.filter(corpus=state.adjudication.gold.document.corpus_id).prefetch_related("identifiers")
    there = {str(row.pk): row for row in rows.filter(pk__in={name for pair in ids for name in pair})} if ids else {}
    apart = state.adjudication.kept_apart
    return [
        EntityPair(there[one], there[other], letters[first] + letters[second], why)
        for (one, other), (first, second, why) in ids.items()
        if one in there and other in there and frozenset((one, other)) not in apart
    ]


def alike(alignment: Alignment) -> dict[tuple[str, str], tuple[int, int, str]]:
    """Those whose marks have the same words, and those with one name and type that only one reader has each: the numbers of their readers."""
    readings, made = alignment.readings, dict[tuple[str, str], tuple[int, int, str]]()
    for number, names in enumerate(alignment.entities):
        for name, target in names.items():
            if name != target:
                first = next(earlier for earlier, view in enumerate(readings) if target in view.types)
                made[target, name] = first, number, "They mark the same words"
    for (first, left), (second, right) in combinations(enumerate(readings), 2):
        ours = what_names(left, left.marked_entities - right.types.keys())
        others = what_names(right, right.marked_entities - left.types.keys())
        for fact in sorted(ours.keys() & others.keys()):
            made.setdefault((ours[fact], others[fact]), (first, second, f"They have the same {fact[0]}"))
    return made


def what_names(reading: ReadingView, ids: set[str]) -> dict[tuple[str, ...], str]:
    """Of these entities their identifiers, and their names with the type, but of an unnamed one, whose words do not say who it is."""
    rows = [each for each in reading.native["entities"] if each["id"] in ids]
    named = {("name", each["type"], folded(each["name"])): each["id"] for each in rows if not each.get("anonymous")}
    pairs = [(one["scheme"].lower(), one["value"], each["id"]) for each in rows for one in each.get("identifiers") or ()]
    return named | {("identifier", scheme, value): name for scheme, value, name in pairs}


@transaction.atomic
def keep_apart(adjudication: Adjudication, user: User, one: str, other: str) -> str:
    """The readings are compared anew, and whom a mark means is a difference where they say one and the other. Raises a Refusal."""
    pair = pair_in(adjudication, one, other)
    row = Adjudication.objects.select_for_update().get(pk=adjudication.pk)
    row.apart = [*row.apart, {"entities": [one, other], "user": user.pk, "at": timezone.now().isoformat()}]
    row.save(update_fields=["apart"])
    return f"Kept apart: “{pair.kept.name}” and “{pair.other.name}”."


def apart_of(adjudication: Adjudication) -> list[tuple[Entity, Entity]]:
    """Those that somebody has kept apart, in that order."""
    pairs = [each["entities"] for each in adjudication.apart if "undone" not in each]
    rows = (
        Entity.objects.filter(corpus=adjudication.gold.document.corpus_id, pk__in={pk for pair in pairs for pk in pair})
        if pairs
        else ()
    )
    there = {str(row.pk): row for row in rows}
    return [(there[one], there[other]) for one, other in pairs if one in there and other in there]


@transaction.atomic
def undo_apart(adjudication: Adjudication, user: User, one: str, other: str) -> str:
    """They count as one again, as before. What people decided since rests on their being two: that is undone first. Raises a Refusal."""
    check_open(adjudication.gold)
    row = Adjudication.objects.select_for_update().get(pk=adjudication.pk)
    kept = next((each for each in row.apart if each["entities"] == [one, other] and "undone" not in each), None)
    if kept is None:
        raise Invalid("These entities are not kept apart. Reload the page.")
    since = datetime.fromisoformat(kept["at"])
    if any(decision.at > since for decision in AdjudicationState(row).own.values()):
        raise Invalid("Differences were decided after these entities were kept apart. Undo these decisions first.")
    kept["undone"] = {"user": user.pk, "at": timezone.now().isoformat()}
    row.save(update_fields=["apart"])
    return "Undone: the two entities are proposed as one again."


def merge_pair(adjudication: Adjudication, user: User, one: str, other: str) -> str:
    """The one of the later reader goes. Raises a Refusal."""
    pair = pair_in(adjudication, one, other)
    done = merge(pair.other, pair.kept, user)
    rest = "" if done.is_finished else " Its marks are being moved."
    return f"“{done.gone_name}” merged into “{done.kept_name}”.{rest} To undo this, use History on the page of the entity."


def pair_in(adjudication: Adjudication, one: str, other: str) -> EntityPair:
    check_open(adjudication.gold)
    for pair in pairs_of(AdjudicationState(adjudication)):
        if (str(pair.kept.pk), str(pair.other.pk)) == (one, other):
            return pair
    raise Invalid("These entities are one already, or kept apart. Reload the page.")
