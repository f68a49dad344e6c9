"""Many new assignments at once: checked by the one write as any batch is, and sent by COPY together.

An assignment that is made in the same moment has no past: nothing of it is read back, nobody can have
overtaken it, and none of its changes can have been seen. All else is as for a single batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import User

from annotations.kinds import KINDS, SHARED
from annotations.kinds.select import read
from annotations.kinds.write_context import Object, WriteContext
from annotations.models import Assignment
from annotations.write.apply import Answer, answer, gather, outcome, read_own
from corpus.db.row_writer import Copies
from corpus.models import Corpus

Name = tuple[str, str]
FIELDS = ("id", "document_id", "annotator_id", "role", "scheme_id", "status")


class Bulk:
    """Assignments of one corpus on their way in, all signed by one user at one time."""

    def __init__(self, user: User, now: datetime, out: Copies, registered: Mapping[Name, Object | None]) -> None:
        self.user, self.now, self.out = user, now, out
        self.registered = dict(registered)
        self.out.add(Assignment, [])  # goes first: what refers to it looks for it as soon as it is sent

    def take(self, assignment: Assignment, text: str, changes: list[Object]) -> Answer:
        """Check a new assignment and put its rows among the others. Raises a Refusal; then none of it is there."""
        if not changes:
            self.put(assignment, 0)
            return Answer(0, [])
        drafts = read_own(changes)
        context = WriteContext(
            assignment, self.user, 1, self.now, out=self.out, is_new=True, registered=self.registered, loading=True
        )
        context.text = text
        rows = gather(drafts, 0, context)
        self.put(assignment, context.revision)
        self.registered |= {(d.kind, d.item["id"]): row["after"] for d, row in zip(drafts, rows, strict=True) if d.kind in SHARED}
        return answer(drafts, outcome(rows))

    def put(self, assignment: Assignment, revision: int) -> None:
        assignment.revision = revision
        own = {name: getattr(assignment, name) for name in FIELDS}
        self.out.add(Assignment, [own | {"revision": revision, "created": self.now}])


def registered(corpus: Corpus, shared: Iterable[Mapping[str, set[str]]]) -> dict[Name, Object | None]:
    """What the register has of the entities and relations with these ids, by kind and id."""
    ids_by_kind: dict[str, set[str]] = {kind: set() for kind in SHARED}
    for ids in shared:
        for kind in SHARED:
            ids_by_kind[kind] |= ids[kind]
    conditions = {
        kind: f"m.corpus_id = %(corpus)s AND m.id = ANY(%({kind})s::uuid[])" for kind, ids in ids_by_kind.items() if ids
    }
    if not conditions:
        return {}
    parameters = {kind: list(ids) for kind, ids in ids_by_kind.items()} | {"corpus": corpus.pk}
    objects = read(conditions, parameters, KINDS, "")
    return {(kind, record["id"]): record for kind, records in objects.items() for record in records}
