"""An installation whose PostgreSQL lies on a small volume of its own, which can be filled."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.postgres import PostgresCluster
from tests.drills.crash import Installation

MEGABYTE = 2**20


class CannotMount(Exception):
    pass


@contextmanager
def small_volume(folder: Path, megabytes: int) -> Iterator[Path]:
    """A tmpfs. Raises CannotMount where we may not mount one."""
    folder.mkdir()
    options = f"size={megabytes}m,mode=755"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        raise CannotMount(mounted.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def on_small_volume(at: Installation, folder: Path, megabytes: int) -> Iterator[Installation]:
    """A copy of an installation there. The original one is stopped meanwhile."""
    at.stop()
    at.cluster.stop()
    try:
        with small_volume(folder, megabytes) as volume:
            subprocess.run(["cp", "-a", str(at.cluster.data), str(volume / "postgres")], check=True)
            cluster = PostgresCluster(volume / "postgres")
            copy = Installation(cluster, at.port, {**at.environment, "DATABASE_URL": cluster.start()})
            try:
                yield copy
            finally:
                copy.stop()
                cluster.stop()
    finally:
        at.cluster.start()


class Filler:
    """Takes all that is free on a volume, and gives it back."""

    def __init__(self, volume: Path) -> None:
        self.file = volume / "filler"

    def fill(self) -> None:
        with self.file.open("ab", buffering=0) as out, suppress(OSError):
            while True:
                out.write(b"\0" * MEGABYTE)
        with self.file.open("ab", buffering=0) as out, suppress(OSError):
            while True:
                out.write(b"\0" * 4096)

    def remove(self) -> None:
        self.file.unlink()
