"""A standalone cluster of Spark on this machine: one master and two workers, each with one processor, as plain processes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pyspark

HOME = Path(pyspark.__file__).parent
HOST = "127.0.0.1"
START_SECONDS = 120
EXECUTOR = "CoarseGrainedExecutorBackend"


class Standalone:
    """`master`: its address. `folder`: where the workers keep what executors write and say."""

    def __init__(self, folder, workers=2):
        self.folder, self.processes = folder, []
        port, self.page = free_port(), free_port()
        self.master = f"spark://{HOST}:{port}"
        self.start("master.Master", "--host", HOST, "--port", port, "--webui-port", self.page)
        for number in range(workers):
            self.add_worker(number)
        self.wait_for(workers)

    def add_worker(self, number):
        work = self.folder / f"worker-{number}"
        options = ("--host", HOST, "--webui-port", free_port(), "--cores", 1, "--memory", "1g", "--work-dir", work)
        self.start("worker.Worker", *options, self.master)

    def start(self, name, *arguments):
        environment = os.environ | {"SPARK_HOME": str(HOME), "SPARK_LOCAL_IP": HOST, "SPARK_DAEMON_MEMORY": "256m"}
        command = [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *map(str, arguments)]
        with (self.folder / "cluster.log").open("ab") as log:
            self.processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))

    def wait_for(self, workers):
        end = time.monotonic() + START_SECONDS
        while self.alive() < workers:
            assert time.monotonic() < end, (self.folder / "cluster.log").read_text()[-3000:]
            time.sleep(0.2)

    def alive(self):
        with suppress(OSError), urllib.request.urlopen(f"http://{HOST}:{self.page}/json/", timeout=5) as answer:
            return json.load(answer)["aliveworkers"]
        return 0

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


def free_port():
    with socket.socket() as sock:
        sock.bind((HOST, 0))
        return sock.getsockname()[1]


@contextmanager
def standalone(folder, workers=2):
    cluster = Standalone(folder, workers)
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
