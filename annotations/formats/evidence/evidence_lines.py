"""Lines of an evidence table: what an article says, in one sentence, with its words, its source and where it stands.

Pure. A line is a figure, an event that no figure belongs to, or a claim in whose words no figure and no event is marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.formats.columns import FLAG, NUMBER, TEXT, WHOLE, Column, ExportTable
from annotations.formats.evidence.origins import annotated, basis, dated, footnote
from annotations.formats.evidence.seals import RowSeal, seal_name, sealed
from annotations.native.view import Object
from annotations.statements.openings import NO_SOURCE, NOT_ATTRIBUTED, NOT_CHOSEN, first_upper, is_narrated
from annotations.statements.sentences import claim_of, of_claim, of_event, of_figure
from annotations.statements.wording import PERIODS, counts_people, number, people, per_unit
from annotations.text.fragments import envelope
from annotations.unstated.answers import is_stated
from corpus.text.sentence import around


def lines(view: DocumentView, among: Iterable[Object] | None = None) -> Iterator[Object]:
    """Figures with a value, events without one, and claims alone, in the order of the text. `among`: of these."""
    some = records(view) if among is None else among
    yield from sorted(
        (record for record in some if is_line(view, record)), key=lambda record: (where(view, record), str(record["id"]))
    )


def records(view: DocumentView) -> list[Object]:
    """All of which there may be a line."""
    return [*view.spans(), *view.events(), *view.claims()]


def is_line(view: DocumentView, record: Object) -> bool:
    if is_figure(record):
        return has_value(view, record)
    if is_claim(record):
        return record["id"] not in view.claims_of_marks and bool(record["content"])
    return not belongs_to_figure(view, record) and bool(fragments(view, record))


def lines_about(view: DocumentView, record: Object) -> list[Object]:
    """The lines that tell of a figure or an event: its own, else those of its figures, else those of the events that it fills. A claim
    without a line of its own has the lines of the figures and events in it.
    """
    if is_line(view, record):
        return [record]
    if is_claim(record):
        return [line for line in lines(view) if claim(view, line).get("id") == record["id"]]
    if is_figure(record):
        of_events = (lines_about(view, event) for event in view.filled.get(record["id"], []))
        return list({str(line["id"]): line for some in of_events for line in some}.values())
    fillers = (view.span(argument.get("mention")) for argument in record["arguments"])
    return [mention for mention in fillers if mention and has_value(view, mention)]


def has_value(view: DocumentView, mention: Object) -> bool:
    return view.scheme.kind(mention["layer"]) == "figure" and bool(of_figure(view, mention))


def belongs_to_figure(view: DocumentView, event: Object) -> bool:
    """Whether a figure with a value fills one of its roles."""
    fillers = (view.span(argument.get("mention")) for argument in event["arguments"])
    return any(has_value(view, mention) for mention in fillers if mention)


def is_figure(record: Object) -> bool:
    return "layer" in record


def is_claim(record: Object) -> bool:
    return "content" in record


def fragments(view: DocumentView, record: Object) -> list[Object]:
    """The words that are quoted: those of the figure or the claim, or of the first trigger of the event."""
    if is_figure(record) or is_claim(record):
        return list(record["fragments" if is_figure(record) else "content"])
    first = view.span(next(iter(record.get("triggers") or []), None))
    return list(first["fragments"]) if first else []


def where(view: DocumentView, record: Object) -> tuple[int, int]:
    start, end = envelope(fragments(view, record))
    return start, end


def sentence(view: DocumentView, record: Object) -> list[tuple[str, bool]]:
    """The whole sentence around the words, in pieces; True: the piece is one of them. Put together it is the text's, to the letter."""
    marked = sorted((part["start"], part["end"]) for part in fragments(view, record))
    first, last = around(view.text, marked[0][0], marked[-1][1])
    edges = [first, *(edge for part in marked for edge in part), last]
    pieces = ((view.text[start:end], index % 2 == 1) for index, (start, end) in enumerate(pairwise(edges)))
    return [(words, is_mark) for words, is_mark in pieces if words]


def whole_sentence(view: DocumentView, record: Object) -> str:
    return "".join(words for words, _ in sentence(view, record))


def claim(view: DocumentView, record: Object) -> Object:
    if is_claim(record):
        return record
    return view.claimed(record.get("attribution")) if is_figure(record) else claim_of(view, record)


def statement(view: DocumentView, record: Object) -> str:
    of = of_figure if is_figure(record) else of_claim if is_claim(record) else of_event
    return of(view, record)


def unit(view: DocumentView, record: Object) -> str:
    attributes = record.get("attributes") or {}
    counted = people(view, None) if counts_people(view, record) else attributes.get("counted_text")
    return str(attributes.get("currency") or attributes.get("unit") or counted or "")


def per(view: DocumentView, record: Object) -> str:
    """ "month, 300 people"."""
    attributes = record.get("attributes") or {} if is_figure(record) else {}
    basis = (attributes.get("per_count") or {}).get("n")
    period = attributes.get("per_period")
    parts = [
        attributes.get("per_currency"),
        attributes.get("per_unit") and per_unit(attributes["per_unit"]),
        PERIODS.get(period, period) if period else None,
        basis and f"{number(basis)} {people(view, basis)}",
    ]
    return ", ".join(filter(None, parts))


def rating(view: DocumentView, record: Object) -> str:
    """Reliability of the source and credibility of what it says: "C3"; the figure's own credibility comes first. As far as somebody rated."""
    own_claim = claim(view, record)
    own = (record.get("attributes") or {}).get("credibility") if is_figure(record) else None
    codes = (own_claim.get("reliability"), own if is_stated(own) else own_claim.get("credibility"))
    return "".join(str(code) for code in codes if is_stated(code))


def measures(view: DocumentView, record: Object) -> str:
    """ "S/RES/2371 (2017), paragraph 11 (inferred, number not verified)" of each measure that the event names."""
    records = view.filled.get(record["id"], []) if is_figure(record) else [record]
    arguments = [argument for event in records for argument in event.get("arguments", ())]
    pointed = [argument.get("measure_ref") for argument in arguments if argument.get("measure_ref")]
    citations = [citation for pk in dict.fromkeys(pointed) if (citation := view.citation(pk))]
    return "; ".join(dict.fromkeys(measure(view, citation) for citation in citations))


def measure(view: DocumentView, citation: Object) -> str:
    code, number, basis = (citation.get(name) for name in ("measure", "paragraph", "paragraph_basis"))
    entry = view.measure(code) or {}
    symbol = str(entry.get("symbol") or code or "")
    if not number:
        return symbol
    about = [str(basis)] if is_stated(basis) and basis != "stated" else []
    about += filter(None, [unverified_of(view, citation)])
    return f"{symbol}, paragraph {number}" + (f" ({', '.join(about)})" if about else "")


def unverified_of(view: DocumentView, citation: Object) -> str:
    """What of the cited paragraph nobody has verified; nothing where the register is not at hand."""
    provisions = (view.measure(citation.get("measure")) or {}).get("provisions") or []
    if not provisions or not citation.get("paragraph"):
        return ""
    paragraph = next((each for each in provisions if each["paragraph"] == citation["paragraph"]), None)
    if paragraph is None:
        return "not in the register"
    names = [name for name in ("content", "number") if paragraph.get(f"{name}_verified") is False]
    return f"{' and '.join(names)} not verified" if names else ""


def listed_as(view: DocumentView, record: Object) -> str:
    """ "Exampel Trading: UN KPe.001" of each party whose link to an entry of a sanctions list is confirmed."""
    attributes = record.get("attributes") or {} if is_figure(record) else {}
    events = view.filled.get(record["id"], []) if is_figure(record) else [record]
    references = [
        attributes.get("counted"),
        attributes.get("of_whole"),
        *(each for event in events for each in event.get("arguments", ())),
    ]
    parties = [view.meant(reference) for reference in references if reference]
    links = [(party, link) for party in parties for link in party.get("list_links") or [] if link.get("match") == "confirmed"]
    return "; ".join(dict.fromkeys(f"{party['name']}: {link['list']} {link['entry']}" for party, link in links))


def source_lines(view: DocumentView, record: Object) -> list[str]:
    """Who says so, and where: the source in the text's words, outlet and date, paragraph, rating, measure, and who marked it."""
    where_ = view.paragraph(where(view, record)[0])
    texts = (
        who_says(view, claim(view, record)),
        ", ".join(filter(None, (view.publisher or "outlet not recorded", dated(view) or "no date"))),
        where_[:1].upper() + where_[1:],
        f"Rating {code}" if (code := rating(view, record)) else "Not rated",
        measures(view, record),
        vouched(view, record),
    )
    return [line for line in texts if line]


def vouched(view: DocumentView, record: Object) -> str:
    """ "Agreed 2 of 2, adjudicated by chief, 2026-10-01": what the line rests on, and whose it is."""
    who, rests = annotated(view), basis(view, record)
    if rests in ("reading", "draft"):
        return f"Marked by {who}" if who else ""
    if rests == "gold" or view.doc.get("role") != "adjudication":
        rests = f"{rests}, marked"
    elif rests.startswith("agreed"):
        rests = f"{rests}, adjudicated"
    return first_upper(f"{rests} by {who}" if who else basis(view, record))


def who_says(view: DocumentView, own_claim: Object) -> str:
    """ "Source: “manager”"; of the outlet that follows "In its own words", where a person has said so, else nothing."""
    if is_narrated(view, own_claim):
        return first_upper(NOT_ATTRIBUTED)
    if (own_claim.get("source_entity") or "") == view.facts.get("outlet"):
        return "In its own words" if own_claim.get("source_basis") == "own" else ""
    if words := view.words({"mention": own_claim.get("source_mention")}):
        return f"Source: “{words}”"
    if name := view.source(own_claim):
        return f"Source: {name}"
    return first_upper(NO_SOURCE if own_claim.get("source_basis") == "none" else NOT_CHOSEN)


def source(view: DocumentView, own_claim: Object) -> str:
    """As the text describes it; "not attributed (Daily NK)" of what no claim covers."""
    described = view.described(own_claim)
    return f"{NOT_ATTRIBUTED} ({described})" if described and is_narrated(view, own_claim) else described or ""


def attribute_column(name: str, kind: str, meaning: str) -> Column:
    """An attribute of the figure; empty for an event or a claim."""
    return Column(
        name,
        kind,
        meaning,
        lambda view, record: stated((record.get("attributes") or {}).get(name)) if is_figure(record) else None,
    )


def stated(value: Any) -> Any:
    """What the text does not say, and what nobody chose, is an empty cell."""
    return value if is_stated(value) else None


SEALED_COLUMNS = (
    Column("statement", TEXT, "what is said, in one sentence", statement),
    attribute_column("low", NUMBER, "lower bound"),
    attribute_column("high", NUMBER, "upper bound"),
    attribute_column("comparator", TEXT, "eq, gt, ge, lt, le, between"),
    attribute_column("approximate", FLAG, "whether the text says “about”, “some”, “nearly” …"),
    Column(
        "unit",
        TEXT,
        "currency (ISO 4217), unit (UCUM) or what is counted",
        lambda view, record: unit(view, record) if is_figure(record) else None,
    ),
    Column("per", TEXT, "period, and how many the value is for", per),
    Column(
        "quotation", TEXT, "the exact words, fragments joined by “ … ”", lambda view, record: view.quote(fragments(view, record))
    ),
    Column("sentence", TEXT, "the sentence around these words", whole_sentence),
    Column("article", TEXT, "title", lambda view, record: view.facts.get("title")),
    Column("outlet", TEXT, "outlet", lambda view, record: view.publisher),
    Column("date", TEXT, "publication date, with its basis unless it is stated", lambda view, record: dated(view)),
    Column("address", TEXT, "URL of the article", lambda view, record: view.address),
    Column("paragraph", TEXT, "where in the article", lambda view, record: view.paragraph(where(view, record)[0])),
    Column("source", TEXT, "the source as the text describes it", lambda view, record: source(view, claim(view, record))),
    Column(
        "modality",
        TEXT,
        "asserted, reported, alleged, predicted, denied",
        lambda view, record: stated(claim(view, record).get("modality")),
    ),
    Column("rating", TEXT, "Admiralty code: reliability of the source, credibility of the statement", rating),
    Column("measure", TEXT, "measure and paragraph", measures),
    Column("footnote", TEXT, "outlet, title, date and URL, for citation", lambda view, record: footnote(view)),
    Column("start", WHOLE, "offset of the first word, in code points", lambda view, record: where(view, record)[0]),
    Column("end", WHOLE, "offset after the last word", lambda view, record: where(view, record)[1]),
    Column("id", TEXT, "the figure, event or claim", lambda view, record: record["id"]),
)


def line_name(view: DocumentView, record: Object) -> str:
    """The seal without what the row says."""
    return seal_name(str(view.doc.get("id")), str(record["id"]))


def seal(view: DocumentView, record: Object) -> RowSeal:
    """Who handed it in, and when, may change without a word of the row."""
    state = json.dumps([column.value(view, record) for column in SEALED_COLUMNS], ensure_ascii=False)
    return sealed(str(view.doc.get("id")), str(record["id"]), state)


COLUMNS = (
    *SEALED_COLUMNS,
    Column("listed_as", TEXT, "entries of sanctions lists, by confirmed links of the parties", listed_as),
    Column(
        "basis",
        TEXT,
        "agreed n of m, adjudicated (accepted, changed, added), approved, gold (of no recorded decisions), reading, 1 of m readings, draft",
        basis,
    ),
    Column("annotated", TEXT, "annotator and day", lambda view, record: annotated(view)),
    Column("seal", TEXT, "seal: shows whether a saved row is out of date", lambda view, record: str(seal(view, record))),
)
BY_NAME = {column.name: column for column in COLUMNS}
EVIDENCE = ExportTable("evidence", "a figure, an event without one, or a claim without both: a line for a report", COLUMNS, lines)
