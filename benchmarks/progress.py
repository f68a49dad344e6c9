"""The page of progress of a large corpus beside that of a small one: 10,000 readings by 50 people of 40 marks each, and 250."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from django.db import connection

from benchmarks.acts import World
from benchmarks.asked_corpora import analyse
from benchmarks.filling import fill
from benchmarks.growth import somebody
from benchmarks.host import Host
from benchmarks.report import Row, times
from benchmarks.teams import middle, repeated
from config.static import collect_if_changed

FEW, MANY = 250, int(os.environ.get("ARTICLES", "10000"))
PEOPLE = 50
# Seven readings of ten are submitted, in the weeks of half a year, by everybody in turn.
SPREAD = """WITH numbered AS (SELECT a.id, row_number() OVER (ORDER BY a.id) AS n
    FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id WHERE d.corpus_id = %(corpus)s)
UPDATE annotations_assignment a SET annotator_id = (%(people)s::int[])[1 + n.n %% %(count)s],
    status = CASE WHEN n.n %% 10 < 7 THEN 'submitted' ELSE 'open' END, independent = CASE WHEN n.n %% 10 < 7 THEN revision END,
    submitted = CASE WHEN n.n %% 10 < 7 THEN now() - (n.n %% 180) * interval '1 day' END
FROM numbered n WHERE n.id = a.id"""


def measure(host: Host, rounds: int) -> Iterator[Row]:
    del host  # all of it happens in this process and in PostgreSQL
    from tests import factories

    collect_if_changed()
    manager, scheme = somebody()
    people = [factories.user(f"reader{number}") for number in range(PEOPLE)]
    few, many = (World(submitted(f"progress-{count}", count, people, manager, scheme), manager, scheme) for count in (FEW, MANY))
    analyse()
    beside = middle(seconds_of(few, rounds))
    yield times(f"page of progress, {MANY} readings", seconds_of(many, rounds), limit=min(300, 1.5 * beside), yardstick=beside)


def submitted(slug: str, count: int, people: list[Any], manager: Any, scheme: Any) -> Any:
    from tests import factories

    corpus = fill(slug, count, manager, scheme)
    factories.membership(corpus, manager, "manager")
    for person in people:
        factories.membership(corpus, person, "annotator")
    with connection.cursor() as cursor:
        cursor.execute(SPREAD, {"corpus": corpus.pk, "people": [person.pk for person in people], "count": PEOPLE})
    return corpus


def seconds_of(world: World, rounds: int) -> list[float]:
    return repeated(lambda: world.client.get(f"/corpora/{world.corpus.slug}/progress/"), min(rounds, 20))
