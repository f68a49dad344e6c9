"""What rows show of marks, claims, entities and articles beside their entries: read for all rows in one round trip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from annotations.models import Assignment, Claim, Event, Span
from annotations.queries.entity_graph import dependent_pairs, dependent_statement
from corpus.db.compiled_queries import AmongSlot, Repeated, RepeatedRows, Slot
from corpus.db.round_trip import Rows, Statement, round_trip
from corpus.models import Article
from questions.asking.answer import IndexAnswer
from questions.asking.asker import Asker
from questions.asking.derived import derived_statement, worked_out
from registry.models import Entity

Object = dict[str, Any]
SAME = "possible_same_as"
# To make an object takes as long as it has columns, and a page has hundreds of marks.
OF_FIGURE = tuple(f"figure__{name}" for name in ("per_unit", "per_period", "per_count_n", "per_currency", "statistic"))
OF_MARK = ("assignment", "key", "fragments", "start", "end", "quote", "event", *OF_FIGURE)
NAMING = ("sources", "around", "places", "people", "counted")  # columns of an entry with entities that a row names
MOST_STEPS = 50  # from a claim outwards
OF_EVENT = ("key", "status", "time_text", "time_edtf", "time_part_of_day", "time_basis")
OF_CLAIM = ("content", "mode", "modality", "evidence", "reliability", "credibility", "source_entity", "source_span__quote")
SPANS = Repeated(
    lambda: (
        Span.objects.filter(AmongSlot(F("pk"), Slot("figures")) | Q(AmongSlot(F("event"), Slot("events"))))
        .select_related("figure")
        .only(*OF_MARK)
        .order_by()
    )
)
EVENTS = Repeated(lambda: Event.objects.filter(AmongSlot(F("pk"), Slot("events"))).only(*OF_EVENT).order_by())
CLAIMS = Repeated(
    lambda: Claim.objects.filter(AmongSlot(F("pk"), Slot("claims"))).select_related("source_span").only(*OF_CLAIM).order_by()
)
ENTITIES = Repeated(lambda: Entity.objects.filter(AmongSlot(F("pk"), Slot("entities"))).only("name", "anonymous").order_by())
ARTICLES = Repeated(
    lambda: (
        Article.objects.filter(AmongSlot(F("pk"), Slot("articles")))
        .select_related("outlet")
        .only("title", "published_edtf", "outlet__name")
        .order_by()
    )
)


def readings_seen(*, is_superuser: bool) -> QuerySet[Any, Any]:
    """Of articles, how many readings somebody may see."""
    user: Any = SimpleNamespace(pk=Slot("user"), is_superuser=is_superuser, is_active=True)
    rows = Assignment.objects.for_user(user).live().filter(document__corpus=Slot("corpus")).order_by()
    of_articles = rows.filter(AmongSlot(F("document__article"), Slot("articles"))).values("document__article")
    return of_articles.annotate(number=Count("pk", distinct=True)).values_list("document__article", "number")


READINGS_SEEN = RepeatedRows(partial(readings_seen, is_superuser=False))
READINGS_OF_ALL = RepeatedRows(partial(readings_seen, is_superuser=True))
WHO_ANNOTATED = """SELECT a.id, u.username, a.role = 'adjudication' FROM annotations_assignment a JOIN auth_user u ON u.id = a.annotator_id
    WHERE a.id = ANY($1::uuid[])"""
COPIES = "SELECT copy_of_id, count(*) FROM corpus_article WHERE copy_of_id = ANY($1::uuid[]) GROUP BY 1"
# Each with the words that name the other one.
ALIKE = """SELECT l.one, l.other, coalesce((SELECT string_agg('“' || s.quote || '”', ' ' ORDER BY s.start, s."end", s.id)
        FROM annotations_span s WHERE s.event_id = l.other AND s.kind = 'event'), '')
    FROM (SELECT source_event_id, target_event_id FROM annotations_link WHERE type = $2 AND source_event_id = ANY($1::uuid[])
        UNION SELECT target_event_id, source_event_id FROM annotations_link WHERE type = $2 AND target_event_id = ANY($1::uuid[])) l(one, other)"""

# Of an event, whom its roles name; not where: that is a tie.
PARTICIPANTS = """SELECT g.event_id, r.code, coalesce(g.entity_id, s.entity_id), coalesce(n.name, s.quote)
    FROM annotations_argument g JOIN annotations_role r ON r.id = g.role_id LEFT JOIN annotations_span s ON s.id = g.span_id
    LEFT JOIN registry_entity n ON n.id = coalesce(g.entity_id, s.entity_id)
    WHERE g.event_id = ANY($1::uuid[]) AND (g.entity_id IS NOT NULL OR s.kind = 'actor') AND r.code <> ALL($2::text[])
    ORDER BY g.event_id, g.position, g.id"""

# Of a character of a document, the segment that it is in, and which of its kind: "paragraph 3"; "title", where there is one.
SEGMENTS = """SELECT of.document, of.start, g.kind || CASE of_kind.number WHEN 1 THEN '' ELSE ' ' || of_kind.until END
    FROM unnest($1::uuid[], $2::int[]) of(document, start)
    JOIN corpus_segment g ON g.document_id = of.document AND g.start <= of.start AND of.start < g."end"
    CROSS JOIN LATERAL (SELECT count(*) AS number, count(*) FILTER (WHERE k.position <= g.position) AS until
        FROM corpus_segment k WHERE k.document_id = g.document_id AND k.kind = g.kind) of_kind"""

FILLED = """SELECT a.event_id, array_agg(DISTINCT r.code) FROM annotations_argument a JOIN annotations_role r ON r.id = a.role_id
    WHERE a.event_id = ANY($1::uuid[]) GROUP BY 1"""

# Of a claim those around it, the nearest first: who passes on what its source says.
CHAINS = f"""WITH RECURSIVE chain(claim, outer_claim, step) AS (
    SELECT id, parent_id, 1 FROM annotations_claim WHERE id = ANY($1::uuid[]) AND parent_id IS NOT NULL
    UNION ALL SELECT i.claim, o.parent_id, i.step + 1 FROM chain i JOIN annotations_claim o ON o.id = i.outer_claim
    WHERE o.parent_id IS NOT NULL AND i.step < {MOST_STEPS})
SELECT i.claim, o.id, o.source_entity_id, n.name, n.anonymous, coalesce(s.quote, '') FROM chain i
    JOIN annotations_claim o ON o.id = i.outer_claim LEFT JOIN registry_entity n ON n.id = o.source_entity_id
    LEFT JOIN annotations_span s ON s.id = o.source_span_id ORDER BY i.claim, i.step"""  # noqa: S608 - of our own words


class RowDetails(NamedTuple):
    """All by id. `spans`: the marks of figures and triggers; `copies`: how many an article has; `derived`: by figure; `dependent`: of sources,
    who may be whom; `alike`: by event, those that an annotator called possibly the same, with their words; `readings`: by assignment, its annotator and whether
    it is gold; `chains`: of a claim, the claims around it, the nearest first; `segments`: of a document and a character;
    `number_of_readings`: of an article, that the asker may see; `filled`: by event, the roles that have a filler; `participants`: of an event, who fills which role."""

    spans: dict[UUID, Span]
    events: dict[UUID, Event]
    claims: dict[UUID, Claim]
    entities: dict[UUID, Entity]
    articles: dict[UUID, Article]
    copies: dict[UUID, int]
    derived: dict[UUID, list[Object]]
    dependent: dict[Any, set[Any]]
    alike: dict[UUID, dict[UUID, str]]
    readings: dict[UUID, tuple[str, bool]]
    chains: dict[UUID, list[Object]]
    segments: dict[tuple[UUID, int], str]
    number_of_readings: dict[UUID, int]
    filled: dict[UUID, list[str]]
    participants: dict[UUID, list[Object]]


def read_details(answer: IndexAnswer, entries: Sequence[Object], figures: Mapping[UUID, Object]) -> RowDetails:
    """`entries`: of the rows; `figures`: entries of their figures."""
    all_of_them = [*entries, *figures.values()]
    events = ids([entry["event"] for entry in entries if entry["event"]])
    entities = ids(pk for entry in all_of_them for name in NAMING for pk in entry[name])
    articles = ids(entry["article_id"] for entry in entries)
    sources = ids(pk for entry in all_of_them for pk in entry["sources"])
    claims = ids(pk for entry in all_of_them for pk in entry["claims"])
    statements = [
        SPANS.statement(figures=list(figures), events=events),
        EVENTS.statement(events=events),
        CLAIMS.statement(claims=claims),
        ENTITIES.statement(entities=entities),
        ARTICLES.statement(articles=articles),
        (COPIES, [articles]),
        derived_statement(answer, figures),
        dependent_statement(answer.asker.scheme, sources, "origin"),
        (ALIKE, [events, SAME]),
        (PARTICIPANTS, [events, answer.asker.scheme.places["roles"]]),
        (WHO_ANNOTATED, [ids(entry["assignment_id"] for entry in entries)]),
        (CHAINS, [claims]),
        segments_statement(entries),
        (FILLED, [events]),
        *readings_statements(answer.asker, articles),
    ]
    (
        spans,
        about_events,
        stated,
        named,
        about_articles,
        copies,
        derived,
        pairs,
        alike,
        roles,
        readings,
        chains,
        segments,
        filled,
        *numbers,
    ) = round_trip(statements)
    return RowDetails(
        {span.pk: span for span in SPANS.all_made(spans)},
        {event.pk: event for event in EVENTS.all_made(about_events)},
        {claim.pk: claim for claim in CLAIMS.all_made(stated)},
        {entity.pk: entity for entity in ENTITIES.all_made(named)},
        {article.pk: article for article in ARTICLES.all_made(about_articles)},
        dict(copies),
        worked_out(derived),
        dependent_pairs(pairs, sources),
        by_event(alike),
        {pk: (annotator, is_gold) for pk, annotator, is_gold in readings},
        by_claim(chains),
        {(document, start): name for document, start, name in segments},
        {article: number for rows in numbers for article, number in rows},
        dict(filled),
        by_role(roles),
    )


def segments_statement(entries: Sequence[Object]) -> Statement:
    begins = list(dict.fromkeys((entry["document_id"], entry["start"]) for entry in entries if entry["start"] is not None))
    return SEGMENTS, [[document for document, _ in begins], [start for _, start in begins]]


def readings_statements(asker: Asker, articles: list[UUID]) -> list[Statement]:
    """How many readings the articles have; none where each of them is asked for, or an earlier state."""
    if asker.past or asker.question["whose"] in ("", "all") or not asker.user.is_active:
        return []
    values = {"user": asker.user.pk, "corpus": asker.corpus.pk, "articles": articles}
    return [READINGS_OF_ALL.statement(**values) if asker.user.is_superuser else READINGS_SEEN.statement(**values)]


def ids(each: Any) -> list[UUID]:
    """Each once."""
    return list(dict.fromkeys(each))


def by_event(alike: Rows) -> dict[UUID, dict[UUID, str]]:
    others: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for one, other, words in alike:
        others[one][other] = words
    return others


def by_role(roles: Rows) -> dict[UUID, list[Object]]:
    """Each named once in a role, in the order of the marks."""
    participants: dict[UUID, list[Object]] = defaultdict(list)
    for event, role, entity, name in roles:
        who = {"as": role, "entity": entity, "name": name}
        if who not in participants[event]:
            participants[event].append(who)
    return participants


def by_claim(chains: Rows) -> dict[UUID, list[Object]]:
    around: dict[UUID, list[Object]] = defaultdict(list)
    for claim, outer, source, name, unnamed, described in chains:
        entity = {"entity": source, "name": name, "unnamed": unnamed} if source else None
        around[claim].append({"id": outer, "source": entity, "described": described})
    return around
