"""Sources with their claims: a row for each claim and its source, and for what an article states in no claim, one of its narrator.

A claim without a figure or an event says something, too: its words are in its row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F

from annotations.derived.claims import ClaimIndex
from annotations.formats.evidence.seals import seal_name
from annotations.models import Claim, Link, Span
from annotations.native.view import NativeContext
from corpus.db.compiled_queries import AmongSlot, Repeated, Slot
from corpus.db.round_trip import Rows, round_trip
from corpus.models import Article
from questions.address.kinds import ANY
from questions.asking.answer import COUNTED, EntrySelection, IndexAnswer
from questions.asking.asker import Asker
from questions.asking.condition import Condition, beyond, both
from questions.asking.counted_entries import apart
from questions.asking.row_details import ARTICLES, ENTITIES, SPANS
from questions.ledgers.called import Called, quoted
from questions.ledgers.page import LedgerPage, page_and_numbers
from registry.models import Relation

Object = dict[str, Any]
# Of an event that several sources report, each row is asked what its own claim is.
RATED = ("modality", "evidence", "reliability", "credibility")
OWN = frozenset({*RATED, "unnamed"})
SELECTION, WITH_EVENTS = EntrySelection(("event", "figure", "claim"), own=OWN), EntrySelection(("event", "figure"), own=OWN)
# Claims without an event have none of these, and are in no part of an answer that asks for them.
OF_EVENTS = ("status", "polarity", "place")
# A row without a source comes last. `number`: the claim, or of the narrator the assignment.
KEYS = {"unsourced": "int", "name": "text", "source": "uuid", "created": "timestamptz", "start": "int", "number": "uuid"}
# Once for all entries that are in the same claims, and then claim by claim: PostgreSQL expects ten claims of each entry. Those in one claim or none
# are read out of an index alone, in whose order equal ones follow each other.
ONE_CLAIM, SEVERAL_CLAIMS = Condition("cardinality({e}.claims) <= 1"), Condition("cardinality({e}.claims) > 1")
TOGETHER = """SELECT DISTINCT e.assignment_id, e.created, e.article_id, e.claims, e.is_narrated, {part} AS part, e.corpus_id
    FROM {table} e WHERE {originals}"""
VOICES = """together AS MATERIALIZED ({together}),
voices AS (
    SELECT DISTINCT assignment_id, claim, part, created, article_id, corpus_id FROM together
    CROSS JOIN unnest(claims || CASE WHEN is_narrated THEN ARRAY[NULL::uuid] ELSE '{{}}' END) claim)"""
SOURCED = """sourced AS (
    SELECT v.part, v.assignment_id, v.article_id, v.created, v.claim, coalesce(c.content[1][1], -1) AS start,
        coalesce(v.claim, v.assignment_id) AS number, (s.id IS NULL)::int AS unsourced, coalesce(s.name, '') AS name,
        coalesce(s.id, '00000000-0000-0000-0000-000000000000') AS source
    FROM voices v LEFT JOIN annotations_claim c ON c.id = v.claim LEFT JOIN corpus_article x ON x.id = v.article_id AND v.claim IS NULL
    LEFT JOIN registry_entity narrator ON narrator.outlet_id = x.outlet_id AND narrator.corpus_id = v.corpus_id
    LEFT JOIN registry_entity s ON s.id = coalesce(c.source_entity_id, narrator.id)
    WHERE {fitting})"""
PAGE = """SELECT {keys}, assignment_id, article_id, claim FROM sourced WHERE part = %(part)s AND {beyond} ORDER BY {keys} LIMIT %(limit)s"""
NUMBERS = """SELECT coalesce(json_object_agg(part, number), '{}')
    FROM (SELECT part, count(*) AS number FROM sourced GROUP BY part) p"""
CLAIMS = Repeated(
    lambda: (
        Claim.objects.filter(AmongSlot(F("assignment"), Slot("assignments")))
        .select_related("source_span", "source_entity")
        .order_by("content", "pk")
    )
)
ANSWERS = Repeated(
    lambda: Link.objects.filter(AmongSlot(F("assignment"), Slot("assignments")), source_claim__isnull=False).order_by(
        "type", "pk"
    )
)
ISSUERS = Repeated(
    lambda: (
        Relation.objects.filter(AmongSlot(F("source"), Slot("sources")), AmongSlot(F("type"), Slot("types")))
        .select_related("target")
        .order_by("pk")
    )
)
# Those in the claims of the page: a page of sources has a claim or two of each of fifty assignments.
ENTRIES = """SELECT e.id, e.kind FROM {table} e WHERE e.assignment_id = ANY(%(assignments)s::uuid[]) AND {chosen}
    AND (e.claims && %(claims)s::uuid[] OR e.is_narrated AND e.assignment_id = ANY(%(narrated)s::uuid[]))"""


class Voice(NamedTuple):
    """Who says something: `claim` is None of the narrator, `source` where the text or the corpus names none."""

    source: UUID | None
    assignment: UUID
    article: UUID
    claim: UUID | None


def page(asker: Asker, limit: int, after: tuple[Any, ...] | None = None) -> LedgerPage:
    answer = IndexAnswer(asker, selection(asker))
    keys, following = ", ".join(KEYS), beyond(KEYS, after)
    tables, values = sourced(answer)
    rows, numbers = page_and_numbers(
        answer,
        PAGE.format(keys=keys, beyond=following.sql),
        keys,
        NUMBERS,
        values | following.values | {"limit": limit + 1, "part": asker.question["part"]},
        *tables,
    )
    last = tuple(rows[limit - 1][: len(KEYS)]) if len(rows) > limit else None
    parts = {COUNTED: 0} | numbers
    voices = [Voice(row[2] if row[0] == 0 else None, *row[len(KEYS) :]) for row in rows[:limit]]
    return LedgerPage(SourceRows(answer, voices).listed(), parts, answer.unplaced(), last, answer.source.behind)


def selection(asker: Asker) -> EntrySelection:
    asks_of_events = any(asker.question[name] not in ("", ANY) for name in OF_EVENTS)
    return WITH_EVENTS if asks_of_events else SELECTION


def sourced(answer: IndexAnswer) -> tuple[list[str], Object]:
    """The tables of sources with their claims, and the values that these ask for."""
    fitting = both(of_row(answer.asker))
    together = " UNION ALL ".join(
        TOGETHER.format(part=answer.part.of("e"), table=table, originals=some.of("e"))
        for table, some in apart(answer, ONE_CLAIM, SEVERAL_CLAIMS)
    )
    values = answer.originals.values | answer.part.values | fitting.values
    return [VOICES.format(together=together), SOURCED.format(fitting=fitting.sql)], values


def of_row(asker: Asker) -> list[Condition]:
    """What is asked of the claim itself and of its source."""
    asked_for = {name: asker.question.codes(name) for name in RATED}
    conditions = [Condition(f"c.{name} = ANY(%({name})s)", {name: codes}) for name, codes in asked_for.items() if codes]
    return [*conditions, *([Condition("s.anonymous")] if asker.question.is_on("unnamed") else [])]


class SourceRows:
    """What is read for the rows of a page."""

    def __init__(self, answer: IndexAnswer, voices: Sequence[Voice]) -> None:
        self.answer = answer
        self.voices = voices
        self.assignments = list({voice.assignment for voice in voices})

    def listed(self) -> list[Object]:
        return [self.row(voice) for voice in self.voices]

    @cached_property
    def read(self) -> list[Rows]:
        origins = [each["code"] for each in self.answer.asker.scheme.entity_relations if each.get("origin")]
        sources, articles = list({voice.source for voice in self.voices if voice.source}), list({v.article for v in self.voices})
        return round_trip(
            [
                CLAIMS.statement(assignments=self.assignments),
                ENTITIES.statement(entities=sources),
                ARTICLES.statement(articles=articles),
                ANSWERS.statement(assignments=self.assignments),
                ISSUERS.statement(sources=sources, types=origins),
            ]
        )

    @cached_property
    def claims(self) -> dict[UUID, Claim]:
        """All claims of the assignments, in the order by which the index settles which one is innermost."""
        return {claim.pk: claim for claim in CLAIMS.all_made(self.read[0])}

    @cached_property
    def entities(self) -> Called:
        return Called((), ENTITIES.all_made(self.read[1]))

    @cached_property
    def articles(self) -> dict[UUID, Article]:
        return {article.pk: article for article in ARTICLES.all_made(self.read[2])}

    @cached_property
    def issuers(self) -> dict[UUID, list[str]]:
        """By document, the names of those that issued it."""
        names: dict[UUID, list[str]] = defaultdict(list)
        for relation in ISSUERS.all_made(self.read[4]):
            names[relation.source_id].append(relation.target.name)
        return names

    @cached_property
    def answers(self) -> dict[UUID, list[Object]]:
        """By claim, those that it denies or confirms, and those that do so with it, as people linked them."""
        names = {each["code"]: (each.get("answered") or each["name"], each["name"]) for each in self.answer.asker.scheme.links}
        linked: dict[UUID, list[Object]] = defaultdict(list)
        for link in ANSWERS.all_made(self.read[3]):
            ends = self.claims[link.source_claim_id], self.claims[link.target_claim_id]
            for own, other, is_answer in ((*ends, True), (*ends[::-1], False)):
                source = other.source_entity.name if other.source_entity else ""
                wording = names.get(link.type, (link.type, link.type))[is_answer]
                answer = {"type": link.type, "is_answer": is_answer, "wording": wording, "source": source, "words": quoted(other)}
                linked[own.pk].append(answer)
        return linked

    @cached_property
    def entries(self) -> list[tuple[UUID, str]]:
        """Ids and kinds of what fits and is said in the claims of the page."""
        chosen = both([self.answer.originals, self.answer.in_part])
        sql = ENTRIES.format(table=self.answer.source.table, chosen=chosen.of("e"))
        claims = [voice.claim for voice in self.voices if voice.claim]
        narrated = [voice.assignment for voice in self.voices if not voice.claim]
        values = chosen.values | {"assignments": self.assignments, "claims": claims, "narrated": narrated}
        return [(pk, kind) for pk, kind in self.answer.rows(sql, values)]

    @cached_property
    def alone(self) -> set[UUID]:
        """Claims without a figure or an event: they have lines of evidence themselves."""
        return {pk for pk, kind in self.entries if kind == "claim"}

    @cached_property
    def marks(self) -> dict[tuple[UUID, UUID | None], dict[str, list[Span]]]:
        """By assignment and innermost claim, the figures and triggers that fit, in the order of the text."""
        events = [pk for pk, kind in self.entries if kind == "event"]
        figures = [pk for pk, kind in self.entries if kind == "figure"]
        spans = SPANS.all_made(round_trip([SPANS.statement(figures=figures, events=events)])[0])
        innermost = self.innermost
        marks: dict[tuple[UUID, UUID | None], dict[str, list[Span]]] = defaultdict(lambda: {"figures": [], "triggers": []})
        for mark in sorted(spans, key=lambda mark: (mark.start, mark.end, mark.pk)):
            marks[mark.assignment_id, innermost(mark)]["triggers" if mark.event_id else "figures"].append(mark)
        return marks

    @property
    def innermost(self) -> Callable[[Span], UUID | None]:
        """The claim that holds a mark and stands in no other that does; None: the narrator's."""
        claims: dict[UUID, list[Object]] = defaultdict(list)
        for claim in self.claims.values():
            content = [{"start": start, "end": end} for start, end in claim.content]
            claims[claim.assignment_id].append({"id": claim.pk, "content": content, "parent": claim.parent_id})
        scheme = self.answer.asker.scheme
        indexes = {pk: ClaimIndex(NativeContext({"attributions": claims[pk]}, "", scheme)) for pk in self.assignments}

        def innermost(mark: Span) -> UUID | None:
            fragments = [{"start": start, "end": end} for start, end in mark.fragments]
            claim = indexes[mark.assignment_id].innermost({"fragments": fragments})
            pk: UUID | None = claim["id"] if claim else None
            return pk

        return innermost

    def row(self, voice: Voice) -> Object:
        """What nobody has chosen is empty, and so is all of the narrator's."""
        claim = self.claims[voice.claim] if voice.claim else None
        article = self.articles[voice.article]
        marks = self.marks[voice.assignment, voice.claim]
        return {
            "source": self.entities[voice.source] if voice.source else None,
            "issuers": self.issuers[voice.source] if voice.source else [],
            "claim": voice.claim,
            "words": quoted(claim) if claim else None,
            "described": claim.source_span.quote if claim and claim.source_span else "",
            "basis": claim.source_basis if claim else "",
            **{name: getattr(claim, name, "") for name in ("mode", *RATED)},
            "answers": self.answers[voice.claim] if voice.claim else [],
            "figures": [quoted(mark) for mark in marks["figures"]],
            "triggers": [quoted(mark) for mark in marks["triggers"]],
            "lines": [seal_name(str(claim.assignment_id), claim.key or str(claim.pk))]
            if claim and claim.pk in self.alone
            else [],
            "assignment": voice.assignment,
            "article": article.pk,
            "title": article.title,
            "outlet": article.outlet.name if article.outlet else "",
            "published": article.published_edtf,
        }
