"""Writers write while the web server, or PostgreSQL, is killed: what was acknowledged is there, once.

The suite runs a short drill. `python -m tests.drills.crash --target web --kills 50` runs a long one on an installation of its
own, and `--forgetful` runs its control: writers that make a new id for each try, as a client without our rules would, and so
store some things twice. A kill counts only when writes were acknowledged since the last one, and when some writer felt it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from config.environment import ROOT
from config.postgres import PostgresCluster
from tests.ports import free_port

ENOUGH = 20  # acknowledged writes since the last kill
PATIENCE = 180.0
QUOTE = "300"
READY = f"""
from django.contrib.auth import get_user_model
from annotations.assign import open_for
from corpus.models import Document, Token
user, document = get_user_model().objects.get(username="annotator"), Document.objects.get(corpus__slug="demo", article__practice=True)
print(open_for(user, document)[0].pk, Token.issue(user, "drill", ["annotate"])[1], document.text.index({QUOTE!r}))
"""


@dataclass
class Installation:
    """An embedded PostgreSQL with the demo corpus, and a web server that can be killed."""

    cluster: PostgresCluster
    port: int
    environment: dict[str, str]
    server: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> str:
        program = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(program, cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def serve(self) -> None:
        program = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        quiet = subprocess.DEVNULL
        self.server = subprocess.Popen(
            program, cwd=ROOT, env=self.environment, start_new_session=True, stdout=quiet, stderr=quiet
        )

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Web server and worker together: they are one process group."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, number)
            self.server.wait(PATIENCE)
            self.server = None

    def kill_web(self) -> None:
        self.stop(signal.SIGKILL)
        self.serve()

    def kill_database(self) -> None:
        """The postmaster with all of its processes, as when the power goes; then it is started again."""
        found = self.cluster.postmaster()
        if found is not None:
            family = [psutil.Process(found.pid), *psutil.Process(found.pid).children(recursive=True)]
            for process in family:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(family, timeout=PATIENCE)  # their memory has to be gone before a new one starts
        self.cluster.start()


@contextmanager
def installation(folder: Path, fill: Callable[[str], object] | None = None) -> Iterator[Installation]:
    """`fill` is called with the URL of the empty database."""
    cluster = PostgresCluster(folder / "postgres")
    port = free_port()
    settings = {"SECRET_KEY": uuid.uuid4().hex * 2, "ALLOWED_HOSTS": "127.0.0.1", "HTTPS_ONLY": "no", "API_RATE": "1000000/min"}
    settings["OBJECTS"] = str(folder / "objects")
    made = Installation(cluster, port, {**os.environ, **settings, "DATABASE_URL": cluster.start()})
    try:
        if fill:
            fill(made.environment["DATABASE_URL"])
        made.manage("demo", "--no-serve")
        yield made
    finally:
        made.stop()
        cluster.stop()


@dataclass
class Drill:
    """`acknowledged` holds the names of marks to which the server said yes; `tries_again` counts what did not get an answer."""

    at: Installation
    path: str
    secret: str
    start: int
    forgetful: bool = False
    acknowledged: list[str] = field(default_factory=list)
    tries_again: int = 0
    kills_under_load: int = 0
    unexpected: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self, kill: Callable[[], None], kills: int, writers: int = 8) -> None:
        threads = [threading.Thread(target=self.write) for _ in range(writers)]
        for thread in threads:
            thread.start()
        for _ in range(kills):
            self.kills_under_load += self.wait_for_load()
            time.sleep(random.uniform(0, 0.15))
            kill()
        self.wait_for_load()
        self.over.set()
        for thread in threads:
            thread.join(PATIENCE)

    def wait_for_load(self) -> bool:
        before, end = len(self.acknowledged), time.monotonic() + PATIENCE
        while len(self.acknowledged) < before + ENOUGH and time.monotonic() < end and not self.unexpected:
            time.sleep(0.005)
        return len(self.acknowledged) >= before + ENOUGH

    def write(self) -> None:
        while not self.over.is_set():
            name, change, mark = (str(uuid.uuid4()) for _ in range(3))
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end and not self.sent(name, change, mark):
                self.tries_again += 1
                time.sleep(random.uniform(0.01, 0.04))
                if self.forgetful:
                    change, mark = str(uuid.uuid4()), str(uuid.uuid4())

    def sent(self, name: str, change: str, mark: str) -> bool:
        """Whether the server acknowledged it; False where it did not say, or could not."""
        body = {"base": 0, "changes": [self.change(name, change, mark)]}
        headers = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self.at.port, timeout=5)
        try:
            connection.request("POST", self.path, json.dumps(body), headers)
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        self.statuses[answer.status] += 1
        if answer.status == http.client.OK:
            self.acknowledged.append(name)
        elif answer.status < http.client.INTERNAL_SERVER_ERROR:
            self.unexpected.append(f"{answer.status} {said[:300]!r}")
        return answer.status < http.client.INTERNAL_SERVER_ERROR

    def change(self, name: str, change: str = "", mark: str = "") -> dict[str, object]:
        fragment = {"start": self.start, "end": self.start + len(QUOTE), "quote": QUOTE}
        item = {"layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment], "attributes": {"note": name}}
        item["id"] = mark or str(uuid.uuid4())
        return {"id": change or str(uuid.uuid4()), "op": "create", "kind": "span", "object": item}

    def stored(self) -> Counter[str]:
        """How often each name stands in the log of changes."""
        with psycopg.connect(self.at.environment["DATABASE_URL"]) as connection:
            rows = connection.execute("SELECT after->'attributes'->>'note' FROM annotations_change WHERE op = 'create'")
            return Counter(name for (name,) in rows if name)


def prepared(at: Installation, *, forgetful: bool = False) -> Drill:
    at.serve()
    assignment, secret, start = at.manage("shell", "--no-imports", "-c", READY).split()
    return Drill(at, f"/api/v1/assignments/{assignment}/changes/", secret, int(start), forgetful)


def lost_and_doubled(acknowledged: list[str], stored: Counter[str]) -> tuple[list[str], list[str]]:
    return [name for name in acknowledged if name not in stored], [name for name, count in stored.items() if count > 1]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.drills.crash")
    parser.add_argument("--target", choices=["web", "database"], default="web")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--forgetful", action="store_true", help="the control: a new id for each try")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="attest-drill-") as folder, installation(Path(folder)) as at:
        drill = prepared(at, forgetful=options.forgetful)
        drill.run(at.kill_web if options.target == "web" else at.kill_database, options.kills, options.writers)
        lost, doubled = lost_and_doubled(drill.acknowledged, drill.stored())
        print(
            f"{options.kills} kills of {options.target}, {drill.kills_under_load} of them under load; {drill.tries_again} tries again"
        )
        print(
            f"{len(drill.acknowledged)} acknowledged, {len(lost)} lost, {len(doubled)} doubled; {time.monotonic() - began:.0f} s"
        )
        print(at.manage("check_integrity").strip())
        sound = drill.kills_under_load > options.kills * 0.9 and drill.tries_again and not drill.unexpected
    sys.exit(bool(lost or doubled or not sound))


if __name__ == "__main__":
    main()
