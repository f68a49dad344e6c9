"""The native document of an assignment as a file has it, put together in Python: another way to the same, to hold the SQL against.

Objects come as a write reads them, ids become keys one by one, segments are looked for one by one, raw offsets come from the source map.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from annotations.documents.related_entities import REACHED_ENTITIES, REACHED_RELATIONS, reaching, symmetric
from annotations.formats.native import DEFAULT_CLAIM
from annotations.kinds import KINDS
from annotations.kinds.select import read
from annotations.models import Assignment
from annotations.native.check import ARRAYS, COUNTED, FORMAT
from annotations.schemes.stored import compiled
from corpus.cleaning.source_map import Run, SourceMap
from corpus.models import Document
from corpus.models.document import parts_of, text_of
from registry.models import Entity

Object = dict[str, Any]


def native(assignment: Assignment, *, by_key: bool) -> Object:
    """Without derived values. `by_key`: as a file has it; else as a program has it that writes, with the ids of the database."""
    source, objects = assignment.document, gather(assignment)
    body = to_native(objects, facts(assignment), naming(objects) if by_key else {})
    if by_key:
        body["document"]["id"] = source.article.key or body["document"]["id"]
        body = with_raw_offsets(body, source)
    else:
        body["notes"] = objects["note"]
    return json.loads(json.dumps(body))


# The entities that an assignment speaks of, and those that these lead to.
REACHED = reaching(
    """SELECT entity_id FROM annotations_span WHERE assignment_id = %(own)s
    UNION SELECT counted_entity_id FROM annotations_figure WHERE assignment_id = %(own)s
    UNION SELECT of_whole_entity_id FROM annotations_figure WHERE assignment_id = %(own)s
    UNION SELECT entity_id FROM annotations_argument WHERE assignment_id = %(own)s
    UNION SELECT source_entity_id FROM annotations_claim WHERE assignment_id = %(own)s
    UNION SELECT id FROM registry_entity WHERE corpus_id = %(corpus)s AND outlet_id = %(outlet)s"""
)
WANTED = {
    "entity": REACHED_ENTITIES,
    "relation": REACHED_RELATIONS,
    **dict.fromkeys(("event", "span", "citation", "claim", "link", "note"), "m.assignment_id = %(own)s"),
}


def gather(assignment: Assignment) -> dict[str, list[Object]]:
    """The objects of an assignment by kind, with the entities that they need."""
    return read(WANTED, parameters_of(assignment), KINDS, text_of(assignment.document_id), REACHED)


def parameters_of(assignment: Assignment) -> Object:
    return {
        "own": assignment.pk,
        "corpus": assignment.document.corpus_id,
        "outlet": assignment.document.article.outlet_id,
        "symmetric": symmetric(compiled(assignment.scheme).view),
    }


def to_native(objects: Mapping[str, list[Object]], facts: Object, names: Mapping[str, str]) -> Object:
    segments = facts["segments"]
    return {
        "format": FORMAT,
        "offsets": COUNTED,
        **renamed(facts, names),
        **{array: renamed(objects[kind], names) for kind, array in ARRAYS.items()},
        "mentions": [mention(record, names, segments) for record in objects["span"]],
        "attributions": [in_segment(record, names, segments, "content") for record in objects["claim"]],
        "measure_refs": [in_segment(record, names, segments, "fragments") for record in objects["citation"]],
        "adjudication_notes": [record["text"] for record in objects["note"]],
    }


def naming(objects: Mapping[str, list[Object]]) -> dict[str, str]:
    """UUID → key of the objects that have one. A key that two entities share names neither."""
    pairs = [(record["id"], record["key"]) for kind in objects for record in objects[kind] if record.get("key")]
    count: dict[str, int] = {}
    for _, key in pairs:
        count[key] = count.get(key, 0) + 1
    return {pk: key for pk, key in pairs if count[key] == 1}


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Every id in the value by its key."""
    if isinstance(value, dict):
        return {key: renamed(entry, names) for key, entry in value.items()}
    if isinstance(value, list):
        return [renamed(entry, names) for entry in value]
    return names.get(value, value) if isinstance(value, str) else value


def mention(record: Object, names: Mapping[str, str], segments: list[Object]) -> Object:
    body: Object = in_segment(record, names, segments, "fragments")
    dropped = "attributes" if record["event"] else "event"
    return {key: value for key, value in body.items() if key != dropped}


def in_segment(record: Object, names: Mapping[str, str], segments: list[Object], field: str) -> Object:
    body: Object = renamed(record, names)
    start = record[field][0]["start"]
    return body | {"segment": next((each["id"] for each in segments if each["start"] <= start < each["end"]), None)}


def stamp(at: datetime | None) -> str | None:
    """To the second, in UTC."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def facts(assignment: Assignment) -> Object:
    source = assignment.document
    outlet = source.article.outlet_id
    known = Entity.objects.filter(corpus=source.corpus_id, outlet=outlet).first() if outlet else None
    narrator = str(known.pk) if known else None
    return {
        "id": str(assignment.pk),
        "revision": assignment.revision,
        "status": assignment.status,
        "submitted": stamp(assignment.submitted),
        "saw_gold": stamp(assignment.saw_gold),
        "role": assignment.role,
        "annotator": assignment.annotator.username,
        "scheme": {"code": assignment.scheme.code, "version": assignment.scheme.version},
        "document": document_facts(source, narrator),
        **parts_of(source.pk),
        "source_map": source.source_map,
        "default_attribution": DEFAULT_CLAIM | {"source_entity": narrator},
    }


def document_facts(source: Document, narrator: str | None) -> Object:
    article = source.article
    outlet = narrator or (article.outlet.name if article.outlet else None)
    return {
        "id": str(source.pk),
        "key": article.key,
        "article": str(article.pk),
        "title": article.title,
        "outlet": outlet,
        "language": article.language,
        "source_file": article.source_file,
        "url": article.url,
        "url_basis": article.url_basis,
        "outlet_basis": article.outlet_basis,
        "claimed_url": article.claimed_url,
        "claimed_outlet": article.claimed_outlet,
        "claimed_by": article.claimed_by,
        "retrieved_from": source.retrieved_from,
        "published": {
            "edtf": article.published_edtf,
            "earliest": article.published_earliest and article.published_earliest.isoformat(),
            "latest": article.published_latest and article.published_latest.isoformat(),
            "basis": article.published_basis,
        }
        if article.published_edtf
        else None,
        "raw_sha256": source.raw.sha256,
        "raw_length": source.raw_length,
        "clean_sha256": source.sha256,
        "clean_length": source.length,
    }


def with_raw_offsets(body: Object, source: Document) -> Object:
    mapping = SourceMap.of(Run(**run) for run in source.source_map)
    for array, fields in (
        ("mentions", ("fragments",)),
        ("measure_refs", ("fragments",)),
        ("attributions", ("cue", "content")),
    ):
        for record in body[array]:
            for field in fields:
                record[field] = [raw_fragment(entry, mapping) for entry in record[field]]
    return body


def raw_fragment(entry: Object, mapping: SourceMap) -> Object:
    start, end = mapping.range_to_raw(entry["start"], entry["end"])
    return entry | {"raw_start": start, "raw_end": end}
