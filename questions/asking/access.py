"""What somebody may see of a corpus: looked up in one round trip, with whatever else is asked before an answer begins."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from annotations.models import Assignment
from annotations.models.assignment import being_annotated_by
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.round_trip import Rows, Statement
from corpus.models import Corpus
from corpus.models.access import MEMBER, Membership

# Readings of others of the texts that somebody is annotating.
WITHHELD = Repeated(
    lambda: (
        Assignment.objects.filter(
            document__in=being_annotated_by(SimpleNamespace(pk=Slot("user"))).filter(document__corpus=Slot("corpus")),
            role=Assignment.Role.ANNOTATION,
        )
        .exclude(annotator=Slot("user"))
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
    return Access(membership.role if membership else None, [reading.pk for reading in WITHHELD.all_made(withheld)])
