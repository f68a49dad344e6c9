"""A full disk, recognised from what PostgreSQL or the machine raised, and said in the log once in a while."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from django.db import OperationalError

log = logging.getLogger(__name__)

RETRY_SECONDS = 30  # somebody has to make room first
LOGGED_EVERY_SECONDS = 60

NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
DISK_FULL = "53100"
# Of a quota, or where a write failed half way, PostgreSQL says only that a file could not be written, and why in words.
FILE_FAILED = {"58030", "XX000"}
WORDS = [os.strerror(number) for number in NO_ROOM]


def is_full_disk(error: BaseException) -> bool:
    """Whether this error, or one that it came from, says that there is no room left."""
    return any(says_so(each) for each in origins(error))


def origins(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def says_so(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    state = getattr(error, "sqlstate", None)
    return state == DISK_FULL or (state in FILE_FAILED and any(words in str(error) for words in WORDS))


class OnceInAWhile:
    """Logs a full disk as an error, but not for each of the many requests that meet it."""

    quiet_until = 0.0

    def __call__(self, error: BaseException) -> None:
        if monotonic() < self.quiet_until:
            return
        self.quiet_until = monotonic() + LOGGED_EVERY_SECONDS
        disk = "temporary folder" if isinstance(error, OSError) else "database"
        log.error("The disk of the %s is full: nothing can be saved until space is freed", disk)


log_full_disk = OnceInAWhile()


@contextmanager
def lost_on_full_disk() -> Iterator[None]:
    """Let a note that nobody waits for be lost where the disk is full: what can be read is read."""
    try:
        yield
    except OperationalError as error:
        if not is_full_disk(error):
            raise
        log_full_disk(error)
