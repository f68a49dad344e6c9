"""A ZIP archive of files that grow side by side: kept on the disk until all are written, then packed one after the other.

Pure. Memory does not grow with what is written; the files of `opening` leave at once.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import IO

from annotations.formats.files.zipped import DAY, Drain

PIECE = 1 << 16  # bytes
Files = dict[str, IO[bytes]]


def archived(opening: Iterable[tuple[str, bytes]], names: Iterable[str], fill: Callable[[Files], None]) -> Iterator[bytes]:
    """Pieces of the archive. `fill` writes into the files of these names; an empty one is packed too."""
    drain = Drain()
    with ExitStack() as stack, zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in opening:
            archive.writestr(zipfile.ZipInfo(name, DAY), content, zipfile.ZIP_DEFLATED)
        yield drain.taken()
        files: Files = {name: stack.enter_context(tempfile.TemporaryFile()) for name in names}
        fill(files)
        for name, file in files.items():
            for _ in packed(archive, name, file):
                if drain.pieces:
                    yield drain.taken()
    yield drain.taken()


def packed(archive: zipfile.ZipFile, name: str, file: IO[bytes], *, compressed: bool = True) -> Iterator[int]:
    """Puts the file into the archive piece by piece; gives the size of each."""
    file.seek(0)
    info = zipfile.ZipInfo(name, DAY)
    info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with archive.open(info, "w", force_zip64=True) as member:
        while piece := file.read(PIECE):
            yield member.write(piece)
