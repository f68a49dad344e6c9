"""The commands of docs/lake.md for a standalone cluster of two, on two machines, as they stand there: FIRST is the name of the first."""

import hashlib
import os
import shlex
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection

from benchmarks.crawls import write_crawl
from config.environment import ROOT
from lake.engines.reading import read
from lake.files.folder import LakeFolder
from tests.cluster.machines import are_possible, two_machines
from tests.cluster.standalone import BIN, MASTER, START_SECONDS, WORKER
from tests.lake.test_documentation import CLUSTER, NAMES

# So small that both fit on one machine; and no task begins before both are there.
SMALL = {"SPARK_WORKER_CORES": "1", "SPARK_WORKER_MEMORY": "1g", "SPARK_DAEMON_MEMORY": "256m", "PYSPARK_PYTHON": sys.executable}
BOTH = ["--conf", "spark.cores.max=2", "--conf", "spark.scheduler.minRegisteredResourcesRatio=1"]
BOTH += ["--conf", "spark.scheduler.maxRegisteredResourcesWaitingTime=600s", "--conf", "spark.executor.memory=512m"]
ALIVE = "import json, urllib.request; print(json.load(urllib.request.urlopen('http://first:8080/json/'))['aliveworkers'])"
COMMANDS = [line for line in CLUSTER.splitlines() if line.startswith(".venv/bin/python manage.py")]
SCREENED = "list MADE 1: 4 names, 50 passages in 10 parts of the lake\n1 Parlimo Vandek Trading: 13 texts on 13 pages\n"


@pytest.fixture
def machines(tmp_path):
    """With the master and a worker on the first, and a worker on the second."""
    processes = []

    def start(machine, command):
        work = tmp_path / machine.name
        work.mkdir(exist_ok=True)
        program, *arguments = shlex.split(command.replace("FIRST", "first"))
        with (tmp_path / "cluster.log").open("ab") as log:
            settings = environment() | SMALL | {"SPARK_WORKER_DIR": str(work)}
            processes.append(
                subprocess.Popen(machine.within(tmp_path, BIN / program, *arguments), env=settings, stdout=log, stderr=log)
            )

    def wait_for(workers):
        end = time.monotonic() + START_SECONDS
        while first.asks(ALIVE) != str(workers):
            assert time.monotonic() < end, (tmp_path / "cluster.log").read_text()[-3000:]

    with two_machines(tmp_path) as (first, second):
        try:
            start(first, MASTER)
            wait_for(0)
            start(first, WORKER)
            start(second, WORKER)
            wait_for(2)
            yield first, second
        finally:
            for process in reversed(processes):
                process.send_signal(signal.SIGTERM)
                process.wait(30)


def environment():
    """Of a command that has the database of this test, and knows nothing of this machine's addresses."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return {name: value for name, value in os.environ.items() if not name.startswith("SPARK_")} | {"DATABASE_URL": url}


def printed(machine, folder, command):
    """By a command of the page, on a machine."""
    program, *arguments = shlex.split(command.replace("FIRST", "first"))
    assert program == ".venv/bin/python"
    run = machine.within(folder, sys.executable, ROOT / arguments[0], *arguments[1:], *BOTH)
    result = subprocess.run(run, check=False, env=environment(), capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-3000:]
    return result.stdout


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "pages").iterdir()}


@pytest.mark.skipif(not are_possible(), reason="this machine has no ip (iproute2), or allows no networks of ours")
@pytest.mark.django_db(transaction=True)
def test_two_machines_read_and_screen_by_the_commands_of_the_page(machines, tmp_path, capsys):
    first, second = machines
    assert [each.asks("import socket; print(socket.gethostname())") for each in machines] == ["first", "second"]
    write_crawl(tmp_path / "crawls", 1_000, in_a_file=100)
    (tmp_path / "names.txt").write_text(NAMES)
    call_command("load_list", tmp_path / "names.txt", "--list", "MADE")
    reading, screening = COMMANDS
    assert printed(first, tmp_path, reading) == "1,000 pages, 0 unread\n"
    assert printed(first, tmp_path, screening).startswith(SCREENED)
    for machine in (first, second):  # tasks ran there: an executor unpacks the wheel when it has one
        applications = {path.relative_to(tmp_path).parts[1] for path in tmp_path.glob(f"{machine.name}/app-*/*/*/lake/engines")}
        assert len(applications) == 2, machine.name
    read(LakeFolder(tmp_path / "local"), [tmp_path / "crawls"])
    assert digests(tmp_path / "lake") == digests(tmp_path / "local")
