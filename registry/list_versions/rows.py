"""Entries of a version on their way into the database: those that stand unchanged keep their row, new ones go by COPY."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import batched

from django.db import connection

from corpus.db.row_writer import Copies, Row
from registry.list_versions import name_keys
from registry.lists.record import EntryRecord
from registry.models import ListedName, ListEntry, ListVersion
from registry.names import MATCHER

AT_ONCE = 500  # entries
NEXT_IDS = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
EXTEND = "UPDATE registry_listentry SET versions = int4range(lower(versions), %s) WHERE id = ANY(%s)"


def digest_of(record: EntryRecord) -> str:
    """SHA-256 of all that an entry says: two with the same digest are the same row."""
    return sha256(json.dumps(record, ensure_ascii=False).encode()).hexdigest()


def store(version: ListVersion, before: int | None, entries: Iterable[EntryRecord], got_on: Callable[[], None]) -> None:
    """Write the entries of a version, beside those of the version before it."""
    rows = ListEntry.objects.filter(list=version.list, versions__contains=before) if before else ListEntry.objects.none()
    standing = {ref: (digest, pk) for ref, digest, pk in rows.values_list("ref", "digest", "pk")}
    for some in batched(entries, AT_ONCE):
        unchanged, new = [], []
        for record in some:
            digest = digest_of(record)
            known, pk = standing.get(record.ref, ("", 0))
            unchanged.append(pk) if known == digest else new.append((record, digest))
        add(version, new)
        with connection.cursor() as cursor:
            cursor.execute(EXTEND, [version.number + 1, unchanged])
        got_on()
    name_keys.add(version.list_id)


def add(version: ListVersion, entries: list[tuple[EntryRecord, str]]) -> None:
    """New rows of entries and names; their keys are laid beside them."""
    copies, to_key = Copies(), []
    ids = next_ids(ListEntry, len(entries))
    name_ids = iter(next_ids(ListedName, sum(len(record.names) for record, _ in entries)))
    for pk, (record, digest) in zip(ids, entries, strict=True):
        names = list(names_of(record, pk, name_ids))
        copies.add(ListEntry, [{"id": pk, **entry_row(version, record, digest)}], key=True)
        copies.add(ListedName, names, key=True)
        to_key += [(name["id"], name["text"], record.kind) for name in names]
    copies.send()
    name_keys.lay(to_key)


def next_ids(model: type[ListEntry | ListedName], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT_IDS, [model._meta.db_table, count])
        return [number for (number,) in cursor.fetchall()]


def entry_row(version: ListVersion, record: EntryRecord, digest: str) -> Row:
    return {
        "list_id": version.list_id,
        "ref": record.ref,
        "kind": record.kind,
        "versions": f"[{version.number},{version.number + 1})",
        "digest": digest,
        "programmes": list(record.programmes),
        "listed_on": record.listed_on or None,
        "births": list(record.births),
        "countries": list(record.countries),
        "identifiers": [list(pair) for pair in record.identifiers],
        "remarks": record.remarks,
        "references": [list(pair) for pair in record.references],
    }


def names_of(record: EntryRecord, entry: int, ids: Iterator[int]) -> Iterator[Row]:
    for position, name in enumerate(record.names, start=1):
        row = {"entry_id": entry, "position": position, "text": name.text, "kind": name.kind, "language": name.language}
        yield row | {"id": next(ids), "matcher": MATCHER}
