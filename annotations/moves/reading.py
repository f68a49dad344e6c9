"""One reading under another version of its scheme: what it becomes, whether that may be, and the one write that makes it so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, cast

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from annotations import rules
from annotations.documents.build import documents
from annotations.kinds import SHARED
from annotations.kinds.write_context import Object, WriteContext
from annotations.mapping.document import CannotMap, changes_between, mapped
from annotations.mapping.rows import CodeMapping
from annotations.models import Adjudication, AdjudicationInput, Assignment, LoggedChange, Move, MoveItem, Scheme, Span
from annotations.moves.in_use import in_scope, reached_of
from annotations.rules.finding import Finding
from annotations.scheme.view import SchemeView
from annotations.schemes.fresh_view import fresh_view
from annotations.schemes.stored import compiled
from annotations.write.apply import gather, raise_revision, read_own
from annotations.write.errors import Invalid, Refusal, constraint_error
from annotations.write.inverse import inverse
from corpus.db.evidence_triggers import OFF, ON
from corpus.db.round_trip import Statement, round_trip
from corpus.db.row_writer import Statements
from corpus.ids import timely
from registry.models import Relation

IN_PROGRESS = "An adjudication of this text is in progress: submit the gold first."
OUTSIDE = "“{}” is also annotated in readings outside the scope: its type cannot change. Move all readings."
SHOWN = 20  # findings of a reading that are kept


class Stays(Exception):
    """The reading cannot move; `findings` say why."""

    def __init__(self, findings: Iterable[Object]) -> None:
        self.findings = list(findings)[:SHOWN]
        super().__init__("; ".join(each["detail"] for each in self.findings))


def problem(code: str, detail: str, *objects: str) -> Object:
    return {"code": code, "detail": detail, "objects": list(objects)}


@dataclass
class MovedReading:
    """What a scheme change makes of a reading of `text`: `changes`, or `findings` for which it stays. `shared`: entities and relations that it
    knows; `typed`, `related`: those of them that get another type, or are left out."""

    changes: list[Object] = field(default_factory=list)
    findings: list[Object] = field(default_factory=list)
    shared: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    text: str = ""


def moved_reading(mapping: CodeMapping, native: Object, text: str, old: SchemeView, new: SchemeView) -> MovedReading:
    shared = frozenset(each["id"] for name in ("entities", "entity_relations") for each in native[name])
    try:
        changes = checked_changes(mapping, native, text, old, new)
    except Stays as error:
        return MovedReading(findings=error.findings, shared=shared)
    typed, related = (frozenset(each["object"]["id"] for each in changes if each["kind"] == kind) for kind in SHARED)
    return MovedReading(changes, shared=shared, typed=typed, related=related, text=text)


def checked_changes(mapping: CodeMapping, native: Object, text: str, old: SchemeView, new: SchemeView) -> list[Object]:
    """Raises Stays where the reading would break a rule."""
    try:
        body = mapped(native, mapping, old)
    except CannotMap as error:
        raise Stays([problem("two-values", str(error))]) from error
    if wrong := errors(body, text, new):
        # Errors that the reading has already do not count.
        before = {place_of(each) for each in errors(native, text, old)}
        if broken := [each for each in wrong if place_of(each) not in before]:
            raise Stays(problem(each.code, each.detail, *each.objects) for each in broken)
    return changes_between(native, body, timely)


def outcomes(move: Move, mapping: CodeMapping, assignments: Sequence[Assignment]) -> dict[Any, MovedReading]:
    """By id of the reading. Nothing is written."""
    old, new, closed = fresh_view(move.source), fresh_view(move.target), being_adjudicated(assignments)
    made: dict[Any, MovedReading] = {}
    for assignment, (native, text) in zip(assignments, documents(assignments), strict=True):
        if assignment.pk in closed:
            made[assignment.pk] = MovedReading(findings=[problem("being-adjudicated", IN_PROGRESS)])
        else:
            made[assignment.pk] = moved_reading(mapping, native, text, old, new)
    names = outside(move, {pk for one in made.values() for pk in one.typed})
    relations = related_outside(move, {pk for one in made.values() for pk in one.related})
    for one in made.values():
        one.findings += [problem("ACT-01", OUTSIDE.format(names[pk]), pk) for pk in sorted(one.typed & names.keys())]
        one.findings += [problem("SCHEME", OUTSIDE.format(relations[pk]), pk) for pk in sorted(one.related & relations.keys())]
    return made


def being_adjudicated(assignments: Sequence[Assignment]) -> set[Any]:
    """Inputs of an adjudication whose gold is open, and that gold: their differences are those of one version."""
    begun = Adjudication.objects.filter(gold__status=Assignment.Status.OPEN)
    inputs = AdjudicationInput.objects.filter(assignment__in=assignments, adjudication__in=begun.order_by().values("pk"))
    return {*inputs.values_list("assignment", flat=True), *begun.filter(gold__in=assignments).values_list("gold", flat=True)}


def outside(move: Move, entities: Collection[str]) -> dict[str, str]:
    """Names of those of the entities that readings outside the scope mean too. An entity is of all readings of the corpus: its type
    changes where none of them keeps the old version."""
    if not entities:
        return {}
    marks = Span.objects.filter(entity__in=entities, assignment__in=beyond(move).order_by().values("pk")).order_by()
    return {str(pk): name for pk, name in marks.values_list("entity", "entity__name").distinct()}


def related_outside(move: Move, relations: Collection[str]) -> dict[str, str]:
    """The same of relations: in words, those that readings outside the scope reach, too."""
    if not relations:
        return {}
    ids = list(beyond(move).order_by().values_list("pk", flat=True))
    rows = Relation.objects.filter(pk__in=reached_of(relations, ids, move.source)).select_related("source", "target")
    return {str(row.pk): f"{row.source.name} – {row.type} – {row.target.name}" for row in rows}


def beyond(move: Move) -> Any:
    """Readings outside the scope that have the old version."""
    others = Assignment.objects.outside_bin().filter(document__corpus=move.corpus_id, scheme=move.source_id)
    return others.exclude(pk__in=in_scope(others, move.scope).order_by().values("pk"))


def errors(body: Object, text: str, view: SchemeView) -> list[Finding]:
    return rules.run_checks(rules.NativeContext(body, text, view), errors_only=True)


def place_of(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.objects, finding.field


def stays(move: Move, mapping: CodeMapping, assignments: Sequence[Assignment]) -> dict[Any, list[Object]]:
    """Of these readings those that would stay, each with its findings."""
    return {pk: one.findings for pk, one in outcomes(move, mapping, assignments).items() if one.findings}


def forth(
    move: Move, mapping: CodeMapping, locked: Sequence[Assignment], *, savepoints: bool
) -> Iterator[tuple[Assignment, list[Object]]]:
    """Move locked readings, one after the other; with each the findings for which it stays as it is. Without `savepoints` raises
    NeedsSavepoints where the database refuses one."""
    ahead, others = outcomes(move, mapping, locked), set[str]()
    for assignment in locked:
        one = ahead[assignment.pk]
        if others and not others.isdisjoint(one.shared):  # the one before has changed what it knows
            one = outcomes(move, mapping, [assignment])[assignment.pk]
        findings = one.findings or hindrances(move, assignment, one, savepoints=savepoints)
        others |= frozenset() if findings else one.typed | one.related
        yield assignment, findings


def hindrances(move: Move, assignment: Assignment, one: MovedReading, *, savepoints: bool) -> list[Object]:
    """Why a locked reading could not be moved; empty: it has moved."""
    way = Way(move.source, move.target, move.user, one.text, savepoints=savepoints)
    try:
        change_version(assignment, way, one.changes, assignment.revision)
    except Stays as error:
        return error.findings
    return []


def undoing_of(items: Sequence[MoveItem]) -> dict[Any, list[Object]]:
    """By id of the reading, what undoes the changes of its move."""
    written = [Q(assignment=item.assignment_id, revision=item.after) for item in items if item.after > item.before]
    logged: dict[Any, list[LoggedChange]] = {item.assignment_id: [] for item in items}
    for change in LoggedChange.objects.filter(reduce(or_, written)) if written else ():
        logged[change.assignment_id].append(change)
    return {pk: inverse(changes, lambda _: str(timely())) for pk, changes in logged.items()}


def back(move: Move, assignment: Assignment, changes: list[Object], after: int, *, savepoints: bool) -> None:
    """Move a locked reading back, by what undoes its move. Raises Stays where later changes hinder it."""
    if assignment.scheme_id != move.target_id:
        raise Stays([problem("moved-on", "A later scheme change has moved it: undo that one first.")])
    way = Way(move.target, move.source, move.undone_by, assignment.document.text, savepoints=savepoints)
    change_version(assignment, way, changes, after)


class NeedsSavepoints(Exception):
    """The database has refused a reading in a transaction with others: each of them needs a savepoint of its own."""


class Way(NamedTuple):
    """From one version to another, by whom, of which text."""

    old: Scheme
    new: Scheme
    user: Any
    text: str
    savepoints: bool


def change_version(assignment: Assignment, way: Way, changes: list[Object], base: int) -> None:
    """All or nothing. `base`: the revision that the changes are based on. Raises Stays, or NeedsSavepoints."""
    before = assignment.revision
    try:
        with transaction.atomic() if way.savepoints else nullcontext():
            write(assignment, way, changes, base)
            check_relations(assignment, way.old, way.new)
    except (Refusal, IntegrityError, DataError) as error:
        if not way.savepoints:
            raise NeedsSavepoints from error
        assignment.revision, assignment.scheme = before, way.old
        if not isinstance(error, Refusal):
            reason = constraint_error(error)
            raise Stays([problem(reason["code"], reason["detail"])]) from error
        reasons = [problem(each["code"], each["detail"], *filter(None, [each.get("object")])) for each in error.errors]
        raise Stays(reasons or [problem(error.code, error.detail)]) from error


def write(assignment: Assignment, way: Way, changes: list[Object], base: int) -> None:
    """Through the one write, whatever the state of the reading: it says no more than before. Its events are not read anew. All that is
    written goes to the database together. Raises Invalid where something would keep a code of the other version."""
    is_independent = assignment.independent == assignment.revision
    assignment.scheme = way.new
    context = WriteContext(assignment, way.user, assignment.revision + 1, timezone.now(), loading=True)
    context.text, out = way.text, cast(Statements, context.out)
    if changes:
        gather(read_own(changes), base, context)
        raise_revision(context)
        assignment.revision = context.revision
    if is_independent:
        assignment.independent = assignment.revision
    links = [entry["code"] for entry in context.scheme.links]
    out.do(STORE, [assignment.pk, way.new.pk, assignment.independent])
    recorded: list[Statement] = [(ON, ()), *out.pending, (OFF, ())]
    left: Statement = (LEFT, [assignment.pk, way.new.pk, links])
    if codes := [code for (code,) in round_trip([*repointing(assignment, way), *recorded, *CHECKED, left])[-1]]:
        raise Invalid(f"{way.new} has no {', '.join(codes)}: annotated since. Change these annotations first.")


def labels_of(table: str) -> str:
    return f"""UPDATE {table} m SET label_id = n.new FROM unnest($2::bigint[], $3::bigint[]) n(old, new)
WHERE m.assignment_id = $1 AND m.label_id = n.old"""  # noqa: S608 - of our own words


LABELS = [labels_of(table) for table in ("annotations_span", "annotations_event")]
ROLES = """UPDATE annotations_argument m SET role_id = n.new FROM annotations_event e,
    unnest($2::bigint[], $3::bigint[], $4::bigint[]) n(label, old, new)
WHERE m.assignment_id = $1 AND e.id = m.event_id AND e.label_id = n.label AND m.role_id = n.old"""


def repointing(assignment: Assignment, way: Way) -> Iterator[Statement]:
    """What keeps its code gets the rows of the new version, without an entry in the log: nothing of it changes."""
    was, now = compiled(way.old), compiled(way.new)
    roles = [(was.labels[was.view.layer_of("event"), label], key, now.roles[label, role])
             for (label, role), key in was.roles.items() if (label, role) in now.roles and (was.view.layer_of("event"), label) in was.labels]  # fmt: skip
    labels = [(key, now.labels[code]) for code, key in was.labels.items() if code in now.labels]
    columns = [list(column) for column in zip(*roles, strict=True)] or [[], [], []]
    keys = [list(column) for column in zip(*labels, strict=True)] or [[], []]
    yield ROLES, [assignment.pk, *columns]
    yield from ((statement, [assignment.pk, *keys]) for statement in LABELS)


STORE = "UPDATE annotations_assignment SET scheme_id = $2, independent = $3 WHERE id = $1"
LEFT = """SELECT l.code FROM (SELECT label_id FROM annotations_span WHERE assignment_id = $1
    UNION SELECT label_id FROM annotations_event WHERE assignment_id = $1) m
JOIN annotations_label l ON l.id = m.label_id JOIN annotations_layer y ON y.id = l.layer_id WHERE y.scheme_id <> $2
UNION SELECT r.code FROM annotations_argument m JOIN annotations_role r ON r.id = m.role_id
LEFT JOIN annotations_label l ON l.id = r.label_id JOIN annotations_layer y ON y.id = coalesce(r.layer_id, l.layer_id)
WHERE m.assignment_id = $1 AND y.scheme_id <> $2
UNION SELECT m.type FROM annotations_link m WHERE m.assignment_id = $1 AND m.type <> ALL($3::text[]) ORDER BY 1"""
CHECKED: list[Statement] = [("SET CONSTRAINTS ALL IMMEDIATE", ()), ("SET CONSTRAINTS ALL DEFERRED", ())]


def check_relations(assignment: Assignment, old: Scheme, new: Scheme) -> None:
    """Raises Invalid where the reading reaches a relation of a type that its new version lacks: somebody has used it since."""
    before, now = ({entry["code"] for entry in compiled(each).view.entity_relations} for each in (old, new))
    if gone := before - now:
        rows = Relation.objects.filter(corpus=assignment.document.corpus_id, type__in=gone)
        known = dict(rows.order_by().values_list("pk", "type"))
        if known and (reached := reached_of(known, [assignment.pk], new)):
            codes = ", ".join(sorted({known[pk] for pk in reached}))
            raise Invalid(f"{new} has no {codes}: related since. Change these relations first.")
