"""Entities that somebody does not get to see yet: colleagues have made them in the text that they are annotating themselves, or, for viewers,
in a reading that is not submitted.

An entity that a mark elsewhere means, or that is linked to the shared register, says nothing of what a colleague has read in the text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.models import Argument, Assignment, Change, Claim, Span
from annotations.models.assignment import being_annotated_by, of_no_draft
from corpus.models import Corpus, Membership
from registry.models import Entity


class Withheld(NamedTuple):
    """`assignments`: those of others on texts of which the person has an open reading, and for viewers all that are not submitted;
    `entities`: what is known only from them."""

    assignments: list[UUID]
    entities: list[UUID]


NOTHING = Withheld([], [])


def hidden_assignments(user: User) -> QuerySet[Assignment]:
    """Of a practice article the gold lies open, and so do its entities."""
    rows = Assignment.objects.filter(document__in=being_annotated_by(user)).exclude(annotator_id=user.pk)
    return rows.exclude(Q(role=Assignment.Role.ADJUDICATION, document__article__practice=True)).order_by()


def drafts(user: User) -> QuerySet[Assignment]:
    """What is not submitted where the person is a viewer."""
    viewed = Membership.objects.filter(user=user.pk, role=Membership.Role.VIEWER).values("corpus")
    return Assignment.objects.filter(~of_no_draft(), document__corpus__in=viewed).order_by()


Hiding = Callable[[Any], QuerySet[Assignment]]
HIDING: tuple[Hiding, ...] = (hidden_assignments, drafts)


def corpora_of(assignments: Hiding, user: User) -> QuerySet[Assignment, Any]:
    return assignments(user).values("document__corpus")


def known_only_from(assignments: Hiding, user: User) -> QuerySet[Change, Any]:
    """Ids of entities."""
    hidden = assignments(user).values("pk")
    meaning = ((Span, "entity"), (Claim, "source_entity"), (Argument, "entity"))
    elsewhere = [
        Exists(model.objects.filter(**{name: OuterRef("object_id")}).exclude(assignment__in=hidden)) for model, name in meaning
    ]
    made = Change.objects.filter(assignment__in=hidden, kind="entity", op=Change.Op.CREATE)
    own = Exists(Entity.objects.filter(pk=OuterRef("object_id"), same_as=None))
    return made.filter(own, *(~each for each in elsewhere)).order_by().values("object_id")


def withheld_from(user: User, corpus: Corpus | int) -> Withheld:
    if user.is_superuser:
        return NOTHING
    hidden = [rows(user).filter(document__corpus=corpus).values_list("pk", flat=True) for rows in HIDING]
    assignments = list(hidden[0].union(hidden[1]).order_by())
    if not assignments:
        return NOTHING
    made = [known_only_from(rows, user).filter(assignment__document__corpus=corpus).distinct() for rows in HIDING]
    return Withheld(assignments, list(made[0].union(made[1]).order_by().values_list("object_id", flat=True)))
