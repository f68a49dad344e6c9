"""Two native documents as what they say: without ids, order, and what is worked out of the rest."""

import json

DERIVED = ("segment", "start", "end", "quote", "discontinuous", "attribution", "attributions", "factuality", "realis",
           "raw_start", "raw_end", "mentions", "key", "extra", "revision", "rated")  # fmt: skip
ARRAYS = ("entities", "mentions", "measure_refs", "events", "attributions", "relations")
LITERAL = ("fragments", "cue", "content", "time")  # where offsets are said, not worked out
UNSAID = (None, [], {})
WORDS = ("quote", "text", "name", "note", "paragraph")  # never ids
UNORDERED = ("arguments", "triggers")


def comparable(document):
    """Every object by what it says; those that others point at by their words."""
    names = naming(document)
    found = {array: sorted(json.dumps(said(item, names), sort_keys=True) for item in document[array]) for array in ARRAYS}
    return found | {"notes": sorted(document["adjudication_notes"]), "title": document["document"].get("title")}


def naming(document):
    marks = [*document["mentions"], *document["measure_refs"], *document["attributions"]]
    names = {item["id"]: f"{item.get('label')} {places(item)}" for item in marks}
    names |= {item["id"]: f"{item['type']} {item['name']}" for item in document["entities"]}
    events = {item["id"]: f"event {item['type']} {sorted(names[t] for t in item['triggers'])}" for item in document["events"]}
    return names | events


def places(item):
    return [(part["start"], part["end"]) for part in item.get("fragments") or item.get("content")]


def said(value, names, field=""):
    if isinstance(value, dict):
        gone = ("raw_start", "raw_end") if field in LITERAL else ("id", *DERIVED)
        kept = {key: said(entry, names, key) for key, entry in value.items() if key not in gone}
        return {key: entry for key, entry in kept.items() if entry is False or entry not in UNSAID}
    if isinstance(value, list):
        entries = [said(entry, names, field) for entry in value]
        return sorted(entries, key=json.dumps) if field in UNORDERED else entries
    return names.get(value, value) if isinstance(value, str) and field not in WORDS else value


def without(document, *, unmarked=(), notes=False):
    gone = {item["id"] for item in unmarked}
    kept = [item for item in document["entities"] if item["id"] not in gone]
    return document | {"entities": kept} | ({"adjudication_notes": []} if notes else {})
