"""Which pg_dump and pg_restore fit a server: never older than it is, of its own version where there is one."""

import re
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from glob import glob
from os import environ
from pathlib import Path
from typing import NamedTuple

from config import postgres
from config.environment import BadEnvironment

NAMES = ("pg_dump", "pg_restore", "psql")
DEBIAN = "/usr/lib/postgresql/*/bin"


class NoProgram(Exception):
    """No pg_dump fits the server; the message names its version, what there is, and the remedy."""


class Programs(NamedTuple):
    """The folder with the client programs of one version (major, minor) of PostgreSQL."""

    version: tuple[int, int]
    folder: Path

    def command(self, name: str, *arguments: str) -> list[str]:
        return [str(self.folder / name), *arguments]


def fitting(server: int, there: Iterable[Programs]) -> Programs:
    """Those of the server's own major version, else of the nearest one above it. Raises NoProgram.

    An older pg_dump refuses a newer server. A much newer one may write what only servers of its own time read again.
    """
    there = sorted(there)
    able = [programs for programs in there if programs.version[0] >= server]
    if not able:
        versions = ", ".join(f"{major}.{minor} in {folder}" for (major, minor), folder in there) or "none"
        raise NoProgram(
            f"The server is PostgreSQL {server}, and no installed pg_dump is new enough (installed: {versions}). "
            f"Install the client programs of PostgreSQL {server} (on Debian: apt install postgresql-client-{server}), "
            "and add them to PATH."
        )
    nearest = min(programs.version[0] for programs in able)
    return max(programs for programs in able if programs.version[0] == nearest)


def here() -> list[Programs]:
    """What is on this machine: in PATH, where Debian keeps all versions, and in the package of the embedded server."""
    folders = [Path(folder) for folder in [*environ.get("PATH", "").split(":"), *glob(DEBIAN)] if folder]  # noqa: PTH207
    with suppress(BadEnvironment):  # not installed: the others have to do
        folders.append(postgres.programs())
    versions = {folder: version_in(folder) for folder in folders if all((folder / name).exists() for name in NAMES)}
    return [Programs(version, folder) for folder, version in versions.items() if version]


def version_in(folder: Path) -> tuple[int, int] | None:
    answer = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\) (\d+)\.(\d+)", answer.stdout)
    return (int(version[1]), int(version[2])) if version else None


def programs_for(server: int) -> Programs:
    """`server`: its major version."""
    return fitting(server, here())
