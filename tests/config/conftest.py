"""PostgreSQL clusters of a test's own, and processes that are gone when the test is."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from config.environment import ROOT
from config.postgres import PostgresCluster


@pytest.fixture
def place() -> Iterator[Path]:
    """A short folder that everybody may enter: pytest's own are long and closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="at-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def unmade(place: Path) -> Iterator[PostgresCluster]:
    """A cluster that is not there yet."""
    one = PostgresCluster(place / "postgres")
    yield one
    end(one)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresCluster]:
    """One cluster for all tests that only look at it. It lies where only we may go, as in a closed home folder."""
    one = PostgresCluster(tmp_path_factory.mktemp("running") / "postgres")
    one.start()
    yield one
    end(one)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a cluster that was made and never started, to be copied: making one takes seconds."""
    one = PostgresCluster(tmp_path_factory.mktemp("made") / "postgres")
    with one.locked():
        one.initialise()
    return one.data


@pytest.fixture
def cluster(unmade: PostgresCluster, made: Path) -> PostgresCluster:
    """A cluster of the test's own, which does not run yet."""
    subprocess.run(["cp", "-a", str(made), str(unmade.data)], check=True)
    return unmade


def end(cluster: PostgresCluster) -> None:
    if (server := cluster.postmaster()) is not None:
        os.kill(server.pid, signal.SIGQUIT)
        cluster.wait(lambda: cluster.postmaster() is None, "stop")
    if cluster.socket_folder() != cluster.data:
        shutil.rmtree(cluster.socket_folder(), ignore_errors=True)


@pytest.fixture
def start_python() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """`start_python(code, *arguments)` runs code in a process group of its own, which is killed after the test."""
    processes: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: str, **options: object) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", code, *arguments]
        process = subprocess.Popen(
            command,
            **{
                "cwd": ROOT,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "text": True,
                "start_new_session": True,
                **options,
            },
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
