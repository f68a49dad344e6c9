"""Making a backup: one snapshot for the dump and for what is told of it, and a look at what was written."""

import os
import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from config.backups import archive, objects
from config.backups.contents import connect, contents, server_version, without_password
from config.backups.programs import Programs, programs_for
from config.environment import VAR

SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
LAST_WORDS = 500  # characters of a program's error

Say = Callable[[str], object]


class BackupError(Exception):
    """The message names what went wrong and the remedy."""


def back_up(
    file: Path,
    url: str,
    *,
    secrets: bool,
    overwrite: bool,
    say: Say,
    originals: tuple[objects.Objects, objects.Objects] | None = None,
) -> objects.Copied:
    """What became of the original files outside the database: `originals` names the folder that has them, and the one for their copies.

    Raises BackupError, NoProgram, OSError, psycopg.Error; then there is no file, or the former one.
    """
    if file.exists() and not overwrite:
        raise BackupError(f"{file} already exists: choose another name, or use --overwrite.")
    with connect(url) as connection, TemporaryDirectory(prefix=".attest-backup-", dir=file.parent) as folder:
        programs = programs_for(server_version(connection))
        dump = Path(folder) / archive.DUMP
        connection.execute(SNAPSHOT)
        say("Dumping the database …")
        pg_dump(programs, url, snapshot(connection), dump)
        say("Counting and hashing all tables …")
        manifest = {
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "server": connection.info.server_version,
            "pg_dump": list(programs.version),
            **contents(connection),
        }
        say("Copying original files …" if originals else "Counting original files outside the database …")
        copied = objects.copy(connection, *originals) if originals else objects.count(connection)
        say("Writing the file and verifying it …")
        archive.write(file, manifest, dump, environment() if secrets else None, partial(read_whole, programs))
        return copied


def snapshot(connection: psycopg.Connection) -> str:
    (name,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
    return str(name)


def pg_dump(programs: Programs, url: str, name: str, dump: Path) -> None:
    target, password = without_password(url)
    what = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={name}", f"--file={dump}", f"--dbname={target}"]
    run(programs.command("pg_dump", *what), password)


def read_whole(programs: Programs, file: Path) -> None:
    """Look at every byte, and let pg_restore unpack every table, to nowhere."""
    archive.read(file)
    with archive.dump_of(file) as dump:
        run(programs.command("pg_restore", "--file=/dev/null"), {}, dump)


def run(command: list[str], environment: dict[str, str], pieces: Iterable[bytes] = ()) -> None:
    """Run a program of PostgreSQL, with what it is given on its standard input. Raises BackupError with its last words."""
    with TemporaryDirectory(prefix="attest-") as folder, (Path(folder) / "errors").open("w+") as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=errors, env={**os.environ, **environment})
        try:
            feed(process, pieces)
        finally:
            process.wait()
        if process.returncode:
            errors.seek(0)
            raise BackupError(f"{Path(command[0]).name} failed: {' '.join(errors.read().split())[:LAST_WORDS]}")


def feed(process: "subprocess.Popen[bytes]", pieces: Iterable[bytes]) -> None:
    if process.stdin is None:
        return
    with suppress(BrokenPipeError), process.stdin as into:  # if it ends before its time, its exit status tells
        for piece in pieces:
            into.write(piece)


def environment() -> bytes:
    """The settings of this installation: its file, else the key from the environment, without which sessions end."""
    file = VAR / "attest.env"
    return file.read_bytes() if file.exists() else f"SECRET_KEY={os.environ['SECRET_KEY']}\n".encode()
