"""Articles that come in by another connection, as a load of many holds its lock."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from corpus.intake import ingest


@contextmanager
def articles_coming_in() -> Iterator[None]:
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.RawCursor}) as other:
        other.execute(ingest.LOCK, [1])
        yield
