"""Fetch one annotated article, the seed with its gold and its text, in one request, against a SELECT of its text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import psycopg

from benchmarks.host import Client, Host
from benchmarks.report import Row, single, times
from benchmarks.save import together


def measure(host: Host, rounds: int) -> Iterator[Row]:
    with host.server():
        assignment, secret = gold()
        client = Client(host.port, secret)
        path = f"/api/v1/assignments/{assignment.pk}/?text=1"
        together([lambda: client.get(path)], 30)
        bare, _ = together([select(assignment.document_id)], rounds)
        yardstick = times("SELECT of the text", bare)
        yield yardstick
        fetched, _ = together([lambda: client.get(path)], rounds)
        yield times("fetch one annotated article with its text, 1 request", fetched, limit=8, yardstick=yardstick.median)
        yield single("  its size", len(client.get(path)) / 1000, "kB")


def gold():
    from django.contrib.auth import get_user_model

    from annotations.models import Assignment
    from corpus.models import Token

    reader = get_user_model().objects.get(username="annotator")
    return Assignment.objects.gold().get(document__corpus__slug="demo", document__article__practice=True), Token.issue(
        reader, "benchmark", ["read"]
    )[1]


def select(document: object) -> Callable[[], None]:
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    def read() -> None:
        connection.execute("SELECT text FROM corpus_document WHERE id = %s", [document]).fetchone()

    return read
