"""Do two native documents say the same? Ids and the order of lists do not count, content does.

A mark is known by layer, label and fragments, an entity by type and name, an event by its triggers,
a claim by its content and cue, a citation by its fragments. References are replaced by what they
refer to, so that a reference to another thing is a difference. Derived fields are left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.text.fragments import quote_of

Json = Mapping[str, Any]
SHOWN = 60
ABSENT = "nothing"
FACTS = (
    "title", "language", "source_file", "published", "raw_sha256", "raw_length",
    "clean_sha256", "clean_length",
)  # fmt: skip
CLAIM_FIELDS = (
    "source_basis", "mode", "modality", "evidence", "reliability", "credibility", "rating_note", "note",
)  # fmt: skip
ENTITY_FIELDS = ("reference", "anonymous", "screening", "note", "same_as", "name_kinds")
ENTITY_LISTS = ("aliases", "countries", "births", "identifiers", "list_links")
RAW = "raw"


@dataclass(frozen=True)
class Difference:
    """`where` names the thing and its field; `left` and `right` are what each document has there."""

    kind: str
    where: str
    left: Any
    right: Any

    def __str__(self) -> str:
        return f"{self.kind}: {self.where}: {shown(self.left)} ≠ {shown(self.right)}"


def compare(left: Json, right: Json) -> list[Difference]:
    """All differences; empty where both documents say the same."""
    ours, theirs = Said(left), Said(right)
    return [difference for kind in KINDS for difference in differences(kind, ours.things(kind), theirs.things(kind))]


def differences(kind: str, left: dict[str, list[Json]], right: dict[str, list[Json]]) -> Iterator[Difference]:
    for name in sorted(left.keys() | right.keys()):
        ours, theirs = sorted(left.get(name, []), key=canonical), sorted(right.get(name, []), key=canonical)
        for one, other in zip(ours, theirs, strict=False):
            yield from field_differences(kind, name, one, other)
        for _ in ours[len(theirs) :]:
            yield Difference(kind, name, "there", ABSENT)
        for _ in theirs[len(ours) :]:
            yield Difference(kind, name, ABSENT, "there")


def field_differences(kind: str, name: str, left: Json, right: Json) -> Iterator[Difference]:
    for field in sorted(left.keys() | right.keys()):
        if field == RAW and not (left.get(RAW) and right.get(RAW)):
            # Raw offsets stand in files only.
            continue
        ours, theirs = left.get(field), right.get(field)
        if ours != theirs:
            yield Difference(kind, f"{name}, {field}" if field else name, ours, theirs)


class Said:
    """What one document says, without its ids."""

    def __init__(self, doc: Json) -> None:
        self.doc = doc
        self.entities = {x["id"]: f"{x['type']} “{x['name']}”" for x in self.all("entities")}
        self.spans = {x["id"]: f"{x['layer']} {x['label']} {placed(x['fragments'])}" for x in self.all("mentions")}
        self.citations = {x["id"]: placed(x["fragments"]) for x in self.all("measure_refs")}
        self.claims = {x["id"]: claim_name(x) for x in self.all("attributions")}
        self.events = {x["id"]: self.event_name(x) for x in self.all("events")}

    def all(self, key: str) -> list[Json]:
        return list(self.doc.get(key) or [])

    def event_name(self, event: Json) -> str:
        triggers = sorted(self.spans[x["id"]] for x in self.all("mentions") if x.get("event") == event["id"])
        return " + ".join(triggers) or f"{event['type']} without a mark"

    def things(self, kind: str) -> dict[str, list[Json]]:
        """Name → the contents of the things of that name; only marks by mistake share one."""
        found: dict[str, list[Json]] = defaultdict(list)
        for name, content in KINDS[kind](self):
            found[name].append(full(content))
        return dict(found)

    # References

    def referred(self, value: Any) -> str | None:
        """{"mention": id} and the like → what is meant."""
        if not value:
            return None
        for key, names in self.by_key().items():
            if value.get(key) is not None:
                return names.get(value[key], f"unknown {value[key]}")
        return None

    def by_key(self) -> dict[str, dict[str, str]]:
        return {
            "mention": self.spans,
            "figure": self.spans,
            "entity": self.entities,
            "event": self.events,
            "measure_ref": self.citations,
        }

    def end(self, pk: str) -> str:
        """One end of a link: a mark or an event."""
        return self.spans.get(pk) or self.events.get(pk) or f"unknown {pk}"

    def entity(self, pk: str | None) -> str | None:
        return self.entities.get(pk, f"unknown {pk}") if pk else None


# What is said of each kind of thing


def entities(said: Said) -> Iterator[tuple[str, Json]]:
    for item in said.all("entities"):
        lists = {field: sorted(map(canonical, item.get(field) or [])) for field in ENTITY_LISTS}
        yield said.entities[item["id"]], {**only(item, ENTITY_FIELDS), **lists}


def relations(said: Said) -> Iterator[tuple[str, Json]]:
    for item in said.all("entity_relations"):
        source, target = said.entity(item["source"]), said.entity(item["target"])
        yield f"{source} {item['type']} {target}", only(item, ("basis", "note"))


def marks(said: Said) -> Iterator[tuple[str, Json]]:
    for item in said.all("mentions"):
        given = dict(item.get("attributes") or {})
        per = given.get("per_count") or {}
        given |= {
            "entity": said.entity(given.get("entity")),
            "counted": said.referred(given.get("counted")),
            "of_whole": said.referred(given.get("of_whole")),
            "per_count": None,
            "per_count n": per.get("n"),
            "per_count figure": said.referred({"figure": per.get("figure")}),
            "per_count mention": said.referred({"mention": per.get("mention")}),
        }
        quotes = [part.get("quote") for part in item["fragments"]]
        event = said.referred({"event": item.get("event")}) and "belongs to an event"
        yield said.spans[item["id"]], {**given, "quotes": quotes, "event": event, RAW: raw(item["fragments"])}


def events(said: Said) -> Iterator[tuple[str, Json]]:
    for item in said.all("events"):
        arguments = sorted(f"{x['role']} = {said.referred(x)}" for x in item.get("arguments") or [])
        fields = only(item, ("type", "status", "polarity", "certainty", "note"))
        yield (
            said.events[item["id"]],
            {
                **fields,
                **{f"attribute {code}": value for code, value in (item.get("attributes") or {}).items()},
                **{f"time {code}": value for code, value in (item.get("time") or {}).items()},
                "arguments": arguments,
            },
        )


def claims(said: Said) -> Iterator[tuple[str, Json]]:
    for item in said.all("attributions"):
        parts = [*(item.get("cue") or []), *item["content"]]
        parent = item.get("parent")
        yield (
            said.claims[item["id"]],
            {
                **only(item, CLAIM_FIELDS),
                "source mark": said.referred({"mention": item.get("source_mention")}),
                "source": said.entity(item.get("source_entity")),
                "parent": said.claims.get(parent, f"unknown {parent}") if parent else None,
                "quotes": [part.get("quote") for part in parts],
                RAW: raw(parts),
            },
        )


def citations(said: Said) -> Iterator[tuple[str, Json]]:
    for item in said.all("measure_refs"):
        fields = only(item, ("measure", "paragraph", "paragraph_basis", "note"))
        quotes = [part.get("quote") for part in item["fragments"]]
        yield said.citations[item["id"]], {**fields, "quotes": quotes, RAW: raw(item["fragments"])}


def links(said: Said) -> Iterator[tuple[str, Json]]:
    for item in said.all("relations"):
        yield f"{said.end(item['source'])} {item['type']} {said.end(item['target'])}", {}


# What is said of the document


def facts(said: Said) -> Iterator[tuple[str, Json]]:
    document = said.doc.get("document") or {}
    outlet = document.get("outlet")
    names = {x["id"]: x["name"] for x in said.all("entities")}
    # Whoever loads a document has its word for the address, and only that.
    address = document.get("url") or document.get("claimed_url")
    yield "document", {**only(document, FACTS), "outlet": names.get(outlet, outlet), "address": address}
    yield "scheme", scheme_of(said.doc.get("scheme") or {})
    default = said.doc.get("default_attribution") or {}
    yield "narrator", {"source": said.entity(default.get("source_entity"))}


def scheme_of(scheme: Json) -> Json:
    """Under versions of one first number words mean the same."""
    return {"code": scheme.get("code"), "version": str(scheme.get("version") or "").split(".")[0]}


def listed(key: str, *fields: str) -> Any:
    """Rows of a list that are known by all that they say."""

    def rows(said: Said) -> Iterator[tuple[str, Json]]:
        for item in said.all(key):
            yield ", ".join(f"{field} {shown(item.get(field))}" for field in fields), {}

    return rows


def notes(said: Said) -> Iterator[tuple[str, Json]]:
    return ((note, {}) for note in said.doc.get("adjudication_notes") or [])


KINDS = {
    "document": facts,
    "segment": listed("segments", "kind", "start", "end"),
    "zone": listed("zones", "kind", "start", "end", "quote"),
    "repair": listed("normalisation", "op", "raw_start", "raw_end", "raw", "clean", "clean_start", "why"),
    "source map": listed("source_map", "op", "clean_start", "clean_end", "raw_start", "raw_end"),
    "entity": entities,
    "relation": relations,
    "mark": marks,
    "event": events,
    "claim": claims,
    "citation": citations,
    "link": links,
    "note": notes,
}


# Names


def placed(fragments: Sequence[Json]) -> str:
    """“sending … back” at 2001–2008, 2036–2040."""
    where = ", ".join(f"{part['start']}–{part['end']}" for part in fragments)
    return f"“{quote_of(fragments)[:SHOWN]}” at {where}"


def claim_name(claim: Json) -> str:
    cue = claim.get("cue") or []
    return placed(claim["content"]) + (f" by {placed(cue)}" if cue else "")


def raw(fragments: Sequence[Json]) -> list[Any]:
    known = [[part["raw_start"], part["raw_end"]] for part in fragments if part.get("raw_start") is not None]
    return known if len(known) == len(fragments) else []


def only(item: Json, fields: Iterable[str]) -> dict[str, Any]:
    return {field: item.get(field) for field in fields}


def full(content: Json) -> dict[str, Any]:
    """Without fields that say nothing: missing, null, false and empty mean the same."""
    return {field: value for field, value in content.items() if not silent(value)}


def silent(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, (str, list, dict)) and not value)


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def shown(value: Any) -> str:
    text = value if isinstance(value, str) else canonical(value)
    return text if len(text) <= SHOWN * 3 else f"{text[: SHOWN * 3]}…"
