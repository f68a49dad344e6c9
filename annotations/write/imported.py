"""A document that a file brings, in the log: one row with all that it creates. `LoggedChange` shows its changes one by one."""

from __future__ import annotations

import hashlib
from collections import Counter
from uuid import UUID

from annotations.kinds import SHARED
from annotations.kinds.write_context import Object, WriteContext
from annotations.models import Change
from annotations.models.change import imports_near
from corpus.db.json_encoder import encoder
from corpus.db.round_trip import Statement
from corpus.ids import timely

encode = encoder(is_compact=True)
VERSION = 14  # where an id says its version
PART = (
    "id",
    "kind",
    "digest",
    "after",
)  # of a change in an imported document; each has also its number in the log and its position
COLUMNS = "id::text, assignment_id, revision, digest, after::text"  # of a change that was sent before
# Of those that came in a file, as part of a document: by the assignments whose ids begin as theirs.
SEEN_IMPORTED = f"""SELECT {COLUMNS} FROM unnest($1::uuid[], $2::uuid[]) AS near (first, last)
JOIN annotations_importedchange ON assignment_id BETWEEN near.first AND near.last WHERE id = ANY($3::uuid[])"""  # noqa: S608 - likewise


def folded(rows: list[Object], context: WriteContext) -> list[Object]:
    """Rows of a new assignment as they are stored: one for all that is its own, behind those of entities and relations, which other
    assignments share. With as many rows as objects the log would be a third of what an import costs."""
    shared = [row for row in rows if row["kind"] in SHARED]
    own = [row for row in rows if row["kind"] not in SHARED]
    if not own:
        return shared
    whole = {
        "id": str(timely()),
        "position": len(shared),
        "op": Change.IMPORT[0],
        "kind": Change.DOCUMENT[0],
        "object_id": context.assignment_id,
        "after": Counter(row["kind"] for row in own),
        "imported": encode([{name: row[name] for name in PART} for row in own]),
        "digest": hashlib.sha256("".join(row["digest"] for row in own).encode()).hexdigest(),
    }
    return [row | {"position": position} for position, row in enumerate(shared)] + [own[0] | whole]


def imported_looks(ids: list[str]) -> list[Statement]:
    """The look into imported documents, for ids that a file can have brought; none where there are none."""
    brought = [pk for pk in ids if pk[VERSION] == "8"]
    near = list({bounds for pk in brought if (bounds := imports_near(UUID(pk)))})
    return [(SEEN_IMPORTED, [[first for first, _ in near], [last for _, last in near], brought])] if near else []
