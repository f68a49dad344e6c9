"""Evidence tables that come back: their seals, read in a process of its own, since anybody may give any file."""

from __future__ import annotations

from typing import BinaryIO

from annotations.formats.base import Unreadable
from annotations.formats.evidence.seals import MOST_ROWS, RowSeal, seals_of
from corpus.readers.budget import EACH, MEGABYTE
from corpus.readers.extracted import Record
from corpus.readers.sandboxed import Child, DeadError

MODULE = "annotations.imports.seals_reader"


def saved_rows(file: BinaryIO, name: str) -> list[RowSeal]:
    """In their order, each once. Raises Unreadable for a file that is no saved table, and for one that is too large or too long."""
    data = file.read(EACH + 1)
    if len(data) > EACH:
        raise Unreadable(f"{name}: is larger than {EACH // MEGABYTE} MB; split it")
    seals = list(seals_of([read_apart(data, name).encode()]))
    if not seals:
        raise Unreadable("No row has a seal: is it an evidence table exported from Attest?")
    if len(seals) > MOST_ROWS:
        raise Unreadable(f"It has more than {MOST_ROWS:,} rows; split it into tables of at most {MOST_ROWS:,}.")
    return seals


def read_apart(data: bytes, name: str) -> str:
    """What its reader takes from it. Raises Unreadable."""
    child = Child(MODULE)
    try:
        child.give(data, name, "")
        answer = next(child.answer(data), None)
    except DeadError as error:
        raise Unreadable(f"{name}: {error}") from None
    finally:
        child.close()
    if isinstance(answer, Record):
        return answer.raw_text
    raise Unreadable(answer.why if answer else f"{name}: its reader crashed")
