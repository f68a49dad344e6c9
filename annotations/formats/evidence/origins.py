"""What a line of an evidence table says of its article: date, footnote, who marked it, and what the line rests on. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.native.annotated import is_draft
from annotations.native.view import Object
from annotations.statements.wording import days, months, written


def dated(view: DocumentView) -> str:
    """ "4 September 2017"; with " (inferred)" where nobody printed it."""
    date = days(view.published)
    basis = view.published.get("basis")
    return f"{date} ({basis})" if date and basis and basis != "stated" else date


def made_on(options: Mapping[str, str]) -> str:
    """ "Made on 27 November 2026"; empty for a file that is not told its day (`made`, ISO 8601)."""
    return f"Made on {written(date.fromisoformat(options['made']))}" if options.get("made") else ""


def footnote(view: DocumentView) -> str:
    """Daily NK, ‘More North Korean factory workers in Dandong repatriated’, [date inferred: September 2017], address."""
    month, basis = months(view.published), view.published.get("basis")
    date = "[no date]" if not month else month if basis in (None, "", "stated") else f"[date {basis}: {month}]"
    title = view.facts.get("title")
    parts = [view.publisher, f"‘{title}’" if title else "", date, view.address]
    return ", ".join(str(part) for part in parts if part) + "."


def annotated(view: DocumentView) -> str:
    """Who marked it, and the day on which it was submitted; "draft" where it is not."""
    day = "draft" if view.draft else str(view.doc.get("submitted") or "")[:10]
    return ", ".join(filter(None, (str(view.doc.get("annotator") or ""), day)))


def basis(view: DocumentView, record: Object) -> str:
    """What the figure or the event of the line rests on. `bases` of a document: what its adjudication says of that."""
    return rests_on(view.doc, view.doc.get("bases"), str(record["id"]))


def rests_on(reading: Mapping[str, Any], bases: Object | None, pk: str) -> str:
    """`reading`: with its `status` and `role`; `pk`: of the figure, the event or the claim."""
    if is_draft(reading):
        return "draft"
    known = bases or {"whole": "gold" if reading.get("role") == "adjudication" else "reading", "others": {}}
    return str(known["others"].get(pk, known["whole"]))


def basis_code(view: DocumentView, record: Object) -> str:
    """The same without numbers and details: one of `formats.base.BASES`."""
    return code_of(basis(view, record))


def code_of(words: str) -> str:
    word = words.partition(" ")[0]
    return "reading" if word.isdigit() else word
