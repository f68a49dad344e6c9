"""The native format: one JSON document with everything that was said about one text.

Pure: from the file's shape to changes; the database builds documents itself. The file has its own
words (mentions, attributions, measure_refs, relations, entity_relations); here they become kinds
of change (span, claim, citation, link, relation).

Offset unit: Unicode code points. Holds everything. Ids in a file are its own; `changes_of` makes
the same UUIDs of them each time, so that loading a file twice changes nothing.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from annotations.formats.base import CAPACITIES, Losses, Unreadable
from annotations.formats.files import end_record, strict_json
from annotations.native.annotated import Annotated
from annotations.native.check import ARRAYS, NAME, NotNative, Object, check
from annotations.native.ids import derived
from annotations.native.validators import Misshapen

TITLE = "Attest JSON"
EXTENSION = ".jsonl"
MEDIA_TYPE = "application/x-ndjson"
OFFSETS = "Unicode code points; the quote of each fragment is given too."
HOLDS = CAPACITIES
TAKES = "native"
NARRATOR = "Q0"
# Who answers for what no claim covers is the outlet. How it says it, and how far it is believed, nobody has chosen.
DEFAULT_CLAIM = {"id": NARRATOR, "note": "Narrator: anything outside an attribution."}
JOINS = ("relation", "link")


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    """One document a line; nothing is lost."""
    for document in documents:
        yield json.dumps(document.native, ensure_ascii=False).encode() + b"\n"


def read(file: BinaryIO, name: str, options: Mapping[str, str]) -> Iterator[Object | Unreadable]:
    """The documents as they stand, of one document or of one a line; each is checked only on its outside."""
    for location, value in strict_json.values(file, name):
        if end_record.is_end(value):
            continue
        try:
            if not isinstance(value, Unreadable):
                check(value)
            yield value
        except NotNative as error:
            yield Unreadable(f"{location}: {error}")


# Reading


def changes_of(document: Any, assignment: uuid.UUID, corpus: uuid.UUID) -> list[Object]:
    """The changes that make everything in a native document, in the order in which they can be made.

    Ids of entities depend on the corpus, type and name: two files that mean the same entity share
    it. Raises NotNative.
    """
    check(document)
    ids = identities(document, assignment, corpus)
    marks = [change_of(kind, record, ids, assignment) for kind, array in ARRAYS.items() for record in document.get(array) or []]
    return marks + notes_of(document.get("adjudication_notes") or [], assignment)


def notes_of(texts: list[str], assignment: uuid.UUID) -> list[Object]:
    """A file gives notes no ids: the same words in the same place are the same note."""
    notes = [(f"{order}/{text}", order, text) for order, text in enumerate(texts) if text]
    return [
        {
            "id": derived(assignment, f"change/note/{name}"),
            "op": "create",
            "kind": "note",
            "object": {"id": derived(assignment, f"note/{name}"), "order": order, "text": text},
        }
        for name, order, text in notes
    ]


def change_of(kind: str, record: Object, ids: Mapping[str, str], assignment: uuid.UUID) -> Object:
    name = called(kind, record)
    try:
        body = BODIES[kind](record, ids)
    except NotNative as error:
        raise NotNative(f"{name}: {error}") from None
    return {
        "id": derived(assignment, f"change/{kind}/{name}"),
        "op": "create",
        "kind": kind,
        "object": body,
    }


def called(kind: str, record: Object) -> str:
    """How the file calls the thing. Links and relations have no id in it: by what they join."""
    if kind in JOINS:
        return f"{record.get('source')}-{record.get('type')}-{record.get('target')}"
    return str(record["id"])


def identities(document: Object, assignment: uuid.UUID, corpus: uuid.UUID) -> dict[str, str]:
    """File id → UUID. Raises NotNative for an id that two objects have, or none."""
    ids: dict[str, str] = {}
    for kind, array in ARRAYS.items():
        for index, record in enumerate(document.get(array) or []):
            name = called(kind, record) if kind in JOINS else name_of(record, f"{array}[{index}]")
            if name in ids:
                raise NotNative(f"{name} occurs twice in the file")
            ids[name] = "" if kind in JOINS else identity(kind, record, assignment, corpus)
    return ids


def shared(document: Object, corpus: uuid.UUID) -> dict[str, set[str]]:
    """UUIDs of the entities and relations of a document by kind: they do not depend on the assignment.
    What is wrong with them is told by `changes_of`."""
    nobody = uuid.UUID(int=0)
    entities = {str(record.get("id")): identity("entity", record, nobody, corpus) for record in document.get("entities") or []}
    ends = [
        record
        for record in document.get("entity_relations") or []
        if {record.get("source"), record.get("target")} <= entities.keys()
    ]
    return {"entity": set(entities.values()), "relation": {ends_body(record, entities)["id"] for record in ends}}


def name_of(record: Object, location: str) -> str:
    try:
        return str(NAME(record.get("id")))
    except Misshapen as error:
        raise NotNative(f"{location}: id {error}") from None


def identity(kind: str, record: Object, assignment: uuid.UUID, corpus: uuid.UUID) -> str:
    if kind == "entity":
        return derived(corpus, f"entity/{record.get('type')}/{record.get('name')}")
    return derived(assignment, f"{kind}/{record['id']}")


def pointed(ids: Mapping[str, str], name: Any) -> Any:
    """The UUID of what the file calls `name`. Raises NotNative where it calls nothing so."""
    if name is None:
        return None
    if not isinstance(name, str) or not ids.get(name):
        raise NotNative(f"the file has no object called {str(name)[:100]!r}")
    return ids[name]


def fields(record: Object, names: Iterable[str]) -> Object:
    """Those that say something: null and missing mean the same, so they must not look different."""
    return {name: value for name in names if (value := record.get(name)) is not None}


def fragments(records: Any) -> Any:
    """Without the raw offsets, which the source map gives."""
    if not isinstance(records, list):
        return records
    return [fields(record, ("start", "end", "quote")) if isinstance(record, dict) else record for record in records]


def head(record: Object, ids: Mapping[str, str]) -> Object:
    return {"id": ids[record["id"]], "key": record.get("key") or record["id"]}


def span_body(record: Object, ids: Mapping[str, str]) -> Object:
    body = head(record, ids) | fields(record, ("layer", "label"))
    body |= {"fragments": fragments(record.get("fragments")), "event": pointed(ids, record.get("event"))}
    if "attributes" in record:
        body["attributes"] = repointed(record["attributes"], ids)
    return body


REFERENCES = ("entity", "mention", "figure")


def repointed(attributes: Any, ids: Mapping[str, str]) -> Any:
    if not isinstance(attributes, dict):
        return attributes
    return {
        key: repointed(value, ids) if isinstance(value, dict) else pointed(ids, value) if key in REFERENCES else value
        for key, value in attributes.items()
    }


def event_body(record: Object, ids: Mapping[str, str]) -> Object:
    known = ("type", "status", "polarity", "certainty", "attributes", "time", "note")
    arguments = record.get("arguments", [])
    if isinstance(arguments, list):
        arguments = [argument_body(entry, ids) for entry in arguments]
    body = head(record, ids) | fields(record, known) | read_of(record) | {"arguments": arguments}
    if isinstance(record.get("time"), dict):
        body["time"] = fields(record["time"], record["time"])
    return body


def read_of(record: Object) -> Object:
    """Nothing where nothing was read: to say so and to leave it out must not look different."""
    return {} if record.get("read") in (None, {}) else {"read": record["read"]}


def argument_body(entry: Any, ids: Mapping[str, str]) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {key: value if key in ("role", "implicit") else pointed(ids, value) for key, value in entry.items()}


def claim_body(record: Object, ids: Mapping[str, str]) -> Object:
    known = ("source_basis", "mode", "modality", "evidence", "reliability", "credibility",
             "rating_note", "note")  # fmt: skip
    pointers = ("source_mention", "source_entity", "parent")
    return (
        head(record, ids)
        | fields(record, known)
        | read_of(record)
        | {
            "cue": fragments(record.get("cue", [])),
            "content": fragments(record.get("content")),
            **{name: pointed(ids, record.get(name)) for name in pointers},
        }
    )


def citation_body(record: Object, ids: Mapping[str, str]) -> Object:
    known = ("measure", "paragraph", "paragraph_basis", "note")
    return head(record, ids) | fields(record, known) | {"fragments": fragments(record.get("fragments"))}


def ends_body(record: Object, ids: Mapping[str, str]) -> Object:
    """A link or a relation: its id follows from what it joins."""
    ends = {end: pointed(ids, record.get(end)) for end in ("source", "target")}
    source = str(ends["source"])
    space = uuid.UUID(source) if source[14:15] == "8" else uuid.NAMESPACE_URL
    return {"id": derived(space, f"{source}/{record.get('type')}/{ends['target']}"), "type": record.get("type"), **ends}


def relation_body(record: Object, ids: Mapping[str, str]) -> Object:
    return ends_body(record, ids) | fields(record, ("basis", "note"))


def entity_body(record: Object, ids: Mapping[str, str]) -> Object:
    known = ("type", "name", "aliases", "countries", "reference", "anonymous", "births", "identifiers",
             "list_links", "screening", "note", "name_kinds", "same_as")  # fmt: skip
    return head(record, ids) | fields(record, known)


BODIES = {
    "entity": entity_body,
    "relation": relation_body,
    "event": event_body,
    "span": span_body,
    "citation": citation_body,
    "claim": claim_body,
    "link": ends_body,
}
