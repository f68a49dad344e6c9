"""Runs: what is read once is not read again, whatever ended the run before."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyarrow import parquet

from benchmarks.crawls import write_crawl
from config.environment import ROOT
from lake.engines import reading
from lake.engines.reading import ReadJob, read
from lake.extras import MissingExtra
from lake.files.folder import LakeFolder
from lake.files.parts import files_of, live_parts, manifests
from lake.queries.database import READ
from lake.read import inputs
from lake.read.places import NoInput
from tests.lakes import Here


@pytest.fixture
def lake(tmp_path):
    return LakeFolder(tmp_path / "lake")


@pytest.fixture
def crawls(tmp_path):
    write_crawl(tmp_path / "crawls", 12, in_a_file=4)
    return tmp_path / "crawls"


def table(lake, name):
    return [row for path in files_of(lake, live_parts(lake, READ), name) for row in parquet.read_table(path).to_pylist()]


def job(lake, task, sha256=""):
    sha256 = sha256 or inputs.task_sha256(task)
    return ReadJob(str(lake.root), reading.part_of(sha256, inputs.code_version()), sha256, task)


def contents(lake):
    return {
        path.relative_to(lake.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in lake.root.rglob("*")
        if path.is_file() and path.name != "lock"
    }


def test_a_run_reads_all_and_says_how_many(lake, crawls):
    (crawls / "note.txt").write_text("The ministry said that three hundred workers remained abroad.\n")
    (crawls / "rows.jsonl").write_text(
        '{"text": "Workers were sent home, the ministry said.", "url": "https://a.example/1"}\n\n[]\n'
    )
    steps = []
    outcome = read(lake, [crawls], processes=2, progress=lambda *step: steps.append(step))
    assert outcome.manifest["counts"] == {"pages": 14, "unread": 1}
    assert steps[-1] == ("read", 5, 5)
    pages = table(lake, "pages")
    assert {page["crawl"] for page in pages} == {
        f"crawls/{name}" for name in [*(f"crawl-0000{n}.warc.gz" for n in range(3)), "note.txt", "rows.jsonl"]
    }
    (row,) = table(lake, "unread")
    assert (row["name"], row["offset"]) == ("crawls/rows.jsonl:3", 86)


def test_twice_is_once(lake, crawls):
    read(lake, [crawls], engine=Here())
    before = contents(lake)
    outcome = read(lake, [crawls], engine=Here())
    assert (outcome.manifest, outcome.present) == (None, 3)
    assert contents(lake) == before


def test_two_lakes_of_one_crawl_have_the_same_bytes(lake, crawls, tmp_path):
    other = LakeFolder(tmp_path / "other")
    read(lake, [crawls], processes=1)
    read(other, [crawls], processes=2)
    assert contents(lake) == contents(other)


def test_a_file_that_comes_later_is_read_alone(lake, crawls):
    late = (crawls / "crawl-00002.warc.gz").rename(crawls.parent / "late")
    read(lake, [crawls], engine=Here())
    late.rename(crawls / "crawl-00002.warc.gz")
    outcome = read(lake, [crawls], engine=Here())
    assert (outcome.present, outcome.manifest["counts"]["pages"], len(manifests(lake, READ))) == (2, 4, 2)
    assert len(table(lake, "pages")) == 12


def test_the_same_bytes_under_two_names_are_read_once(lake, crawls):
    (crawls / "again.warc.gz").write_bytes((crawls / "crawl-00000.warc.gz").read_bytes())
    assert read(lake, [crawls], engine=Here()).repeated == 1
    assert len(table(lake, "pages")) == 12


def test_newer_readers_read_again_and_the_pages_count_once(lake, crawls, monkeypatch):
    read(lake, [crawls], engine=Here())
    monkeypatch.setattr(reading, "code_version", lambda: "newer")
    assert read(lake, [crawls], engine=Here()).manifest["counts"]["pages"] == 12
    assert len(table(lake, "pages")) == 12


def test_a_run_without_its_manifest_is_none_and_the_next_one_goes_on(lake, crawls):
    for task in list(inputs.tasks([crawls]))[:2]:
        reading.read_task(job(lake, task))
    assert (len(lake.names("parts/read", ".json")), live_parts(lake, READ), table(lake, "pages")) == (2, [], [])
    before = contents(lake)
    steps = []
    read(lake, [crawls], engine=Here(), progress=lambda *step: steps.append(step))
    assert steps[-1] == ("read", 1, 1)
    assert contents(lake).items() > before.items()
    assert len(table(lake, "pages")) == 12


# It kills itself when the second file has been read.
RUN = """
import os, signal, sys
from pathlib import Path
from lake.engines.reading import read
from lake.files.folder import LakeFolder


def progress(stage, done, total):
    if (stage, done) == ("read", 2):
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    read(LakeFolder(Path(sys.argv[1])), [Path(sys.argv[2])], processes=2, progress=progress)
"""


def test_a_run_that_is_killed_loses_and_doubles_nothing(lake, tmp_path):
    write_crawl(tmp_path / "crawls", 64, in_a_file=8)
    script = tmp_path / "run.py"
    script.write_text(RUN)
    command = [sys.executable, str(script), str(lake.root), str(tmp_path / "crawls")]
    ended = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert 2 <= len(list(lake.root.glob("parts/read/*.json"))) < 8
    assert manifests(lake, READ) == []
    deadline = time.monotonic() + 300
    while True:  # its processes end with it
        try:
            read(lake, [tmp_path / "crawls"], processes=2)
            break
        except reading.LakeBusy:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    other = LakeFolder(tmp_path / "other")
    read(other, [tmp_path / "crawls"], processes=1)
    assert contents(lake) == contents(other)
    assert len({page["page"] for page in table(lake, "pages")}) == 64


def test_a_file_that_changes_while_it_is_read_makes_no_part(lake, crawls):
    task = next(inputs.tasks([crawls]))
    with pytest.raises(inputs.FileChanged):
        reading.read_task(job(lake, task, "0" * 64))
    assert list(lake.root.glob("parts/read/*")) == []


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_done(lake, crawls, monkeypatch):
    bad = crawls / "crawl-00001.warc.gz"
    tasks = inputs.tasks

    def with_bad(sources):
        for task in tasks(sources):
            yield task._replace(files=(task.files[0]._replace(path="/nowhere"),)) if task.name.endswith(bad.name) else task

    monkeypatch.setattr(reading, "tasks", with_bad)
    outcome = read(lake, [crawls], engine=Here())
    assert [line.partition(" [")[0] for line in outcome.failures] == ["crawls/crawl-00001.warc.gz: FileNotFoundError:"]
    assert len(table(lake, "pages")) == 8
    monkeypatch.undo()
    assert read(lake, [crawls], engine=Here()).failures == []
    assert len(table(lake, "pages")) == 12


@pytest.mark.parametrize(("name", "why"), [("missing", "no such file or folder"), ("empty", "the folder is empty")])
def test_a_path_without_anything_to_read_is_refused(lake, tmp_path, name, why):
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoInput, match=why):
        read(lake, [tmp_path / name])


def test_an_archive_is_known_by_its_bytes_too(crawls):
    (crawls / "crawl-00000.warc.gz").rename(crawls / "dump.gz")
    assert {task.kind for task in inputs.tasks([crawls])} == {"warc"}


def test_a_line_that_is_too_long_is_unread_and_the_rest_goes_on(lake, tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "EACH", 1_000_000)
    rows = [json.dumps({"text": f"The ministry said that {count} workers remained abroad. " * count}) for count in (1, 40_000, 2)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    (task,) = inputs.tasks([tmp_path / "a.jsonl"])
    found_rows = list(inputs.task_rows(task, inputs.task_sha256(task)))
    assert [(table, row.name) for table, row in found_rows] == [
        ("pages", "a.jsonl:1"),
        ("pages", "a.jsonl:3"),
        ("unread", "a.jsonl:2"),
    ]
    assert found_rows[1][1].offset == len(rows[0]) + len(rows[1]) + 2


def test_without_the_libraries_it_says_how_to_get_them(lake, crawls, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    task = next(inputs.tasks([crawls]))
    with pytest.raises(MissingExtra, match=r"needs pyarrow, which is not installed: .*requirements/lake\.txt"):
        reading.read_task(job(lake, task))


def test_a_task_that_runs_twice_at_once_makes_one_part(lake, crawls):
    task = job(lake, next(inputs.tasks([crawls])))
    with ThreadPoolExecutor(2) as executor:
        first, second = executor.map(reading.read_task, [task, task])
    assert first == second
    assert len(lake.names("parts/read", ".json")) == len(lake.names("pages", ".parquet")) == 1
