"""One reading under another version of its scheme: what it becomes, whether that may be, and the one write that makes it so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from annotations import rules
from annotations.documents.build import documents
from annotations.kinds.write_context import Object, WriteContext
from annotations.mapping.document import CannotMap, changes_between, mapped
from annotations.mapping.rows import CodeMapping
from annotations.models import Adjudication, AdjudicationInput, Assignment, LoggedChange, Move, Scheme, Span
from annotations.moves.in_use import in_scope
from annotations.rules.finding import Finding
from annotations.scheme.view import SchemeView
from annotations.schemes.fresh_view import fresh_view
from annotations.schemes.stored import compiled
from annotations.write.apply import gather, raise_revision, read_own
from annotations.write.errors import Invalid, Refusal, constraint_error
from annotations.write.inverse import inverse
from corpus.db.evidence_triggers import OFF, ON
from corpus.db.round_trip import Statement, round_trip
from corpus.ids import timely

IN_PROGRESS = "An adjudication of this text is in progress: submit the gold first."
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
    """What a scheme change makes of a reading: `changes`, or `findings` for which it stays. `entities`: those that it knows; `typed`:
    those of them that get another type."""

    changes: list[Object] = field(default_factory=list)
    findings: list[Object] = field(default_factory=list)
    entities: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()


def moved_reading(mapping: CodeMapping, native: Object, text: str, old: SchemeView, new: SchemeView) -> MovedReading:
    entities = frozenset(each["id"] for each in native["entities"])
    try:
        changes = checked_changes(mapping, native, text, old, new)
    except Stays as error:
        return MovedReading(findings=error.findings, entities=entities)
    typed = frozenset(change["object"]["id"] for change in changes if change["kind"] == "entity")
    return MovedReading(changes, entities=entities, typed=typed)


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
    for one in made.values():
        if shared := [entity for entity in one.typed if entity in names]:
            detail = f"“{names[shared[0]]}” is also annotated in readings outside the scope: its type cannot change. Move all readings."
            one.findings = [problem("ACT-01", detail, *shared)]
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
    others = Assignment.objects.outside_bin().filter(document__corpus=move.corpus_id, scheme=move.source_id)
    beyond = others.exclude(pk__in=in_scope(others, move.scope).order_by().values("pk"))
    marks = Span.objects.filter(entity__in=entities, assignment__in=beyond.order_by().values("pk")).order_by()
    return {str(pk): name for pk, name in marks.values_list("entity", "entity__name").distinct()}


def errors(body: Object, text: str, view: SchemeView) -> list[Finding]:
    return rules.run_checks(rules.NativeContext(body, text, view), errors_only=True)


def place_of(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.objects, finding.field


def stays(move: Move, mapping: CodeMapping, assignments: Sequence[Assignment]) -> dict[Any, list[Object]]:
    """Of these readings those that would stay, each with its findings."""
    return {pk: one.findings for pk, one in outcomes(move, mapping, assignments).items() if one.findings}


def forth(move: Move, mapping: CodeMapping, locked: Sequence[Assignment]) -> Iterator[tuple[Assignment, list[Object]]]:
    """Move locked readings, one after the other; with each the findings for which it stays as it is."""
    ahead, typed = outcomes(move, mapping, locked), set[str]()
    for assignment in locked:
        one = ahead[assignment.pk]
        if typed and not typed.isdisjoint(one.entities):  # the one before has changed what it means
            one = outcomes(move, mapping, [assignment])[assignment.pk]
        findings = one.findings or hindrances(move, assignment, one.changes)
        typed |= frozenset() if findings else one.typed
        yield assignment, findings


def hindrances(move: Move, assignment: Assignment, changes: list[Object]) -> list[Object]:
    """Why a locked reading could not be moved; empty: it has moved."""
    try:
        change_version(assignment, move.source, move.target, changes, move.user)
    except Stays as error:
        return error.findings
    return []


def back(move: Move, assignment: Assignment, after: int, before: int) -> None:
    """Move a locked reading back. Raises Stays where later changes hinder it."""
    if assignment.scheme_id != move.target_id:
        raise Stays([problem("moved-on", "A later scheme change has moved it: undo that one first.")])
    logged = LoggedChange.objects.filter(assignment=assignment, revision=after) if after > before else []
    changes = inverse(logged, lambda _: str(timely()))
    change_version(assignment, move.target, move.source, changes, move.undone_by, base=after)


def change_version(
    assignment: Assignment, old: Scheme, new: Scheme, changes: list[Object], user: Any, base: int | None = None
) -> None:
    """All or nothing. `base`: the revision that the changes are based on, the present one by default. Raises Stays."""
    before = assignment.revision
    try:
        with transaction.atomic():
            repoint(assignment, old, new)
            assignment.scheme = new
            if changes:
                write(assignment, changes, user, before if base is None else base)
            if assignment.independent == before:
                assignment.independent = assignment.revision
            store(assignment)
    except Refusal as refusal:
        assignment.revision, assignment.scheme = before, old
        reasons = [problem(each["code"], each["detail"], *filter(None, [each.get("object")])) for each in refusal.errors]
        raise Stays(reasons or [problem(refusal.code, refusal.detail)]) from refusal
    except (IntegrityError, DataError) as error:
        assignment.revision, assignment.scheme = before, old
        reason = constraint_error(error)
        raise Stays([problem(reason["code"], reason["detail"])]) from error


def write(assignment: Assignment, changes: list[Object], user: Any, base: int) -> None:
    """Through the one write, whatever the state of the reading: it says no more than before. Its events are not read anew."""
    context = WriteContext(assignment, user, assignment.revision + 1, timezone.now(), loading=True)
    gather(read_own(changes), base, context)
    raise_revision(context)
    context.out.send()
    assignment.revision = context.revision


def labels_of(table: str) -> str:
    return f"""UPDATE {table} m SET label_id = n.new FROM unnest($2::bigint[], $3::bigint[]) n(old, new)
WHERE m.assignment_id = $1 AND m.label_id = n.old"""  # noqa: S608 - of our own words


LABELS = [labels_of(table) for table in ("annotations_span", "annotations_event")]
ROLES = """UPDATE annotations_argument m SET role_id = n.new FROM annotations_event e,
    unnest($2::bigint[], $3::bigint[], $4::bigint[]) n(label, old, new)
WHERE m.assignment_id = $1 AND e.id = m.event_id AND e.label_id = n.label AND m.role_id = n.old"""


def repoint(assignment: Assignment, old: Scheme, new: Scheme) -> None:
    """What keeps its code gets the rows of the new version, without an entry in the log: nothing of it changes."""
    was, now = compiled(old), compiled(new)
    roles = [(was.labels[was.view.layer_of("event"), label], key, now.roles[label, role])
             for (label, role), key in was.roles.items() if (label, role) in now.roles and (was.view.layer_of("event"), label) in was.labels]  # fmt: skip
    labels = [(key, now.labels[code]) for code, key in was.labels.items() if code in now.labels]
    columns = [list(column) for column in zip(*roles, strict=True)] or [[], [], []]
    keys = [list(column) for column in zip(*labels, strict=True)] or [[], []]
    round_trip([(ROLES, [assignment.pk, *columns]), *((statement, [assignment.pk, *keys]) for statement in LABELS)])


STORE = "UPDATE annotations_assignment SET scheme_id = $2, independent = $3 WHERE id = $1"
LEFT = """SELECT l.code FROM (SELECT label_id FROM annotations_span WHERE assignment_id = $1
    UNION SELECT label_id FROM annotations_event WHERE assignment_id = $1) m
JOIN annotations_label l ON l.id = m.label_id JOIN annotations_layer y ON y.id = l.layer_id WHERE y.scheme_id <> $2
UNION SELECT r.code FROM annotations_argument m JOIN annotations_role r ON r.id = m.role_id
LEFT JOIN annotations_label l ON l.id = r.label_id JOIN annotations_layer y ON y.id = coalesce(r.layer_id, l.layer_id)
WHERE m.assignment_id = $1 AND y.scheme_id <> $2
UNION SELECT m.type FROM annotations_link m WHERE m.assignment_id = $1 AND m.type <> ALL($3::text[]) ORDER BY 1"""
CHECKED: list[Statement] = [("SET CONSTRAINTS ALL IMMEDIATE", ()), ("SET CONSTRAINTS ALL DEFERRED", ())]


def store(assignment: Assignment) -> None:
    """With its new version. Raises Invalid where something would keep a code of the other version: somebody has used it since."""
    pk, scheme = assignment.pk, assignment.scheme_id
    links = [entry["code"] for entry in compiled(assignment.scheme).view.links]
    recorded: list[Statement] = [(ON, ()), (STORE, [pk, scheme, assignment.independent]), (OFF, ())]
    if codes := [code for (code,) in round_trip([*recorded, *CHECKED, (LEFT, [pk, scheme, links])])[-1]]:
        raise Invalid(f"{assignment.scheme} has no {', '.join(codes)}: annotated since. Change these annotations first.")
