"""A name in logs that only grow: it is replaced, and the evidence log says where, with hashes of what stands there since.

Every entry keeps the hash that it had. So the seals hold, and those that were kept elsewhere too; of a redacted entry the content can no
longer be compared with its own hash, but with that in the entry `erase` of the same chain (decision 20).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from corpus.db.evidence_triggers import appended
from corpus.provenance.addresses import STATED_BY

# Where a name stands in what is logged: who rated a claim, who decided on an entry of a list, who stated outlet or address of an article.
BY_NAME = ("by", "reviewer", "said_by")
BY_BASIS = ("outlet_basis", "url_basis")
# Tables that refuse edits, and the trigger by which they do.
GUARDS = {
    "annotations_change": "change_append_only",
    "corpus_evidencelog": "only_grows",
    "corpus_edit": "only_grows",
    "registry_decision": "decision_append_only",
}
BATCH = """SELECT encode(sha256(string_agg(attest_change(c.id, c.position, c.op, c.kind, c.object_id, c.digest, c.user_id, c.number, c.at,
    c.before, c.after, c.imported), ''::bytea ORDER BY c.position)), 'hex') FROM annotations_change c
    WHERE c.assignment_id = %s AND c.revision = %s"""
ENTRY = """SELECT encode(sha256(attest_entry(chain, position, kind, op, at, state)), 'hex') FROM corpus_evidencelog
    WHERE chain = %s AND position = %s"""

Pair = tuple[str, str]


def replacements(name: str, pseudonym: str) -> list[Pair]:
    """(words, words instead) in the text of JSON: as PostgreSQL prints it, and as a file was stored."""
    pairs = []
    for key in (*BY_NAME, *BY_BASIS):
        prefix = STATED_BY if key in BY_BASIS else ""
        for old in {json.dumps(prefix + name), json.dumps(prefix + name, ensure_ascii=False)}:
            pairs += [(f'"{key}":{space}{old}', f'"{key}":{space}"{prefix}{pseudonym}"') for space in (" ", "")]
    return pairs


@contextmanager
def unguarded() -> Iterator[None]:
    """Inside a transaction: the logs take edits, and nobody writes to them meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, trigger in GUARDS.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, trigger in GUARDS.items():
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def redact(table: str, columns: tuple[str, ...], pairs: list[Pair], returning: str) -> list[tuple[Any, ...]]:
    """Replace in columns of JSON (`imported`: its text); the `returning` of each row that is changed."""
    values: list[str] = []
    parts = []
    for column in columns:
        kind = "text" if column == "imported" else "jsonb"
        expression = f"{column}::text"
        for _ in pairs:
            expression = f"replace({expression}, %s, %s)"
        parts.append(f"{column} = ({expression})::{kind}")
        values += [words for pair in pairs for words in pair]
    present = " OR ".join(f"strpos({column}::text, %s) > 0" for column in columns for _ in pairs)
    values += [old for _ in columns for old, _ in pairs]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {', '.join(parts)} WHERE {present} RETURNING {returning}", values)  # noqa: S608 - of our own words
        return list(cursor.fetchall())


def redact_logs(name: str, pseudonym: str) -> dict[str, int]:
    """Batches of the change log, entries of the evidence log and edits in which the name stood."""
    pairs = replacements(name, pseudonym)
    rows = redact("annotations_change", ("before", "after", "imported"), pairs, "assignment_id, revision")
    entries = redact("corpus_evidencelog", ("state",), pairs, "chain, position")
    edits = redact("corpus_edit", ("before", "after"), pairs, "id")
    batches = sorted(set(rows))
    record(batches, entries)
    return {"batches": len(batches), "entries": len(entries), "edits": len(edits)}


def record(batches: list[tuple[Any, ...]], entries: list[tuple[Any, ...]]) -> None:
    """An entry `erase` in each chain, with hashes of what it has instead."""
    states: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: {"entries": {}, "batches": {}})
    with connection.cursor() as cursor:
        for assignment, revision in batches:
            states[f"assignment/{assignment}"]["batches"][str(revision)] = digest(cursor, BATCH, [assignment, revision])
        for chain, position in entries:
            states[chain]["entries"][str(position)] = digest(cursor, ENTRY, [chain, position])
        present = "SELECT key AS chain, value AS state FROM jsonb_each(%s::jsonb)"
        cursor.execute(appended(present, "erasure", "erase"), [json.dumps(states)])


def digest(cursor: Any, query: str, values: list[Any]) -> str:
    cursor.execute(query, values)
    return str(cursor.fetchone()[0])
