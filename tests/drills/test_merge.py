"""A worker is killed again and again while it moves the marks of a merge: in the end each is moved once, and back once."""

import signal
import subprocess
import sys
import time

import psycopg
import pytest

from config.environment import ROOT
from tests.drills.crash import PATIENCE

MARKS, KILLS = 200, 3
BEGUN = f"""
import uuid
from annotations.assign import open_for
from annotations.write import merge_entities
from annotations.write.apply import apply_changes
from django.contrib.auth import get_user_model
from registry.models import Entity
from tests import factories
user = get_user_model().objects.get(username="manager")
corpus = factories.corpus("merging")
factories.adopt(corpus)
factories.membership(corpus, user, "manager")
words = [f"crew{{number}}" for number in range({MARKS})]
work, _ = open_for(user, factories.document(" ".join(words), corpus=corpus))
gone, kept = (Entity.objects.create(corpus=corpus, type="GROUP", name=name) for name in ("Crew", "Staff"))
changes, start = [], 0
for word in words:
    place = {{"start": start, "end": start + len(word), "quote": word}}
    meant = {{"mention_type": "NOM", "entity": str(gone.pk)}}
    mark = {{"id": str(uuid.uuid4()), "layer": "ACTOR", "label": "GROUP", "fragments": [place], "attributes": meant}}
    changes.append({{"id": str(uuid.uuid4()), "op": "create", "kind": "span", "object": mark}})
    start += len(word) + 1
apply_changes(work, user, 0, changes)
merge_entities.AT_ONCE = 2
print(merge_entities.merge(gone, kept, user).pk)
"""
UNDONE = """
from annotations.models import Merge
from annotations.write import merge_entities
from django.contrib.auth import get_user_model
merge_entities.AT_ONCE = 2
merge_entities.undo(Merge.objects.get(pk="{pk}"), get_user_model().objects.get(username="manager"))
"""
# With small slices, so that a kill meets one of many.
WORKER = """
from config.start import prepare
prepare()
import django
django.setup()
from annotations.write import merge_slices
from django.core.management import call_command
merge_slices.AT_ONCE, merge_slices.FEWEST, merge_slices.MOST, merge_slices.PAUSE = 4, 2, 2, 0.05
call_command("worker")
"""
# What has moved of how many, and whether that is all.
FAR = "SELECT moved, total, is_finished FROM annotations_merge WHERE id = %s"
# How many marks mean the entity that goes, and how many the one that is kept.
MEANT = """SELECT count(*) FILTER (WHERE s.entity_id = m.gone), count(*) FILTER (WHERE s.entity_id = m.kept)
    FROM annotations_merge m, annotations_span s WHERE m.id = %s"""
# How often each mark was written: how many marks have so many changes.
WRITTEN = """SELECT changes, count(*) FROM (SELECT count(*) AS changes FROM annotations_change c JOIN annotations_span s
    ON s.id = c.object_id JOIN annotations_merge m ON s.entity_id IN (m.gone, m.kept) WHERE m.id = %s GROUP BY c.object_id) marks
    GROUP BY changes"""


class Merging:
    """A merge that has just begun, and the worker that carries it out."""

    def __init__(self, at):
        self.at, self.worker = at, None
        self.pk = at.manage("shell", "--no-imports", "-c", BEGUN).split()[-1]

    def work(self):
        quiet = subprocess.DEVNULL
        self.worker = subprocess.Popen(
            [sys.executable, "-c", WORKER], cwd=ROOT, env=self.at.environment, stdout=quiet, stderr=quiet
        )

    def ask(self, query):
        with psycopg.connect(self.at.environment["DATABASE_URL"]) as connection:
            return connection.execute(query, [self.pk]).fetchall()

    def far(self):
        return self.ask(FAR)[0]

    def wait(self, reached):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if reached(*self.far()):
                return True
            time.sleep(0.01)
        return False

    def kill(self):
        """Once more has moved, in the middle. A dead worker counts as dead after 30 seconds: its last sign is dated back."""
        before = self.far()[0]
        in_the_middle = self.wait(lambda moved, total, finished: moved > before and not finished)
        self.end(signal.SIGKILL)
        with psycopg.connect(self.at.environment["DATABASE_URL"]) as connection:
            connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        self.work()
        return in_the_middle

    def end(self, number=signal.SIGTERM):
        self.worker.send_signal(number)
        self.worker.wait(PATIENCE)


@pytest.fixture
def merging(at):
    at.stop()
    made = Merging(at)
    made.work()
    yield made
    made.end()


def finished(moved, total, is_finished):
    return is_finished


def test_each_mark_moves_once_and_back_once_whatever_is_killed(at, merging):
    assert [merging.kill() for _ in range(KILLS)] == [True] * KILLS
    assert merging.wait(finished)
    assert merging.far()[:2] == (MARKS, MARKS)
    assert merging.ask(MEANT) == [(0, MARKS)]
    assert merging.ask(WRITTEN) == [(2, MARKS)]
    at.manage("shell", "--no-imports", "-c", UNDONE.format(pk=merging.pk))
    assert [merging.kill() for _ in range(KILLS)] == [True] * KILLS
    assert merging.wait(finished)
    assert merging.ask(MEANT) == [(MARKS, 0)]
    assert merging.ask(WRITTEN) == [(3, MARKS)]
    assert "no fault" in at.manage("check_integrity")
