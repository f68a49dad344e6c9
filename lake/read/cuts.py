"""`python -m corpus.sandbox lake.read.cuts DESCRIPTOR EVERY`: where a large web archive is cut into pieces, in the sandbox.

A cut is the byte at which a record begins, so that a piece is read from there as the whole would be.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from corpus.readers.__main__ import allow_time
from corpus.readers.warc import page_places
from corpus.sandbox.frames import enter_sandbox, send

BREATH = 1_000  # records between two looks at the time
MOST = 10_000  # pieces


def cuts(stream: BinaryIO, every: int) -> Iterator[int]:
    """Behind each so many pages; as far as the archive is whole."""
    for number, begin in enumerate(page_places(stream)):
        if not number % BREATH:
            allow_time()
        if number and not number % every:
            yield begin


def main() -> None:
    out = enter_sandbox()
    with os.fdopen(int(sys.argv[1]), "rb") as stream:
        places = list(islice(cuts(stream, int(sys.argv[2])), MOST))
    send(out, {"cuts": places, "end": True})


if __name__ == "__main__":
    main()
