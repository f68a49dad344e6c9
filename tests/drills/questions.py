"""People mark, judge and tidy up as the dice fall: questions have one answer, whatever is indexed already and whoever is killed meanwhile.

The suite runs a short drill. `python -m tests.drills.questions` runs the long one: 500 batches, and every tenth time the process
that indexes is killed. After each batch the answers of what is derived on the spot, of what is indexed and of an index that is made anew
are compared. `--seed` says which dice.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.environment import ROOT
from tests.drills.crash import PATIENCE, installation

# Indexes once for each line that it is given, in a process of its own that is killed: after so many seconds, or before such a statement.
INDEXER = """
import os, signal, sys, time
from config.start import prepare
prepare()
import django
django.setup()
from django.db import connection
from questions.index import keep


def counted(last):
    count = 0

    def execute(go_on, sql, values, many, context):
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return go_on(sql, values, many, context)

    return execute


for line in sys.stdin:
    seconds, statement = float(line.split()[0]), int(line.split()[1])
    ready, begun = os.pipe()
    child = os.fork()
    if not child:
        connection.ensure_connection()
        os.write(begun, str(connection.connection.info.backend_pid).encode())
        with connection.execute_wrapper(counted(statement)):
            keep.take_up()
        os._exit(0)
    backend = os.read(ready, 20).decode()
    os.close(ready)
    os.close(begun)
    time.sleep(seconds)
    if not statement:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else status, backend, flush=True)
"""
# Others have connections, too: those of a test before this one may stay for long.
IS_THERE = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"


class Indexer:
    """A process that takes up what is behind, and is killed. `kills`: how often it was, with its work undone."""

    def __init__(self) -> None:
        self.kills = 0
        command = [sys.executable, "-c", INDEXER]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def killed_after(self, seconds: float) -> bool:
        return self.told(f"{seconds} 0")

    def killed_before(self, statement: int) -> bool:
        """Whether there was such a statement; the first one is 1."""
        return self.told(f"0 {statement}")

    def told(self, line: str) -> bool:
        """Whether it was killed before it was done. Ends when PostgreSQL knows that, too."""
        from django.db import connection

        from questions.models import Stale

        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        answer, backend = self.process.stdout.readline().split()
        assert answer in ("killed", "0"), answer
        end = time.monotonic() + PATIENCE
        with connection.cursor() as cursor:
            while cursor.execute(IS_THERE, [int(backend)]).fetchone()[0]:
                assert time.monotonic() < end, f"PostgreSQL goes on for {PATIENCE} s for a process that is gone."
                time.sleep(0.005)
        is_undone = answer == "killed" and Stale.objects.exists()
        self.kills += is_undone
        return is_undone

    def end(self) -> None:
        self.process.communicate(timeout=PATIENCE)


def make_all_stale(writer: Any) -> None:
    """So that there is much to do, in the middle of which somebody can be killed."""
    from questions.models import Stale

    Stale.objects.bulk_create(Stale(assignment=reading.pk) for reading in writer.readings)


def run(seed: int, batches: int, kills_every: int, tell: Callable[[str], None] = print) -> None:
    """In an installation that nobody else uses. Raises AssertionError where two answers differ."""
    import pytest

    from tests.questions.same_answers import SameAnswers, be_patient
    from tests.questions.writing_at_random import RandomWriter

    be_patient(pytest.MonkeyPatch())
    began, dice = time.monotonic(), random.Random(seed)
    writer = RandomWriter(seed)
    same, indexer = SameAnswers(seed, writer), Indexer()
    for number in range(1, batches + 1):
        writer.batch()
        if number % kills_every == 0:
            make_all_stale(writer)
            indexer.killed_after(dice.uniform(0, 0.15))
            same.check_index()
        same.check()
        if number % 25 == 0:
            tell(f"{number} batches, {indexer.kills} kills, {time.monotonic() - began:.0f} s")
    indexer.end()
    tell(f"done: {dict(writer.done)}")
    tell(f"refused: {dict(writer.refused)}")
    tell(f"rows: {dict(same.rows)}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.drills.questions")
    parser.add_argument("--batches", type=int, default=500)
    parser.add_argument("--kills-every", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        from config.start import prepare

        prepare()
        import django

        django.setup()
        run(options.seed, options.batches, options.kills_every)
        return
    with tempfile.TemporaryDirectory(prefix="attest-drill-") as folder, installation(Path(folder)) as at:
        at.manage("index")
        command = [sys.executable, "-m", "tests.drills.questions", *sys.argv[1:], "--here"]
        done = subprocess.run(command, check=False, cwd=ROOT, env=os.environ | at.environment)
        print(at.manage("check_integrity").strip().splitlines()[-1])
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
