"""Transactions of jobs: what a server of Attest allows a request between two statements is not enough for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

BETWEEN = "10min"
# As a column, for who asks for more with the same statement. Until the end of the transaction.
UNHURRIED = f"set_config('idle_in_transaction_session_timeout', '{BETWEEN}', true)"


@contextmanager
def unhurried() -> Iterator[None]:
    """A transaction whose work between two statements may take ten minutes. PostgreSQL ends others after half a minute."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {UNHURRIED}")
        yield
