"""Save one change: a figure mark whose value the server reads, over HTTP, against INSERT + COMMIT on the same server."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psutil
import psycopg

from benchmarks.host import Host
from benchmarks.report import Row, single, times

CLIENTS, MANY = 8, 32
QUOTE = "300"
LOADED = int(os.environ.get("LOADED", "7000"))  # articles


def measure(host: Host, rounds: int) -> Iterator[Row]:
    with host.server() as process:
        writers = [writer(host, number) for number in range(MANY)]
        inserters = [inserter() for _ in range(CLIENTS)]
        warm(writers)
        yield from alone(host, process.pid, "one client", writers[0], inserters[0], rounds)
        many, took = together(inserters, rounds)
        bare = len(many) / took
        yield times("INSERT + COMMIT of one row, 8 clients", many)
        yield from crowd("8 clients on 8 assignments", writers[:CLIENTS], rounds, bare)
        yield from crowd("32 clients on 32 assignments", writers, max(rounds // 4, 1), bare)
        same = [writer(host, 0) for _ in range(CLIENTS)]
        yield from crowd("8 clients on one assignment", same, rounds, bare)
        loaded()
        again = writer(host, 0)  # the server has closed the connections that had nothing to say meanwhile
        yield from alone(host, process.pid, f"right after {LOADED:,} articles came", again, inserters[0], rounds)


def alone(host: Host, server: int, name: str, save: Callable[[], None], insert: Callable[[], None], rounds: int) -> Iterator[Row]:
    """How long one client waits, and the milliseconds of processor that web server and PostgreSQL take for it."""
    database = host.cluster.postmaster()
    assert database is not None
    before = worked(database.pid)
    bare, _ = together([insert], rounds)
    bare_cpu = (worked(database.pid) - before) / rounds
    began = worked(server), worked(database.pid)
    saved, _ = together([save], rounds)
    own, stored = (
        (after - before) * 1000 / rounds for before, after in zip(began, (worked(server), worked(database.pid)), strict=True)
    )
    yardstick = times(f"INSERT + COMMIT of one row, {name}", bare)
    yield yardstick
    yield times(f"save one mark, {name}", saved, limit=2.5, yardstick=yardstick.median)
    yield single("  processor, web server and worker", own, "ms")
    yield single("  processor, PostgreSQL", stored, "ms", yardstick=bare_cpu * 1000)
    yield single("  processor, together", own + stored, "ms", limit=2)


def worked(pid: int) -> float:
    """Seconds of processor that a process and all under it have taken, with those that have ended."""
    process = psutil.Process(pid)
    seconds = 0.0
    for each in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            spent = each.cpu_times()
            seconds += spent.user + spent.system + spent.children_user + spent.children_system
    return seconds


def crowd(name: str, writers: list[Callable[[], None]], rounds: int, bare: float) -> Iterator[Row]:
    saved, took = together(writers, rounds)
    yield times(f"save one mark, {name}", saved)
    yield single("  marks a second", len(saved) / took, "/s", limit=800, yardstick=bare, more_is_better=True)


def loaded() -> None:
    """Articles with marks of another corpus, without the moment of rest in which PostgreSQL looks at what came."""
    from benchmarks.filling import fill

    assignment, _ = annotator(0)
    fill(f"loaded-{uuid.uuid4().hex[:8]}", LOADED, assignment.annotator, assignment.scheme)


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


class Wire:
    """A connection that posts JSON to one address. http.client would take as much of the processor as the server."""

    def __init__(self, port: int, secret: str, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        fields = f"Host: 127.0.0.1\r\nAuthorization: Bearer {secret}\r\nContent-Type: application/json"
        self.head = f"POST {path} HTTP/1.1\r\n{fields}\r\nContent-Length: ".encode()

    def post(self, body: Any) -> None:
        content = json.dumps(body).encode()
        self.socket.sendall(self.head + b"%d\r\n\r\n" % len(content) + content)
        answer = self.received()
        while len(answer) < (end := answer.find(b"\r\n\r\n") + 4) + length(answer[:end]) or end < 4:
            answer += self.received()
        if not answer.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"a save was answered: {answer[:500]!r}")

    def received(self) -> bytes:
        some = self.socket.recv(65536)
        if not some:
            raise SystemExit("the server closed the connection")
        return some


def length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)


def writer(host: Host, number: int) -> Callable[[], None]:
    """A client with an assignment of its own on the seed article, marking 300 as a people count."""
    assignment, secret = annotator(number)
    client = Wire(host.port, secret, f"/api/v1/assignments/{assignment.pk}/changes/")
    start = assignment.document.text.index(QUOTE)
    fragment = {"start": start, "end": start + len(QUOTE), "quote": QUOTE}

    def save() -> None:
        mark = {"id": str(uuid.uuid4()), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment]}
        change = {"id": str(uuid.uuid4()), "op": "create", "kind": "span", "object": mark}
        client.post({"base": 0, "changes": [change]})

    return save


def annotator(number: int) -> tuple[Any, str]:
    from django.contrib.auth import get_user_model

    from annotations.assign import open_for
    from annotations.models import Assignment
    from corpus.models import Membership, Token

    # That of the seed article: other measurements of the same run add articles to its corpus.
    document = Assignment.objects.gold().get(document__corpus__slug="demo", document__article__practice=True).document
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
