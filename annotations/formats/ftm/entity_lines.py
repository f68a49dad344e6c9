"""FollowTheMoney entities, one a line: articles, whom they mention, what happened, who paid whom.

Pure. Positions are not held, nor ranges, rates, ratings and chains of claims: what they say stands readably in `summary` and
`notes`, and is counted. Ids are ours and stable. Memory grows with the number of entities only, by their ids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from annotations.derived.document_view import DocumentView
from annotations.formats.base import FACTS, Losses
from annotations.formats.columns import views
from annotations.formats.ftm.entities import entities, relations
from annotations.formats.ftm.events import happenings
from annotations.formats.ftm.schema import (
    LANGUAGES,
    LEGAL,
    address,
    countries,
    date,
    entity_id,
    ftm_entity,
    id_prefix,
    ident,
    schema_of,
    texts,
)
from annotations.native.annotated import Annotated
from annotations.native.view import Object

TITLE = "FollowTheMoney entities"
EXTENSION = ".ftm.json"
MEDIA_TYPE = "application/x-ndjson"
OFFSETS = "None: FollowTheMoney has no positions"
TAKES = "native"
HOLDS = frozenset({FACTS})
LISTED = True  # takes what lists say of linked entries, as the option `listed`

PRONOUN = "PRO"
UNHELD = {
    "attributions": "claims written only as the source of a sentence",
    "measure_refs": "citations written only in sentences",
    "relations": "links between figures, events or claims left out",
    "adjudication_notes": "notes on the article left out",
}


def write(documents: Iterable[Annotated], losses: Losses, options: Mapping[str, str]) -> Iterator[bytes]:
    written: set[str] = set()  # an article or entity of several documents stands once
    listed = json.loads(options.get("listed", "{}"))
    for view in views(documents):
        unwritten = (entry for entry in everything(view, losses, listed) if entry["id"] not in written)
        lines = []
        for entry in unwritten:
            written.add(entry["id"])
            lines.append(json.dumps(entry, ensure_ascii=False) + "\n")
        if lines:
            yield "".join(lines).encode()


def everything(view: DocumentView, losses: Losses, listed: Object | None = None) -> Iterator[Object]:
    article = ident("article", view.facts.get("article") or view.key)
    count(view, losses)
    yield written_about(view, article)
    yield from entities(view, losses, listed or {})
    yield from relations(view)
    yield from mentions(view, article, losses)
    yield from documentation(view, article)
    yield from happenings(view, article, losses)


def count(view: DocumentView, losses: Losses) -> None:
    for name, kind in UNHELD.items():
        if number := len(view.doc.get(name) or []):
            losses.lose(kind, view.key, number)
    for mention in view.spans():
        if view.scheme.kind(mention["layer"]) == "figure":
            losses.lose("figures written only in sentences", f"{view.key} {mention['id']}")
    losses.lose("texts left out, with the offsets in them", view.key)


def written_about(view: DocumentView, article: str) -> Object:
    facts = view.facts
    return ftm_entity(
        article,
        "Article",
        title=texts(facts.get("title")) or view.key,
        publisher=view.outlet,
        sourceUrl=address(facts.get("url")),
        publishedAt=date(view.published),
        contentHash=hashlib.sha1(view.text.encode("utf-8", "replace"), usedforsecurity=False).hexdigest(),
        language=LANGUAGES.get(str(facts.get("language") or "").split("-")[0]),
        notes=[
            "Draft: the marks are not submitted" if view.draft else None,
            f"Date of publication: {view.published['edtf']} ({view.published.get('basis')})"
            if view.published.get("edtf")
            else None,
            None if facts.get("url") else f"Address: {view.address}" if view.address else None,
            None if view.outlet else f"Outlet: {view.publisher}" if view.publisher else None,
        ],
    )


def mentions(view: DocumentView, article: str, losses: Losses) -> Iterator[Object]:
    """Names and descriptions of actors; a pronoun names nobody."""
    for mention in view.spans():
        if view.scheme.kind(mention["layer"]) != "actor":
            continue
        where = f"{view.key} {mention['id']}"
        attributes = mention.get("attributes") or {}
        if attributes.get("mention_type") == PRONOUN:
            losses.lose("pronouns left out", where)
            continue
        name = texts(view.quote(mention["fragments"]))
        if not name:
            losses.lose("marks of spaces and quotation marks only left out", where)
            continue
        means = view.meant({"entity": attributes.get("entity")})
        schema = schema_of(view.scheme, str(means.get("type") or mention["label"]))
        if means and schema not in LEGAL:
            losses.lose("mentions of places, sites, vessels and documents without their entity", where)
        yield ftm_entity(
            ident("mention", id_prefix(view), mention["id"]),
            "Mention",
            document=article,
            name=name,
            resolved=entity_id(means) if means and schema in LEGAL else None,
            detectedSchema=schema,
            contextCountry=countries(means.get("countries") or []),
        )


def documentation(view: DocumentView, article: str) -> Iterator[Object]:
    """That an article speaks of an entity."""
    entities = {str(means["id"]): means for mention in view.spans() if (means := view.meant({"mention": mention["id"]}))}
    for pk, means in entities.items():
        role = f"mentioned as {means['name']}"
        yield ftm_entity(
            ident("documentation", article.removeprefix("article-"), pk),
            "Documentation",
            document=article,
            entity=entity_id(means),
            role=role,
        )
