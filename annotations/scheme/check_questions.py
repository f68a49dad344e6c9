"""What questions across articles read of a scheme: where events happen, who acts on whom, and questions that are ready to be asked.

Each problem names its place, the code that is wrong, and what can stand there instead.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
Kinds = Mapping[str, Collection[str]]
LONGEST_QUERY = 4_000
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
SHAPES = {
    "places?": {
        "roles": [str],
        "within": [str],
        "not?": {"*": [str]},
        "people?": {"roles": [str], "up": [str], "through": [str]},
    },
    "acts?": {"*": {"from": str, "to": str, "by?": str}},
    "questions?": [{"name": str, "ledger": str, "query": str}],
}


def check_places(body: Json, labels: Mapping[str, Json], roles: Kinds) -> Iterator[str]:
    """Where something happens, what lies in what, and where people work. `roles`: code → kinds of what may fill it."""
    places = body.get("places") or {"roles": [], "within": []}
    people = places.get("people") or {"roles": [], "up": [], "through": []}
    relations = [entry["code"] for entry in body["entity"]["relations"]]
    yield from unknown("places.roles", places["roles"], "role", roles)
    yield from unknown("places.within", places["within"], "relation", relations)
    for code, ruled_out in (places.get("not") or {}).items():
        yield from unknown("places.not", [code], "event", labels)
        yield from unknown(f"places.not.{code}", ruled_out, "role of a place", places["roles"])
    yield from unknown("places.people.roles", people["roles"], "role of actors", of_actors(roles))
    for steps in ("up", "through"):
        yield from unknown(f"places.people.{steps}", people[steps], "relation", relations)


def check_acts(body: Json, labels: Mapping[str, Json]) -> Iterator[str]:
    """Who acts on whom: roles that actors fill, and an attribute with choices that tells kinds of it apart."""
    common = [role for layer in body["layers"] for role in layer.get("common_roles") or []]
    for code, act in (body.get("acts") or {}).items():
        yield from unknown("acts", [code], "event", labels)
        label = labels.get(code) or {}
        kinds = {role["code"]: [filler["kind"] for filler in role["fillers"]] for role in (*label.get("roles", ()), *common)}
        attributes = [entry for entry in label.get("attributes") or [] if isinstance(entry, Mapping)]
        for end in ("from", "to") if label else ():
            yield from unknown(f"acts.{code}.{end}", [act[end]], f"role of actors in {code}", of_actors(kinds))
        if label and act.get("by") is not None:
            choosable = [entry["code"] for entry in attributes if entry.get("choices")]
            yield from unknown(f"acts.{code}.by", [act["by"]], f"attribute of {code} with choices", choosable)


def unknown(location: str, codes: Iterable[str], noun: str, known: Iterable[str]) -> Iterator[str]:
    options = list(known)
    remedy = f"use one of {', '.join(options)}" if options else "leave it out"
    yield from (f"{location}: there is no {noun} {code!r}; {remedy}" for code in codes if code not in options)


def of_actors(roles: Kinds) -> list[str]:
    return [code for code, kinds in roles.items() if "actor" in kinds]


def check_questions(body: Json) -> Iterator[str]:
    """The shape of ready-made questions. What a ledger makes of its query is the ledger's."""
    positions: dict[str, int] = {}
    for position, question in enumerate(body.get("questions") or []):
        location, name = f"questions.{position}", question["name"].strip()
        first = positions.setdefault(name, position)
        if not name:
            yield f"{location}.name: is empty; write the question as a person would ask it"
        elif first != position:
            yield f"{location}.name: {name!r} is the name of questions.{first}; use another one"
        if not re.fullmatch("[a-z]+", question["ledger"]):
            yield f"{location}.ledger: {question['ledger']!r} is not a word in small letters, such as events"
        yield from check_query(f"{location}.query", question["query"])


def check_query(location: str, query: str) -> Iterator[str]:
    """A query as in an address, where a word in braces is left to whoever asks."""
    if len(query) > LONGEST_QUERY:
        yield f"{location}: has {len(query):,} characters; {LONGEST_QUERY:,} is the limit"
        return
    if set("{}") & set(PLACEHOLDER.sub("", query)):
        yield f"{location}: braces hold one word in small letters, such as place={{place}}"
    names = []
    for parameter in query.split("&") if query else ():
        name, _, value = parameter.partition("=")
        if not re.fullmatch("[a-z_]+", name) or not value:
            yield f"{location}: {parameter[:60]!r} is not a parameter with its value, such as type=PAY"
        elif name in names:
            yield f"{location}: {name!r} is given more than once; write its values with commas between them"
        names.append(name)
