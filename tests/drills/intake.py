"""A batch is brought in while its worker, or PostgreSQL, is killed: each thing is stored once, and what kills workers fails alone.

The suite runs a short drill. `python -m tests.drills.intake` runs the long one: 100 files, 20 kills of the worker, 5 of PostgreSQL.
A kill counts only when something of the batch was being read. That a dead worker is taken for dead only after 30 seconds without
a sign of life is not waited for: its last sign is dated back.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psycopg

from config.environment import ROOT
from tests.drills.crash import PATIENCE, Installation, installation

GIVE = """
import sys
from django.contrib.auth import get_user_model
from django.db import transaction
from corpus.intake.deliveries import deliver, open_intake
from corpus.models import Corpus
made, _ = Corpus.objects.get_or_create(slug={slug!r}, name={slug!r})
with transaction.atomic():
    intake = open_intake(made, user=get_user_model().objects.get(username="annotator"), door="page")
    for n in range({count}):
        if {poison} and n == {count} // 2:
            # Long to read, and light enough to be read beside another.
            lines = "".join(f"<p>Paragraph {{n}} of a very long page that it takes long to read.</p>" for n in range(10000))
            deliver(intake, "poison.html", f"<html><body>{{lines}}</body></html>".encode())
        words = " ".join(f"word{{n}}of{{k}}" for k in range(600))
        deliver(intake, f"{{n}}.txt", f"Report {{n}}\\n\\n{{words}}.\\n".encode())
print(intake.pk)
"""
AT_WORK = "SELECT count(*) FROM corpus_delivery WHERE intake_id = %s AND state = 'reading'"
OPEN = "SELECT count(*) FROM corpus_delivery WHERE intake_id = %s AND state IN ('waiting', 'reading')"
POISON = "SELECT count(*) FROM corpus_delivery WHERE intake_id = %s AND state = 'reading' AND name = 'poison.html' AND tries = %s"
RESULTS = """SELECT name, outcome, count(*) FROM corpus_intakeitem WHERE intake_id = %s GROUP BY 1, 2"""
DOUBLED = """SELECT text FROM corpus_document WHERE corpus_id = (SELECT corpus_id FROM corpus_intake WHERE id = %s) GROUP BY 1 HAVING count(*) > 1"""


class Batch:
    """Files that wait in a corpus of their own, and the worker that reads them."""

    def __init__(self, at: Installation, slug: str, count: int, *, poison: bool = False) -> None:
        self.at, self.kills, self.worker = at, 0, None
        self.intake = int(
            at.manage("shell", "--no-imports", "-c", GIVE.format(slug=slug, count=count, poison=poison)).split()[-1]
        )

    def work(self) -> None:
        command, quiet = [sys.executable, "manage.py", "worker"], subprocess.DEVNULL
        self.worker = subprocess.Popen(
            command, cwd=ROOT, env=self.at.environment, start_new_session=True, stdout=quiet, stderr=quiet
        )

    def kill_worker(self) -> None:
        self.end(signal.SIGKILL)
        self.ask("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour' RETURNING id")
        self.work()

    def kill_database(self) -> None:
        """The worker stays, or is started again as its supervisor would."""
        self.at.kill_database()

    def end(self, number: int = signal.SIGTERM) -> None:
        if self.worker is not None:
            self.worker.send_signal(number)
            self.worker.wait(PATIENCE)

    def ask(self, query: str, *values: object) -> list[tuple]:
        with psycopg.connect(self.at.environment["DATABASE_URL"]) as connection:
            return connection.execute(query, values).fetchall()

    def until(self, query: str, *values: object, wanted: bool = True, patience: float = PATIENCE) -> bool:
        """Whether the count is none, or some, before the patience is at its end. A worker that ended is started again."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with suppress(psycopg.OperationalError):
                if bool(self.ask(query, self.intake, *values)[0][0]) == wanted:
                    return True
            if self.worker is not None and self.worker.poll() is not None:
                self.work()
            time.sleep(0.01)
        return False

    def kill(self, what: str) -> None:
        """While something is read."""
        self.kills += self.until(AT_WORK)
        time.sleep(random.uniform(0, 0.05))
        self.kill_worker() if what == "worker" else self.kill_database()

    def finish(self, patience: float = PATIENCE * 5) -> bool:
        return self.until(OPEN, wanted=False, patience=patience)

    def results(self) -> Counter[tuple[str, str]]:
        return Counter({(name, outcome): count for name, outcome, count in self.ask(RESULTS, self.intake)})

    def doubled(self) -> list[str]:
        return [text[:20] for (text,) in self.ask(DOUBLED, self.intake)]


def stored_once(count: int) -> Counter[tuple[str, str]]:
    return Counter({(f"{n}.txt", "stored"): 1 for n in range(count)})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.drills.intake")
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--worker-kills", type=int, default=20)
    parser.add_argument("--database-kills", type=int, default=5)
    options = parser.parse_args()
    began = time.monotonic()
    kills = ["worker"] * options.worker_kills + ["database"] * options.database_kills
    random.shuffle(kills)
    with tempfile.TemporaryDirectory(prefix="attest-drill-") as folder, installation(Path(folder)) as at:
        batch = Batch(at, "batch", options.files)
        batch.work()
        for what in kills:
            batch.kill(what)
        done = batch.finish()
        results, doubled = batch.results(), batch.doubled()
        stored = sum(count for (_, outcome), count in results.items() if outcome == "stored")
        print(f"{len(kills)} kills, {batch.kills} of them while something was read; {time.monotonic() - began:.0f} s")
        print(f"{stored} stored, {len(doubled)} doubled, {'nothing waits' if done else 'something still waits'}")
        sound = done and results == stored_once(options.files) and not doubled and batch.kills == len(kills)
        batch.end()
    sys.exit(not sound)


if __name__ == "__main__":
    main()
