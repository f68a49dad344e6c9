"""Is the table of cues in a scheme well made? A row is named by its part and its first word: `factuality.en.governors.order`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
STATED = (str, [str])
VALUES = {"status?": STATED, "polarity?": STATED, "certainty?": STATED, "unrealised_as?": STATED}
CUE = {
    "words?": [str],
    "verbs?": [str],
    "with?": [str],
    "implies?": str,
    "raises?": str,
    "only?": str,
    "kind?": str,
    "object?": bool,
    "after_be?": bool,
    "demotes?": bool,
    "behind?": bool,
    "closed?": bool,
    "far?": bool,
    "near?": int,
    **VALUES,
    "past?": VALUES,
    "perfect?": VALUES,
    "denied?": VALUES,
}
OWN = {
    "label": str,
    "attribute": str,
    "value": (str, bool, [str]),
    "where": str,
    "words?": [str],
    "verbs?": [str],
    "denied?": [str],
    "beside?": {"*": (str, bool)},
}
PARTS = ("modals", "governors", "negations", "subjects", "clauses", "openers", "adverbs", "nouns", "before", "after")
LANGUAGE = {
    "constructions?": {"*": VALUES},
    **{f"{part}?": [CUE] for part in PARTS},
    "own?": [OWN],
    "joined?": [str],
    "undone?": [str],
}
SHAPE = {"*": LANGUAGE}
ATTRIBUTES = ("status", "polarity", "certainty", "unrealised_as")
# What a row may say besides values, and in which words.
FLAGS: Mapping[str, tuple[str, ...]] = {
    "implies": ("read", "offered"),
    "raises": ("read", "offered"),
    "only": ("present", "past"),
    "kind": ("known", "likely", "alleged", "wanted", "doubted", "refuted"),
}
WAYS = ("to", "ing", "from")
VARIANTS = ("past", "perfect", "denied")
WHERE = ("trigger", "clause", "governor", "after")
KNOWN = {key.removesuffix("?") for key in CUE}


def check_factuality(body: Json) -> Iterator[str]:
    """Problems of the rows, one line each; their shape is known to be right."""
    layer: Json = next((layer for layer in body["layers"] if is_event_layer(layer)), {})
    choices = {entry["code"]: codes_of(entry) for entry in layer.get("attributes") or []}
    labels = {label["code"]: label for label in layer.get("labels") or []}
    for language, tables in (body.get("factuality") or {}).items():
        location = f"factuality.{language}"
        for name, row in (tables.get("constructions") or {}).items():
            yield from check_values(f"{location}.constructions.{name}", row, choices)
        for part in PARTS:
            for row in tables.get(part) or []:
                yield from check_cue(f"{location}.{part}.{name_of(row)}", row, choices)
        for row in tables.get("own") or []:
            yield from check_own(f"{location}.own.{row['label']}.{row['attribute']}.{name_of(row)}", row, labels)


def is_event_layer(layer: Json) -> bool:
    return bool((layer.get("kind") if layer.get("kind") in ("actor", "figure", "event") else layer["code"].lower()) == "event")


def name_of(row: Json) -> str:
    words = [*(row.get("words") or ()), *(row.get("verbs") or ())]
    return words[0] if words else "?"


def codes_of(attribute: Json) -> list[str]:
    choices = attribute.get("choices")
    return [choice["code"] for choice in choices] if isinstance(choices, list) else []


def check_words(location: str, row: Json) -> Iterator[str]:
    words = [*(row.get("words") or ()), *(row.get("verbs") or ())]
    if not words:
        yield f"{location}: has neither `words` nor `verbs`"
    if not all(word.strip() for word in words):
        yield f"{location}: has an empty word"


def check_cue(location: str, row: Json, choices: Mapping[str, list[str]]) -> Iterator[str]:
    yield from check_words(location, row)
    yield from (f"{location}: unknown key `{key}`" for key in sorted(row.keys() - KNOWN))
    yield from check_values(location, row, choices)
    for variant in VARIANTS:
        yield from check_values(f"{location}.{variant}", row.get(variant) or {}, choices)
    for flag, known in FLAGS.items():
        if flag in row and row[flag] not in known:
            yield f"{location}.{flag}: {row[flag]!r} is not one of {', '.join(known)}"
    unknown = [way for way in row.get("with") or () if way not in WAYS]
    yield from (f"{location}.with: {way!r} is not one of {', '.join(WAYS)}" for way in unknown)


def check_values(location: str, row: Json, choices: Mapping[str, list[str]]) -> Iterator[str]:
    for attribute in ATTRIBUTES:
        unknown = [value for value in listed(row.get(attribute)) if value not in choices.get(attribute, ())]
        yield from (f"{location}: {attribute} {value!r} is not one of the choices" for value in unknown)


def check_own(location: str, row: Json, labels: Mapping[str, Json]) -> Iterator[str]:
    yield from check_words(location, row)
    if row["where"] not in WHERE:
        yield f"{location}: where {row['where']!r} is not one of {', '.join(WHERE)}"
    if row["label"] not in labels:
        yield f"{location}: there is no event {row['label']!r}"
        return
    own = {entry["code"]: entry for entry in labels[row["label"]].get("attributes") or []}
    stated = [(row["attribute"], value) for value in (*listed(row["value"]), *listed(row.get("denied")))]
    for attribute, value in (*stated, *(row.get("beside") or {}).items()):
        if attribute not in own:
            yield f"{location}: {row['label']} has no attribute {attribute!r}"
        elif not may_be(own[attribute], value):
            yield f"{location}: {row['label']} has no {attribute} {value!r}"


def may_be(attribute: Json, value: Any) -> bool:
    """An attribute without choices has its own line already."""
    if attribute["type"] == "bool":
        return isinstance(value, bool)
    return not codes_of(attribute) or value in codes_of(attribute)


def listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]
