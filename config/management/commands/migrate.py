"""`manage.py migrate`, without the limit on a statement's time that requests have: an index on a large table takes minutes.

The limit on waiting for a lock stays, so that a migration does not queue before everybody else's work.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    def handle(self, *args: Any, database: str, **options: Any) -> str | None:
        with connections[database].cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        return super().handle(*args, database=database, **options)
