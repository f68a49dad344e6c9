"""One reading under another version of its scheme: what it becomes, whether that may be, and the one write that makes it so."""

from __future__ import annotations

from collections.abc import Iterable
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

SHOWN = 20  # findings of a reading that are kept


class Stays(Exception):
    """The reading cannot move; `findings` say why."""

    def __init__(self, findings: Iterable[Object]) -> None:
        self.findings = list(findings)[:SHOWN]
        super().__init__("; ".join(each["detail"] for each in self.findings))


def problem(code: str, detail: str, *objects: str) -> Object:
    return {"code": code, "detail": detail, "objects": list(objects)}


class MovedReading:
    """A reading, which has the old version, and what a scheme change makes of it. Raises Stays."""

    def __init__(self, move: Move, mapping: CodeMapping, assignment: Assignment, native: Object, text: str) -> None:
        self.move, self.assignment, self.native = move, assignment, native
        old, new = fresh_view(move.source), fresh_view(move.target)
        self.check_adjudication()
        try:
            self.body = mapped(native, mapping, old)
        except CannotMap as error:
            raise Stays([problem("two-values", str(error))]) from error
        self.changes = changes_between(native, self.body, timely)
        self.check_entities()
        self.check_rules(text, old, new)

    def check_adjudication(self) -> None:
        """The differences of an adjudication that has begun are those of its version."""
        inputs = AdjudicationInput.objects.filter(assignment=self.assignment, adjudication__gold__status=Assignment.Status.OPEN)
        is_open = self.assignment.status == Assignment.Status.OPEN
        if inputs.exists() or (is_open and Adjudication.objects.filter(gold=self.assignment).exists()):
            raise Stays([problem("being-adjudicated", "An adjudication of this text is in progress: submit the gold first.")])

    def check_entities(self) -> None:
        """An entity is of all readings of the corpus: its type changes where none of them keeps the old version."""
        entities = [change["object"]["id"] for change in self.changes if change["kind"] == "entity"]
        if not entities:
            return
        others = Assignment.objects.filter(document__corpus=self.move.corpus_id, scheme=self.move.source_id)
        outside = others.exclude(pk__in=in_scope(others, self.move.scope).order_by().values("pk"))
        marks = Span.objects.filter(entity__in=entities, assignment__in=outside.order_by().values("pk"))
        row = marks.select_related("entity").order_by("entity__name").first()
        if row:
            detail = f"“{row.entity}” is also annotated in readings outside the scope: its type cannot change. Move all readings."
            raise Stays([problem("ACT-01", detail, str(row.entity_id))])

    def check_rules(self, text: str, old: SchemeView, new: SchemeView) -> None:
        """Errors that the reading has already do not count."""
        before = {place_of(each) for each in errors(self.native, text, old)}
        broken = [each for each in errors(self.body, text, new) if place_of(each) not in before]
        if broken:
            raise Stays(problem(each.code, each.detail, *each.objects) for each in broken)


def errors(body: Object, text: str, view: SchemeView) -> list[Finding]:
    return [each for each in rules.run_checks(rules.NativeContext(body, text, view)) if each.level == "error"]


def place_of(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.objects, finding.field


def stays(move: Move, mapping: CodeMapping, assignments: list[Assignment]) -> dict[Any, list[Object]]:
    """Of these readings those that would stay, each with its findings. Nothing is written."""
    staying = {}
    for assignment, (native, text) in zip(assignments, documents(assignments), strict=True):
        try:
            MovedReading(move, mapping, assignment, native, text)
        except Stays as error:
            staying[assignment.pk] = error.findings
    return staying


def forth(move: Move, mapping: CodeMapping, assignment: Assignment) -> None:
    """Move a locked reading. Raises Stays."""
    whole = Assignment.whole(assignment.pk)
    [(native, text)] = documents([whole])
    change_version(assignment, move.source, move.target, MovedReading(move, mapping, whole, native, text).changes, move.user)


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
