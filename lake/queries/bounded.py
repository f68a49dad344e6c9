"""Questions of a page of the web: within some seconds and a share of memory, and stopped where they would take more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any

from lake.extras import needed
from lake.files.addresses import LakeFiles
from lake.queries.database import database
from lake.queries.select import confine

SECONDS = 15.0
MEMORY = "512MB"


class TooMuch(RuntimeError):
    """The question takes too long or too much memory; the message names the remedy."""


@contextmanager
def bounded(lake: LakeFiles, seconds: float = SECONDS) -> Iterator[Any]:
    """A connection that reads nothing but the lake, on one processor. Raises LakeUnreadable, TooMuch, MissingExtra."""
    duckdb = needed("duckdb")
    with database(lake, MEMORY) as connection:
        connection.execute("SET threads = 1")
        confine(connection, lake)
        timer = Timer(seconds, connection.interrupt)
        timer.start()
        try:
            yield connection
        except (duckdb.InterruptException, duckdb.OutOfMemoryException) as error:
            raise TooMuch("The lake is too large for this filter. Narrow it, or ask with `manage.py lake select`.") from error
        finally:
            timer.cancel()
            timer.join()
