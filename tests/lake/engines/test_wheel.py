"""The wheel of the executors: whole, alone, and the same whenever it is made."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from pyarrow import Table, parquet

from benchmarks.crawls import write_crawl
from config.environment import ROOT
from lake.engines import wheel
from lake.engines.tasks import attempt, packed
from lake.read.inputs import tasks

# In a folder where nothing of ours is but the wheel.
READ = """
import pickle, sys
from pathlib import Path
import lake.engines.reading as reading
from lake.read.inputs import code_version, task_rows, task_sha256, tasks
import corpus, lake.engines.screening, lake.names.listed
(task,) = tasks([Path(sys.argv[1])])
rows = list(task_rows(task, task_sha256(task)))
print(len(rows), rows[0][1].language, corpus.__file__)
print([name for name in ("django", "psycopg", "procrastinate", "duckdb") if name in sys.modules])
for name in {modules}:
    if not name.endswith("__main__"):
        __import__(name)
print([name for name in ("django", "psycopg", "procrastinate") if name in sys.modules])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(wheel.write_wheel(folder)) as file:
        file.extractall(folder / "unpacked")
    return folder / "unpacked"


def write_rows(folder, count):
    folder.mkdir()
    texts = [f"The ministry said that {number} workers were sent home on Monday." for number in range(count)]
    parquet.write_table(Table.from_pydict({"text": texts}), folder / "rows.parquet")


@pytest.mark.parametrize("write", [write_crawl, write_rows])
def test_pages_are_read_with_nothing_of_ours_but_the_wheel(folder, tmp_path, write):
    write(tmp_path / "crawls", 3)
    program = READ.format(modules=sorted(wheel.executor_modules()))
    command = [sys.executable, "-c", program, str(tmp_path / "crawls")]
    environment = {name: os.environ[name] for name in ("PATH",)} | {"PYTHONPATH": str(folder)}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines() == [f"3 en {folder}/corpus/__init__.py", "[]", "[]"]


def test_the_same_modules_make_the_same_wheel_and_another_one_another(tmp_path, monkeypatch):
    (tmp_path / "again").mkdir()
    first, again = wheel.write_wheel(tmp_path), wheel.write_wheel(tmp_path / "again")
    assert (first.name, first.read_bytes()) == (again.name, again.read_bytes())
    monkeypatch.setattr(wheel, "requirements", lambda modules: ["lxml==0"])
    assert wheel.write_wheel(tmp_path).name != first.name


def test_pip_takes_it_for_a_wheel(tmp_path):
    target = tmp_path / "installed"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*command, str(wheel.write_wheel(tmp_path))], check=True)
    assert (target / "lake" / "read" / "page.py").read_bytes() == (ROOT / "lake/read/page.py").read_bytes()


def test_a_machine_with_other_libraries_is_told_which(folder, monkeypatch):
    assert wheel.differences(folder) == []
    versions = {"lxml": "1.0", "pyarrow": "none"}
    ours = wheel.version_here
    monkeypatch.setattr(wheel, "version_here", lambda library: versions.get(library) or ours(library))
    assert [line.split()[1:] for line in sorted(wheel.differences(folder))] == [
        ["is", "needed,", each, "is", "installed"] for each in ("1.0", "none")
    ]


def count(task):
    return len(task.files) if task.kind == "warc" else 1 / 0


def test_a_task_goes_there_and_its_answer_comes_back_as_json(tmp_path):
    write_crawl(tmp_path / "crawls", 1)
    (task,) = tasks([tmp_path / "crawls"])
    assert json.loads(attempt(packed(count, task))) == [1, ""]
    assert json.loads(attempt(packed(count, task._replace(kind="lines")))) == [None, "ZeroDivisionError: division by zero"]
