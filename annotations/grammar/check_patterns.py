"""Are the patterns of a scheme well made? Each problem names its place, and what to write instead. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotations.grammar.patterns import OPEN, BadPattern, parse, slots, verbs

Json = Mapping[str, Any]
NOUNS = ("the", "always_the", "plural", "at", "document")  # what `names.takes` asks
AS = "unrealised_as"  # how what was not carried out is meant
ACTOR, EVENT = "actor", "event"  # a layer says its kind, or its code in small letters does
PHRASE = {"when?": {}, "phrase": str}
TYPE = {
    "noun": str,
    "frames": [{"when?": {}, "clause": str, "whole?": {"*": str}, "mentions?": bool}],
    "pieces?": [str],
    "words?": {"*": {"*": str}},
    "doers?": [str],
    "orders?": str,
    "nouns?": [PHRASE],
    "behind?": [PHRASE],
    "things?": [PHRASE],
    "needs?": [{"when?": {"*": [str]}, "of": [[str]], "ask": str}],
}
SENTENCES = {
    "said?": {"*": str},
    "carried?": {"*": str},
    "evidence?": {"*": str},
    "nouns?": {"*": [str]},
    "pieces?": [str],
    "unrealised?": {"*": str},
    "types": {"*": TYPE},
}


def check_sentences(body: Json) -> Iterator[str]:
    """Nothing for a scheme without patterns: its statements name the label."""
    section = body.get("sentences") or {}
    layers = [layer for layer in body["layers"] if EVENT in (layer.get("kind"), layer["code"].lower())]
    types = {label["code"]: (layer, label) for layer in layers for label in layer["labels"]}
    for code, patterns in (section.get("types") or {}).items():
        location = f"sentences.types.{code}"
        if code not in types:
            yield f"{location}: there is no event type {code!r}; use one of {', '.join(types)}"
            continue
        yield from once(check_type(location, patterns, *types[code]))
    common = {role["code"] for layer in layers for role in layer.get("common_roles") or []}
    for pattern in section.get("pieces") or []:
        yield from check_pattern("sentences.pieces", pattern, common, 0)
    yield from check_choices(body, section)
    yield from check_kinds(layers, section.get("unrealised") or {})
    actors = {
        label["code"]
        for layer in body["layers"]
        for label in layer["labels"]
        if ACTOR in (layer.get("kind"), layer["code"].lower())
    }
    for noun, labels in (section.get("nouns") or {}).items():
        if noun not in NOUNS:
            yield f"sentences.nouns: {noun!r} is not one of {', '.join(NOUNS)}"
        yield from (f"sentences.nouns.{noun}: there is no actor label {code!r}" for code in labels if code not in actors)


def check_kinds(layers: Iterable[Json], kinds: Json) -> Iterator[str]:
    known = [
        code for layer in layers for entry in layer.get("attributes") or [] if entry["code"] == AS for code in codes_of(entry)
    ]
    for code in kinds:
        if code not in known:
            yield f"sentences.unrealised: {code!r} is not a value of {AS}; use one of {listed(known)}"


def once(problems: Iterable[str]) -> Iterator[str]:
    """A role that is gone is missed in many patterns: the first one is named."""
    seen = set()
    for problem in problems:
        what = problem.partition(": ")[2]
        if what not in seen:
            seen.add(what)
            yield problem


def check_choices(body: Json, section: Json) -> Iterator[str]:
    """`said` and `carried` speak of modalities, `evidence` of kinds of it."""
    overlays = {entry["code"]: entry for overlay in body["overlays"] for entry in overlay["attributes"]}
    for name, attribute in (("said", "modality"), ("carried", "modality"), ("evidence", "evidence")):
        known = codes_of(overlays.get(attribute, {}))
        yield from (
            f"sentences.{name}: {code!r} is not a value of {attribute}; use one of {', '.join(known)}"
            for code in section.get(name) or {}
            if code not in known
        )


def check_type(location: str, patterns: Json, layer: Json, label: Json) -> Iterator[str]:
    own = {entry["code"]: entry for entry in label.get("attributes") or [] if isinstance(entry, Mapping)}
    roles = {role["code"] for role in [*(label.get("roles") or []), *(layer.get("common_roles") or [])]}
    names = roles | set(own)
    for number, frame in enumerate(patterns["frames"], 1):
        here = f"{location}.frames.{number}"
        yield from check_when(here, frame.get("when") or {}, own)
        yield from check_pattern(here, frame["clause"], names, 1)
        yield from check_whole(here, frame.get("whole") or {}, names, layer)
    for pattern in patterns.get("pieces") or []:
        yield from check_pattern(f"{location}.pieces", pattern, names, 0)
    for name in ("nouns", "behind", "things"):
        for entry in patterns.get(name) or []:
            yield from check_when(f"{location}.{name}", entry.get("when") or {}, own)
            yield from check_pattern(f"{location}.{name}", entry["phrase"], names, 0)
    for role in [*(patterns.get("doers") or []), *filter(None, [patterns.get("orders")])]:
        if role not in roles:
            yield f"{location}: there is no role {role!r}; use one of {listed(roles)}"
    for needs in patterns.get("needs") or []:
        yield from check_when(f"{location}.needs", needs.get("when") or {}, own)
        for name in (name for some in needs["of"] for name in some if name not in names):
            yield f"{location}.needs: {{{name}}} is not a role or attribute of the type; use one of {listed(names)}"
    yield from check_words(location, patterns.get("words") or {}, own)


def check_pattern(location: str, pattern: str, names: Iterable[str], count: int) -> Iterator[str]:
    """`count`: how many verbs it should have."""
    try:
        parts = parse(pattern)
    except BadPattern as error:
        yield f"{location}: {error}"
        return
    for name in (name for slot in slots(parts) for name in slot.names):
        if name not in names:
            yield f"{location}: {{{name}}} is not a role or attribute of the type; use one of {listed(names)}"
    if len(verbs(parts)) != count:
        remedy = "write one in square brackets, like [be sent]" if count else "a piece after a clause has no verb"
        yield f"{location}: {pattern!r} has {len(verbs(parts))} verbs; {remedy}"


def check_whole(location: str, whole: Json, names: Iterable[str], layer: Json) -> Iterator[str]:
    choices = {entry["code"]: codes_of(entry) for entry in layer.get("attributes") or []}
    known = [f"{status}.{polarity}" for status in choices.get("status", []) for polarity in choices.get("polarity", [])]
    for key, pattern in whole.items():
        if key not in known:
            yield f"{location}.whole: {key!r} is not a status and polarity; use one of {', '.join(known)}"
        yield from check_pattern(f"{location}.whole.{key}", pattern, names, 0)


def check_when(location: str, when: Json, own: Mapping[str, Json]) -> Iterator[str]:
    for code, values in when.items():
        if code not in own:
            yield f"{location}.when: the type has no attribute {code!r}; use one of {listed(own)}"
            continue
        known = [*codes_of(own[code]), *([True, False] if own[code]["type"] == "bool" else []), OPEN]
        if known == [OPEN]:
            continue  # a text, or an enum that lacks its choices, which is told of there
        for value in values if isinstance(values, list) else [values]:
            if value not in known:
                yield f"{location}.when: {code} has no {value!r}; use one of {listed(known)}"


def check_words(location: str, words: Json, own: Mapping[str, Json]) -> Iterator[str]:
    for code, table in words.items():
        if code not in own:
            yield f"{location}.words: the type has no attribute {code!r}; use one of {listed(own)}"
            continue
        yield from (
            f"{location}.words.{code}: {value!r} is not one of its values; use one of {listed([*codes_of(own[code]), '*'])}"
            for value in table
            if value != "*" and value not in codes_of(own[code])
        )


def codes_of(attribute: Json) -> list[str]:
    choices = attribute.get("choices")
    return [choice["code"] for choice in choices] if isinstance(choices, list) else []


def listed(names: Iterable[Any]) -> str:
    return ", ".join(sorted(map(str, names))) or "none"
