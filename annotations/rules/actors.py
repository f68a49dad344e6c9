"""ACT-01 to ACT-03: whom an actor's mark stands for, whether a pronoun is needed, which words name nobody."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.native.view import Context, Object
from annotations.rules.finding import Finding, finding, name_of
from annotations.scheme.view import SchemeView
from annotations.text.fragments import quote_of


def is_actor(mark: Object, context: Context) -> bool:
    return context.scheme.kind(mark["layer"]) == "actor"


def act_01_type(mark: Object, context: Context) -> Iterator[Finding]:
    """The label of a mark is the type of its entity, or may stand for it."""
    entity_id = (mark.get("attributes") or {}).get("entity")
    entity = context.entity(entity_id) if entity_id and is_actor(mark, context) else None
    if entity and not exchangeable(mark["label"], entity["type"], context.scheme):
        detail = f"the mark is {mark['label']}, its entity {entity['name']!r} is {entity['type']}"
        yield finding(context, "ACT-01", detail, name_of(mark), entity["id"], at="entity")


def exchangeable(label: str, other: str, scheme: SchemeView) -> bool:
    pairs = scheme.rule("ACT-01").get("interchangeable") or []
    return label == other or any(label in pair and other in pair for pair in pairs)


def act_01_entity(mark: Object, context: Context) -> Iterator[Finding]:
    """Every mark of an actor has an entity."""
    entity_id = (mark.get("attributes") or {}).get("entity")
    if is_actor(mark, context) and context.entity(entity_id) is None:
        yield finding(context, "ACT-01", "Choose or create an entity.", name_of(mark), at="entity")


def act_03(mark: Object, context: Context) -> Iterator[Finding]:
    """No nationality adjective by itself under a label for countries."""
    rule = context.scheme.rule("ACT-03")
    words = quote_of(mark["fragments"])
    if mark["label"] in rule.get("labels", ()) and words in rule.get("adjectives", ()):
        detail = f"{words!r} is an adjective, not the name of a country"
        yield finding(context, "ACT-03", detail, name_of(mark))


def act_02(context: Context) -> Iterator[Finding]:
    """A pronoun is marked only where it fills a role or is a source."""
    when = context.scheme.rule("ACT-02").get("when") or {}
    used = {x.get("mention") for event in context.events() for x in event["arguments"]}
    used |= {claim.get("source_mention") for claim in context.claims()}
    for mark in context.spans():
        attributes = mark.get("attributes") or {}
        if when and all(attributes.get(k) == v for k, v in when.items()) and mark["id"] not in used:
            detail = "this pronoun fills no role and is not a source: it need not be marked"
            yield finding(context, "ACT-02", detail, name_of(mark))
