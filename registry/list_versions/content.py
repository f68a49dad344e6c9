"""Bytes of list files on their way into the database and out of it: as they are, and not as text of twice their size."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.db.round_trip import round_trip
from registry.models import ListFile

PIECE = 16_000_000  # bytes
# In pieces, too: what libpq has once sent, it keeps the room for as long as the connection lasts.
LAID = "CREATE TEMPORARY TABLE IF NOT EXISTS laid_pieces (first integer, piece bytea) ON COMMIT DROP"
LAY = "INSERT INTO laid_pieces (first, piece) VALUES ($1, $2)"
KEEP = """UPDATE registry_listfile SET content = (SELECT COALESCE(string_agg(piece, '' ORDER BY first), '') FROM laid_pieces)
    WHERE id = $1 AND content IS NULL"""
EMPTY = "TRUNCATE laid_pieces"
PIECE_OF = "SELECT substring(content FROM $1 FOR $2) FROM registry_listfile WHERE id = $3"


def keep(file: int, content: bytes) -> None:
    """The content of a file that has none. In a transaction."""
    round_trip([(LAID, [])])
    for first in range(0, len(content), PIECE):
        round_trip([(LAY, [first, content[first : first + PIECE]])])
    round_trip([(KEEP, [file]), (EMPTY, [])])


def is_kept(file: int) -> bool:
    return ListFile.objects.filter(pk=file, content__isnull=False).exists()


def pieces(file: int) -> Iterator[bytes]:
    """The content piece by piece; nothing where it is not kept."""
    first = 1
    while rows := [piece for ((piece,),) in round_trip([(PIECE_OF, [first, PIECE, file])], binary=True) if piece]:
        yield from rows
        first += PIECE
