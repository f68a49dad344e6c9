"""One reading under another version of its scheme: what it becomes, whether that may be, and the one write that makes it so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
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


class MovedReading:
    """What a scheme change makes of a reading, which has the old version. Raises Stays."""

    def __init__(self, mapping: CodeMapping, native: Object, text: str, old: SchemeView, new: SchemeView) -> None:
        try:
            body = mapped(native, mapping, old)
        except CannotMap as error:
            raise Stays([problem("two-values", str(error))]) from error
        self.changes = changes_between(native, body, timely)
        self.entities = [change["object"]["id"] for change in self.changes if change["kind"] == "entity"]
        # Errors that the reading has already do not count.
        before = {place_of(each) for each in errors(native, text, old)}
        broken = [each for each in errors(body, text, new) if place_of(each) not in before]
        if broken:
            raise Stays(problem(each.code, each.detail, *each.objects) for each in broken)


def outcomes(move: Move, mapping: CodeMapping, assignments: Sequence[Assignment]) -> dict[Any, MovedReading | Stays]:
    """By id of the reading. Nothing is written."""
    old, new, closed = fresh_view(move.source), fresh_view(move.target), being_adjudicated(assignments)
    made: dict[Any, MovedReading | Stays] = {}
    for assignment, (native, text) in zip(assignments, documents(assignments), strict=True):
        if assignment.pk in closed:
            made[assignment.pk] = Stays([problem("being-adjudicated", IN_PROGRESS)])
            continue
        try:
            made[assignment.pk] = MovedReading(mapping, native, text, old, new)
        except Stays as error:
            made[assignment.pk] = error
    names = outside(move, {pk for one in made.values() if isinstance(one, MovedReading) for pk in one.entities})
    for pk, one in made.items():
        if isinstance(one, MovedReading) and (shared := [entity for entity in one.entities if entity in names]):
            detail = f"“{names[shared[0]]}” is also annotated in readings outside the scope: its type cannot change. Move all readings."
            made[pk] = Stays([problem("ACT-01", detail, *shared)])
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
    return [each for each in rules.run_checks(rules.NativeContext(body, text, view)) if each.level == "error"]


def place_of(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.objects, finding.field


def stays(move: Move, mapping: CodeMapping, assignments: Sequence[Assignment]) -> dict[Any, list[Object]]:
    """Of these readings those that would stay, each with its findings."""
    made = outcomes(move, mapping, assignments)
    return {pk: one.findings for pk, one in made.items() if isinstance(one, Stays)}


def forth(move: Move, mapping: CodeMapping, assignment: Assignment) -> None:
    """Move a locked reading. Raises Stays."""
    [one] = outcomes(move, mapping, [Assignment.whole(assignment.pk)]).values()
    if isinstance(one, Stays):
        raise one
    change_version(assignment, move.source, move.target, one.changes, move.user)


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
            assignment.save(update_fields=["scheme", "independent"])
            check_left(assignment)
            connection.check_constraints()
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


LABELS = """UPDATE {table} m SET label_id = n.new FROM unnest(%(old)s::bigint[], %(new)s::bigint[]) n(old, new)
WHERE m.assignment_id = %(pk)s AND m.label_id = n.old"""
ROLES = """UPDATE annotations_argument m SET role_id = n.new FROM annotations_event e,
    unnest(%(label)s::bigint[], %(old)s::bigint[], %(new)s::bigint[]) n(label, old, new)
WHERE m.assignment_id = %(pk)s AND e.id = m.event_id AND e.label_id = n.label AND m.role_id = n.old"""


def repoint(assignment: Assignment, old: Scheme, new: Scheme) -> None:
    """What keeps its code gets the rows of the new version, without an entry in the log: nothing of it changes."""
    was, now = compiled(old), compiled(new)
    roles = [(was.labels[was.view.layer_of("event"), label], key, now.roles[label, role])
             for (label, role), key in was.roles.items() if (label, role) in now.roles and (was.view.layer_of("event"), label) in was.labels]  # fmt: skip
    labels = [(key, now.labels[code]) for code, key in was.labels.items() if code in now.labels]
    with connection.cursor() as cursor:
        columns = dict(zip(("label", "old", "new"), map(list, zip(*roles, strict=True)), strict=True)) if roles else {}
        if columns:
            cursor.execute(ROLES, columns | {"pk": assignment.pk})
        for table in ("annotations_span", "annotations_event"):
            keys = {"old": [each for each, _ in labels], "new": [each for _, each in labels], "pk": assignment.pk}
            cursor.execute(LABELS.format(table=table), keys)


LEFT = """SELECT l.code FROM (SELECT label_id FROM annotations_span WHERE assignment_id = %(pk)s
    UNION SELECT label_id FROM annotations_event WHERE assignment_id = %(pk)s) m
JOIN annotations_label l ON l.id = m.label_id JOIN annotations_layer y ON y.id = l.layer_id WHERE y.scheme_id <> %(scheme)s
UNION SELECT r.code FROM annotations_argument m JOIN annotations_role r ON r.id = m.role_id
LEFT JOIN annotations_label l ON l.id = r.label_id JOIN annotations_layer y ON y.id = coalesce(r.layer_id, l.layer_id)
WHERE m.assignment_id = %(pk)s AND y.scheme_id <> %(scheme)s ORDER BY 1"""


def check_left(assignment: Assignment) -> None:
    """Raises Invalid where something would keep a code of the other version: somebody has used it since."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, {"pk": assignment.pk, "scheme": assignment.scheme_id})
        codes = [code for (code,) in cursor.fetchall()]
    if codes:
        raise Invalid(f"{assignment.scheme} has no {', '.join(codes)}: annotated since. Change these annotations first.")
