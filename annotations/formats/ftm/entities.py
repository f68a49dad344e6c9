"""Entities and what lies between them, for FollowTheMoney. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.formats.base import Losses
from annotations.formats.ftm.schema import (
    ASSETS,
    IDENTIFIERS,
    LEGAL,
    ORGANIZATIONS,
    countries,
    entity_id,
    ftm_entity,
    ident,
    schema_of,
    texts,
)
from annotations.native.view import Object

CONFIRMED = "confirmed"
PARTIAL = re.compile("[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def entities(view: DocumentView, losses: Losses, listed_facts: Object) -> Iterator[Object]:
    """`listed_facts`: what lists say of the entries of confirmed links, by list and reference."""

    def facts_of(link: Object) -> Object:
        return listed_facts.get(called(link)) or {}

    for entity in view.entities():
        schema = schema_of(view.scheme, str(entity["type"]))
        known, rest = identifiers(entity, schema)
        births = [f"Born {birth['edtf']}: “{birth['words']}”" for birth in entity.get("births") or []]
        listed = [link for link in entity.get("list_links") or [] if link.get("match") == CONFIRMED]
        doubtful = [link for link in entity.get("list_links") or [] if link.get("match") != CONFIRMED]
        for link in doubtful:
            losses.lose("unconfirmed links to lists written only in notes", f"{view.key} {entity['id']} {link.get('entry')}")
        yield ftm_entity(
            entity_id(entity),
            schema,
            name=texts(entity["name"]) or entity["id"],
            alias=list(entity.get("aliases") or []),
            country=countries(entity.get("countries") or []),
            birthDate=birth_dates(entity) if schema == "Person" else None,
            publisher=[issuer["name"] for issuer in view.issuers.get(str(entity["id"]), [])] if schema == "Document" else None,
            topics="sanction" if any(not facts_of(link).get("delisted_on") for link in listed) else None,
            notes=[
                entity.get("note"),
                *described(entity),
                *births,
                *rest,
                *(f"{called(link)}: {link.get('match')} match" for link in doubtful),
            ],
            **known,
        )
        yield from (sanction(entity, link, facts_of(link)) for link in listed)


def identifiers(entity: Object, schema: str) -> tuple[dict[str, list[str]], list[str]]:
    """Those that are properties, and the others as lines."""
    known: dict[str, list[str]] = {}
    rest = []
    for entry in entity.get("identifiers") or []:
        name, value = str(entry.get("scheme")), str(entry.get("value"))
        identifier = IDENTIFIERS.get((name, "")) or IDENTIFIERS.get((name, schema))
        if identifier and identifier[1].fullmatch(value):
            known.setdefault(identifier[0], []).append(value)
        else:
            rest.append(f"{name}: {value}")
    return known, rest


def birth_dates(entity: Object) -> list[str]:
    """Those that are a year, a month or a day: FollowTheMoney has no other ones."""
    return [str(birth["edtf"]) for birth in entity.get("births") or [] if PARTIAL.fullmatch(str(birth["edtf"]))]


def described(entity: Object) -> Iterator[str]:
    if entity.get("anonymous"):
        yield "Unnamed in the article."
    if entity.get("reference") == "generic":
        yield "A class, not an individual."
    if entity.get("same_as"):
        yield f"Shared register: {entity['same_as']}"


def called(link: Object) -> str:
    return f"{link.get('list')} {link.get('entry')}"


def sanction(entity: Object, link: Object, facts: Object) -> Object:
    """`facts`: issuer, programmes, days of listing and delisting, references to other lists, where the list is loaded."""
    references = facts.get("references") or []
    return ftm_entity(
        ident("sanction", entity_id(entity), link.get("list"), link.get("entry")),
        "Sanction",
        entity=entity_id(entity),
        authority=facts.get("authority") or None,
        authorityId=link.get("entry"),
        program=facts.get("programmes") or None,
        recordId=link.get("entry"),
        listingDate=facts.get("listed_on") or None,
        startDate=facts.get("listed_on") or None,
        endDate=facts.get("delisted_on") or None,
        unscId=[ref for name, ref in references if str(name).upper().startswith("UN")],
        summary=[
            f"Entry of the list {link.get('list')}" + (f" of {link['list_version']}" if link.get("list_version") else ""),
            f"Not in the list since its version of {facts['delisted_on']}" if facts.get("delisted_on") else None,
            *(f"Also listed as {name} {ref}" for name, ref in references),
            link.get("note"),
        ],
    )


# Between entities


def relations(view: DocumentView) -> Iterator[Object]:
    known = {record["code"]: record["name"] for record in view.scheme.entity_relations}
    for relation in view.relations():
        source, target = view.entity(relation["source"]), view.entity(relation["target"])
        if source and target:
            yield between(view, relation, source, target, str(known.get(relation["type"], relation["type"])))


def between(view: DocumentView, relation: Object, source: Object, target: Object, name: str) -> Object:
    """The schema that fits both ends; an UnknownLink where none does."""
    ends = schema_of(view.scheme, str(source["type"])), schema_of(view.scheme, str(target["type"]))
    schema, first, second = shape(str(relation["type"]), *ends)
    properties: dict[str, Any] = {first: entity_id(source), second: entity_id(target)}
    basis = relation.get("basis")
    summary = f"{source['name']}: {name} {target['name']}" + (f" ({basis})" if basis else "")
    pk = ident("relation", entity_id(source), str(relation["type"]).replace("_", "-"), entity_id(target))
    return ftm_entity(pk, schema, role=name, summary=[summary, relation.get("note")], **properties)


def shape(relation: str, source: str, target: str) -> tuple[str, str, str]:
    """Schema and the properties of its ends."""
    if relation == "works_for" and source == "Person" and target in ORGANIZATIONS:
        return "Employment", "employee", "employer"
    if relation == "acts_for" and source in LEGAL and target in LEGAL:
        return "Representation", "agent", "client"
    if relation == "controls" and source in LEGAL and target in ASSETS:
        return "Ownership", "owner", "asset"
    return "UnknownLink", "subject", "object"
