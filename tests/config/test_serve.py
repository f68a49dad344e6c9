"""`serve` runs web server and worker, keeps them alive, and ends them; nothing outlives it."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import partial

import psutil
import pytest
from django.db import connection

from config import supervise
from config.environment import ROOT
from tests.ports import free_port

PATIENCE = 300  # seconds for a busy machine; each step takes one or two


def until(condition, seconds=PATIENCE):
    """Wait for something to become true, and give it."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
    return found


class Server:
    """A running `manage.py serve` in a process group of its own, as a terminal starts it."""

    def __init__(self, folder, *options):
        self.port = free_port()
        self.said = folder / "stderr"
        command = [sys.executable, "manage.py", "serve", f"--port={self.port}", *options]
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True, start_new_session=True
            )

    def answers(self):
        line = self.process.stdout.readline()
        assert line == f"Attest is running at http://127.0.0.1:{self.port}/ (stop it with Ctrl-C)\n", self.said.read_text()
        return self

    def health(self):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            client.request("GET", "/healthz")
            answer = client.getresponse()
            return {"code": answer.status, **json.loads(answer.read())}
        except OSError:
            return {"code": 0}
        finally:
            client.close()

    def group(self):
        """All processes of the group that have not ended."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, ProcessLookupError):
                if os.getpgid(process.pid) == self.process.pid and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found

    def find(self, title):
        return [process for process in self.group() if process.name() == title]

    def web_processes(self):
        return [process for process in self.group() if process.name().startswith("attest-web-")]

    def ended(self, seconds=PATIENCE):
        """Its exit code, when it has ended by itself; what it says otherwise."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return [self.said.read_text(), *(process.name() for process in self.group())]

    def end(self):
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


@pytest.fixture
def serve(transactional_db, tmp_path):
    servers = []

    def start(*options):
        servers.append(Server(tmp_path, *options))
        return servers[-1]

    yield start
    for server in servers:
        server.end()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_all_is_well_when_it_answers_and_ctrl_c_ends_everything_cleanly(serve, number):
    server = serve().answers()
    until(lambda: server.health()["code"] == 200)
    assert server.health()["worker"]["alive"] == 2  # one for what asks the web, one for all else
    os.killpg(server.process.pid, number)
    assert server.ended() == 0
    assert server.group() == []
    assert "killing" not in server.said.read_text()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        assert cursor.fetchone() == (0,)  # the worker took its leave


def test_a_second_signal_at_the_same_moment_does_no_harm(serve):
    server = serve().answers()
    for _ in range(3):
        os.killpg(server.process.pid, signal.SIGINT)
    server.process.send_signal(signal.SIGTERM)
    assert server.ended() == 0
    until(lambda: server.group() == [])  # a reader that the worker had just started ends when it has nobody to read for
    assert "killing" not in server.said.read_text()


def test_the_answer_in_hand_is_still_given(serve):
    server = serve().answers()
    until(lambda: server.health()["code"] == 200)
    answers = []
    with connection.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        request = threading.Thread(target=lambda: answers.append(server.health()))
        request.start()
        until(lambda: waits_for_lock(cursor))
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert server.process.poll() is None
        cursor.execute("ROLLBACK")
    request.join()
    assert answers[0]["migrations"] == {"ok": True, "pending": 0}
    assert server.ended() == 0


def waits_for_lock(cursor):
    cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
    return cursor.fetchone()[0]


@pytest.mark.long
def test_what_dies_is_started_again_and_it_is_said(serve):
    server = serve("--workers=2").answers()
    until(lambda: server.health()["code"] == 200)
    replaces_a_web_process(server)
    for title, name in [("attest-worker", "worker"), ("attest-web", "web server")]:
        restarts(server, title, name)


def replaces_a_web_process(server):
    """Below the web server, which stays."""
    (parent,) = server.find("attest-web")
    victim = until(lambda: len(server.web_processes()) == 2 and server.web_processes()[0])
    victim.kill()
    until(lambda: len({process.pid for process in server.web_processes()} - {victim.pid}) == 2)
    assert parent.is_running()
    until(lambda: server.health()["code"] == 200)


def restarts(server, title, name):
    (victim,) = server.find(title)
    victim.kill()
    until(lambda: f"the {name} exited (SIGKILL); restarting it in 0.5 s" in server.said.read_text())
    until(lambda: [process for process in server.find(title) if process.pid != victim.pid])
    until(lambda: server.health()["code"] == 200)


@pytest.mark.long
def test_nothing_outlives_a_supervisor_that_was_killed(serve):
    server = serve().answers()
    until(lambda: server.health()["code"] == 200)
    os.kill(server.process.pid, signal.SIGKILL)
    until(lambda: server.group() == [])


@pytest.mark.long
def test_no_web_process_outlives_its_server(serve):
    server = serve().answers()
    (orphan,) = server.web_processes()
    os.killpg(server.process.pid, signal.SIGSTOP)  # nobody else may clean up
    for process in server.group():
        if process.pid != orphan.pid:
            process.kill()
    orphan.send_signal(signal.SIGCONT)
    until(lambda: not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE)


def test_pending_migrations_are_refused_before_anything_starts(serve):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions' RETURNING app, name, applied")
        row = cursor.fetchone()
        try:
            server = serve()
            assert server.process.wait(PATIENCE) == 1
        finally:
            cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", row)
    assert server.said.read_text() == "CommandError: 1 migrations are pending: run `manage.py migrate` first.\n"


def test_a_taken_port_is_refused_in_one_line(serve):
    first = serve().answers()
    port = first.port
    command = [sys.executable, "manage.py", "serve", f"--port={port}"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr == (
        f"CommandError: Cannot listen on 127.0.0.1:{port} (Address already in use): choose another port with --port.\n"
    )
    assert first.health()["code"] in {200, 503}


def test_a_database_that_does_not_answer_is_said_in_one_line(tmp_path):
    url = f"postgresql://nobody@/attest?host={tmp_path}"
    environment = {**os.environ, "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "serve", f"--port={free_port()}"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("CommandError: The database does not respond: ")
    assert result.stderr.count("\n") == 1


# The supervisor alone, with children that are quick. They are forked from a process that has threads, as `serve` is not.

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(supervise, "time", clock)
    return clock


def end_badly():
    raise SystemExit(3)


def stay(ready):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ready.set()
    time.sleep(PATIENCE)


def dying(run=end_badly):
    return supervise.SupervisedProcess("probe", "probe", run)


def test_the_pause_doubles_as_long_as_a_child_keeps_dying(clock, capfd):
    child = dying()
    for pause in ("0.5", "1", "2", "4", "8", "16", "30", "30"):
        child.start()
        child.process.join()
        child.look_after()
        assert f"the probe exited (exit code 3); restarting it in {pause} s" in capfd.readouterr().err
        assert child.process is None


def test_a_child_waits_for_its_pause(clock):
    child = dying()
    child.start()
    child.process.join()
    child.look_after()
    child.look_after()
    assert child.process is None
    clock.now += 0.5
    child.look_after()
    assert child.process is not None
    child.process.join()


def test_a_child_that_lived_long_starts_with_the_short_pause_again(clock, capfd):
    child = dying()
    child.pause = 16
    child.start()
    child.process.join()
    clock.now += supervise.STEADY_SECONDS + 1
    child.look_after()
    assert "restarting it in 0.5 s" in capfd.readouterr().err


def test_a_child_that_does_not_end_is_killed_when_its_time_is_over(monkeypatch, capfd):
    monkeypatch.setattr(supervise, "GRACE_SECONDS", 1.2)
    ready = supervise.FORK.Event()
    stubborn = dying(partial(stay, ready))
    stubborn.start()
    assert ready.wait(PATIENCE)
    supervise.Supervisor([stubborn]).end()
    assert stubborn.process.exitcode == -signal.SIGKILL
    assert "the probe does not exit: killing it" in capfd.readouterr().err


@pytest.fixture
def handlers():
    """Those of this process are as before when the test is over."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
def test_a_supervisor_that_fails_ends_its_children_first(monkeypatch):
    child = dying(partial(time.sleep, PATIENCE))
    supervisor = supervise.Supervisor([child])
    monkeypatch.setattr(supervise, "answers", lambda address: True)
    monkeypatch.setattr(supervisor, "look_after_database", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        supervisor.run(("127.0.0.1", 1))
    assert child.process.exitcode == -signal.SIGTERM


@pytest.mark.long
def test_the_embedded_database_is_started_again_and_it_is_said(cluster, capfd):
    url = cluster.start()
    supervisor = supervise.Supervisor([], cluster)
    supervisor.look_after_database()
    assert capfd.readouterr().err == ""
    os.kill(cluster.postmaster().pid, signal.SIGKILL)
    until(lambda: cluster.postmaster() is None)
    supervisor.look_after_database()
    assert "PostgreSQL exited; restarting it" in capfd.readouterr().err
    assert cluster.postmaster().ready
    assert cluster.url() == url


def test_the_database_of_somebody_else_is_left_alone(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@db.example.org/evidence")
    assert supervise.embedded() is None
