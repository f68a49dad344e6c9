"""The lines from which a report is put together: looked at, chosen, put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from annotations.derived.document_view import DocumentView
from annotations.documents.export import Export
from annotations.documents.selection import ORDER
from annotations.documents.stream import moment
from annotations.formats.evidence.evidence_lines import (
    fragments,
    is_claim,
    is_figure,
    line_name,
    lines,
    lines_about,
    records,
    sentence,
    source_lines,
)
from annotations.formats.evidence.evidence_lines import statement as stated
from annotations.formats.evidence.origins import footnote
from annotations.formats.evidence.seals import PLACE, seal_name
from annotations.formats.options import LONGEST, WRITING
from annotations.models import Assignment, Change
from annotations.statements.sentences import missing_of

FORMATS = tuple(name for name, options in WRITING.items() if "lines" in options)
LINED = (Change.Kind.SPAN, Change.Kind.EVENT, Change.Kind.CLAIM)
MOST = LONGEST // 50  # a name has 49 characters, and a comma parts it from the next


@dataclass(frozen=True)
class ReportLine:
    """`name`: how the option `lines` names it. `mark`: the figure, the claim, or the first trigger of the event.

    `sentence`: in pieces, and which of them are marked. `source`: who says so, where, with which rating. `footnote`: for citation.
    """

    name: str
    mark: str
    assignment: str
    article: str
    statement: str
    sentence: list[tuple[str, bool]]
    source: list[str]
    footnote: str
    draft: bool  # not submitted
    missing: str  # what is asked where a participant is missing: such a line cannot be chosen


class LostLine(NamedTuple):
    """What was ticked and is no line: why not, in words that name the figure or event, and in which article."""

    name: str
    why: str
    assignment: str
    article: str


def lines_in(assignments: QuerySet[Assignment], beside: Any) -> list[ReportLine]:
    """Of a queryset, in its order and that of the texts. `beside`: readings that may say whether others agree."""
    with moment():
        views = [DocumentView(each) for each in Export(assignments, "evidence", beside=beside).annotated()]
    return [line_of(view, record) for view in views for record in lines(view)]


def lines_named(names: list[str], visible: Any) -> tuple[list[str], dict[str, ReportLine | LostLine]]:
    """Names of lines for `names` of figures, events and claims, each once, and what each of them is: an event leads to the lines of its figures,
    a figure without a value to that of its event. What somebody may not see is nothing. `visible`: the readings that they may see.
    """
    readings = visible.filter(pk__in={match["assignment"] for name in names if (match := PLACE.fullmatch(name))})
    known: dict[str, list[ReportLine | LostLine]] = {}
    with moment():
        views = [DocumentView(each) for each in Export(readings.order_by(*ORDER), "evidence", beside=visible).annotated()]
    for view in views:
        for record in records(view):
            if (name := line_name(view, record)) in names:
                about = [chosen_line(view, line) for line in lines_about(view, record)]
                known[name] = about or [lost_line(name, view, record)]
    missing = [name for name in names if name not in known]
    known |= {line.name: [line] for line in deleted_lines(missing, views)}
    known_lines = {line.name: line for name in names for line in known.get(name, [])}
    led = [line.name for name in names for line in known.get(name, [LostLine(name, "", "", "")])]
    return list(dict.fromkeys(led))[:MOST], known_lines


def chosen_line(view: DocumentView, record: dict[str, Any]) -> ReportLine | LostLine:
    """Its line, or why it cannot be in a table: "“owns” is incomplete: who owns what?"."""
    line = line_of(view, record)
    words = view.quote(fragments(view, record))
    return (
        LostLine(line.name, f"“{words}” is incomplete: {line.missing}", line.assignment, line.article) if line.missing else line
    )


def lost_line(name: str, view: DocumentView, record: dict[str, Any]) -> LostLine:
    """A figure without a value that fills no event, a claim with nothing but such figures in it, or an event without words."""
    words = view.quote(fragments(view, record))
    of_claim = f"the figure in the claim “{words}” has no value" if is_claim(record) else "an event has no words"
    what = f"the figure “{words}” has no value" if is_figure(record) else of_claim
    return LostLine(name, what, str(view.doc["id"]), title_of(view))


def deleted_lines(names: list[str], views: list[DocumentView]) -> Iterator[LostLine]:
    """Of names that no mark has now, those of marks that were deleted, as the change log has their last words."""
    read = {str(view.doc["id"]): view for view in views}
    of = {name.partition(":")[0] for name in names} & read.keys()
    deleted = Change.objects.filter(assignment__pk__in=of, op=Change.Op.DELETE, kind__in=LINED)
    for change in deleted.order_by("number") if of else ():
        name = seal_name(str(change.assignment_id), str((change.before or {}).get("key") or change.object_id))
        if name in names:
            view = read[str(change.assignment_id)]
            yield LostLine(name, words_of_deleted(change, view), str(view.doc["id"]), title_of(view))


def words_of_deleted(change: Change, view: DocumentView) -> str:
    before: Any = change.before
    if change.kind == Change.Kind.SPAN:
        return f"the figure “{view.quote(before['fragments'])}” was deleted"
    if change.kind == Change.Kind.CLAIM:
        return f"the claim “{view.quote(before['content'])}” was deleted"
    return f"an event of the type {view.scheme.event_label(before['type'])['name']} was deleted"


def title_of(view: DocumentView) -> str:
    return str(view.facts.get("title") or view.key)


def line_of(view: DocumentView, record: dict[str, Any]) -> ReportLine:
    return ReportLine(
        line_name(view, record),
        str(record["id"] if is_figure(record) or is_claim(record) else record["triggers"][0]),
        str(view.doc["id"]),
        title_of(view),
        stated(view, record),
        sentence(view, record),
        source_lines(view, record),
        footnote(view),
        view.draft,
        missing_of(view, record),
    )


def moved(places: Iterable[str], name: str, step: int) -> list[str]:
    """The places with one of them so many steps further down, as far as there are any."""
    names = list(places)
    if name in names:
        to = names.index(name) + step
        names.remove(name)
        names.insert(max(to, 0), name)
    return names
