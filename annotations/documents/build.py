"""How the marks of an assignment leave: as a native document. Whole corpora leave by `streaming`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from annotations.derived.document import derive
from annotations.documents.related_entities import REACHED_ENTITIES, REACHED_RELATIONS, reaching, symmetric
from annotations.formats import native
from annotations.kinds import KINDS, span
from annotations.kinds.select import read, written
from annotations.models import Assignment, Scheme
from annotations.scheme.view import SchemeView
from annotations.schemes.stored import compiled, measures_data
from corpus.cleaning.source_map import SourceMap
from corpus.db.compiled_queries import Repeated, Slot
from corpus.models import Document
from corpus.models.document import parts_of, text_of
from registry.models import Entity

Object = dict[str, Any]


def document(assignment: Assignment, *, ids: str = "uuid", derived: bool = True) -> Object:
    """Everything that was said in an assignment, in the native shape.

    `ids`: "uuid" names objects as the change log does; "key" as the file did from which they came,
    and adds the raw offsets of fragments.
    """
    keys = ids == "key"
    objects = gather(assignment)
    body = native.to_native(objects, facts(assignment), keys=keys)
    if keys and assignment.document.article.key:
        body["document"]["id"] = assignment.document.article.key
    if derived:
        body = derive(body, fresh_view(assignment.scheme), text_of(assignment.document_id))
    return with_raw_offsets(body, assignment.document) if keys else body


FRESH: dict[Any, tuple[Any, SchemeView]] = {}


def fresh_view(scheme: Scheme) -> SchemeView:
    """With the register as it is now: measures are edited while the scheme is closed.

    The view stays the same as long as the register does, so that what reads figures by it is made once.
    """
    data, measures = compiled(scheme).data, measures_data()
    known = FRESH.get(scheme.pk)
    if known is None or known[0] is not data or list(known[1].measures) != measures:
        known = FRESH[scheme.pk] = data, SchemeView(data | {"measures": measures})
    return known[1]


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


STORED = {kind: module.SELECT for kind, module in KINDS.items()} | {"span": span.SPARE}


def standing(assignment: Assignment) -> str:
    """How an assignment stands, as JSON for the page that goes on from there: the facts that it shows, and all objects as they
    are stored, without what can be worked out. Fragments are pairs of offsets in code points; of a mark's attributes those that
    are not empty, and `blank` says for each layer what all of them are; `extra` lies beside them."""
    narrator = narrator_of(assignment)
    scheme = compiled(assignment.scheme).view
    facts = {
        "revision": assignment.revision,
        "document": document_facts(assignment.document, narrator) | {"narrator": narrator},
        "zones": parts_of(assignment.document_id)["zones"],
        "blank": {layer["code"]: span.BLANK[scheme.kind(layer["code"])] for layer in scheme.layers},
    }
    objects = written(WANTED, parameters_of(assignment), STORED, REACHED)
    return f'{{"said": {json.dumps(facts, ensure_ascii=False)}, "objects": {objects}}}'


NARRATOR = Repeated(lambda: Entity.objects.filter(corpus=Slot("corpus"), outlet=Slot("outlet")).only("pk").order_by())


def narrator_of(assignment: Assignment) -> str | None:
    """The entity that the article's outlet is, if somebody made it one."""
    outlet = assignment.document.article.outlet_id
    narrator = NARRATOR.first(corpus=assignment.document.corpus_id, outlet=outlet) if outlet else None
    return narrator and str(narrator.pk)


# The facts of the document


def stamp(at: datetime | None) -> str | None:
    """To the second, in UTC."""
    return None if at is None else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def facts(assignment: Assignment) -> Object:
    source = assignment.document
    narrator = narrator_of(assignment)
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
        "default_attribution": native.DEFAULT_CLAIM | {"source_entity": narrator},
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
    mapping = SourceMap.from_dicts(source.source_map)
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
