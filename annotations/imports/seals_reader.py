"""The other end of annotations.imports.saved_tables: takes the seals out of a saved table, in a process that can do nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator

from annotations.formats.base import Unreadable
from annotations.formats.evidence.seals import MOST_ROWS, seals_in
from corpus.readers.__main__ import main
from corpus.readers.extracted import Record, Unread


def read(data: bytes, name: str, *_: str) -> Iterator[Record | Unread]:
    """A text with a seal in each line: of all rows, or of one more than there may be."""
    try:
        seals = seals_in(io.BytesIO(data), name, MOST_ROWS + 1)
    except Unreadable as error:
        yield Unread(name=name, why=str(error))
    else:
        text = "\n".join(map(str, seals))
        yield Record(
            raw=data, raw_text=text, encoding="ascii", encoding_basis="only these characters occur in a seal", reader="seals"
        )


if __name__ == "__main__":
    main(read)
