"""Shapes of the API, made by make_shapes.py from its schema."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class Argument(TypedDict):
    role: str
    mention: NotRequired[str]
    entity: NotRequired[str]
    event: NotRequired[str]
    measure_ref: NotRequired[str]
    implicit: NotRequired[bool]


class Article(TypedDict):
    id: str
    corpus: str
    key: str | None
    title: str
    outlet: str | None
    outlet_basis: str | None
    url: str | None
    url_basis: str | None
    claimed_url: str | None
    claimed_outlet: str | None
    claimed_by: str | None
    language: str | None
    published: Published
    practice: bool
    copy_of: str | None
    similarity: float | None
    cluster: int | None
    created: str
    document: str | None


class Attribution(TypedDict):
    id: str
    key: str
    revision: int
    source_mention: str | None
    source_entity: str | None
    source_basis: str | None
    cue: list[Fragment]
    content: list[Fragment]
    mode: str | None
    modality: str | None
    evidence: str | None
    parent: str | None
    reliability: str | None
    credibility: str | None
    rating_note: str | None
    rated: Signature | None
    note: str | None
    read: dict[str, Any]


class Birth(TypedDict):
    edtf: str
    words: str


class Claim(TypedDict):
    id: str
    key: str | None
    revision: int
    assignment: str
    document: str
    article: str
    corpus: str
    annotator: str
    gold: bool
    draft: bool
    source_mention: str | None
    source_entity: str | None
    source_basis: str | None
    cue: list[Fragment]
    content: list[Fragment]
    mode: str | None
    modality: str | None
    evidence: str | None
    parent: str | None
    reliability: str | None
    credibility: str | None
    rating_note: str | None
    rated: Signature | None
    note: str | None
    read: dict[str, Any]


class Corpus(TypedDict):
    slug: str
    name: str
    description: str
    created: str
    role: str


class Document(TypedDict):
    id: str
    article: str
    corpus: str
    title: str
    version: int
    sha256: str
    length: int
    text: str
    segments: list[Segment]
    zones: list[Zone]
    provenance: Provenance
    repairs: list[Repair]
    source_map: list[Run]


class DocumentFacts(TypedDict):
    id: str
    title: str
    clean_sha256: str
    clean_length: int


class Entity(TypedDict):
    id: str
    key: str | None
    corpus: str
    type: str
    name: str
    aliases: list[str]
    names: list[EntityName]
    countries: list[str]
    reference: str | None
    anonymous: NotRequired[bool | None]
    births: list[Birth]
    identifiers: list[Identifier]
    same_as: str | None
    list_links: list[ListLink]
    screening: NotRequired[str]
    note: str | None
    revision: NotRequired[int]


class EntityName(TypedDict):
    name: str
    kind: str | None
    script: str


class EntityRelation(TypedDict):
    id: str
    type: str
    source: str
    target: str
    revision: int
    basis: str | None
    note: str | None


class Event(TypedDict):
    id: str
    key: str | None
    revision: int
    assignment: str
    document: str
    article: str
    corpus: str
    annotator: str
    gold: bool
    draft: bool
    type: str
    status: str | None
    polarity: str | None
    certainty: str | None
    attributes: dict[str, Any]
    triggers: list[Trigger]
    arguments: list[Argument]
    time: EventTime | None
    note: str | None
    read: dict[str, Any]


class EventTime(TypedDict):
    text: str | None
    start: int | None
    end: int | None
    edtf: str | None
    earliest: str | None
    latest: str | None
    part_of_day: str | None
    basis: str
    note: str | None


class Figure(TypedDict):
    id: str
    key: str | None
    revision: int
    assignment: str
    document: str
    article: str
    corpus: str
    annotator: str
    gold: bool
    draft: bool
    label: str
    start: int
    end: int
    quote: str
    low: float | None
    high: float | None
    comparator: str | None
    approximate: bool | None
    vague: bool | None
    statistic: str | None
    use: str | None
    unit: str | None
    currency: str | None
    currency_basis: str | None
    per_currency: str | None
    per_unit: str | None
    per_period: str | None
    per_count: float | None
    counted: Reference | None
    counted_text: str | None
    of_whole: Reference | None
    credibility: str | None
    note: str | None


class Fragment(TypedDict):
    start: int
    end: int
    quote: str


class Identifier(TypedDict):
    scheme: str
    value: str


class Link(TypedDict):
    id: str
    type: str
    source: str
    target: str
    revision: int


class ListLink(TypedDict):
    list: str
    entry: str
    match: str
    list_version: NotRequired[str | None]
    reviewer: NotRequired[str | None]
    said_by: str | None
    note: str | None


class Me(TypedDict):
    username: str
    scopes: list[str] | None
    token: Token | None
    corpora: list[Membership]


class MeasureRef(TypedDict):
    id: str
    key: str
    revision: int
    fragments: list[Fragment]
    measure: str | None
    paragraph: str | None
    paragraph_basis: str | None
    note: str | None


class Membership(TypedDict):
    corpus: str
    role: str


class Mention(TypedDict):
    id: str
    key: str
    revision: int
    layer: str
    label: str
    segment: str | None
    start: int
    end: int
    quote: str
    discontinuous: bool
    fragments: list[Fragment]
    attributes: NotRequired[dict[str, Any]]
    event: NotRequired[str]
    attribution: NotRequired[str | None]


class NativeDocument(TypedDict):
    format: str
    id: str
    revision: int
    status: str
    submitted: str | None
    saw_gold: str | None
    role: str
    annotator: str
    scheme: dict[str, str]
    offsets: dict[str, Any]
    document: DocumentFacts
    segments: list[dict[str, Any]]
    zones: list[dict[str, Any]]
    normalisation: list[Repair]
    source_map: list[Run]
    default_attribution: dict[str, Any]
    mentions: list[Mention]
    events: list[NativeEvent]
    attributions: list[Attribution]
    measure_refs: list[MeasureRef]
    relations: list[Link]
    entities: list[NativeEntity]
    entity_relations: list[EntityRelation]
    checks: list[dict[str, Any]]
    counts: dict[str, Any]
    notes: list[Note]
    adjudication_notes: list[str]
    text: NotRequired[str]


class NativeEntity(TypedDict):
    id: str
    key: str
    revision: int
    type: str
    name: str
    aliases: list[str]
    name_kinds: dict[str, Any]
    countries: list[str]
    reference: str | None
    anonymous: bool | None
    births: list[dict[str, Any]]
    identifiers: list[dict[str, Any]]
    same_as: str | None
    list_links: list[dict[str, Any]]
    screening: str
    note: str | None


class NativeEvent(TypedDict):
    id: str
    key: str
    revision: int
    type: str
    triggers: list[str]
    status: str | None
    polarity: str | None
    certainty: str | None
    attributes: dict[str, Any]
    arguments: list[Argument]
    time: EventTime | None
    note: str | None
    read: dict[str, Any]
    attributions: list[str]
    factuality: str | None
    realis: str | None


class Note(TypedDict):
    id: str
    order: int
    text: str
    revision: int


class Provenance(TypedDict):
    retrieved: str
    retrieved_from: str | None
    source_file: str | None
    raw_sha256: str
    raw_length: int
    encoding: str
    encoding_basis: str | None
    extractor: str
    extractor_version: str


class Published(TypedDict):
    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: str | None


class Reference(TypedDict):
    mention: NotRequired[str]
    entity: NotRequired[str]


class Repair(TypedDict):
    op: str
    raw_start: int
    raw_end: int
    raw: str
    clean: NotRequired[str]
    clean_start: int
    why: str


class Run(TypedDict):
    op: str
    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int


class Segment(TypedDict):
    id: str
    kind: str
    start: int
    end: int


class Signature(TypedDict):
    rating: str
    by: str
    at: str


class Span(TypedDict):
    id: str
    key: str | None
    revision: int
    assignment: str
    document: str
    article: str
    corpus: str
    annotator: str
    gold: bool
    draft: bool
    layer: str
    label: str
    start: int
    end: int
    quote: str
    fragments: list[Fragment]
    attributes: dict[str, Any]
    event: str | None


class Token(TypedDict):
    name: str
    prefix: str
    expires: str


class Trigger(TypedDict):
    id: str
    start: int
    end: int
    quote: str


class Zone(TypedDict):
    segment: str
    kind: str
    start: int
    end: int
