"""The questions of a corpus: ledgers, drawings, words and the index, each beside what PostgreSQL takes alone for the same.

`--marks 2000000 --articles 100000` for the sizes that the limits are meant for: marks in the corpus that ledgers are asked of, and short
articles in the one for words. Ledgers are asked in this process, as pages and the API ask them.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import psycopg

from benchmarks.acts import World
from benchmarks.asked_corpora import analyse, marked_corpus, short_texts
from benchmarks.filling import SPANS
from benchmarks.growth import counted, somebody
from benchmarks.host import Host
from benchmarks.repeating import median, refused, repeated, round_trips, statement
from benchmarks.report import Row, single, times

SMALL = 1_000
MARKS, ARTICLES = int(os.environ.get("MARKS", "40000")), int(os.environ.get("ARTICLES", "2000"))
PAGE, DEEP = 50, 20
GROWTH = 1.5  # how many times longer a page may take in the large corpus, and a page behind others
FIRST_PAGES = {
    "events": ("events", ""),
    "events of a type": ("events", "type=REPATRIATE"),
    "events of a type, one status": ("events", "type=REPATRIATE&status=happened"),
    "events of a source": ("events", "source={group}"),
    "events with an entity": ("events", "entity={group}&maybe=0"),
    "figures": ("figures", ""),
}
NARROW = "type=REPATRIATE&status=happened&place={{{place}}}&from=2016-06-01&to=2017-03-31&figure=1"
PLACES = {"1 place": "town", "101 places": "province", "1,516 places": "country"}
ALONE = "SELECT {columns}, count(*) FROM questions_entry e {tables} WHERE e.corpus_id = %s AND e.is_best AND {rest} GROUP BY {columns}"
GROUPED = {
    "counts of one column": ("counts", "by=status", ALONE.format(columns="e.status", tables="", rest="true"), 500),
    "counts of two columns": ("counts", "by=type,month", ALONE.format(columns="e.type, e.earliest", tables="", rest="true"), 800),
    "network": (
        "network",
        "status=any&polarity=any",
        ALONE.format(
            columns="one.actor, e.type, other.acted",
            tables="CROSS JOIN unnest(e.actors) one(actor) CROSS JOIN unnest(e.acted) other(acted)",
            rest="e.kind = 'event'",
        ),
        1_200,
    ),
}
DRAWN = {"timeline": ("events", 40), "network": ("network", 60)}
SEARCHED = {
    "a rare word": ("zymurgy", 60),
    "a common word": ("workers", 60),
    "a beginning": ("repatriat*", 60),
    "a phrase": ("were sent home", 150),
    "two CJK characters": ("遣返", 60),
}


@dataclass(frozen=True)
class AskedLedger:
    """A question of a ledger in the corpus of a world."""

    world: World
    ledger: str
    query: str

    @property
    def question(self) -> Any:
        from questions.address.question import read

        return read(self.ledger, parse_qsl(self.query))

    @property
    def asker(self) -> Any:
        from questions.asking.asker import Asker

        return Asker(self.question, self.world.corpus, self.world.user)

    def answer(self, limit: int = PAGE, cursor: str = "") -> Any:
        from questions.ledgers.answered import answered

        return answered(self.question, self.world.corpus, self.world.user, limit, cursor)


def measure(host: Host, rounds: int) -> Iterator[Row]:
    del host  # all of it happens in this process and in PostgreSQL
    rounds = min(rounds, 40)
    small = world("questions-small", SMALL)
    before = {name: small_page(asked(small, *question), rounds) for name, question in FIRST_PAGES.items()}
    yield from of_large(world("questions-large", MARKS), small, before, rounds)


def of_large(large: World, small: World, before: dict[str, tuple[int, float]], rounds: int) -> Iterator[Row]:
    """All that is measured; what fails is a row that says so, and the others are measured nevertheless."""
    yield from whatever_fails("index", indexed(large, rounds))
    yield from whatever_fails("first pages", first_pages(large, before, rounds))
    yield from whatever_fails("narrow questions", narrow_pages(large, rounds))
    for name in GROUPED:
        yield from whatever_fails(name, grouped(large, name, rounds))
    yield from whatever_fails("drawings", drawings(large, rounds))
    yield from whatever_fails("saves", saves(rounds))
    yield from whatever_fails("page", html_page(large))
    yield from whatever_fails("concordance lines", lines(small, rounds))


def whatever_fails(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows as far as they come. A run of an hour would be lost with one that does not."""
    try:
        yield from rows
    except Exception as error:  # noqa: BLE001 - it is told, and the exit status says it
        traceback.print_exception(error)
        connection_closed()
        yield single(f"{name}: {type(error).__name__}", float("nan"), "", limit=0)


def connection_closed() -> None:
    """What failed may have left a transaction behind."""
    from django.db import connection

    connection.close()


def world(slug: str, marks: int) -> World:
    """A corpus with so many marks that is not indexed yet, if it is the large one."""
    reader, scheme = somebody()
    made = World(marked_corpus(slug, marks // SPANS, reader, scheme), reader, scheme)
    if marks == SMALL:
        rebuilt(made)
    return made


def rebuilt(of: World) -> float:
    from questions.index.keep import rebuild
    from questions.management.commands.index import JOBS

    analyse()
    began = time.perf_counter()
    for _ in rebuild(of.corpus, JOBS):
        pass
    took = time.perf_counter() - began
    analyse()
    return took


def asked(of: World, ledger: str, query: str) -> AskedLedger:
    return AskedLedger(of, ledger, query.format(**names(of)))


def names(of: World) -> dict[str, str]:
    """Ids of entities that questions name."""
    from registry.models import Entity

    rows = Entity.objects.filter(corpus=of.corpus)
    known = {"country": "The country", "province": "Province 3", "town": "Town 301"}
    ids = {name: str(rows.get(name=called).pk) for name, called in known.items()}
    return ids | {"group": str(rows.filter(type="GROUP").order_by("pk")[0].pk)}


# What is measured


def indexed(large: World, rounds: int) -> Iterator[Row]:
    """All of the large corpus for the first time and again, and an article of 129 marks."""
    from annotations.models import Assignment
    from questions.index.entries_sql import ENTRIES
    from questions.index.keep import assignments, parameters, write

    took = rebuilt(large)
    gold = Assignment.objects.gold().get(document__corpus__slug="demo", document__article__practice=True).pk
    alone = f"SELECT count(*) FROM (SELECT * FROM ({ENTRIES}) made OFFSET 0) all_of_them"
    yardstick = median(repeated(statement(alone, parameters([gold])), rounds))
    yield times("index an article of 129 marks again", repeated(lambda: write([gold]), rounds), limit=4, yardstick=yardstick)
    yield times("  for the first time", repeated(lambda: indexed_first(gold), rounds), yardstick=yardstick)
    some = parameters(assignments(large.corpus)[:200])
    each = median(repeated(statement(alone, some), min(rounds, 3))) / (len(some["ids"]) * SPANS)
    yield single("index all, for each mark", took * 1000 / MARKS, "ms", limit=180_000 / 2_000_000, yardstick=each)
    yield single("  again, with nothing changed", rebuilt(large) * 1000 / MARKS, "ms", yardstick=each)


def indexed_first(pk: Any) -> None:
    """Nothing of it is in the index yet; what says what it said would not be written."""
    from questions.index.keep import write
    from questions.models import Entry, IndexedAssignment, IndexedFinding

    for rows in (Entry.objects, IndexedAssignment.objects, IndexedFinding.objects):
        rows.filter(assignment=pk).delete()
    write([pk])


def small_page(page: AskedLedger, rounds: int) -> tuple[int, float]:
    """How many rows it has, of which the large one may have more, and the milliseconds for them."""
    rows = len(page.answer().page.rows)
    return rows, median(repeated(page.answer, rounds))


@contextmanager
def waiting(large: World, readings: int) -> Iterator[None]:
    """As after somebody has saved: the index is behind with some readings."""
    from annotations.models import Assignment
    from questions.models import Stale

    some = Assignment.objects.filter(document__corpus=large.corpus).order_by("pk")[:readings]
    rows = Stale.objects.bulk_create(Stale(assignment=each.pk) for each in some)
    yield
    Stale.objects.filter(pk__in=[row.pk for row in rows]).delete()


def first_pages(large: World, before: dict[str, tuple[int, float]], rounds: int) -> Iterator[Row]:
    by_key = "SELECT * FROM questions_entry ORDER BY id LIMIT 50"
    yield times("SELECT of 50 entries by key", repeated(statement(by_key), rounds))
    for name, (ledger, query) in FIRST_PAGES.items():
        page, (size, small) = asked(large, ledger, query), before[name]
        seconds = repeated(lambda: page.answer(size), rounds)  # noqa: B023 - called at once
        yield times(f"{name}, first page, {size} rows", seconds, limit=GROWTH * small, yardstick=small)
        if name == "events":
            with waiting(large, 3):
                yield times("  while 3 readings wait for the index", repeated(page.answer, rounds), yardstick=median(seconds))
            cursor = deep_cursor(page)
            yield times(
                "  page 20 by its cursor",
                repeated(lambda: page.answer(cursor=cursor), rounds),  # noqa: B023 - called at once
                limit=GROWTH * median(seconds),
                yardstick=median(seconds),
            )
            yield times("  numbers of its parts", repeated(lambda: parts(page), rounds), limit=300)  # noqa: B023


def deep_cursor(page: AskedLedger) -> str:
    """Of the last page there is, if there are fewer than twenty."""
    cursor = ""
    for _ in range(DEEP - 1):
        cursor = page.answer(cursor=cursor).following or cursor
    return cursor


def parts(page: AskedLedger) -> Any:
    from questions.asking.answer import IndexAnswer
    from questions.asking.time_limits import within_time

    with within_time(page.world.corpus):
        return IndexAnswer(page.asker).parts()


def narrow_pages(large: World, rounds: int) -> Iterator[Row]:
    """Type, status, window, place and figure, beside the ids that fit."""
    from questions.asking.answer import IndexAnswer
    from questions.asking.condition import both

    for name, place in PLACES.items():
        page = asked(large, "events", NARROW.format(place=place))
        answer = IndexAnswer(page.asker)
        chosen = both([answer.there, answer.in_part])
        sql = f"SELECT e.id FROM questions_entry e WHERE {chosen.of('e')} ORDER BY e.earliest, e.id LIMIT {PAGE + 1}"
        bare = median(repeated(statement(sql, chosen.values), rounds))
        row = times(f"narrow question, {name}", repeated(page.answer, rounds), limit=80, yardstick=bare)
        yield row
        yield single("  p95", row.p95, "ms", limit=200)


def grouped(large: World, name: str, rounds: int) -> Iterator[Row]:
    ledger, query, sql, most = GROUPED[name]
    alone = median(repeated(statement(sql, [large.corpus.pk]), rounds))
    seconds = repeated(refused(asked(large, ledger, query).answer), rounds)
    yield times(name, seconds, limit=most, yardstick=alone)


def drawings(large: World, rounds: int) -> Iterator[Row]:
    from corpus.plots.elements import markup
    from questions.drawing.every import drawn
    from questions.views.ask import DRAWN as MOST_DRAWN

    for name, (ledger, most) in DRAWN.items():
        began = time.perf_counter()
        answer = refused(lambda: asked(large, ledger, "").answer(MOST_DRAWN))()  # noqa: B023 - called at once
        if answer is None:
            yield single(f"drawing of the {name}, refused", (time.perf_counter() - began) * 1000, "ms", limit=most)
            continue

        def draw(answer: Any = answer) -> str:
            plot = drawn(answer.asker, answer.page.rows, is_whole=answer.is_whole)
            return str(markup(plot)) if plot else ""

        yield times(f"drawing of the {name}", repeated(draw, rounds), limit=most)
        yield single("  its size", len(draw().encode()) / 1000, "kB", limit=60)


def saves(rounds: int) -> Iterator[Row]:
    """What a save does to its assignment, with the trigger that notes it for the index and without, in turns."""
    from annotations.models import Assignment

    pk = Assignment.objects.gold().get(document__corpus__slug="demo", document__article__practice=True).pk
    saved = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    update = "UPDATE annotations_assignment SET revision = revision + 1 WHERE id = %s"
    seconds: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    for _ in range(4):
        for switch, all_of_it in seconds.items():
            saved.execute(f"ALTER TABLE annotations_assignment {switch} TRIGGER assignment_changed")
            all_of_it.extend(repeated(lambda: saved.execute(update, [pk]), rounds))
    saved.execute("ALTER TABLE annotations_assignment ENABLE TRIGGER assignment_changed")
    saved.execute("DELETE FROM questions_stale")
    without = median(seconds["DISABLE"])
    yield times("a save's UPDATE and COMMIT, with the trigger", seconds["ENABLE"], limit=without + 0.1, yardstick=without)


def html_page(large: World) -> Iterator[Row]:
    from config.static import collect_if_changed

    collect_if_changed()
    path = f"/corpora/{large.corpus.slug}/ask/events/"
    shown = large.client.get(path)
    yield single("page of 50 events", len(shown.content) / 1000, "kB", limit=120)
    yield single("  its round trips to PostgreSQL", round_trips(lambda: large.client.get(path)), "", limit=12)
    yield single("  its statements", counted(lambda: large.client.get(path)), "")
    yield single("  as many for one row", counted(lambda: large.client.get(f"{path}?{one_row(large)}")), "")


def one_row(large: World) -> str:
    first = asked(large, "events", "").answer(1).page.rows[0]
    return f"article={first['entries'][0]['article']}&place={names(large)['town']}&unplaced=1"


def lines(of: World, rounds: int) -> Iterator[Row]:
    """50 lines of a concordance, beside the number of passages that the index names for the same words."""
    from corpus.passages.index import index_all
    from corpus.passages.search import query_for
    from corpus.words.patterns import read_pattern

    corpus = short_texts("questions-words", ARTICLES)
    began = time.perf_counter()
    index_all()
    yield single("index the words of a short article", (time.perf_counter() - began) * 1000 / ARTICLES, "ms")
    analyse()
    asking = World(corpus, of.user, of.scheme)
    counting = "SELECT count(*) FROM corpus_searchpassage WHERE corpus_id = %s AND words @@ %s::tsquery"
    for name, (words, most) in SEARCHED.items():
        query = query_for(corpus, read_pattern(words)).text
        alone = median(repeated(statement(counting, [corpus.pk, query]), rounds))
        limit = min(most, 2 * alone + 20)
        page = AskedLedger(asking, "words", f"q={words.replace(' ', '+')}")
        yield times(f"50 lines of {name}", repeated(page.answer, rounds), limit=limit, yardstick=alone)
