"""What was marked, as tables: documents, spans, figures, events, arguments, claims, citations, links, entities, relations, notes.

Pure. Ids are those of the native document. Each table has in front what tells its document apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from annotations.derived.document_view import DocumentView, target
from annotations.formats.base import Losses
from annotations.formats.columns import FLAG, NUMBER, TEXT, WHOLE, Column, ExportTable, Value, attribute, field, joined, views
from annotations.formats.evidence.evidence_lines import COLUMNS as EVIDENCE_COLUMNS
from annotations.formats.evidence.evidence_lines import EVIDENCE, statement, unverified_of
from annotations.formats.evidence.selection import LineSelection, ranked
from annotations.native.annotated import Annotated
from annotations.native.fields import fields
from annotations.native.types import FigureAttributes
from annotations.native.view import Object

WHOSE = (
    Column("document", TEXT, "id of the document", lambda view, row: view.key),
    Column("annotator", TEXT, "user name of the annotator", lambda view, row: view.doc.get("annotator")),
    Column("draft", FLAG, "whether the marks are not submitted", lambda view, row: view.draft),
)
TableRows = tuple[ExportTable, Iterable[list[Value]]]
CELLS = {"word": TEXT, "number": NUMBER, "flag": FLAG}  # of a plain column

# What columns say


def reference(name: str, of: str, meaning: str, where: str = "attributes") -> Column:
    """The id of what an attribute points at, whether a mark or an entity."""
    return Column(name, TEXT, meaning, lambda view, row: target((row.get(where) or {}).get(of) or {})[1])


def words(name: str, of: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, lambda view, row: view.words((row.get("attributes") or {}).get(of)))


def edge(name: str, side: str, of: str = "fragments") -> Column:
    meaning = "offset of the first character, in code points from 0" if side == "start" else "offset after the last character"
    index = 0 if side == "start" else -1
    return Column(name, WHOLE, meaning, lambda view, row: row[of][index][side] if row[of] else None)


def quoted(name: str, of: str = "fragments", meaning: str = "the exact words, fragments joined by “ … ”") -> Column:
    return Column(name, TEXT, meaning, lambda view, row: view.quote(row.get(of) or []))


def pieces(name: str = "fragments", of: str = "fragments") -> Column:
    meaning = "start-end of each fragment: 5-33;40-44"
    return Column(name, TEXT, meaning, lambda view, row: ";".join(f"{part['start']}-{part['end']}" for part in row.get(of) or []))


def paragraph(of: str = "fragments") -> Column:
    return Column(
        "paragraph", TEXT, "where in the article", lambda view, row: view.paragraph(row[of][0]["start"]) if row[of] else None
    )


def meant(name: str, of: str, meaning: str) -> Column:
    return Column(
        name, TEXT, meaning, lambda view, row: view.meant({"entity": (row.get("attributes") or {}).get("entity")}).get(of)
    )


def claim_column(name: str, meaning: str) -> Column:
    """A field of the claim that a figure stands in."""
    return Column(name, TEXT, meaning, lambda view, row: view.claimed(row.get("attribution")).get(name))


def timed(name: str, of: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, lambda view, row: (row.get("time") or {}).get(of))


def structure(name: str, meaning: str) -> Column:
    return Column(name, TEXT, meaning, lambda view, row: json.dumps(row[name], ensure_ascii=False) if row.get(name) else None)


MARK = (
    field("id", "the mark"),
    field("label", "label"),
    edge("start", "start"),
    edge("end", "end"),
    pieces(),
    quoted("quote"),
    paragraph(),
)


# What rows stand for


def of_kind(view: DocumentView, kind: str) -> Iterator[Object]:
    return (span for span in view.spans() if view.scheme.kind(span["layer"]) == kind)


def arguments(view: DocumentView) -> Iterator[Object]:
    for event in view.events():
        yield from ({"of": event, **argument} for argument in event["arguments"])


def roles(view: DocumentView, event: Object) -> str:
    return "; ".join(f"{argument['role']}: {view.words(argument)}" for argument in event["arguments"])


def title(view: DocumentView, row: Object) -> str | None:
    return view.facts.get("title")


def figure_values() -> Iterator[Column]:
    """The attributes of a figure as declared, but its unit after its currency; what it refers to is an id and its words."""
    declared = fields(FigureAttributes)
    names = [name for name in declared if name != "unit"]
    names.insert(names.index("per_period"), "unit")
    for name in names:
        kind, meaning = declared[name].column, declared[name].meaning
        if kind:
            yield attribute(name, meaning, CELLS[kind])
        elif name == "per_count":
            yield Column(name, NUMBER, meaning, lambda view, row: (row["attributes"].get("per_count") or {}).get("n"))
        else:
            yield from (reference(name, name, meaning), words(f"{name}_words", name, "its words or name"))


DOCUMENTS = ExportTable(
    "documents",
    "one annotator's marks in one document",
    (
        *WHOSE,
        field("id", "these marks"),
        Column("article", TEXT, "title", title),
        Column("outlet", TEXT, "outlet", lambda view, row: view.publisher),
        Column("address", TEXT, "where", lambda view, row: view.address),
        Column("language", TEXT, "BCP 47", lambda view, row: view.facts.get("language")),
        Column("published", TEXT, "day of publication, EDTF", lambda view, row: view.published.get("edtf")),
        Column("earliest", TEXT, "earliest day", lambda view, row: view.published.get("earliest")),
        Column("latest", TEXT, "latest day", lambda view, row: view.published.get("latest")),
        Column("date_basis", TEXT, "stated, resolved, inferred", lambda view, row: view.published.get("basis")),
        field("role", "annotation or adjudication (gold)"),
        field("status", "open, submitted, skipped or lapsed"),
        Column("scheme", TEXT, "scheme and version", lambda view, row: " ".join(map(str, (row.get("scheme") or {}).values()))),
        Column("length", WHOLE, "code points of the text", lambda view, row: len(view.text)),
        Column("sha256", TEXT, "of the text in UTF-8", lambda view, row: view.facts.get("clean_sha256")),
    ),
    lambda view: [dict(view.doc)],
)
SPANS = ExportTable(
    "spans",
    "a mark",
    (
        *WHOSE,
        MARK[0],
        field("layer", "actors, figures or events"),
        *MARK[1:],
        attribute("mention_type", "of an actor: name, description, pronoun"),
        meant("entity", "id", "entity that an actor refers to"),
        meant("entity_type", "type", "its type"),
        meant("entity_name", "name", "its name"),
        field("event", "event of a trigger"),
        field("claim", "claim around a figure or trigger", of="attribution"),
    ),
    lambda view: view.spans(),
)
FIGURES = ExportTable(
    "figures",
    "the value of a mark of the figure layer",
    (
        *WHOSE,
        *MARK,
        Column("statement", TEXT, "what is said, in one sentence", statement),
        *figure_values(),
        field("claim", "the claim around it", of="attribution"),
        Column("source", TEXT, "who says so", lambda view, row: view.source(view.claimed(row.get("attribution")))),
        claim_column("modality", "asserted, reported, alleged, predicted, denied"),
        claim_column("evidence", "what the source relies on"),
        claim_column("reliability", "of the source, A to F"),
    ),
    lambda view: of_kind(view, "figure"),
)
EVENTS = ExportTable(
    "events",
    "an event",
    (
        *WHOSE,
        field("id", "the event"),
        field("type", "what happens"),
        Column("statement", TEXT, "what is said, in one sentence", statement),
        field("status", "happened, ongoing, expected, unrealised, general"),
        field("polarity", "positive or negative"),
        field("certainty", "of the source"),
        field("factuality", "FactBank code, derived"),
        field("realis", "derived"),
        timed("time", "edtf", "EDTF"),
        timed("earliest", "earliest", "earliest day"),
        timed("latest", "latest", "latest day"),
        timed("part_of_day", "part_of_day", "MO, MI, AF, EV, NI"),
        timed("time_basis", "basis", "stated, resolved, inferred, registry, open"),
        timed("time_words", "text", "the words"),
        Column("triggers", TEXT, "the words that name it", lambda view, row: view.trigger_words(row)),
        Column("trigger_ids", TEXT, "their marks", lambda view, row: row.get("triggers")),
        Column("attributes", TEXT, "of this event type", lambda view, row: row.get("attributes") or None),
        Column("arguments", TEXT, "role: words of each filler", roles),
        Column("claims", TEXT, "who says so", lambda view, row: row.get("attributions")),
        structure("read", "values read from the text, each with the words that decided it, as JSON"),
        field("note", "of the annotator"),
    ),
    lambda view: view.events(),
)
ARGUMENTS = ExportTable(
    "arguments",
    "one filler of one role of an event",
    (
        *WHOSE,
        Column("event", TEXT, "the event", lambda view, row: row["of"]["id"]),
        Column("type", TEXT, "its type", lambda view, row: row["of"]["type"]),
        field("role", "role of the filler"),
        Column("kind", TEXT, "mention, entity, event or measure_ref", lambda view, row: target(row)[0]),
        Column("filler", TEXT, "id of what fills it", lambda view, row: target(row)[1]),
        Column("words", TEXT, "words of the filler, or name of an entity", lambda view, row: view.words(row)),
        Column("entity", TEXT, "entity that it refers to", lambda view, row: view.meant(row).get("id")),
        Column("entity_name", TEXT, "its name", lambda view, row: view.meant(row).get("name")),
        field("implicit", "no words in the text", FLAG),
    ),
    arguments,
)
CLAIMS = ExportTable(
    "claims",
    "who says what",
    (
        *WHOSE,
        field("id", "the claim"),
        edge("start", "start", "content"),
        edge("end", "end", "content"),
        pieces("content_fragments", "content"),
        quoted("content", "content"),
        quoted("cue", "cue"),
        paragraph("content"),
        field("source_mention", "mark of the source"),
        Column("source_words", TEXT, "the source as the text describes it", lambda view, row: view.described(row)),
        field("source_entity", "entity"),
        Column("source", TEXT, "its name", lambda view, row: view.source(row)),
        field("source_basis", "stated, carried, own (the outlet, in its own words) or none"),
        field("mode", "direct, indirect or mixed"),
        field("modality", "asserted, reported, alleged, predicted, denied"),
        field("evidence", "what the source relies on"),
        field("parent", "parent claim"),
        field("reliability", "of the source, A to F"),
        field("credibility", "of what it says, 1 to 6"),
        field("rating_note", "why this rating"),
        structure("read", "values read from the text, each with the words that decided it, as JSON"),
        field("note", "of the annotator"),
    ),
    lambda view: view.claims(),
)
CITATIONS = ExportTable(
    "citations",
    "words that name a legal measure",
    (
        *WHOSE,
        field("id", "the citation"),
        edge("start", "start"),
        edge("end", "end"),
        pieces(),
        quoted("quote"),
        paragraph(),
        field("measure", "code in the register"),
        Column("symbol", TEXT, "of the measure", lambda view, row: (view.measure(row.get("measure")) or {}).get("symbol")),
        field("provision", "number of the paragraph cited", of="paragraph"),
        field("provision_basis", "stated or inferred", of="paragraph_basis"),
        Column(
            "unverified", TEXT, "what of the paragraph nobody has verified", lambda view, row: unverified_of(view, row) or None
        ),
        field("note", "of the annotator"),
    ),
    lambda view: view.citations(),
)
LINKS = ExportTable(
    "links",
    "between two figures or two events",
    (*WHOSE, field("source", "from"), field("type", "how"), field("target", "to"), field("note", "of the annotator")),
    lambda view: view.links(),
)
ENTITIES = ExportTable(
    "entities",
    "entities that the marks refer to; one row per document and entity",
    (
        *WHOSE,
        field("id", "the entity"),
        field("type", "label"),
        field("name", "preferred name"),
        field("aliases", "other names"),
        structure("name_kinds", "kinds of other names, as JSON"),
        field("countries", "ISO 3166-1"),
        field("reference", "specific, or generic: a class"),
        field("anonymous", "unnamed", FLAG),
        structure("births", "dates of birth as EDTF with the words of their sources, as JSON"),
        structure("identifiers", "as JSON"),
        field("same_as", "entry of the shared register"),
        structure("list_links", "entries of sanctions lists, as JSON"),
        field("screening", "status of the sanctions screening"),
        field("note", "of the annotator"),
        Column("mentions", WHOLE, "marks that refer to it in the document", lambda view, row: len(row.get("mentions") or [])),
    ),
    lambda view: view.entities(),
)
RELATIONS = ExportTable(
    "relations",
    "between two entities",
    (
        *WHOSE,
        field("source", "from"),
        field("type", "how"),
        field("target", "to"),
        field("basis", "stated or inferred"),
        field("note", "of the annotator"),
    ),
    lambda view: view.relations(),
)
NOTES = ExportTable(
    "notes",
    "a note on the article as a whole",
    (*WHOSE, Column("note", TEXT, "its text", lambda view, row: row["text"])),
    lambda view: [{"text": joined(note)} for note in view.doc.get("adjudication_notes") or []],
)
REPORT = ExportTable(EVIDENCE.name, EVIDENCE.row, (*WHOSE, *EVIDENCE_COLUMNS), EVIDENCE.records)

TABLES = (DOCUMENTS, SPANS, FIGURES, EVENTS, ARGUMENTS, CLAIMS, CITATIONS, LINKS, ENTITIES, RELATIONS, NOTES, REPORT)


def chosen_tables(options: Mapping[str, str]) -> tuple[ExportTable, ...]:
    """All of them; of lines that were chosen for a report, those alone."""
    return TABLES if LineSelection(options).is_whole else (REPORT,)


def filled(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[TableRows]:
    """Rows for each table, document by document; lines that were chosen for a report all at once, in the order of the choice."""
    if (choice := LineSelection(options)).is_whole:
        yield from ((table, table.rows(view)) for view in views(documents) for table in TABLES)
        return
    rows: list[tuple[int, list[Value]]] = []
    for view, lines in ranked(documents, choice, losses):
        made = REPORT.rows_of(view, [record for _, record in lines])
        if choice.ranks:
            rows += zip((rank for rank, _ in lines), made, strict=True)
        else:
            yield REPORT, made
    yield REPORT, [row for _, row in sorted(rows, key=lambda each: each[0])]
