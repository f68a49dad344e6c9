"""Runs that find near-duplicates or names, killed at some moment: nothing of them counts, and the same run again makes what an undisturbed one makes."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from benchmarks.crawls import PLANTED_NAMES, write_crawl
from config.environment import ROOT
from lake.copies.near import find_copies
from lake.engines.reading import read
from lake.engines.screening import screen
from lake.files.check import check_files
from lake.files.folder import LakeBusy, LakeFolder
from lake.files.parts import manifests
from lake.names.listed import ListName
from lake.queries.database import COPIES, NAMES, READ, database

pytestmark = pytest.mark.long

PAGES, FILES = 120, 6
PATIENCE = 300  # seconds
LISTED = [ListName(str(number), name) for number, name in enumerate(PLANTED_NAMES)]
ACTS = {COPIES: find_copies, NAMES: lambda lake: screen(lake, "MADE 1", LISTED, processes=1)}
# It kills itself where it reports a step, or before it puts a file of JSON.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from lake.copies import near
from lake.engines.screening import screen
from lake.files.folder import LakeFolder
from lake.names.listed import ListName

_, root, kind, moment, *names = sys.argv


def reach(here):
    if here == moment:
        os.kill(os.getpid(), signal.SIGKILL)


class Lake(LakeFolder):
    def put_json(self, name, values):
        reach(name.rpartition("/")[0])
        return super().put_json(name, values)


def progress(stage, done, total):
    reach(f"{stage} {done}")


if __name__ == "__main__":
    near.SHOWN = 1
    lake = Lake(Path(root))
    if kind == "copies":
        near.find_copies(lake, progress=progress)
    else:
        screen(lake, "MADE 1", [ListName(str(at), name) for at, name in enumerate(names)], processes=1, progress=progress)
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A lake whose pages are read, and nothing else."""
    folder = tmp_path_factory.mktemp("whole")
    write_crawl(folder / "crawls", PAGES, in_a_file=PAGES // FILES)
    lake = LakeFolder(folder / "lake")
    read(lake, [folder / "crawls"])
    return lake


@pytest.fixture(scope="module", params=[COPIES, NAMES])
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def undisturbed(whole, kind, tmp_path_factory):
    lake = copied(whole, tmp_path_factory.mktemp(kind))
    ACTS[kind](lake)
    return contents(lake)


def copied(lake, folder):
    shutil.copytree(lake.root, folder / "lake")
    return LakeFolder(folder / "lake")


def contents(lake):
    return {
        path.relative_to(lake.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in lake.root.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def killed(lake, kind, moment, folder):
    """The run in a process of its own, up to that moment."""
    script = folder / "run.py"
    script.write_text(SCRIPT)
    command = [sys.executable, str(script), str(lake.root), kind, moment, *PLANTED_NAMES]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False).returncode


def again(act, lake):
    """Once the processes of the killed run have ended with it."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return act(lake)
        except LakeBusy:
            assert time.monotonic() < end
            time.sleep(0.1)


@pytest.mark.parametrize("moment", ["first step", "late step", "part", "manifest"])
def test_a_run_that_is_killed_counts_as_none_and_is_made_whole_by_the_next(whole, kind, undisturbed, moment, tmp_path):
    moments = {
        COPIES: {"first step": "sorted 1", "late step": "compared 10", "part": "parts/copies", "manifest": "runs/copies"},
        NAMES: {"first step": "screened 1", "late step": f"screened {FILES - 1}", "part": "lists", "manifest": "runs/names"},
    }
    lake = copied(whole, tmp_path)
    assert killed(lake, kind, moments[kind][moment], tmp_path) == -signal.SIGKILL
    assert manifests(lake, kind) == []
    with database(lake) as connection:
        assert connection.execute(f"SELECT count(*) FROM {kind}").fetchone() == (0,)
    again(ACTS[kind], lake)
    assert contents(lake) == undisturbed
    assert len(manifests(lake, kind)) == 1
    assert check_files(lake, (READ, kind)).faults == []


def test_parts_that_a_killed_run_has_screened_are_not_screened_again(whole, tmp_path):
    lake = copied(whole, tmp_path)
    assert killed(lake, NAMES, f"screened {FILES - 1}", tmp_path) == -signal.SIGKILL
    parts = len(lake.names("parts/names", ".json"))
    assert parts >= FILES - 1
    assert again(ACTS[NAMES], lake).screened >= parts
