"""Which objects the database has."""

from __future__ import annotations

from collections.abc import Iterable

from annotations.adjudication.gold import KIND_OF_CHANGE, Name
from annotations.kinds import KINDS
from corpus.db.round_trip import round_trip


def there_are(names: Iterable[Name]) -> set[str]:
    """Ids of the objects that the database has."""
    ids_by_kind: dict[str, list[str]] = {}
    for kind, pk in names:
        ids_by_kind.setdefault(kind, []).append(pk)
    # Of objects that the decision makes there are none yet, and nothing is asked.
    answers = round_trip([(THERE[kind], [ids]) for kind, ids in ids_by_kind.items()]) if ids_by_kind else []
    return {pk for rows in answers for (pk,) in rows}


THERE = {
    kind: f"SELECT id::text FROM {KINDS[kind].MODEL._meta.db_table} WHERE id = ANY($1::uuid[])"  # noqa: S608 - names of our own tables
    for kind in KIND_OF_CHANGE.values()
}
