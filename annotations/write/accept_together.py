"""Accept one reader in many undecided differences, as one act, which is undone as one: all of them or none."""

from __future__ import annotations

import uuid
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Sequence

from django.contrib.auth.models import User
from django.db import transaction

from annotations.adjudication.contents import differs_in_words
from annotations.adjudication.groups import Group
from annotations.guidelines.rulings import ruling_against
from annotations.models import Adjudication, AdjudicationDecision
from annotations.native.ids import derived
from annotations.write.adjudicate import changes_to, check_open, labelled_words, locked_state, write
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.errors import Invalid, Malformed
from annotations.write.frozen_inputs import OUTCOME, fields_of

Choosing = Callable[[AdjudicationState, int], Sequence[Group]]  # of a reader, by number


def words_only(state: AdjudicationState) -> list[Group]:
    """Undecided marks of which the readers have chosen other words, and nothing else."""
    return [group for group in state.undecided if differs_in_words(group)]


def alone(state: AdjudicationState, starts: Sequence[int]) -> dict[tuple[int, int], list[Group]]:
    """Undecided differences that only one reader has, by paragraph and reader. `starts`: of the paragraphs, in order. What lost what it
    pointed at is not among them: a person looks at each of these."""
    groups = defaultdict(list)
    for group in state.undecided:
        if (reader := only_reader(group)) is not None and group.location not in state.hanging:
            groups[bisect(starts, group.location.start), reader].append(group)
    return groups


def only_reader(group: Group) -> int | None:
    having = [number for number, version in enumerate(group.versions) if version and (version.content or not group.is_part)]
    return having[0] if len(having) == 1 else None


def starts_of(adjudication: Adjudication) -> list[int]:
    """Of the paragraphs of its text."""
    return list(adjudication.gold.document.segments.order_by("start").values_list("start", flat=True))


def accept_words(adjudication: Adjudication, user: User, pk: uuid.UUID, reader: str) -> int:
    """How many were accepted. Raises a Refusal."""
    return accept(adjudication, user, pk, reader, lambda state, _: words_only(state))


def accept_alone(adjudication: Adjudication, user: User, pk: uuid.UUID, reader: str, difference: str) -> int:
    """All that only this reader has in the paragraph of a difference: how many. Raises a Refusal."""
    starts = starts_of(adjudication)

    def chosen(state: AdjudicationState, number: int) -> Sequence[Group]:
        group = state.by_name.get(difference)
        return alone(state, starts).get((bisect(starts, group.location.start), number), []) if group else []

    return accept(adjudication, user, pk, reader, chosen)


@transaction.atomic
def accept(adjudication: Adjudication, user: User, pk: uuid.UUID, reader: str, choosing: Choosing) -> int:
    """One batch of changes, and a decision for each difference. What refers to something that is still undecided gets it when that is accepted.
    `pk` is the client's: to send it again changes nothing."""
    gold, before, state, rulings, moves = locked_state(adjudication, pk)
    if before:
        return AdjudicationDecision.objects.filter(adjudication=adjudication, together=pk).count()
    check_open(gold)
    number = next((each.position for each in state.inputs if each.letter == reader), None)
    if number is None:
        raise Malformed("The reader should be the letter of a reading.")
    if not (groups := choosing(state, number)):
        raise Invalid("All of these are decided already. Reload the page.")
    chosen = dict.fromkeys((group.location for group in groups), number)
    changes = changes_to(state, chosen, f"together/{pk}")
    revision = write(gold, user, changes)
    after = state.current.decided({**state.choices, **chosen}, ())
    free = {change["object"]["id"]: uuid.UUID(change["id"]) for change in changes}
    own = [[free.pop(name) for name in after.ids_at(group.location) if name in free] for group in groups]
    own[0] += free.values()  # objects that were there, and now point at one of these
    AdjudicationDecision.objects.bulk_create(
        AdjudicationDecision(
            id=derived(pk, str(group.location)) if position else pk,
            adjudication=adjudication,
            position=len(state.decisions) + position,
            **fields_of(group),
            outcome=OUTCOME.ACCEPTED,
            taken=state.inputs[number],
            against=ruling_against(rulings, moves, labelled_words(group, number), gold.scheme_id),
            together=pk,
            changes=own[position],
            revision=revision,
            user=user,
        )
        for position, group in enumerate(groups)
    )
    return len(groups)
