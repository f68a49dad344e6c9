"""The supervisor: web server and background worker in one process group.

SIGINT or SIGTERM ends both after what they are doing; another one a second later, or 20 seconds, ends them at once. A child that dies is
started again, after a pause that doubles as long as it keeps dying. The embedded PostgreSQL is looked after as well. Children are
forked: what this process has imported, all of them have, so nothing is imported twice. It has neither threads nor connections then.
"""

import gc
import http.client
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from config.environment import BadEnvironment, envlist
from config.parent_watch import as_child, signals_wait
from config.postgres import PostgresCluster, embedded

FORK = multiprocessing.get_context("fork")
TICK_SECONDS = 0.1
FIRST_LOOK_SECONDS = 0.01
CONNECT_SECONDS = 5
GRACE_SECONDS = 20.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0  # who lived so long starts with the first pause again


def say(text: str) -> None:
    sys.stderr.write(f"serve: {text}\n")
    sys.stderr.flush()


@dataclass
class SupervisedProcess:
    """One process that is kept alive. `run`: what it does; `title`: what a list of processes calls it, in 15 letters."""

    name: str
    title: str
    run: Callable[[], object]
    process: BaseProcess | None = None
    started: float = 0.0
    restart_at: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS

    def start(self) -> None:
        self.process = FORK.Process(target=as_child, args=(self.title, os.getpid(), self.run))
        with signals_wait():
            self.process.start()
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Notice a death, and start the child again when its pause is over."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.exitcode) is not None:
            if now - self.started > STEADY_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            say(f"the {self.name} exited ({ending(code)}); restarting it in {self.pause:g} s")
            self.process, self.restart_at = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        if self.process is None and now >= self.restart_at:
            self.start()

    def alive(self) -> bool:
        return self.process is not None and self.process.exitcode is None

    def terminate(self) -> None:
        if self.process is not None and self.alive():
            self.process.terminate()

    def kill(self) -> None:
        if self.process is not None and self.alive():
            self.process.kill()


def ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


@dataclass
class Supervisor:
    children: list[SupervisedProcess]
    cluster: PostgresCluster | None = None
    signals: list[int] = field(default_factory=list)

    def run(self, address: tuple[str, int]) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, frame: self.signals.append(number))
        try:
            self.announce(address)
            while not self.signals:
                self.look_after_database()
                for child in self.children:
                    child.look_after()
                time.sleep(TICK_SECONDS)
        finally:
            self.end()  # also of a supervisor that fails: it would wait for children that live as long as it does

    def announce(self, address: tuple[str, int]) -> None:
        """Start everything, and print the address when it answers."""
        for child in self.children:
            child.start()
        while not self.signals and all(child.alive() for child in self.children):
            if answers(address):
                host = f"[{address[0]}]" if ":" in address[0] else address[0]
                sys.stdout.write(f"Attest is running at http://{host}:{address[1]}/ (stop it with Ctrl-C)\n")
                sys.stdout.flush()
                return
            time.sleep(FIRST_LOOK_SECONDS)

    def look_after_database(self) -> None:
        if self.cluster is None or self.cluster.postmaster() is not None:
            return
        say("PostgreSQL exited; restarting it")
        try:
            self.cluster.start()
        except BadEnvironment as error:
            say(str(error))
            time.sleep(1)

    def end(self) -> None:
        say("ending")
        for child in self.children:
            child.terminate()
        began = time.monotonic()
        while any(child.alive() for child in self.children):
            waited = time.monotonic() - began
            if waited < 1:
                self.signals.clear()  # one Ctrl-C may arrive twice, from the terminal and from a wrapper
            elif self.signals or waited > GRACE_SECONDS:
                self.kill()
            time.sleep(TICK_SECONDS / 2)

    def kill(self) -> None:
        for child in self.children:
            if child.alive():
                say(f"the {child.name} does not exit: killing it")
                child.kill()


def answers(address: tuple[str, int]) -> bool:
    """Whether a request is answered, whatever the answer: the port alone is open before that."""
    host = envlist("ALLOWED_HOSTS", "localhost")[0].lstrip(".")
    client = http.client.HTTPConnection(*address, timeout=CONNECT_SECONDS)
    try:
        client.request("HEAD", "/favicon.ico", headers={"Host": host})
        client.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        client.close()


def serve(web: Callable[[], object], worker: Callable[[], object], address: tuple[str, int]) -> None:
    """Run both until the end is told."""
    gc.collect()
    gc.freeze()  # a collection would write into every object, and so copy what the children share
    children = [SupervisedProcess("web server", "attest-web", web), SupervisedProcess("worker", "attest-worker", worker)]
    Supervisor(children, embedded()).run(address)
