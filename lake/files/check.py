"""Whether the files of a lake are as they were written: each is compared with the SHA-256 that its part has of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from lake.files.addresses import LakeFiles
from lake.files.parts import manifests
from lake.files.progress import Progress

PIECE = 1_000_000  # bytes that are in memory at a time


class FilesChecked(NamedTuple):
    """How many files were compared, and a line for each that is missing or not as it was written."""

    files: int
    faults: list[str]


def check_files(lake: LakeFiles, kinds: Iterable[str], progress: Progress | None = None) -> FilesChecked:
    """Of all runs of these kinds, also of older ones. Raises LakeUnreadable for a manifest that cannot be read."""
    digests = {
        file["file"]: file["sha256"]
        for kind in kinds
        for manifest in manifests(lake, kind)
        for part in manifest["parts"]
        for file in part["tables"].values()
    }
    faults: list[str] = []
    for number, (name, sha256) in enumerate(sorted(digests.items()), 1):
        faults += fault_of(lake, name, sha256)
        if progress:
            progress("compared", number, len(digests))
    return FilesChecked(len(digests), faults)


def fault_of(lake: LakeFiles, name: str, sha256: str) -> list[str]:
    try:
        with lake.open(name) as stream:
            now = hashlib.sha256()
            for piece in iter(partial(stream.read, PIECE), b""):
                now.update(piece)
    except FileNotFoundError:
        return [f"{name}: missing"]
    except OSError as error:
        return [f"{name}: cannot be read: {error.strerror or error}"]
    return (
        [] if now.hexdigest() == sha256 else [f"{name}: its SHA-256 is {now.hexdigest()}, and was {sha256} when it was written"]
    )
