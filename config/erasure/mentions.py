"""Where words of an account stand in texts that people wrote: for a person to decide on."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection

SHOWN = 20  # ids of a table


class WrittenName(NamedTuple):
    """A table, how many of its rows hold the words, and the ids of the first ones."""

    table: str
    number: int
    ids: list[str]


def words_of(account: Any) -> list[str]:
    """User name, mail address and full name, as far as there are any."""
    full = f"{account.first_name} {account.last_name}".strip() if account.first_name and account.last_name else ""
    return [word for word in (account.get_username(), account.email, full) if word]


def mentions(words: list[str]) -> list[WrittenName]:
    """Rows of all tables in which one of them stands as a word, in any case. Bytes of files are not read."""
    pattern = "|".join(rf"(^|[^[:alnum:]_]){re.escape(word)}($|[^[:alnum:]_])" for word in words)
    tables = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return [row for model in tables if (row := in_table(model, pattern)).number]


def in_table(model: Any, pattern: str) -> WrittenName:
    table, pk = model._meta.db_table, ", ".join(f't."{column.column}"' for column in model._meta.pk_fields)
    kinds = {column.column for column in model._meta.concrete_fields if column.db_type(connection) not in (None, "bytea")}
    text = ", ".join(f't."{column}"' for column in sorted(kinds))
    query = f"""SELECT count(*), (array_agg(concat_ws(' ', {pk}) ORDER BY {pk}))[:{SHOWN}] FROM {table} t
        WHERE concat_ws(E'\\n', {text}) ~* %s"""  # noqa: S608 - of our own words
    with connection.cursor() as cursor:
        cursor.execute(query, [pattern])
        count, ids = cursor.fetchone()
    return WrittenName(table, count, ids or [])
