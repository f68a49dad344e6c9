"""OpenSanctions: data.opensanctions.org, entities.ftm.json and targets.nested.json, one entity of FollowTheMoney as JSON in each line.

An entry is a person, body or craft with a topic that begins with `sanction`; the other entities are counted as losses under their schema. Programmes are
the data sets, references the identifiers under which other lists have the same entity. The licence is CC BY-NC: data of it never comes with Attest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from corpus.text.storable import UnstorableText, storable
from registry.lists import dates
from registry.lists.draft import EntryDraft, each_once
from registry.lists.files import THE_FILE, opened
from registry.lists.record import EntryKind, EntryRecord, ListContents, NameKind, UnreadableList

TITLE, NUMBER = "OpenSanctions, FollowTheMoney", 1
KINDS: dict[str, EntryKind] = {
    "Person": "person",
    "Company": "body",
    "Organization": "body",
    "PublicBody": "body",
    "LegalEntity": "body",
    "Vessel": "craft",
    "Airplane": "craft",
}
TOPIC = "sanction"
LONGEST_LINE = 10_000_000  # bytes
NAMES: dict[str, NameKind] = {"name": "alias", "alias": "alias", "previousName": "former", "weakAlias": "weak"}
COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "mainCountry", "flag")
SCHEMES = {
    "passportNumber": "passport",
    "idNumber": "national id",
    "taxNumber": "tax",
    "innCode": "tax",
    "registrationNumber": "registration",
    "ogrnCode": "registration",
    "swiftBic": "swift",
    "leiCode": "lei",
    "uscCode": "uscc",
    "wikidataId": "wikidata",
}
IMO, MMSI, BIRTH, SANCTIONS, LISTED = "imoNumber", "mmsi", "birthDate", "sanctions", "listingDate"
REMARKS = ("notes",)
TOP = {"id", "schema", "properties", "caption", "datasets", "referents"}
CONSUMED = {"topics", IMO, MMSI, BIRTH, *NAMES, *COUNTRIES, *SCHEMES, *REMARKS}
# Prefixes of OpenSanctions, with the list and the reference there.
REFERENTS = (
    (re.compile(r"ofac-([0-9]+)"), "ofac", r"\1"),
    (re.compile(r"eu-fsf-eu-([0-9]+)-([0-9]+)"), "eu", r"EU.\1.\2"),
)
OTHERS = "opensanctions"


def read(file: Path) -> ListContents:
    contents = ListContents(entries=())
    contents.entries = each_once(entries(file, contents))
    return contents


def entries(file: Path, contents: ListContents) -> Iterator[EntryRecord]:
    with opened(file) as stream:
        for location, entity in entities(stream):
            properties = entity["properties"]
            topics = texts(properties, "topics", location)
            if entity["schema"] not in KINDS:
                contents.losses[entity["schema"]] += 1
            elif not any(topic.startswith(TOPIC) for topic in topics):
                contents.losses[f"{entity['schema']} without a topic of sanctions"] += 1
            else:
                yield entry(entity, topics, contents, location)


def entities(stream: BinaryIO) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place of the line, entity) of each line that is not empty."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        location = f"{THE_FILE}, line {number:,}"
        if len(line) > LONGEST_LINE:
            raise UnreadableList(f"{location}: has more than {LONGEST_LINE // 10**6} MB")
        if line.strip():
            yield location, checked(parsed(line, location), location)


def parsed(line: bytes, location: str) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableList(f"{location}: not UTF-8: {error.reason}") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableList(f"{location}: not JSON: {error}") from None


def checked(entity: Any, location: str) -> dict[str, Any]:
    """The entity. Raises UnreadableList for what is none."""
    if isinstance(entity, dict) and "op" in entity and "entity" in entity:
        raise UnreadableList(f"{location}: a change (entities.delta.json), and not an entity")
    shape = {"id": str, "schema": str, "properties": dict}
    if not isinstance(entity, dict) or not all(isinstance(entity.get(key), kind) for key, kind in shape.items()):
        raise UnreadableList(f"{location}: not an entity of FollowTheMoney with id, schema and properties")
    for text in (entity["id"], entity["schema"]):
        check_text(text, location)
    return entity


def check_text(text: str, location: str) -> str:
    try:
        return storable(text)
    except UnstorableText as error:
        raise UnreadableList(f"{location}: {error}") from None


def texts(values: dict[str, Any], name: str, location: str) -> list[str]:
    """The values of a property that are texts; what is nested in targets.nested.json are objects."""
    listed = values.get(name, [])
    if not isinstance(listed, list):
        raise UnreadableList(f"{location}: {name[:40]} is not a list")
    return [check_text(each, location) for each in listed if isinstance(each, str)]


def entry(entity: dict[str, Any], topics: list[str], contents: ListContents, location: str) -> EntryRecord:
    properties = {name: texts(entity["properties"], name, location) for name in CONSUMED}
    draft = EntryDraft(KINDS[entity["schema"]], contents.losses)
    add_names(draft, properties, entity.get("caption"))
    add_facts(draft, properties)
    if TOPIC not in topics:
        draft.add_remark(f"Topics: {', '.join(topics)}")
    for data_set in texts(entity, "datasets", location):
        draft.add_programme(data_set)
    for referent in texts(entity, "referents", location):
        draft.add_reference(*reference(referent))
    return draft.record(entity["id"].strip(), listed_on(entity, contents, location))


def add_names(draft: EntryDraft, properties: dict[str, list[str]], caption: Any) -> None:
    """The caption is the primary name if it is one of the names, and else the first of them."""
    names = properties["name"]
    primary = caption if caption in names else next(iter(names), "")
    draft.add_name_once(primary, "primary")
    for name, kind in NAMES.items():
        for text in properties[name]:
            if name != "name" or text != primary:
                draft.add_name_once(text, kind)


def add_facts(draft: EntryDraft, properties: dict[str, list[str]]) -> None:
    for birth in properties[BIRTH]:
        draft.add_birth(birth, dates.iso(birth), f"properties/{BIRTH}")
    for name in COUNTRIES:
        for country in properties[name]:
            draft.add_country(country, f"properties/{name}")
    for name, scheme in SCHEMES.items():
        for number in properties[name]:
            draft.add_number(scheme, number, f"properties/{name}")
    for number in properties[IMO]:
        draft.add_imo(number, f"properties/{IMO}")
    for number in properties[MMSI]:
        draft.add_mmsi(number, f"properties/{MMSI}")
    for name in REMARKS:
        for text in properties[name]:
            draft.add_remark(text)


def listed_on(entity: dict[str, Any], contents: ListContents, location: str) -> str:
    """The day of listing that the nested sanctions state, if they state one; counts what else the entity has."""
    nested = entity["properties"].get(SANCTIONS, [])
    sanctions = [each.get("properties", {}) for each in nested if isinstance(each, dict)] if isinstance(nested, list) else []
    days = {day for each in sanctions if isinstance(each, dict) for day in texts(each, LISTED, location)}
    losses = contents.losses
    losses.update(check_text(key, location) for key, value in entity.items() if key not in TOP and value)
    losses.update(
        f"properties/{check_text(key, location)}" for key, value in entity["properties"].items() if key not in CONSUMED and value
    )
    if len(days) == 1:
        return dates.day(days.pop())
    if days:
        losses[f"properties/{SANCTIONS}/{LISTED}: several days"] += 1
    return ""


def reference(referent: str) -> tuple[str, str]:
    for pattern, code, ref in REFERENTS:
        if match := pattern.fullmatch(referent):
            return code, match.expand(ref)
    return OTHERS, referent
