"""Where a lake lies: in a folder of this machine or in a bucket."""

from __future__ import annotations

from pathlib import Path

from corpus.objects.s3 import is_bucket
from lake.files.bucket import LakeBucket
from lake.files.folder import LakeFolder

LakeFiles = LakeFolder | LakeBucket


def lake_at(address: str) -> LakeFiles:
    """Raises BadAddress, MissingLibrary."""
    return LakeBucket(address) if is_bucket(address) else LakeFolder(Path(address).absolute())
