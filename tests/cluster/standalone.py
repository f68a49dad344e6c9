"""A standalone cluster of Spark on this machine: one master and two workers, each with one processor, as plain processes."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from config.environment import ROOT
from tests.ports import free_port

PAGE = (ROOT / "docs/lake.md").read_text("utf-8")
MASTER, WORKER = re.findall(r"^PYSPARK_PYTHON=\.venv/bin/python \.venv/bin/(spark-class .*)", PAGE, re.MULTILINE)
BIN = Path(sys.executable).parent
HOST = "127.0.0.1"
SETTINGS = {"SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "256m", "PYSPARK_PYTHON": sys.executable}
ONE_PROCESSOR = {"SPARK_WORKER_CORES": 1, "SPARK_WORKER_MEMORY": "1g"}
START_SECONDS = 120
EXECUTOR = "CoarseGrainedExecutorBackend"


class Standalone:
    """Started by the commands of docs/lake.md. `folder`: where the workers keep what executors write and say."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.port, self.page = free_port(), free_port()
        self.master = f"spark://{HOST}:{self.port}"

    def start_all(self, workers):
        self.start(MASTER, SPARK_MASTER_WEBUI_PORT=self.page)
        self.wait_for(0)
        for number in range(workers):
            self.start_worker(number)
        self.wait_for(workers)

    def start_worker(self, number):
        work = self.folder / f"worker-{number}"
        self.start(WORKER, SPARK_WORKER_DIR=work, SPARK_WORKER_WEBUI_PORT=free_port(), **ONE_PROCESSOR)

    def here(self, text):
        """A command or a program of the page, for this cluster."""
        return text.replace("FIRST:7077", f"{HOST}:{self.port}").replace("FIRST", HOST).replace("7077", str(self.port))

    def start(self, command, **settings):
        environment = os.environ | SETTINGS | {name: str(value) for name, value in settings.items()}
        program, *arguments = shlex.split(self.here(command))
        with (self.folder / "cluster.log").open("ab") as log:
            self.processes.append(subprocess.Popen([str(BIN / program), *arguments], env=environment, stdout=log, stderr=log))

    def wait_for(self, workers):
        end = time.monotonic() + START_SECONDS
        while self.alive() < workers:
            assert time.monotonic() < end, (self.folder / "cluster.log").read_text()[-3000:]
            time.sleep(0.2)

    def alive(self):
        with suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{self.page}/json/", timeout=5) as answer:
            return json.load(answer)["aliveworkers"]
        return -1  # nor a master

    def executors(self):
        """Processes of the workers that run tasks."""
        children = [child for process in self.processes for child in psutil.Process(process.pid).children(recursive=True)]
        return [child for child in children if is_executor(child)]

    def stop(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            process.wait(30)


def is_executor(process):
    with suppress(psutil.Error):
        return process.name() == "java" and any(EXECUTOR in each for each in process.cmdline())
    return False


@contextmanager
def standalone(folder, workers=2):
    cluster = Standalone(folder)
    try:
        cluster.start_all(workers)
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
