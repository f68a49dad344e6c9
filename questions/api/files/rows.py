"""All rows of an answer, page by page, out of one moment; and what the evidence table says of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.documents.export import Export
from annotations.formats.evidence.evidence_lines import BY_NAME, line_name, lines
from annotations.models import Assignment
from questions.api.files.records import EVIDENCE
from questions.asking.asker import Asker
from questions.ledgers.every import LEDGER_PAGES

Object = dict[str, Any]
AT_ONCE, MOST = 200, 100_000


def pages(asker: Asker) -> Iterator[list[Object]]:
    """At most 100,000 rows. Asked for inside a moment of the database; nothing is counted on the way."""
    after: Any = None
    for _ in range(MOST // AT_ONCE):
        page = LEDGER_PAGES[asker.question.ledger.name](asker, AT_ONCE, after)
        yield page.rows
        after = page.after
        if after is None:
            return


def lines_of(rows: list[Object]) -> list[str]:
    """The lines of evidence of rows, each once, in their order."""
    return list(dict.fromkeys(line for row in rows for entry in row.get("entries", ()) for line in entry["lines"]))


def evidence_of(asker: Asker, rows: list[Object]) -> dict[str, Object]:
    """By line, its statement, quotation, footnote and seal."""
    names = lines_of(rows)
    if not names:
        return {}
    seen = Assignment.objects.for_user(asker.user).filter(pk__in={name.partition(":")[0] for name in names})
    documents = Export(seen.order_by("pk"), "evidence").annotated()
    cells = {}
    for view in map(DocumentView, documents):
        for record in lines(view):
            name = line_name(view, record)
            cells[name] = {column: BY_NAME[column].value(view, record) for column in EVIDENCE if column in BY_NAME}
    return cells
