"""Takers of a queue, and workers that are killed: every reading once, every piece of work done once, and none lost."""

import json
import subprocess
import sys

import pytest

from config.environment import ROOT

PEOPLE, ARTICLES, KILLS = 6, 40, 3


def drill(at, name, kills=KILLS):
    at.stop()
    program = [sys.executable, "-m", "tests.drills.team", "--here", "--only", name, "--kills", str(kills)]
    program += ["--people", str(PEOPLE), "--articles", str(ARTICLES)]
    done = subprocess.run(program, cwd=ROOT, env=at.environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)[name]


def test_articles_that_many_take_at_once_get_their_readings_whoever_is_killed(at):
    counted = drill(at, "take")
    assert counted["kills"] == KILLS
    assert counted["takes"] == 2 * ARTICLES
    assert counted["readings of an article"] == {"2": ARTICLES}
    assert counted["most of one person"] == 1
    assert counted["places"] == [[2, 2, ARTICLES]]


@pytest.mark.parametrize("name", ["draw", "carry", "move", "score", "mail"])
def test_work_whose_process_is_killed_is_done_once(at, name):
    counted = drill(at, name)
    assert counted["kills"] == KILLS
    if name == "mail":
        assert counted["mails"] == counted["pieces"]
