"""Keys of listed names on their way into the database. Each key of a list is one row with all names that have it: they are laid in a table
of the transaction, name by name, and added to their rows in one statement."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from corpus.db.row_writer import Written
from registry.names import analyse, key_weights

LAID = "CREATE TEMPORARY TABLE IF NOT EXISTS laid_keys (name integer, keys bigint[], weights smallint[]) ON COMMIT DROP"
COPY = "COPY laid_keys (name, keys, weights) FROM STDIN"
ADD = """INSERT INTO registry_listednamekey AS k (key, of_list, weight, names)
    SELECT key, %s, weight, array_agg(name ORDER BY name) FROM laid_keys, unnest(keys, weights) AS of_name (key, weight) GROUP BY key, weight
    ON CONFLICT (key, of_list, weight) DO UPDATE SET names = k.names || EXCLUDED.names"""


def lay(names: Iterable[tuple[int, str, str]]) -> None:
    """Work out the keys of (id, text, kind) of some names. They count from `add` on."""
    copied = Written()
    for pk, text, kind in names:
        weights = key_weights(analyse(text, kind))
        copied.write_row((pk, array(weights), array(weights.values())))
    with connection.cursor() as cursor:
        cursor.execute(LAID)
        with connection.wrap_database_errors, cursor.cursor.copy(COPY) as copy:
            copy.write(copied.whole())


def array(numbers: Iterable[int]) -> str:
    """As PostgreSQL writes it: a name's keys are one row, since a row each would take a tenth of the time of a load."""
    return f"{{{','.join(map(str, numbers))}}}"


def add(list_id: int) -> None:
    """Add what was laid to the keys of a list."""
    with connection.cursor() as cursor:
        cursor.execute(LAID)
        cursor.execute(ADD, [list_id])
        cursor.execute("TRUNCATE laid_keys")
