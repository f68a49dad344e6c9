"""Which rows of a saved evidence table would be written otherwise now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from annotations.derived.document_view import DocumentView
from annotations.documents.export import Export
from annotations.documents.selection import ORDER
from annotations.documents.stream import moment
from annotations.formats.evidence import earlier
from annotations.formats.evidence.evidence_lines import is_claim, lines, seal, statement
from annotations.formats.evidence.seals import RowSeal
from annotations.models import Assignment
from corpus.models import Corpus, Document

REASONS = {
    "changed": "the marks, or the title or date of the article, have changed",
    "newer": "the article has a newer text",
    "gone": "the line no longer exists, or you do not have access to it",
}


@dataclass(frozen=True)
class RowState:
    """A row that is out of date. `number`: from 1, of those that have a seal. `statement`: what it would say now."""

    number: int
    reasons: list[str]
    assignment: str | None
    article: str
    line: str | None
    statement: str


def outdated(corpus: Corpus, user: User, seals: Iterable[RowSeal]) -> list[RowState]:
    """In the order of the table; what somebody may not see is gone for them."""
    rows = list(enumerate(seals, 1))
    newer = Document.objects.filter(article=OuterRef("document__article"), version__gt=OuterRef("document__version"))
    visible = Assignment.objects.for_user(user).order_by().values("pk")
    assignments = Assignment.objects.filter(document__corpus=corpus, pk__in={each.assignment for _, each in rows})
    assignments = assignments.filter(pk__in=visible).order_by(*ORDER)
    with moment():
        facts = assignments.annotate(newer=Exists(newer)).values_list("pk", "document__article__title", "newer")
        known = {str(pk): (title, is_newer) for pk, title, is_newer in facts}
        now = lines_now(assignments)
    compared = (row_of(number, each, known, now) for number, each in rows)
    return [row for row in compared if row.reasons]


# The seals that a row has in tables of today and in those saved before, the id of its line, and its statement.
Now = tuple[tuple[RowSeal, RowSeal], str, str]


def lines_now(assignments: QuerySet[Assignment]) -> dict[tuple[str, str], Now]:
    """By assignment and line, as they would be written now."""
    current: dict[tuple[str, str], Now] = {}
    for annotated in Export(assignments, "evidence").annotated():
        view = DocumentView(annotated)
        for record in lines(view):
            made = seal(view, record)
            saved_before = made if is_claim(record) else earlier.seal(view, record)  # claims were no lines then
            current[made.assignment, made.line] = (made, saved_before), str(record["id"]), statement(view, record)
    return current


def row_of(number: int, saved: RowSeal, known: dict[str, tuple[str, bool]], now: dict[tuple[str, str], Now]) -> RowState:
    if saved.assignment not in known:
        return RowState(number, ["gone"], None, "", None, "")
    title, is_newer = known[saved.assignment]
    reasons = ["newer"] if is_newer else []
    if (saved.assignment, saved.line) not in now:
        return RowState(number, ["gone", *reasons], saved.assignment, title, None, "")
    current, line, words = now[saved.assignment, saved.line]
    changed = [] if saved in current else ["changed"]
    return RowState(number, changed + reasons, saved.assignment, title, line, words)
