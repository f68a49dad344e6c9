"""Whether something can still be written: a small write of PostgreSQL, and the free space of the volumes that we can ask."""

import tempfile
from pathlib import Path
from shutil import disk_usage
from time import monotonic

from django.db import DatabaseError, connection

from config.postgres import embedded

LEAST_FREE_MB = 500
KEPT_SECONDS = 5.0  # /healthz is open to everybody: however often it is asked, a process writes no more often than this

# A row may fit in a page that is there already, so the rows of the series go to a temporary file of 1 MB, which needs new
# blocks. The message, which nobody reads, is what there is to commit: the write-ahead log has to reach the disk as well.
PROBE = """SET LOCAL work_mem = '64kB';
SELECT pg_logical_emit_message(true, 'attest', 'probe'), count(*) FROM generate_series(1, 50000)"""


class WriteProbe:
    """A small write that is committed, and for a moment whether it succeeded."""

    outcome = False
    kept_until = 0.0

    def succeeds(self) -> bool:
        if monotonic() >= self.kept_until:
            self.outcome, self.kept_until = written(), monotonic() + KEPT_SECONDS
        return self.outcome


write_probe = WriteProbe()


def written() -> bool:
    try:
        write_something()
    except DatabaseError:
        return False
    return True


def write_something() -> None:
    """Raises DatabaseError where that cannot be."""
    with connection.cursor() as cursor:
        cursor.execute(PROBE)


def free_mb(folder: Path) -> int | None:
    """The megabytes that are free on the volume of a folder; None where it cannot be asked."""
    try:
        return disk_usage(folder).free // 10**6
    except OSError:
        return None


def database_free_mb() -> int | None:
    """None on a server of somebody else's: PostgreSQL does not tell."""
    cluster = embedded()
    return None if cluster is None else free_mb(cluster.data)


def uploads_free_mb() -> int | None:
    """Of the folder where an upload lies until it is stored."""
    return free_mb(Path(tempfile.gettempdir()))
