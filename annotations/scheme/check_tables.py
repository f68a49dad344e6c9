"""The tables of a scheme that steer the page: which words speak for a role, how events follow from each other, named filters,
how the words of an actor's mark tell a name from a pronoun, what the words around a trigger say of its event, how statements are
worded, which units there are beside those of UCUM, and what questions across articles need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotations.grammar.check_patterns import SENTENCES, check_sentences
from annotations.scheme import check_cues as cues
from annotations.scheme import check_questions as questions
from annotations.unstated.answers import NOT_STATED
from annotations.unstated.earlier import attributes

Json = Mapping[str, Any]

# What a filler can be to the verb or noun that names an event.
USES = ("subject", "object", "by", "of", "possessive", "clause")
# Words by which a label is offered: the last word of a mark, what stands in front of a name, what a number counts.
LABEL_WORDS = ("words", "before", "again", "counted")
TABLES = {
    "not_stated?": {"code": str, "name": str, "definition?": str},
    "card?": {"passes": [{"name": str, "text": str}], "rules": [{"text": str, "example?": str}]},
    "role_cues?": {"*": [str]},
    "role_particles?": {
        "uses": {f"{use}?": [str] for use in USES},
        "roles": {"*": [str]},
        **{key: [str] for key in ("passive", "causative", "breaks", "describing", "nouns")},
    },
    "role_functions?": {"*": [{"words?": [str], "moves?": bool, "cues?": {"*": [str]}, **{f"{use}?": [str] for use in USES}}]},
    "sentences?": SENTENCES,
    "chain?": {"before": [str], "after": [str]},
    "declared_units?": {"*": {"name": str, "group": str}},
    "event_filters?": [{"code": str, "name": str, "any": [{"label": str, "attributes?": {}}]}],
    "factuality?": cues.SHAPE,
    "mention_forms?": {
        "attribute": str,
        "name": str,
        "description": str,
        "pronoun": str,
        "pronouns": [str],
        "described?": [str],
        "agreement?": [{"pronouns": [str], "labels": [str]}],
    },
    "entity_names?": {"prepositions": [str], "places": [str], "times": [str]},
    "label_words?": {"*": {**{f"{part}?": [str] for part in LABEL_WORDS}, "counts?": [str], "countries?": bool}},
    "value_roles?": {"*": {"*": {"*": [str]}}},
    **questions.SHAPES,
}


def check_tables(body: Json) -> Iterator[str]:
    """What chains and filters name, and the scheme lacks. Words for a role that nobody has do no harm."""
    roles, labels = event_roles(body), event_labels(body)
    for side, codes in (body.get("chain") or {}).items():
        unfit = [code for code in codes if "event" not in roles.get(code, ())]
        yield from (f"chain.{side}: {code!r} is not a role of events" for code in unfit)
    yield from check_unstated(body)
    yield from check_functions(body, labels)
    yield from check_forms(body)
    yield from check_label_words(body)
    yield from check_value_roles(body, labels)
    yield from check_sentences(body)
    yield from questions.check_places(body, labels, roles)
    yield from questions.check_acts(body, labels)
    yield from questions.check_questions(body)
    yield from cues.check_factuality(body)
    for entry in body.get("event_filters") or []:
        for alternatives in entry["any"]:
            yield from check_wanted(f"event_filters.{entry['code']}", alternatives, labels)
    yield from check_units(body)


def check_units(body: Json) -> Iterator[str]:
    """A unit that UCUM has is not declared."""
    ucum = {unit for group in body["ucum_units"].values() for unit in group}
    yield from (f"declared_units.{code}: UCUM has this unit" for code in body.get("declared_units") or {} if code in ucum)


def check_functions(body: Json, labels: Mapping[str, Json]) -> Iterator[str]:
    """Frames of verbs: for types and roles that there are, the one for all other words last."""
    common = [role["code"] for layer in body["layers"] for role in layer.get("common_roles") or []]
    for code, frames in (body.get("role_functions") or {}).items():
        location = f"role_functions.{code}"
        if code not in labels:
            yield f"{location}: there is no event {code!r}"
            continue
        known = {*common, *(role["code"] for role in labels[code]["roles"])}
        roles_used = [role for frame in frames for use in USES for role in frame.get(use) or []]
        roles_used += [role for frame in frames for role in frame.get("cues") or {}]
        yield from (f"{location}: {code} has no role {role!r}" for role in dict.fromkeys(roles_used) if role not in known)
        if any("words" not in frame for frame in frames[:-1]):
            yield f"{location}: only the last frame may be without `words`"


def check_unstated(body: Json) -> Iterator[str]:
    """The answer that the text does not say it has one code everywhere, and no attribute has it for another."""
    stated = body.get(NOT_STATED)
    if stated and stated["code"] != NOT_STATED:
        yield f"not_stated.code: should be {NOT_STATED!r}"
    for location, entry in attributes(body):
        if any(choice["code"] == NOT_STATED for choice in entry.get("choices") or [] if isinstance(choice, Mapping)):
            yield f"{location}: {NOT_STATED!r} is added to the choices of a required fact, and must not be listed"


def check_forms(body: Json) -> Iterator[str]:
    forms = body.get("mention_forms")
    if not forms:
        return
    actors = {label["code"] for layer in body["layers"] if layer["code"].lower() == "actor" for label in layer["labels"]}
    for entry in forms.get("agreement") or []:
        location = f"mention_forms.agreement.{entry['pronouns'][0] if entry['pronouns'] else ''}"
        yield from (
            f"{location}: {word!r} is not one of the pronouns" for word in entry["pronouns"] if word not in forms["pronouns"]
        )
        yield from (f"{location}: there is no label {code!r}" for code in entry["labels"] if code not in actors)
    for layer in body["layers"]:
        for entry in layer.get("attributes") or []:
            if entry["code"] == forms["attribute"]:
                known = {choice["code"] for choice in entry.get("choices") or []}
                tables = (forms[form] for form in ("name", "description", "pronoun"))
                yield from (f"mention_forms: {layer['code']} has no form {code!r}" for code in tables if code not in known)


def check_label_words(body: Json) -> Iterator[str]:
    known = {label["code"] for layer in body["layers"] for label in layer["labels"]}
    for code, row in (body.get("label_words") or {}).items():
        named = [code, *(row.get("counts") or [])]
        yield from (f"label_words.{code}: there is no label {each!r}" for each in named if each not in known)


def check_value_roles(body: Json, labels: Mapping[str, Json]) -> Iterator[str]:
    """Values that are offered once a role is filled: of attributes and for roles that the type has."""
    for code, attributes_told in (body.get("value_roles") or {}).items():
        location = f"value_roles.{code}"
        for attribute, values in attributes_told.items():
            for value, codes in values.items():
                yield from check_wanted(location, {"label": code, "attributes": {attribute: value}}, labels)
                known = {role["code"] for role in labels.get(code, {}).get("roles", ())}
                yield from (f"{location}: {code} has no role {role!r}" for role in codes if role not in known)


def check_wanted(location: str, requirement: Json, labels: Mapping[str, Json]) -> Iterator[str]:
    label = labels.get(requirement["label"])
    if label is None:
        yield f"{location}: there is no event {requirement['label']!r}"
        return
    known = {entry["code"]: entry for entry in label.get("attributes") or [] if isinstance(entry, Mapping)}
    for code, value in (requirement.get("attributes") or {}).items():
        choices = [choice["code"] for choice in known.get(code, {}).get("choices") or []]
        if code not in known or (choices and value not in choices):
            yield f"{location}: {requirement['label']} has no {code} {value!r}"


def event_labels(body: Json) -> dict[str, Json]:
    return {label["code"]: label for layer in body["layers"] for label in layer["labels"] if "roles" in label}


def event_roles(body: Json) -> dict[str, set[str]]:
    """Code → kinds of what may fill it, over all types of events."""
    fillers: dict[str, set[str]] = {}
    for layer in body["layers"]:
        owners = [layer.get("common_roles") or [], *(label.get("roles") or [] for label in layer["labels"])]
        for role in (role for roles in owners for role in roles):
            fillers.setdefault(role["code"], set()).update(filler["kind"] for filler in role["fillers"])
    return fillers
