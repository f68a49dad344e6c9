"""Work of a team: agreement of many readings, a page of adjudication and its decisions, the next article; each beside what it is like.

`--articles 10000` for the size that the limits are meant for; otherwise 500 articles, each read by two people who differ in some marks.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier
from typing import Any

from django.db import connection, connections, transaction

from benchmarks.acts import World
from benchmarks.asked_corpora import analyse
from benchmarks.filling import fill, unchecked
from benchmarks.growth import somebody
from benchmarks.host import Host
from benchmarks.report import Row, single, times
from config.static import collect_if_changed

ARTICLES = int(os.environ.get("ARTICLES", "500"))
ADJUDICATED = 12  # texts, of few decisions each
PEOPLE = 20  # take articles at one moment
TAKES = min(25, ARTICLES // (PEOPLE + 1))  # each of them: there are twice as many places as articles
OWN = "annotations_assignment a JOIN corpus_document d ON d.id = a.document_id AND d.corpus_id = %(corpus)s AND a.annotator_id = %(first)s"
# Things of the second reading have ids that follow from those of the first.
AGAIN = "md5({}::text || 'again')::uuid"


def again(column: str) -> str:
    return AGAIN.format(column)


# The second reader ends one actor of seven a letter earlier, and reads one figure of nine ten times as large.
READ_AGAIN = (
    f"UPDATE annotations_figure SET use = 'reported' WHERE assignment_id IN (SELECT a.id FROM {OWN})",
    f"""INSERT INTO annotations_assignment (id, role, status, revision, created, suggesting, annotator_id, document_id, scheme_id)
    SELECT {again("a.id")}, a.role, a.status, a.revision, a.created, a.suggesting, %(second)s, a.document_id, a.scheme_id FROM {OWN}""",
    f"""INSERT INTO annotations_event (id, key, status, polarity, certainty, attributes, has_time, time_basis, time_note, note, read,
        revision, assignment_id, label_id)
    SELECT {again("e.id")}, e.key, e.status, e.polarity, e.certainty, e.attributes, e.has_time, e.time_basis, e.time_note, e.note, e.read,
        e.revision, {again("a.id")}, e.label_id FROM annotations_event e JOIN {OWN} ON a.id = e.assignment_id""",
    f"""INSERT INTO annotations_span (id, key, kind, fragments, quote, mention_type, extra, revision, assignment_id, entity_id, event_id, label_id)
    SELECT {again("s.id")}, s.key, s.kind, ARRAY[ARRAY[s.start, s."end" - shorter]], left(s.quote, length(s.quote) - shorter), s.mention_type, s.extra,
        s.revision, {again("a.id")}, s.entity_id, {again("s.event_id")}, s.label_id
    FROM annotations_span s JOIN {OWN} ON a.id = s.assignment_id
    CROSS JOIN LATERAL (SELECT (s.kind = 'actor' AND abs(hashtext(s.id::text)) %% 7 = 0)::int AS shorter) changed""",
    """INSERT INTO annotations_figure (span_id, low, high, assignment_id, {columns})
    SELECT {span}, f.low * larger, f.high * larger, {work}, {own} FROM annotations_figure f JOIN {of_first} ON a.id = f.assignment_id
    CROSS JOIN LATERAL (SELECT CASE WHEN abs(hashtext(f.span_id::text)) %% 9 = 0 THEN 10 ELSE 1 END AS larger) changed""",
    f"""INSERT INTO annotations_argument (position, event_id, assignment_id, role_id, span_id)
    SELECT g.position, {again("g.event_id")}, {again("a.id")}, g.role_id, {again("g.span_id")}
    FROM annotations_argument g JOIN {OWN} ON a.id = g.assignment_id""",
    f"""INSERT INTO annotations_link (id, type, revision, assignment_id, source_span_id, target_span_id)
    SELECT {again("k.id")}, k.type, k.revision, {again("a.id")}, {again("k.source_span_id")}, {again("k.target_span_id")}
    FROM annotations_link k JOIN {OWN} ON a.id = k.assignment_id""",
    """UPDATE annotations_assignment SET status = 'submitted', submitted = now(), independent = revision
    WHERE document_id IN (SELECT id FROM corpus_document WHERE corpus_id = %(corpus)s)""",
)
FIGURE = """SELECT string_agg(column_name, ', '), string_agg('f.' || column_name, ', ') FROM information_schema.columns
    WHERE table_name = 'annotations_figure' AND is_generated = 'NEVER' AND column_name NOT IN ('span_id', 'low', 'high', 'assignment_id')"""


def measure(host: Host, rounds: int) -> Iterator[Row]:
    del host  # all of it happens in this process and in PostgreSQL
    collect_if_changed()
    rounds = min(rounds, 40)
    world = read_twice()
    yield from scored(world, rounds)
    yield from shown(world, rounds)
    yield from adjudicated(world, rounds)
    yield from taken(world)


def read_twice() -> World:
    from tests import factories

    reader, scheme = somebody()
    second = factories.user("second")
    corpus = fill("teams", ARTICLES, reader, scheme)
    values = {"corpus": corpus.pk, "first": reader.pk, "second": second.pk}
    with transaction.atomic(), unchecked() as cursor:
        cursor.execute(FIGURE)
        columns, own = cursor.fetchone()
        for statement in READ_AGAIN:
            named = {"columns": columns, "own": own, "span": again("f.span_id"), "work": again("a.id"), "of_first": OWN}
            cursor.execute(statement.format(**named) if "{columns}" in statement else statement, values)
    analyse()
    return World(corpus, reader, scheme)


def seconds_of(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def repeated(act: Callable[[], Any], rounds: int) -> list[float]:
    act()
    return [seconds_of(act) for _ in range(rounds)]


def middle(seconds: list[float]) -> float:
    """In milliseconds."""
    return sorted(seconds)[len(seconds) // 2] * 1000


# Agreement


def scored(world: World, rounds: int) -> Iterator[Row]:
    """The gold of the seed with itself, beside the comparison that an annotator sees; then all pairs, beside their export."""
    from annotations.agreement.pair_counts import pair_counts
    from annotations.documents.build import documents
    from annotations.models import Assignment
    from annotations.queries.gold_comparison import compared
    from annotations.scoring.pairs import score, score_gamma, views_at

    gold = Assignment.objects.gold().get(document__corpus__slug="demo", document__article__practice=True)
    views, lengths = views_at({gold.pk: gold.revision})
    view, spans = views[gold.pk], next(iter(documents([gold])))[0]["mentions"]
    yardstick = middle(repeated(lambda: compared(spans, spans), rounds))
    own = repeated(lambda: pair_counts(view, view, lengths[gold.pk]), rounds)
    yield times("count a pair of the seed", own, limit=5, yardstick=yardstick)
    readings = Assignment.objects.whole().filter(document__corpus=world.corpus).order_by("document", "pk")
    exported = seconds_of(lambda: [len(document) for document, _ in documents(list(readings))])
    took = seconds_of(lambda: score(world.corpus.pk))
    each, beside = (seconds * 1000 / ARTICLES for seconds in (took, exported))
    yield single("count all pairs, for each article", each, "ms", limit=3 * beside, yardstick=beside)
    number: list[int] = []
    took = seconds_of(lambda: number.append(score_gamma(world.corpus.pk)))
    yield single(f"gamma of {number[0]} drawn pairs", took, "s", limit=90)


def shown(world: World, rounds: int) -> Iterator[Row]:
    from annotations.scoring.pairs import current

    def rows() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM annotations_pairscore WHERE id = ANY(%s)", [keys])
            return cursor.fetchall()

    keys = current(world.corpus.pk).keys
    yardstick = middle(repeated(rows, rounds))
    address = f"/corpora/{world.corpus.slug}/agreement/"
    seconds = repeated(lambda: world.client.get(address), min(rounds, 5))
    yield times("page of agreement, with intervals", seconds, limit=min(500, 4 * yardstick), yardstick=yardstick)
    tag = {"if-none-match": world.client.get(address)["ETag"]}
    again = repeated(lambda: world.client.get(address, headers=tag), min(rounds, 5))
    yield times("  nothing changed: 304", again, limit=20, yardstick=yardstick)


# Adjudication


def adjudicated(world: World, rounds: int) -> Iterator[Row]:
    """A page beside the annotator's of the gold; a decision beside a mark that is saved, both by API."""
    from annotations.write.adjudicate import start
    from corpus.models import Document
    from tests import factories

    judge = factories.user("judge", is_superuser=True)
    judged = World(world.corpus, judge, world.scheme)
    documents = Document.objects.filter(corpus=world.corpus).select_related("corpus").order_by("pk")[:ADJUDICATED]
    begun = [start(document, judge)[0] for document in documents]
    gold = begun[0].gold
    annotate = middle(repeated(lambda: judged.client.get(f"/annotate/{gold.pk}/"), rounds))
    page = repeated(lambda: judged.client.get(f"/adjudicate/{gold.pk}/"), rounds)
    yield times("page of adjudication", page, limit=min(300, 1.5 * annotate), yardstick=annotate)
    saved = middle([took for each in begun for took in marks_saved(judged, each.gold, 4)])
    decided = [took for each in begun for took in decisions(judged, each, rounds)]
    yield times("a decision", decided, limit=1.5 * saved, yardstick=saved)


def send(world: World, address: str, body: Any) -> tuple[float, Any]:
    headers = {"Authorization": f"Bearer {world.token}"}
    began = time.perf_counter()
    answer = world.client.post(address, body, content_type="application/json", headers=headers)
    took = time.perf_counter() - began
    if answer.status_code >= 400:
        raise SystemExit(f"{address}: {answer.status_code} {answer.content[:300]!r}")
    return took, answer.json()


def marks_saved(world: World, gold: Any, rounds: int) -> Iterator[float]:
    gold.refresh_from_db()
    text = gold.document.text
    letters = [number for number, sign in enumerate(text) if sign.isalpha()]
    for number, base in zip(letters[:rounds], count(gold.revision), strict=False):
        where = {"start": number, "end": number + 1, "quote": text[number]}
        mark = {"id": str(uuid.uuid4()), "layer": "ACTOR", "label": "GROUP", "fragments": [where]}
        change = {"id": str(uuid.uuid4()), "op": "create", "kind": "span", "object": mark}
        yield send(world, f"/api/v1/assignments/{gold.pk}/changes/", {"base": base, "changes": [change]})[0]


def decisions(world: World, adjudication: Any, rounds: int) -> Iterator[float]:
    """As many as there are differences, at most."""
    address = f"/api/v1/adjudications/{adjudication.pk}/"
    headers = {"Authorization": f"Bearer {world.token}"}
    state = world.client.get(address, headers=headers).json()
    base = state["revision"]
    for group in [group for group in state["differences"] if not group["outcome"]][:rounds]:
        reader = group["versions"][0]["reader"]
        body = {"id": str(uuid.uuid4()), "difference": group["name"], "outcome": "accepted", "reader": reader, "base": base}
        took, answer = send(world, f"{address}decisions/", body)
        base = answer["revision"]
        yield took


# The next article


def taken(world: World) -> Iterator[Row]:
    """Many people at one moment, each over a connection of their own; beside a row that is inserted and committed."""
    from annotations.models import Plan, PlanArticle, TeamSettings
    from annotations.plans.change import create_plan
    from annotations.plans.draw import start
    from annotations.plans.take import take_next
    from tests import factories

    corpus = fill("plans", ARTICLES, world.user, world.scheme)
    factories.adopt(corpus)
    TeamSettings.objects.create(corpus=corpus, open_at_once=100)
    people = [factories.user(f"person{number}") for number in range(PEOPLE)]
    for person in people:
        factories.membership(corpus, person, "annotator")
    values = {"name": "All", "readings": 3, "share": 100}
    plan: Plan = create_plan(corpus, values, {}, world.user)
    start(plan, corpus.articles.all(), world.user)
    analyse()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE benchmark_row (id int)")
        inserted = middle(repeated(lambda: cursor.execute("INSERT INTO benchmark_row VALUES (1)"), 40))
        cursor.execute("DROP TABLE benchmark_row")
    barrier = Barrier(PEOPLE)

    def take_some(person: Any) -> list[float]:
        try:
            barrier.wait()
            return [seconds_of(lambda: take_next(person)) for _ in range(TAKES)]
        finally:
            connections.close_all()

    alone = [seconds_of(lambda: take_next(people[0])) for _ in range(TAKES)]
    yield times("the next article, one person", alone, limit=20, yardstick=inserted)
    with ThreadPoolExecutor(PEOPLE) as pool:
        every = [second for seconds in pool.map(take_some, people) for second in seconds]
    yield times(f"  {PEOPLE} people at one moment, each", every, yardstick=inserted)
    over = sum(row.live > row.needed for row in PlanArticle.objects.filter(plan=plan))
    yield single("  articles with too many readings", over, "", limit=0)
