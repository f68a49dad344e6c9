"""A page of the lists of marks over HTTP: how its time grows from 1,000 marks to 2,000,000, against the same rows by SQL alone.

Processor time is that of web server and PostgreSQL for one page: it hardly depends on what else the machine does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psutil
import psycopg

from benchmarks.host import Client, Host
from benchmarks.report import Row, single, times
from benchmarks.save import together

SMALL, LARGE = 1_000, 2_000_000
ARTICLES, MARKS_EACH = 1_000, 40
GROWTH = 1.5  # how many times longer the same page may take in the large corpus
ASKED = {
    "spans, first page of 100": "/api/v1/spans/?drafts=true&limit=100",
    "spans, in order of the text": "/api/v1/spans/?drafts=true&limit=100&order=position",
    "spans of a label": "/api/v1/spans/?drafts=true&limit=100&label=GROUP",
    "figures, first page of 100": "/api/v1/figures/?drafts=true&limit=100",
    "events, first page of 100": "/api/v1/events/?drafts=true&limit=100",
}


def measure(host: Host, rounds: int) -> Iterator[Row]:
    from benchmarks.filling import fill

    reader, scheme, secret = somebody()
    rounds = min(rounds, 60)
    fill("small", SMALL // MARKS_EACH, reader, scheme)
    with host.server() as server:
        before = {name: timed(host, server, secret, path, rounds) for name, path in ASKED.items()}
    fill("large", ARTICLES, reader, scheme)
    multiply()
    with host.server() as server:
        yield times("SELECT of 100 marks by key", together([select()], rounds)[0])
        yield single("marks in the database", count(), "")
        for name, path in ASKED.items():
            yield from grown(name, before[name], timed(host, server, secret, path, rounds))
        deep = timed(host, server, secret, deep_page(Client(host.port, secret)), rounds)
        yield from grown("spans, page 20 by its cursor", before["spans, first page of 100"], deep)


@dataclass
class Asked:
    """Seconds of each answer, and milliseconds of the processor for one."""

    seconds: list[float]
    processor: float


def grown(name: str, small: Asked, large: Asked) -> Iterator[Row]:
    median = times(name, small.seconds).median
    yield times(name, large.seconds, limit=GROWTH * median, yardstick=median)
    yield single("  processor time", large.processor, "ms", limit=GROWTH * small.processor, yardstick=small.processor)


def somebody() -> tuple[Any, Any, str]:
    """One who sees every corpus, the scheme, and a token."""
    from django.contrib.auth import get_user_model

    from annotations.models import Scheme
    from corpus.models import Token

    reader = get_user_model().objects.create(username="benchmark", is_superuser=True)
    return reader, Scheme.objects.latest("pk"), Token.issue(reader, "benchmark", ["read"])[1]


def timed(host: Host, server: Any, secret: str, path: str, rounds: int) -> Asked:
    client = Client(host.port, secret)
    together([lambda: client.get(path)], 5)
    before = processor_seconds(host, server)
    seconds = together([lambda: client.get(path)], rounds)[0]
    return Asked(seconds, (processor_seconds(host, server) - before) * 1000 / rounds)


def processor_seconds(host: Host, server: Any) -> float:
    """Used so far by the web server's processes and those of PostgreSQL."""
    found = host.cluster.postmaster()
    families = [psutil.Process(pid) for pid in (server.pid, found.pid if found else server.pid)]
    processes = {each.pid: each for family in families for each in (family, *family.children(recursive=True))}
    return sum(sum(each.cpu_times()[:2]) for each in processes.values())


def deep_page(client: Client) -> str:
    path = ASKED["spans, first page of 100"]
    for _ in range(19):
        link = json.loads(client.get(path))["next"]
        path = link[link.index("/api/") :]
    return path


def multiply() -> None:
    """As many marks as there should be, on the same words, since only the rows count here.

    No triggers: a page of events shows all that its events have.
    """
    from django.db import connection, transaction

    fields = "kind, fragments, quote, mention_type, extra, revision, assignment_id, entity_id, event_id, label_id"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(
            f"INSERT INTO annotations_span (id, key, {fields}) SELECT gen_random_uuid(), '', {fields}"
            " FROM annotations_span, generate_series(1, %s / (SELECT count(*) FROM annotations_span WHERE event_id IS NULL))"
            " WHERE event_id IS NULL",
            [LARGE],
        )
        cursor.execute("ANALYZE")


def count() -> int:
    from annotations.models import Span

    return Span.objects.count()


def select() -> Callable[[], None]:
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return lambda: connection.execute("SELECT * FROM annotations_span ORDER BY id LIMIT 100").fetchall() and None
