"""The page of progress of 1,000,000 marks beside that of 10,000: 10,000 readings and 100 of 100 marks each, by 50 people, with their tallies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from django.db import connection

from benchmarks.acts import World
from benchmarks.asked_corpora import analyse
from benchmarks.filling import fill, fill_log
from benchmarks.growth import processor_seconds, somebody
from benchmarks.host import Host
from benchmarks.report import Row, single, times
from benchmarks.teams import middle, repeated
from config.static import collect_if_changed

FEW, MANY = 100, int(os.environ.get("ARTICLES", "10000"))
MARKS, PEOPLE = 100, 50
# Seven readings of ten are submitted, in the weeks of half a year, by everybody in turn; each was marked when it was begun.
SPREAD = """WITH numbered AS (SELECT a.id, row_number() OVER (ORDER BY a.id) AS n
    FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id WHERE d.corpus_id = %(corpus)s)
UPDATE annotations_assignment a SET annotator_id = (%(people)s::int[])[1 + n.n %% %(count)s],
    status = CASE WHEN n.n %% 10 < 7 THEN 'submitted' ELSE 'open' END, independent = CASE WHEN n.n %% 10 < 7 THEN revision END,
    submitted = CASE WHEN n.n %% 10 < 7 THEN now() - (n.n %% 180) * interval '1 day' END,
    created = now() - (1 + n.n %% 180) * interval '1 day'
FROM numbered n WHERE n.id = a.id"""


def measure(host: Host, rounds: int) -> Iterator[Row]:
    del host  # all of it happens in this process and in PostgreSQL
    from annotations.tallies.keep import retally
    from tests import factories

    collect_if_changed()
    manager, scheme = somebody()
    people = [factories.user(f"reader{number}") for number in range(PEOPLE)]
    few, many = (World(submitted(f"progress-{count}", count, people, manager, scheme), manager, scheme) for count in (FEW, MANY))
    retally()
    analyse()
    beside = middle(seconds_of(few, rounds))
    yield times(f"page of progress, {MANY} readings", seconds_of(many, rounds), limit=min(300, 1.5 * beside), yardstick=beside)
    beside = processor_of(few, rounds)
    yield single("  processor time", processor_of(many, rounds), "ms", limit=1.5 * beside, yardstick=beside)


def submitted(slug: str, count: int, people: list[Any], manager: Any, scheme: Any) -> Any:
    from tests import factories

    corpus = fill(slug, count, manager, scheme, spans=MARKS)
    factories.membership(corpus, manager, "manager")
    for person in people:
        factories.membership(corpus, person, "annotator")
    with connection.cursor() as cursor:
        cursor.execute(SPREAD, {"corpus": corpus.pk, "people": [person.pk for person in people], "count": PEOPLE})
    fill_log(corpus)
    return corpus


def page_of(world: World) -> Any:
    return world.client.get(f"/corpora/{world.corpus.slug}/progress/")


def seconds_of(world: World, rounds: int) -> list[float]:
    return repeated(lambda: page_of(world), min(rounds, 20))


def processor_of(world: World, rounds: int) -> float:
    """Milliseconds of this process and of its connection's process in PostgreSQL."""
    rounds, used = min(rounds, 20), processor_seconds()
    for _ in range(rounds):
        page_of(world)
    return (processor_seconds() - used) * 1000 / rounds
