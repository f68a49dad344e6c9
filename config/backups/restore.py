"""The way back: everything is checked before anything is touched, and what was there stays until its successor is whole."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from config.backups import archive
from config.backups.backup import BackupError, Say, feed, read_whole, run
from config.backups.contents import connect, contents, differences, leading_to, server_version, tables_of, without_password
from config.backups.programs import Programs, programs_for
from config.environment import ROOT, VAR
from config.health import known_migrations

OTHERS = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
MAINTENANCE = ("postgres", "template1")


def restore(file: Path, url: str, *, replace: bool, say: Say) -> str:
    """Bring the database back from a file; what became of the former one, in words.

    Raises archive.BadBackup, BackupError, NoProgram, OSError, psycopg.Error; then the former database is what it was.
    """
    say("Reading the file …")
    manifest = archive.read(file)
    refuse_newer(manifest)
    with connect(url) as connection:
        programs = programs_for(max(server_version(connection), manifest["pg_dump"][0]))
        read_whole(programs, file)
        refuse_company(connection)
        full = bool(tables_of(connection))
        if full and not replace:
            raise BackupError("The database is not empty: use --replace to replace it with the backup.")
        (may_create,) = connection.execute(MAY_CREATE).fetchone() or (False,)
    if may_create:
        return beside(file, url, manifest, programs, keep=full, say=say)
    return in_place(file, url, manifest, programs, say=say)


def refuse_newer(manifest: dict[str, Any]) -> None:
    known = {f"{app}.{name}" for app, name in known_migrations()}
    unknown = [name for name in manifest["migrations"] if name not in known]
    if unknown:
        raise BackupError(
            f"The backup was made by a newer version of Attest: {len(unknown)} of its migrations are unknown here "
            f"({unknown[0]}, …). "
            "Restore it with that version."
        )


def refuse_company(connection: psycopg.Connection) -> None:
    """Somebody who writes meanwhile would write into the former database."""
    (others,) = connection.execute(OTHERS).fetchone() or (0,)
    if others:
        raise BackupError(f"{others} other connections to the database are open: stop the web server and all workers first.")


def beside(file: Path, url: str, manifest: dict[str, Any], programs: Programs, *, keep: bool, say: Say) -> str:
    """Into a new database, which takes the name of the former one when it is whole."""
    name = str(conninfo_to_dict(url)["dbname"])
    moment = datetime.now(UTC).strftime("%Y%m%d_%H%M%S")
    draft, former = f"{name}_restored_{moment}", f"{name}_before_{moment}"
    with maintenance(url) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(draft)))
        try:
            new = leading_to(url, draft)
            say("Restoring into a new database …")
            with archive.dump_of(file) as dump:
                target, password = without_password(new)
                what = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={target}"]
                run(programs.command("pg_restore", *what), password, dump)
            prove(new, manifest, say)
            swap(connection, draft, name, former)
        except BaseException:
            dropped(connection, draft)
            raise
        if keep:
            return f"The previous database was renamed to {former}; drop it when you no longer need it."
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(former)))
    return "The previous database was empty."


def dropped(connection: psycopg.Connection, name: str) -> None:
    """A plain DROP sends autovacuum away and waits; FORCE may not end it, but ends what an interrupted pg_restore left behind."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        connection.execute(drop)
    except psycopg.errors.ObjectInUse:
        connection.execute(drop + sql.SQL(" WITH (FORCE)"))


def maintenance(url: str) -> psycopg.Connection:
    """A connection to another database of the server, from which ours can be renamed."""
    for name in MAINTENANCE[:-1]:
        try:
            return connect(leading_to(url, name))
        except psycopg.OperationalError:
            continue
    return connect(leading_to(url, MAINTENANCE[-1]))


def swap(connection: psycopg.Connection, draft: str, name: str, former: str) -> None:
    """Both renamings or none."""
    renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with connection.transaction():
        connection.execute(renamed.format(sql.Identifier(name), sql.Identifier(former)))
        connection.execute(renamed.format(sql.Identifier(draft), sql.Identifier(name)))


def in_place(file: Path, url: str, manifest: dict[str, Any], programs: Programs, *, say: Say) -> str:
    """Where the role may not make databases: everything is emptied and filled in one transaction of psql."""
    say("Restoring in one transaction …")
    target, password = without_password(url)
    psql = programs.command("psql", "--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", f"--dbname={target}")
    with archive.dump_of(file) as dump:
        run(psql, password, script(programs, dump))
    try:
        prove(url, manifest, say)
    except BackupError as error:
        raise BackupError(f"{error} The previous contents are lost, since this role cannot create a second database.") from None
    return "The previous contents are lost."


def script(programs: Programs, dump: Iterator[bytes]) -> Iterator[bytes]:
    """What psql is told. The last word is said only where pg_restore came to its end: without it nothing has happened."""
    yield b"SET statement_timeout = 0;\nBEGIN;\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"
    command = programs.command("pg_restore", "--no-owner", "--no-privileges", "--file=-")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        feeder = threading.Thread(target=feed, args=(process, dump))
        feeder.start()
        if output := process.stdout:
            yield from iter(lambda: output.read(archive.PIECE), b"")
        feeder.join()
    if process.returncode:
        raise BackupError("pg_restore failed: nothing was restored.")
    yield b"\nCOMMIT;\n"


def prove(url: str, manifest: dict[str, Any], say: Say) -> None:
    """Every table is what it was; then the tables are brought up to date, and texts, marks and log agree."""
    say("Comparing all tables …")
    with connect(url) as connection:
        differing = differences(manifest, contents(connection))
    if differing:
        raise BackupError(f"The restored tables differ from the backup: {', '.join(differing)}.")
    seal = ["--seal", manifest["seal"]] if manifest.get("seal") else []
    for command in (["migrate", "--no-input"], ["check_integrity", "--without-objects", *seal]):
        say(f"manage.py {command[0]} …")
        manage(url, command)


def manage(url: str, command: list[str]) -> None:
    environment = {**os.environ, "DATABASE_URL": url}
    program = [sys.executable, "-m", "config.start", *command]
    process = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if process.returncode:
        raise BackupError(f"manage.py {command[0]} failed on the restored database: {' '.join(process.stderr.split())[-500:]}")


def bring_settings_back(file: Path, target: Path = VAR / "attest.env") -> str:
    """Write the installation's settings where there are none; what was done, in words."""
    kept = archive.member(file, archive.ENVIRONMENT)
    if kept is None:
        return "The backup contains no settings: without the previous SECRET_KEY everyone has to sign in again."
    if target.exists():
        same = target.read_bytes() == kept
        return "The settings are unchanged." if same else f"{target} differs from the backup's attest.env and was not changed."
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(kept)
    return f"The settings were written to {target}."
