"""A hijacked reader tries everything, in the sandbox and without it, under the account that runs this.

`python -m tests.drills.readers` prints what each call came to. Its control is the order of statements that readers had before:
there the same calls reach the database, the secrets and the parent.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from config.environment import ROOT
from config.postgres import SOCKET, PostgresCluster
from corpus.readers.sandboxed import Child, DeadError

MODULE = "tests.drills.hijacked"


@contextmanager
def targets() -> Iterator[dict[str, Any]]:
    """A database, a listening port, and files that are worth something."""
    with tempfile.TemporaryDirectory(prefix="at-", dir="/tmp") as folder, socket.create_server(("127.0.0.1", 0)) as server:
        Path(folder).chmod(0o755)
        cluster = PostgresCluster(Path(folder) / "postgres")
        cluster.start()
        files = {name: f"{folder}/{name}" for name in ("env", "own", "gone")}
        for path in files.values():
            Path(path).write_text("SECRET_KEY=canary")
            Path(path).chmod(0o600)
        try:
            yield {
                "port": server.getsockname()[1],
                "socket": str(cluster.socket_folder() / SOCKET),
                "folder": folder,
                "files": {**files, "shadow": "/etc/shadow"},
            }
        finally:
            cluster.stop()


def sandboxed(at: dict[str, Any]) -> dict[str, Any]:
    child = Child(MODULE)
    try:
        child.give(b"attack:" + json.dumps(at).encode(), "hijacked", "")
        (found,) = child.answer(b"")
        outcome = json.loads(found.raw_text)
        return {"layers": asdict(child.layers()), "outcome": outcome, "other door": other_door(child, at)}
    finally:
        child.close()


def other_door(child: Child, at: dict[str, Any]) -> str:
    """What a call by the numbers of another architecture comes to."""
    if os.uname().machine != "x86_64":
        return "there is none"
    child.give(b"attack:" + json.dumps(at).encode(), "other door", "")
    try:
        return "".join(found.raw_text for found in child.answer(b""))
    except DeadError as error:
        return str(error)


def as_before(at: dict[str, Any]) -> dict[str, str]:
    # On one processor no library would start a thread, and the old order would have done.
    environment = {"PATH": os.environ.get("PATH", ""), "OPENBLAS_NUM_THREADS": "2"}
    command = [sys.executable, "-m", MODULE, json.dumps(at)]
    result = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(result.stdout)


def main() -> None:
    with targets() as at:
        json.dump({"uid": os.getuid(), **sandboxed(at), "control": as_before(at)}, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
