"""Entries of several lists that are one person, body or craft: they name the same reference, or have an identifier in common.

An analyst decides once about them, and each link still names its own entry. Candidates of one entity alone are held together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Q

from registry.models import ListCandidate, ListEntry, ListVersion

GONE = ListCandidate.State.GONE
Mark = tuple[str, str]  # list and reference, or scheme and value
# What other lists call a list by the format of its file, where that is not the name of the format.
NAMES_OF_FORMATS = {"ofac_csv": "ofac", "ftm": "opensanctions", "own": ""}


class PartyEntry(NamedTuple):
    """A candidate with what its entry names: its own reference under the names of its list, references, identifiers."""

    pk: int
    list_id: int
    marks: Mapping[Mark, str]  # each as the entry writes it


def marks_of(
    names: Iterable[str], ref: str, references: Iterable[Sequence[str]], identifiers: Iterable[Sequence[str]]
) -> dict[Mark, str]:
    """Without regard to case. `names`: of the list, its code and its format."""
    own = ((name, ref) for name in names if name)
    pairs = (*own, *references, *((f"{scheme} number", value) for scheme, value in identifiers))
    return {(name.strip().casefold(), value.strip().casefold()): f"{name} {value}".strip() for name, value in pairs}


def parties(entries: Sequence[PartyEntry]) -> list[list[int]]:
    """Candidates that are one party, two or more, by what an entry of another list has in common with theirs."""
    leader = {entry.pk: entry.pk for entry in entries}
    by_mark: dict[Mark, list[PartyEntry]] = defaultdict(list)
    for entry in entries:
        for mark in entry.marks:
            by_mark[mark].append(entry)
    for sharing in by_mark.values():
        for one in sharing:
            for other in sharing:
                if one.list_id != other.list_id:
                    low, high = sorted((leader[one.pk], leader[other.pk]))
                    leader = {pk: low if now == high else now for pk, now in leader.items()}
    groups: dict[int, list[int]] = defaultdict(list)
    for pk, now in leader.items():
        groups[now].append(pk)
    return [sorted(group) for group in groups.values() if len(group) > 1]


def shared_marks(one: PartyEntry, others: Iterable[PartyEntry]) -> list[str]:
    """What an entry has in common with those of other lists, in its words: `UN KPi.001`, `imo number 1234567`."""
    theirs = {mark for other in others if other.list_id != one.list_id for mark in other.marks}
    return [one.marks[mark] for mark in sorted(one.marks.keys() & theirs)]


def hold_together(entities: Collection[Any]) -> None:
    """Set the card of the candidates of some entities. A candidate alone has none."""
    several = ListCandidate.objects.filter(entity__in=list(entities)).exclude(state=GONE).order_by().values("entity")
    several = several.annotate(lists=Count("list", distinct=True)).filter(lists__gt=1).values("entity")
    alive = list(ListCandidate.objects.filter(entity__in=several).exclude(state=GONE).select_related("list"))
    by_entity: dict[Any, list[ListCandidate]] = defaultdict(list)
    for each in alive:
        by_entity[each.entity_id].append(each)
    entries = party_entries(alive)
    cards: dict[int, int] = {}
    for rows in by_entity.values():
        for group in parties([entries[row.pk] for row in rows if row.pk in entries]):
            cards |= dict.fromkeys(group, group[0])
    held = ListCandidate.objects.filter(entity__in=list(entities), card__isnull=False).values_list("pk", "card")
    before = dict(held)
    set_cards({**dict.fromkeys(before), **cards}, before)


def set_cards(cards: Mapping[int, int | None], before: Mapping[int, int | None]) -> None:
    by_card: dict[int | None, list[int]] = defaultdict(list)
    for pk, card in cards.items():
        if before.get(pk) != card:
            by_card[card].append(pk)
    for card, pks in by_card.items():
        ListCandidate.objects.filter(pk__in=pks).update(card=card)


def party_entries(candidates: Collection[ListCandidate]) -> dict[int, PartyEntry]:
    """By candidate; of entries that are still stored as they were compared."""
    if not candidates:
        return {}
    compared = Q(list__in={each.list_id for each in candidates}, ref__in={each.ref for each in candidates})
    digests = {each.entry_digest for each in candidates}
    rows = ListEntry.objects.filter(compared, digest__in=digests).order_by("pk")
    columns = ("list", "ref", "digest", "references", "identifiers")
    current = ListVersion.objects.filter(list__in={each.list_id for each in candidates}, state=ListVersion.State.CURRENT)
    formats = dict(current.values_list("list", "format"))
    stored = {row[:3]: row[3:] for row in rows.values_list(*columns)}
    entries = {}
    for each in candidates:
        if pairs := stored.get((each.list_id, each.ref, each.entry_digest)):
            code = str(formats.get(each.list_id, ""))
            names = (NAMES_OF_FORMATS.get(code, code), str(each.list.code))
            entries[each.pk] = PartyEntry(each.pk, each.list_id, marks_of(names, each.ref, *pairs))
    return entries


def companions(candidates: Collection[ListCandidate], user: Any) -> dict[int, list[tuple[ListCandidate, list[str]]]]:
    """Of each candidate the others of its card that are in the same state, best first, each with what they have in common."""
    cards = {each.card_id for each in candidates} - {None}
    if not cards:
        return {}
    rows = ListCandidate.objects.for_user(user).filter(card__in=cards).exclude(state=GONE).select_related("list", "entity")
    shown: list[ListCandidate] = list(rows.order_by("-score", "pk"))
    entries = party_entries(shown)
    by_card: dict[int | None, list[ListCandidate]] = defaultdict(list)
    for row in shown:
        by_card[row.card_id].append(row)
    return {
        each.pk: [
            (other, reasons(other, by_card[each.card_id], entries))
            for other in by_card[each.card_id]
            if other.pk != each.pk and other.state == each.state
        ]
        for each in candidates
        if each.card_id
    }


def reasons(one: ListCandidate, card: Sequence[ListCandidate], entries: Mapping[int, PartyEntry]) -> list[str]:
    others = [entries[row.pk] for row in card if row.pk in entries and row.pk != one.pk]
    return shared_marks(entries[one.pk], others) if one.pk in entries else []
