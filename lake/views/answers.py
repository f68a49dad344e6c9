"""Answers of a lake to its pages, or in words why there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corpus.objects.s3 import BucketError, MissingLibrary
from lake.extras import MissingExtra
from lake.files.addresses import LakeFiles, lake_at
from lake.files.unreadable import LakeUnreadable
from lake.models import Lake
from lake.queries.bounded import TooMuch, bounded


def answer(row: Lake, question: Callable[[LakeFiles, Any], dict[str, Any]]) -> dict[str, Any]:
    """What `question` makes of the files and a connection; `problem` where the lake cannot be asked."""
    try:
        files = lake_at(row.folder)
        if not files.is_there:
            return {"problem": "The folder of the lake is not on this host. Ask an administrator to mount or restore it."}
        with bounded(files) as connection:
            return question(files, connection)
    except (BucketError, LakeUnreadable):  # members need not know where it is
        return {"problem": "The lake cannot be read now. Ask an administrator to restore it."}
    except (MissingExtra, MissingLibrary, TooMuch) as error:
        return {"problem": str(error)}
