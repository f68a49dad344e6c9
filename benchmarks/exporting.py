"""A corpus sent over HTTP in every format, beside COPY of JSON of the same rows out of the same server.

`ARTICLES=50000` in the environment takes so many, in the native format only.
"""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
import psycopg

from benchmarks.filling import fill
from benchmarks.host import Host
from benchmarks.report import Row, single

COUNT = int(os.environ.get("ARTICLES", "1000"))
FEW = 1_000  # with more, only the native format is waited for
ROUNDS = 3 if COUNT <= FEW else 1
MINUTES = 60
CHUNK = 2**16

# What any export must at least do: text, marks and links of every article as JSON.
JSON = """SELECT json_build_object('id', d.id, 'title', x.title, 'text', d.text, 'spans', (
        SELECT json_agg(json_build_object('id', s.id, 'start', s.start, 'end', s."end", 'label', l.code, 'quote', s.quote))
        FROM annotations_span s JOIN annotations_label l ON l.id = s.label_id WHERE s.assignment_id = a.id), 'relations', (
        SELECT json_agg(json_build_object('type', k.type, 'source', k.source_span_id, 'target', k.target_span_id))
        FROM annotations_link k WHERE k.assignment_id = a.id))
    FROM annotations_assignment a JOIN corpus_document d ON d.id = a.document_id JOIN corpus_article x ON x.id = d.article_id
    WHERE d.corpus_id = {corpus}"""


@dataclass
class Sent:
    seconds: float
    size: int
    first: float
    peak: float  # MB of the web server's processes
    client: float  # MB of the process that takes it

    @property
    def speed(self) -> float:
        return self.size / 1e6 / self.seconds


def measure(host: Host, rounds: int) -> Iterator[Row]:
    corpus, secret = filled()
    bare = max(copied(corpus.pk) for _ in range(ROUNDS))
    yield single(f"COPY of JSON of {COUNT} articles", bare, "MB/s")
    with host.server() as server:
        plain = min((sent(host, server, secret, "native") for _ in range(ROUNDS)), key=lambda each: each.seconds)
        yield single("export, native", plain.speed, "MB/s", limit=0.6 * bare, yardstick=bare, more_is_better=True)
        yield single("  articles a second", COUNT / plain.seconds, "docs/s")
        yield single("  first byte", plain.first * 1000, "ms", limit=1000)
        yield single("  memory of the server, at most", plain.peak, "MB")
        yield single("  memory of the client, at most", plain.client, "MB")
        yield from others(host, server, secret)


def others(host: Host, server: Any, secret: str) -> Iterator[Row]:
    if COUNT > FEW:
        return
    from annotations.documents.export import writers

    asked = {"native, what follows too": "native&derived=1"} | {name: name for name in sorted(writers()) if name != "native"}
    for name, query in asked.items():
        found = sent(host, server, secret, query)
        yield single(f"export, {name}", found.speed, "MB/s")
        yield single("  articles a second", COUNT / found.seconds, "docs/s")
        yield single("  memory of the server, at most", found.peak, "MB")


def filled() -> tuple[Any, str]:
    from django.contrib.auth import get_user_model

    from annotations.models import Scheme
    from corpus.models import Membership, Token

    person = get_user_model().objects.get(username="manager")
    corpus = fill("filled", COUNT, person, Scheme.objects.latest("loaded"))
    Membership.objects.create(corpus=corpus, user=person, role="manager")
    return corpus, Token.issue(person, "benchmark", ["export"])[1]


def copied(corpus: int) -> float:
    """MB a second."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        began, size = time.perf_counter(), 0
        with cursor.copy(f"COPY ({JSON.format(corpus=corpus)}) TO STDOUT") as copy:
            for piece in copy:
                size += len(piece)
        return size / 1e6 / (time.perf_counter() - began)


def sent(host: Host, server: Any, secret: str, query: str) -> Sent:
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=60 * MINUTES)
    with watched(lambda: memory(server.pid)) as peak, watched(own_memory) as taking:
        began, size = time.perf_counter(), 0
        connection.request(
            "GET", f"/api/v1/corpora/filled/export/?drafts=1&format={query}", headers={"Authorization": f"Bearer {secret}"}
        )
        answer = connection.getresponse()
        first = answer.read(1)
        came = time.perf_counter() - began
        while piece := answer.read(CHUNK):
            size += len(piece)
        took = time.perf_counter() - began
    if answer.status != http.client.OK or not first:
        raise SystemExit(f"export {query}: {answer.status}")
    return Sent(took, size + 1, came, max(peak), max(taking))


@contextmanager
def watched(measured: Callable[[], float]) -> Iterator[list[float]]:
    """What is measured, ten times a second until the block ends."""
    seen, over = [measured()], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            seen.append(measured())

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def own_memory() -> float:
    """Of this process, MB."""
    return psutil.Process().memory_info().rss / 1e6


def memory(pid: int) -> float:
    """Of a process and its children, MB."""
    family = psutil.Process(pid)
    found = 0
    for each in [family, *family.children(recursive=True)]:
        try:
            found += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return found / 1e6
