"""The one write. Browser, API, file import and adjudication all come through `apply_changes`.

A batch is all or nothing. It locks the assignment, skips changes that it has seen, refuses what
others overtook, checks the scheme's rules on the result, writes the rows and the log, and counts
the revision up by one: safe to repeat, to undo and to audit.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone

from annotations.kinds import KINDS
from annotations.kinds.write_context import Object, WriteContext
from annotations.kinds.writing import add
from annotations.models import Assignment, Change
from annotations.models.assignment import PEOPLE, AssignmentQuerySet
from annotations.native.validators import Misshapen, checked_at, identifier, record
from annotations.write.batch import Batch, Draft
from annotations.write.errors import Closed, Invalid, Malformed, NoBase, Reused, WithoutPlace, constraint_error, constraint_of
from annotations.write.imported import COLUMNS, folded, imported_looks
from annotations.write.lookup import BatchContext
from corpus.db.compiled_queries import Repeated, Slot
from corpus.db.json_encoder import encoder
from corpus.db.round_trip import round_trip
from corpus.db.row_writer import Statements, row_of

LARGEST_BATCH = 10_000
OPS = tuple(Change.Op.values)
CREATE = Change.Op.CREATE.value
FOLLOWED = ""  # the digest of a change that nobody sent


@dataclass(frozen=True)
class Answer:
    """`revision` of the assignment after the batch, and the changes as they were written."""

    revision: int
    changes: list[Object]


def apply_changes(
    assignment: Assignment, user: User, base: Any, changes: Any, *, loading: bool = False, savepoint: bool = True
) -> Answer:
    """Write a batch of {id, op, kind, object} that was made on revision `base`; `loading`: out of a file. Without a `savepoint` a
    refusal ends the transaction around it.

    Raises a Refusal: Malformed, NoBase, Reused, Closed, Conflict, Invalid, InUse.
    """
    drafts, pk = read_drafts(changes), {"pk": assignment.pk}
    write_them = applied if savepoint else applied_once
    return write_them(drafts, LOCKED, pk, user, base, loading=loading, savepoint=savepoint)


def apply_to_own(pk: UUID, user: User, base: Any, changes: Any) -> Answer:
    """The same for what people send: to an assignment that `user` may write to. Raises Assignment.DoesNotExist where it is none."""
    drafts = read_drafts(changes)
    if not user.is_active:
        raise Assignment.DoesNotExist
    return applied(drafts, OWN[user.is_superuser], {"pk": pk, "user": user.pk}, user, base, by_hand=True)


def applied(drafts: list[Draft], query: Repeated, values: Object, user: User, base: Any, **how: bool) -> Answer:
    """`query` locks the assignment."""
    try:
        return applied_once(drafts, query, values, user, base, **how)
    except EntityGone:  # just now: asked again, the answer says what became of it
        return applied_once(drafts, query, values, user, base, **how)


class EntityGone(Invalid):
    """An entity that was there when the batch was checked is not there when it is committed: a merge has deleted it."""


def applied_once(
    drafts: list[Draft], query: Repeated, values: Object, user: User, base: Any, *, savepoint: bool = True, **how: bool
) -> Answer:
    """`how`: `loading` or `by_hand` of the context."""
    with refusals(), transaction.atomic(savepoint=savepoint):
        context, seen = begin(query, values, user, drafts)
        context.loading, context.by_hand = how.get("loading", False), how.get("by_hand", False)
        fresh = [draft for draft in drafts if draft.id not in seen]
        written = write(fresh, base, context) if fresh else []
    results = {name: (row.revision, row.after) for name, row in seen.items()} | outcome(written)
    return answer(drafts, results, [*followed(seen.values(), context), *(row for row in written if row["digest"] == FOLLOWED)])


def apply_with(
    locked: Assignment,
    user: User,
    changes: list[Object],
    beside: models.Model,
    registered: Mapping[tuple[str, str], Object | None],
) -> None:
    """Changes as a file has them, made on the revision of an assignment that this transaction has read by LOCKED, and never sent before;
    and a new row that belongs to them. `registered`: entities that are known, and which they do not change. Ends the transaction, unless
    another one is around it; so does a refusal."""
    context = WriteContext(locked, user, locked.revision + 1, timezone.now(), loading=True, registered=registered)
    with refusals():
        write(read_drafts(changes), locked.revision, context, beside)


@contextmanager
def refusals() -> Iterator[None]:
    """What the database rejects is refused."""
    try:
        yield
    except (IntegrityError, DataError) as error:
        refusal = EntityGone if ENTITY_KEY.search(constraint_of(error)) else Invalid
        raise refusal("The database rejected the value.", [constraint_error(error)]) from error


def outcome(rows: list[Object]) -> dict[str, tuple[int, Object | None]]:
    """Rows of the log → revision and object after it, by the id of the change."""
    return {row["id"]: (row["revision"], row["after"]) for row in rows}


def locking(rows: Callable[[], AssignmentQuerySet]) -> Repeated:
    fields = "status revision document__corpus document__article__language scheme__loaded".split()
    return Repeated(
        lambda: (
            rows()
            .select_for_update(of=("self",))
            .select_related("document__article", "scheme")
            .only(*fields)
            .filter(pk=Slot("pk"))
            .order_by()
        )
    )


LOCKED = locking(Assignment.objects.all)
OWN = {flag: locking(partial(Assignment.objects.writable_by, somebody)) for flag, somebody in PEOPLE.items()}


class Seen(NamedTuple):
    """What the log has of a change that was sent before."""

    id: str
    assignment_id: UUID
    revision: int
    digest: str
    after: Object | None


SEEN = f"SELECT {COLUMNS} FROM annotations_change WHERE id = ANY($1::uuid[])"  # noqa: S608 - of our own words
SEEN_ONE = f"SELECT {COLUMNS} FROM annotations_change WHERE id = $1"  # noqa: S608 - likewise; PostgreSQL plans it once


def begin(query: Repeated, values: Object, user: User, drafts: list[Draft]) -> tuple[WriteContext, dict[str, Seen]]:
    """Lock the assignment and look for the drafts in the log, in one round trip: which of them were written before.

    One batch at a time for each assignment: the revision that it reads is the one it raises.
    """
    ids = [draft.id for draft in drafts]
    look = (SEEN_ONE, ids) if len(ids) == 1 else (SEEN, [ids])
    rows, *written = round_trip([query.statement(**values), look, *imported_looks(ids)])
    locked = query.made(rows)
    if locked is None:
        raise Assignment.DoesNotExist
    context = WriteContext(locked, user, revision=locked.revision + 1, now=timezone.now())
    seen = [Seen(pk, owner, number, digest, after and json.loads(after)) for pk, owner, number, digest, after in chain(*written)]
    return context, checked({change.id: change for change in seen}, drafts, context)


# Reading the request


def read_drafts(changes: Any) -> list[Draft]:
    if not isinstance(changes, list) or not changes:
        raise Malformed("`changes` should be a list with at least one change.")
    check_length(changes)
    drafts = [read_draft(change, position, drafted) for position, change in enumerate(changes)]
    if len({draft.id for draft in drafts}) < len(drafts):
        raise Malformed("Two changes of the batch have the same id.")
    return drafts


def read_own(changes: list[Object]) -> list[Draft]:
    """Of changes that were made here to create what a file has: only their objects can be wrong."""
    check_length(changes)
    return [read_draft(change, position, draft_of) for position, change in enumerate(changes)]


def check_length(changes: list[Any]) -> None:
    if len(changes) > LARGEST_BATCH:
        raise Malformed(f"A batch can have at most {LARGEST_BATCH:,} changes.")


def read_draft(change: Any, position: int, read: Callable[[Any], Draft]) -> Draft:
    try:
        return read(change)
    except Misshapen as error:
        name = change.get("id") if isinstance(change, dict) else None
        known = name if isinstance(name, str) and len(name) <= 36 else None
        raise Malformed(
            f"Change {position + 1} of the batch is malformed.",
            [{"change": known, "code": "malformed", "detail": str(error)}],
        ) from None


HEAD = record(
    {"id": identifier, "op": str, "kind": str, "object": lambda value: value},
    required=("id", "op", "kind", "object"),
)


def drafted(change: Any) -> Draft:
    head = HEAD(change)
    if head["op"] not in OPS:
        raise Misshapen(f"op: should be one of {', '.join(OPS)}")
    if head["kind"] not in KINDS:
        raise Misshapen(f"kind: should be one of {', '.join(KINDS)}")
    draft = draft_of(head)
    if draft.op != CREATE and "revision" in KINDS[draft.kind].SHAPE and "revision" not in draft.item:
        raise Misshapen("object: 'revision' is missing; give the one that was read")
    return draft


def draft_of(head: Object) -> Draft:
    op, kind, body = head["op"], head["kind"], head["object"]
    item = checked_at("object", OBJECTS[kind, op == CREATE], body)
    return Draft(head["id"], op, kind, item, digest_of(op, kind, body), (kind, item["id"]))


# By kind, and whether it is to be made: then it needs its fields.
OBJECTS = {
    (kind, creates): record(module.SHAPE, required=("id", *module.REQUIRED) if creates else ("id",))
    for kind, module in KINDS.items()
    for creates in (True, False)
}
SORTED = encoder(sort_keys=True)


def digest_of(op: str, kind: str, body: Object) -> str:
    return hashlib.sha256(SORTED([op, kind, body]).encode()).hexdigest()


# Seen before


def checked(seen: dict[str, Seen], drafts: list[Draft], context: WriteContext) -> dict[str, Seen]:
    """`seen`. Raises Reused where the body of a change was another."""
    wrong = [
        draft
        for draft in drafts
        if (change := seen.get(draft.id)) and (change.digest != draft.digest or change.assignment_id != context.assignment.pk)
    ]
    if wrong:
        detail = "was already used for another change: make a new id"
        errors = [{"change": draft.id, "code": Reused.code, "detail": detail} for draft in wrong]
        raise Reused("A change id was already used.", errors)
    return seen


def followed(seen: Collection[Seen], context: WriteContext) -> list[Object]:
    """Rows of the log that followed from changes sent before: an answer that is given again is the same."""
    if not seen:
        return []
    rows = Change.objects.filter(assignment=context.assignment, revision__in={row.revision for row in seen}, digest=FOLLOWED)
    return [dict(row) for row in rows.order_by("revision", "position").values("id", "op", "kind", "revision", "after")]


def answer(drafts: list[Draft], written: Mapping[str, tuple[int, Object | None]], followed: Iterable[Object] = ()) -> Answer:
    """The changes that were sent, in their order, and behind them those of events that followed."""
    rows = [(draft.id, draft.op, draft.kind, *written[draft.id]) for draft in drafts]
    rows += [(str(row["id"]), row["op"], row["kind"], row["revision"], row["after"]) for row in followed]
    changes: list[Object] = [dict(zip(("id", "op", "kind", "revision", "object"), row, strict=True)) for row in rows]
    return Answer(max(change["revision"] for change in changes), changes)


# Writing


RAISE = "UPDATE annotations_assignment SET revision = $1 WHERE id = $2"


def write(drafts: list[Draft], base: Any, context: WriteContext, beside: models.Model | None = None) -> list[Object]:
    """The rows of the log. Nothing is sent when a Refusal is raised. `beside`: a new row that is sent with them."""
    check_base(base, context)
    if context.assignment.status == Assignment.Status.SUBMITTED:
        raise Closed("The reading is submitted. Reopen it to make changes.")
    if context.assignment.status != Assignment.Status.OPEN:
        raise WithoutPlace(f"The reading is {context.assignment.status}. Take it up again to make changes.")
    rows = gather(drafts, base, context)
    raise_revision(context)
    if beside:
        add(context, type(beside), [row_of(beside)])
    cast("Statements", context.out).send(last=True)
    return rows


def gather(drafts: list[Draft], base: int, context: WriteContext, lookup: BatchContext | None = None) -> list[Object]:
    """Check a batch and put its rows and those of the log where `context.out` keeps them: all, or none
    where a Refusal is raised. The rows of the log. `lookup`: what is known already."""
    batch = Batch(context, drafts, lookup)
    batch.check_overtaken(base)
    steps = [batch.step(draft) for draft in drafts]
    batch.read_events()
    batch.check()
    batch.store()
    rows = [logged(draft, step, context, position) for position, (draft, step) in enumerate(batch.written(steps))]
    add(context, Change, folded(rows, context) if context.is_new else rows)
    return rows


def raise_revision(context: WriteContext) -> None:
    cast("Statements", context.out).do(RAISE, [context.revision, context.assignment.pk])


def check_base(base: Any, context: WriteContext) -> None:
    if base is None:
        raise NoBase("`base` is missing: give the revision of the reading that the changes are based on.")
    if isinstance(base, bool) or not isinstance(base, int) or base < 0:
        raise Malformed("`base` should be a whole number from 0.")
    if base >= context.revision:
        raise Malformed(f"`base` {base} is ahead of the reading, which is at revision {context.revision - 1}.")


def logged(draft: Draft, step: tuple[Object | None, Object | None], context: WriteContext, position: int) -> Object:
    before, after = step
    return {
        "id": draft.id,
        "assignment_id": context.assignment_id,
        "revision": context.revision,
        "position": position,
        "op": draft.op,
        "kind": draft.kind,
        "object_id": draft.item["id"],
        "before": before,
        "after": after,
        "digest": draft.digest,
        "user_id": context.user.pk,
        "at": context.at,
    }


ENTITY_KEY = re.compile("_fk_registry_entity_id$")
