"""The supervisor: web server and background worker in one process group.

SIGINT or SIGTERM ends both after what they are doing; another one a second later, or 20 seconds, ends them at once. A child that dies is
started again, after a pause that doubles as long as it keeps dying. The embedded PostgreSQL is looked after as well. No Django
here: what watches should be small.
"""

import argparse
import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

from config.environment import BadEnvironment, envlist
from config.lifeline import VARIABLE
from config.postgres import Cluster, embedded

TICK_SECONDS = 0.1
CONNECT_SECONDS = 5
GRACE_SECONDS = 20.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0  # who lived so long starts with the first pause again


def say(text: str) -> None:
    sys.stderr.write(f"serve: {text}\n")
    sys.stderr.flush()


@dataclass
class Child:
    """One program that is kept alive."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restart_at: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS

    def start(self) -> None:
        environment = {**os.environ, VARIABLE: str(os.getpid())}
        self.process = subprocess.Popen(self.command, env=environment, preexec_fn=ignore_interrupt)  # noqa: PLW1509 - no threads here
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Notice a death, and start the child again when its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            if now - self.started > STEADY_SECONDS:
                self.pause = FIRST_PAUSE_SECONDS
            say(f"the {self.name} exited ({ending(self.process.returncode)}); restarting it in {self.pause:g} s")
            self.process, self.restart_at = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        if self.process is None and now >= self.restart_at:
            self.start()

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def send(self, number: int) -> None:
        if self.process is not None and self.alive():
            self.process.send_signal(number)


def ignore_interrupt() -> None:
    """A terminal sends Ctrl-C to everybody; the children wait for the supervisor's word, also while they still start."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def ending(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


@dataclass
class Supervisor:
    children: list[Child]
    cluster: Cluster | None = None
    signals: list[int] = field(default_factory=list)

    def run(self, address: tuple[str, int]) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, frame: self.signals.append(number))
        self.announce(address)
        while not self.signals:
            self.look_after_database()
            for child in self.children:
                child.look_after()
            time.sleep(TICK_SECONDS)
        self.end()

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
            time.sleep(TICK_SECONDS / 2)

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
            child.send(signal.SIGTERM)
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
                child.send(signal.SIGKILL)


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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    python = sys.executable
    listen = ["--host", options.host, "--port", str(options.port), "--workers", str(options.workers)]
    web = Child("web server", [python, "-m", "config.web", *listen])
    worker = Child("worker", [python, "-m", "config.start", "worker"])
    Supervisor([web, worker], embedded()).run((options.host, options.port))


if __name__ == "__main__":
    main()
