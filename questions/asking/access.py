"""What somebody may see of a corpus: looked up in one round trip, with whatever else is asked before an answer begins."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from annotations.models import Assignment
from annotations.models.assignment import EVIDENCE, being_annotated_by, being_reread_by
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.round_trip import Rows, Statement
from corpus.models import Corpus
from corpus.models.access import MEMBER, Membership

# Readings of others of the texts that somebody is annotating; and of those that they read again, their own first one and the gold.
ASKER: Any = SimpleNamespace(pk=Slot("user"))
WITHHELD = Repeated(
    lambda: (
        Assignment.objects.filter(
            Q(role=Assignment.Role.ANNOTATION) & ~Q(annotator=Slot("user"))
            | Q(role__in=EVIDENCE, document__in=being_reread_by(ASKER)),
            document__in=being_annotated_by(ASKER).filter(document__corpus=Slot("corpus")),
        )
        .only("pk")
        .order_by()
    )
)


class Access(NamedTuple):
    """`role`: None for an outsider; `withheld`: readings that a reviewer does not see, since they are annotating the same texts themselves."""

    role: str | None
    withheld: list[UUID]


def access_statements(corpus: Corpus, user: Any) -> list[Statement]:
    """To be sent with others; `access_of` reads their rows."""
    if user.is_superuser or user.pk is None or corpus.deletion_id:
        return []
    values = {"corpus": corpus.pk, "user": user.pk}
    return [MEMBER.statement(**values), WITHHELD.statement(**values)]


def access_of(corpus: Corpus, user: Any, answers: Sequence[Rows]) -> Access:
    if not answers:
        is_manager = user.is_superuser and user.is_active and not corpus.deletion_id
        return Access(Membership.Role.MANAGER if is_manager else None, [])
    member, withheld = answers
    membership = MEMBER.made(member)
    corpus.last_role = (user.pk, membership.role if membership else None)
    return Access(corpus.last_role[1], [reading.pk for reading in WITHHELD.all_made(withheld)])
