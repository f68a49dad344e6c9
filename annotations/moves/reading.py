"""One reading under another version of its scheme: what it becomes, and whether that may be."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from annotations import rules
from annotations.documents.build import documents
from annotations.kinds import SHARED
from annotations.kinds.write_context import Object
from annotations.mapping.document import CannotMap, changes_between, mapped
from annotations.mapping.rows import CodeMapping
from annotations.models import Adjudication, AdjudicationInput, Assignment, LoggedChange, Move, MoveItem, Span
from annotations.moves.in_use import in_scope, reached_of
from annotations.moves.writing import Rewriting, Stays, VersionChange, problem
from annotations.rules.finding import Finding
from annotations.scheme.view import SchemeView
from annotations.schemes.fresh_view import fresh_view
from annotations.write.inverse import inverse
from corpus.ids import timely
from registry.models import Relation

IN_PROGRESS = "An adjudication of this article is in progress: submit the gold first."
OUTSIDE = "“{}” is also annotated in readings outside the scope: its type cannot change. Move all readings."


@dataclass
class MovedReading:
    """What a scheme change makes of a reading of `text`: `changes`, or `findings` for which it stays. `shared`: entities and relations that it
    knows; `typed`, `related`: those of them that get another type, or are left out. `native`: what it is now."""

    changes: list[Object] = field(default_factory=list)
    findings: list[Object] = field(default_factory=list)
    shared: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    text: str = ""
    native: Object = field(default_factory=dict)


def moved_reading(mapping: CodeMapping, native: Object, text: str, old: SchemeView, new: SchemeView) -> MovedReading:
    shared = frozenset(each["id"] for name in ("entities", "entity_relations") for each in native[name])
    try:
        changes = checked_changes(mapping, native, text, old, new)
    except Stays as error:
        return MovedReading(findings=error.findings, shared=shared)
    typed, related = (frozenset(each["object"]["id"] for each in changes if each["kind"] == kind) for kind in SHARED)
    return MovedReading(changes, shared=shared, typed=typed, related=related, text=text, native=native)


def checked_changes(mapping: CodeMapping, native: Object, text: str, old: SchemeView, new: SchemeView) -> list[Object]:
    """Raises Stays where the reading would break a rule."""
    try:
        body = mapped(native, mapping, old)
    except CannotMap as error:
        raise Stays([problem("two-values", str(error))]) from error
    if (wrong := errors(body, text, new)) and (broken := new_ones(wrong, native, text, old)):
        raise Stays(problem(each.code, each.detail, *each.objects) for each in broken)
    return changes_between(native, body, timely)


class Outcomes:
    """What a scheme change makes of readings, each with its document and text; those that an adjudication needs as they are stay."""

    def __init__(self, move: Move, mapping: CodeMapping, assignments: Sequence[Assignment]) -> None:
        self.move, self.mapping, self.closed = move, mapping, being_adjudicated(assignments)
        self.old, self.new = fresh_view(move.source), fresh_view(move.target)

    def of_all(self, assignments: Iterable[Assignment], documents: Iterable[tuple[Object, str]]) -> dict[Any, MovedReading]:
        """By id of the reading. Nothing is written."""
        made = {own.pk: self.alone(own, *document) for own, document in zip(assignments, documents, strict=True)}
        names = outside(self.move, {pk for one in made.values() for pk in one.typed})
        relations = related_outside(self.move, {pk for one in made.values() for pk in one.related})
        for one in made.values():
            one.findings += [problem("ACT-01", OUTSIDE.format(names[pk]), pk) for pk in sorted(one.typed & names.keys())]
            one.findings += [
                problem("SCHEME", OUTSIDE.format(relations[pk]), pk) for pk in sorted(one.related & relations.keys())
            ]
        return made

    def of(self, assignment: Assignment, native: Object, text: str) -> MovedReading:
        return self.of_all([assignment], [(native, text)])[assignment.pk]

    def alone(self, assignment: Assignment, native: Object, text: str) -> MovedReading:
        """Whatever the others know."""
        if assignment.pk in self.closed:
            return MovedReading(findings=[problem("being-adjudicated", IN_PROGRESS)])
        return moved_reading(self.mapping, native, text, self.old, self.new)


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
    marks = Span.objects.filter(entity__pk__in=entities, assignment__in=beyond(move).order_by().values("pk")).order_by()
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


def new_ones(wrong: list[Finding], native: Object, text: str, old: SchemeView) -> list[Finding]:
    """Errors that the reading does not have already. They are looked for where they are now; only where they are not, in all of it."""
    for of in ({name for each in wrong for name in each.objects[:1]}, None):
        before = {place_of(each) for each in errors(native, text, old, of)}
        wrong = [each for each in wrong if place_of(each) not in before]
        if not wrong:
            break
    return wrong


def errors(body: Object, text: str, view: SchemeView, of: Container[str] | None = None) -> list[Finding]:
    return rules.run_checks(rules.NativeContext(body, text, view), errors_only=True, of=of)


def place_of(finding: Finding) -> tuple[str, tuple[str, ...], str]:
    return finding.code, finding.objects, finding.field


def stays(move: Move, mapping: CodeMapping, assignments: Sequence[Assignment]) -> dict[Any, list[Object]]:
    """Of these readings those that would stay, each with its findings."""
    made = Outcomes(move, mapping, assignments).of_all(assignments, documents(assignments))
    return {pk: one.findings for pk, one in made.items() if one.findings}


def forth(change: VersionChange, outcomes: Outcomes, locked: Sequence[Assignment]) -> Iterator[tuple[Assignment, list[Object]]]:
    """Move locked readings, one after the other; with each the findings for which it stays as it is. Raises NeedsSavepoints."""
    others = set[str]()
    for assignment, native, text in change.documents(locked):
        one = outcomes.of(assignment, native, text)
        if others and not others.isdisjoint(one.shared):  # one before has changed what it knows
            one = outcomes.of(assignment, *documents([assignment])[0])
        findings = one.findings or hindrances(change, assignment, one)
        others |= frozenset() if findings else one.typed | one.related
        yield assignment, findings


def hindrances(change: VersionChange, assignment: Assignment, one: MovedReading) -> list[Object]:
    """Why a locked reading could not be moved; empty: it has moved."""
    try:
        change.add(Rewriting(assignment, one.changes, assignment.revision, one.text, one.native))
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


def back(change: VersionChange, rewriting: Rewriting) -> None:
    """Move a locked reading back, by what undoes its move. Raises Stays where later changes hinder it."""
    if rewriting.assignment.scheme_id != change.old.pk:
        raise Stays([problem("moved-on", "A later scheme change has moved it: undo that one first.")])
    change.add(rewriting)
