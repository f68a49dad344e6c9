"""A page of the lists of marks over HTTP: how its time grows from 1,000 marks to 2,000,000, against the same rows by SQL alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from benchmarks.place import Client, Place
from benchmarks.report import Row, single, times
from benchmarks.save import together

SMALL, LARGE = 1_000, 2_000_000
ARTICLES, MARKS_EACH = 1_000, 40
GROWTH = 1.5  # how many times longer the same page may take in the large corpus
ASKED = {
    "spans, first page of 100": "/api/v1/spans/?limit=100",
    "spans, in order of the text": "/api/v1/spans/?limit=100&order=position",
    "spans of a label": "/api/v1/spans/?limit=100&label=GROUP",
    "figures, first page of 100": "/api/v1/figures/?limit=100",
    "events, first page of 100": "/api/v1/events/?limit=100",
}


def measure(place: Place, rounds: int) -> Iterator[Row]:
    from benchmarks.filling import fill

    reader, scheme, secret = somebody()
    rounds = min(rounds, 60)
    fill("small", SMALL // MARKS_EACH, reader, scheme)
    with place.server():
        before = {name: timed(place, secret, path, rounds) for name, path in ASKED.items()}
    fill("large", ARTICLES, reader, scheme)
    multiply(LARGE // (ARTICLES * MARKS_EACH))
    with place.server():
        yield times("SELECT of 100 marks by key", together([select()], rounds)[0])
        yield single("marks in the database", count(), "")
        for name, path in ASKED.items():
            small = times(name, before[name])
            yield times(name, timed(place, secret, path, rounds), limit=GROWTH * small.median, yardstick=small.median)
        deep = deep_page(Client(place.port, secret))
        yield times("spans, page 20 by its cursor", timed(place, secret, deep, rounds), yardstick=before_median(before))


def before_median(before: dict[str, list[float]]) -> float:
    return times("", before["spans, first page of 100"]).median


def somebody() -> tuple[Any, Any, str]:
    """One who sees every corpus, the scheme, and a token."""
    from django.contrib.auth import get_user_model

    from annotations.models import Scheme
    from corpus.models import Token

    reader = get_user_model().objects.create(username="benchmark", is_superuser=True)
    return reader, Scheme.objects.latest("pk"), Token.issue(reader, "benchmark", ["read"])[1]


def timed(place: Place, secret: str, path: str, rounds: int) -> list[float]:
    client = Client(place.port, secret)
    together([lambda: client.get(path)], 5)
    return together([lambda: client.get(path)], rounds)[0]


def deep_page(client: Client) -> str:
    path = ASKED["spans, first page of 100"]
    for _ in range(19):
        link = json.loads(client.get(path))["next"]
        path = link[link.index("/api/") :]
    return path


def multiply(times_each: int) -> None:
    """So many marks for each that is there: on the same words, since only the rows count here."""
    from django.db import connection

    fields = "kind, fragments, quote, mention_type, extra, revision, assignment_id, entity_id, event_id, label_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO annotations_span (id, key, {fields}) SELECT gen_random_uuid(), '', {fields}"
            " FROM annotations_span, generate_series(2, %s)",
            [times_each],
        )
        cursor.execute("ANALYZE")


def count() -> int:
    from annotations.models import Span

    return Span.objects.count()


def select() -> Callable[[], None]:
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return lambda: connection.execute("SELECT * FROM annotations_span ORDER BY id LIMIT 100").fetchall() and None
