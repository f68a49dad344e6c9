"""Save one change: a figure mark whose value the server reads, over HTTP, against INSERT + COMMIT on the same server."""

from __future__ import annotations

import json
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg

from benchmarks.place import Client, Place
from benchmarks.report import Row, single, times

CLIENTS = 8
QUOTE = "300"


def measure(place: Place, rounds: int) -> Iterator[Row]:
    with place.server():
        writers = [writer(place, number) for number in range(CLIENTS)]
        inserters = [inserter() for _ in range(CLIENTS)]
        warm(writers)
        one, _ = together([inserters[0]], rounds)
        saved, _ = together([writers[0]], rounds)
        yardstick = times("INSERT + COMMIT of one row, one client", one)
        yield yardstick
        yield times("save one mark, one client", saved, limit=6, yardstick=yardstick.median)
        many, took = together(inserters, rounds)
        bare = len(many) / took
        yield times("INSERT + COMMIT of one row, 8 clients", many)
        yield from eight("8 clients on 8 assignments", writers, rounds, bare, limit=40)
        same = [writer(place, 0) for _ in range(CLIENTS)]
        yield from eight("8 clients on one assignment", same, rounds, bare)


def eight(name: str, writers: list[Callable[[], None]], rounds: int, bare: float, limit: float | None = None) -> Iterator[Row]:
    """`limit`: of the slowest twentieth, in ms; none where all wait for the lock of one assignment."""
    saved, took = together(writers, rounds)
    row = times(f"save one mark, {name}", saved)
    yield Row(**{**vars(row), "limit": None})
    yield single("  the slowest twentieth (p95)", row.p95, "ms", limit=limit)
    yield single("  marks a second", len(saved) / took, "/s", limit=300, yardstick=bare, more_is_better=True)


def warm(writers: list[Callable[[], None]]) -> None:
    """Until every thread of the server has its database connection."""
    together(writers, 20)


def together(acts: list[Callable[[], None]], rounds: int) -> tuple[list[float], float]:
    """Each act `rounds` times, all at once; the seconds of each, and of the whole."""
    seconds: list[float] = []
    failed: list[BaseException] = []

    def work(act: Callable[[], None]) -> None:
        try:
            for _ in range(rounds):
                began = time.perf_counter()
                act()
                seconds.append(time.perf_counter() - began)
        except BaseException as error:  # noqa: BLE001 - told below, in the thread that can end the run
            failed.append(error)

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if failed:
        raise SystemExit(f"a client failed: {failed[0]}")
    return seconds, took


def writer(place: Place, number: int) -> Callable[[], None]:
    """A client with an assignment of its own on the seed article, marking 300 as a people count."""
    assignment, secret = annotator(number)
    client = Client(place.port, secret)
    path = f"/api/v1/assignments/{assignment.pk}/changes/"
    start = assignment.document.text.index(QUOTE)
    fragment = {"start": start, "end": start + len(QUOTE), "quote": QUOTE}

    def save() -> None:
        mark = {"id": str(uuid.uuid4()), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment]}
        change = {"id": str(uuid.uuid4()), "op": "create", "kind": "span", "object": mark}
        client.post(path, {"base": 0, "changes": [change]})

    return save


def annotator(number: int) -> tuple[Any, str]:
    from django.contrib.auth import get_user_model

    from annotations.assign import open_for
    from annotations.models import Assignment
    from corpus.models import Membership, Token

    # That of the seed article: other measurements of the same run add articles to its corpus.
    document = Assignment.objects.gold().get(document__corpus__slug="demo").document
    user, _ = get_user_model().objects.get_or_create(username=f"annotator-{number}")
    Membership.objects.get_or_create(corpus=document.corpus, user=user, defaults={"role": "annotator"})
    assignment, _ = open_for(user, document)
    return assignment, Token.issue(user, "benchmark", ["annotate"])[1]


def inserter() -> Callable[[], None]:
    """What any way to save must at least do: one row of the size of a mark, on the disk."""
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    connection.execute("CREATE TABLE IF NOT EXISTS yardstick (id uuid PRIMARY KEY, body jsonb)")
    body = json.dumps({"quote": QUOTE, "attributes": dict.fromkeys(map(str, range(20)))})

    def insert() -> None:
        connection.execute("INSERT INTO yardstick VALUES (%s, %s)", [uuid.uuid4(), body])

    return insert
