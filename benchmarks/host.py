"""Where it is measured: a PostgreSQL of its own with the demo corpus, and the server as it is shipped."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.environment import ROOT
from config.postgres import PostgresCluster

# Of a fresh installation. What is measured is the work, not the politeness.
ENVIRONMENT = {
    "SECRET_KEY": "only-for-benchmarks-" * 3,
    "ALLOWED_HOSTS": "127.0.0.1",
    "HTTPS_ONLY": "no",
    "API_RATE": "1000000/min",
    "EXPORT_RATE": "1000000/min",
    "PYTHONDONTWRITEBYTECODE": "",  # where it is set, each start would compile our modules, which an installation does once
}
PATIENCE = 60.0


@dataclass
class Host:
    """`cluster` holds the demo corpus; the database is reached at DATABASE_URL."""

    cluster: PostgresCluster
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def server(self) -> Iterator[subprocess.Popen[bytes]]:
        """`serve`, until the block ends."""
        process = start(self.port)
        try:
            wait_until_answered(self.port, process)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@contextmanager
def installation(folder: Path, needed: set[str]) -> Iterator[Host | None]:
    """A fresh installation in `folder`, where anything that is measured needs one."""
    if not needed:
        yield None
        return
    folder.chmod(0o755)  # PostgreSQL may run under another account
    cluster = PostgresCluster(folder / "postgres")
    os.environ["DATABASE_URL"] = cluster.start()
    try:
        subprocess.run([sys.executable, "manage.py", "demo", "--no-serve"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        set_up_django()
        yield Host(cluster, free_port())
    finally:
        cluster.stop()


def set_up_django() -> None:
    from config.start import prepare

    prepare()
    import django

    django.setup()


def start(port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_until_answered(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/login/")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise SystemExit("the server does not answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Client:
    """One program that talks to the API over one connection."""

    def __init__(self, port: int, secret: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def get(self, path: str) -> bytes:
        return self.ask("GET", path, None)

    def post(self, path: str, body: Any) -> bytes:
        return self.ask("POST", path, json.dumps(body).encode())

    def ask(self, method: str, path: str, body: bytes | None) -> bytes:
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= http.client.BAD_REQUEST:
            raise SystemExit(f"{method} {path}: {answer.status} {content[:500]!r}")
        return content
