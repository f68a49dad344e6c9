"""Rows of marks for tests of what reads them. Written past the change log; the words are taken from the text."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from annotations.models import (
    Argument,
    Assignment,
    Change,
    Citation,
    Claim,
    Event,
    Figure,
    Label,
    Link,
    Note,
    Role,
    Span,
    SuggestionOutcome,
)
from registry.models import (
    BaseEntity,
    BaseName,
    Entity,
    EntityBirth,
    EntityIdentifier,
    EntityName,
    ListLink,
    Measure,
    Paragraph,
    Relation,
)
from registry.models.base import loading

number = itertools.count(1)


def entity(of: Any, name: str = "", **fields: Any) -> Entity:
    """`outlet`: in place of the entity that was made with it."""
    if "outlet" in fields:
        Entity.objects.filter(outlet=fields["outlet"]).delete()
    return Entity.objects.create(corpus=of, name=name or f"Entity {next(number)}", **{"type": "ORG", **fields})


def described_entity(of: Any, name: str = "", **fields: Any) -> Entity:
    """With a row in every table that hangs on it."""
    made = entity(of, name, **fields)
    EntityName.objects.create(entity=made, position=1, name=f"{made.name} Ltd")
    EntityBirth.objects.create(entity=made, edtf="1960", words=f"born in 1960, {next(number)}")
    EntityIdentifier.objects.create(entity=made, scheme="wikidata", value=f"Q{next(number)}")
    ListLink.objects.create(entity=made, list="TEST", entry=str(next(number)), match="possible")
    return made


def base_entity(code: str, name: str = "Shared land", **fields: Any) -> BaseEntity:
    """An entry of the shared register with one name."""
    facts = {"type": "TERRITORY", "countries": ["ZZ"], "source": "ISO 3166-1", "licence": "free of charge", **fields}
    with loading():
        made = BaseEntity.objects.create(code=code, name=name, **facts)
        BaseName.objects.create(entity=made, position=0, name=name, kind="name")
    return made


def relation(source: Entity, target: Entity, kind: str = "part_of") -> Relation:
    return Relation.objects.create(corpus=source.corpus, source=source, target=target, type=kind)


def measure(**fields: Any) -> Measure:
    place = next(number)
    made = Measure.objects.create(
        **{"code": f"TEST-{place}", "symbol": f"T/{place}", "issuer": "Council", "adopted": "2017-08-05", **fields}
    )
    Paragraph.objects.create(measure=made, number="11", topic="workers", effect="cap", summary="No more than before.")
    return made


def label(of: Assignment, code: str) -> Label:
    return Label.objects.get(layer__scheme=of.scheme, code=code)


def fragment(of: Assignment, words: str) -> list[int]:
    start = of.document.text.index(words)
    return [start, start + len(words)]


def span(of: Assignment, words: str, code: str, **fields: Any) -> Span:
    kind = label(of, code)
    return Span.objects.create(
        assignment=of,
        label=kind,
        kind=kind.layer.kind,
        fragments=[fragment(of, words)],
        quote=words,
        revision=1,
        **fields,
    )


def figure(of: Assignment, words: str, code: str = "PEOPLE", **values: Any) -> Figure:
    return Figure.objects.create(span=span(of, words, code), assignment=of, **values)


def event(of: Assignment, words: str, code: str = "REPATRIATE", **fields: Any) -> Event:
    made = Event.objects.create(
        assignment=of,
        label=label(of, code),
        revision=1,
        **{"status": "occurred", "polarity": "positive", "certainty": "certain", **fields},
    )
    span(of, words, code, event=made)
    return made


def argument(of: Event, **filler: Any) -> Argument:
    """The first role that takes such a filler: of figures one that counts."""
    roles = list(Role.objects.filter(label=of.label))
    kind = "figure" if getattr(filler.get("span"), "kind", "") == "figure" else "actor"
    role = next((each for each in roles if any(one["kind"] == kind for one in each.fillers)), roles[0])
    return Argument.objects.create(event=of, assignment=of.assignment, role=role, position=of.arguments.count(), **filler)


def claim(of: Assignment, words: str, source: Entity, **fields: Any) -> Claim:
    said = {"source_basis": "explicit", "mode": "indirect", "modality": "asserted", "evidence": "witness"}
    return Claim.objects.create(
        assignment=of,
        source_entity=source,
        content=[fragment(of, words)],
        quote=words,
        reliability="C",
        credibility="3",
        revision=1,
        **{**said, **fields},
    )


def citation(of: Assignment, words: str, law: Measure | None = None) -> Citation:
    return Citation.objects.create(
        assignment=of, fragments=[fragment(of, words)], quote=words, measure=law, paragraph_basis="inferred", revision=1
    )


def link(source: Span, target: Span) -> Link:
    return Link.objects.create(assignment=source.assignment, type="part_of", source_span=source, target_span=target, revision=1)


def note(of: Assignment, text: str = "The year is inferred.") -> Note:
    return Note.objects.create(assignment=of, text=text, revision=1)


def outcome(of: Assignment, words: str = "300", **fields: Any) -> SuggestionOutcome:
    row = {"kind": "span", "layer": "FIGURE", "label": "PEOPLE", "outcome": "rejected", "revision": 1}
    by = [{"suggester": "figures", "version": "1", "score": 0.8}]
    return SuggestionOutcome.objects.create(
        assignment=of, key=uuid.uuid4(), fragments=[fragment(of, words)], by=by, **{**row, **fields}
    )


def change(of: Assignment, quote: str = "300", **fields: Any) -> Change:
    """A line of the log, with a place of its own."""
    row = {"op": "create", "kind": "span", "object_id": uuid.uuid4(), "before": None, "after": {"quote": quote}}
    return Change.objects.create(
        id=uuid.uuid4(), assignment=of, revision=next(number), position=0, digest="0" * 64, user=of.annotator, **{**row, **fields}
    )
