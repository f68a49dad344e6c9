"""The lines from which a report is put together: looked at, chosen, put in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.documents.export import Export
from annotations.documents.stream import moment
from annotations.formats.evidence.evidence_lines import footnote, is_figure, line_name, lines, sentence, source_lines
from annotations.formats.evidence.evidence_lines import statement as stated
from annotations.formats.options import LONGEST, WRITING

FORMATS = tuple(name for name, options in WRITING.items() if "lines" in options)
MOST = LONGEST // 50  # a name has 49 characters, and a comma parts it from the next


@dataclass(frozen=True)
class ReportLine:
    """`name`: how the option `lines` names it. `mark`: the figure, or the first trigger of the event.

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


def lines_in(assignments: Any, beside: Any) -> list[ReportLine]:
    """Of a queryset, in its order and that of the texts. `beside`: readings that may say whether others agree."""
    with moment():
        views = [DocumentView(each) for each in Export(assignments, "evidence", beside=beside).annotated()]
    return [line_of(view, record) for view in views for record in lines(view)]


def line_of(view: DocumentView, record: dict[str, Any]) -> ReportLine:
    return ReportLine(
        line_name(view, record),
        str(record["id"] if is_figure(record) else record["triggers"][0]),
        str(view.doc["id"]),
        str(view.facts.get("title") or view.key),
        stated(view, record),
        sentence(view, record),
        source_lines(view, record),
        footnote(view),
        view.draft,
    )


def moved(places: Iterable[str], name: str, step: int) -> list[str]:
    """The places with one of them so many steps further down, as far as there are any."""
    names = list(places)
    if name in names:
        to = names.index(name) + step
        names.remove(name)
        names.insert(max(to, 0), name)
    return names
