"""The web server process: granian, whose connections cost no thread. Started by the supervisor."""

import argparse
import asyncio
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from granian import _signals
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from config.environment import envint
from config.heap import share_heap
from config.parent_watch import become_child, signals_wait

# Per process. One that says nothing has 10 seconds for the headers of a request, so many are cheap and few would be a way to shut
# everybody else out; what works is bounded by the threads of config.front.
CONNECTIONS = 4_000
GRACE_SECONDS = 15
# A process that holds more than WEB_MEMORY, and still does when it is looked at again, is replaced; it first answers what it is at.
MOST_MEMORY = 512  # MB, much of which it shares with others
LOOK_SECONDS = 10
LONGEST_ANSWER = 600  # seconds
LISTENS_AFTER_SECONDS = 0.2


def main() -> None:
    """`python -m config.web`: without a supervisor."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    options = parser.parse_args()
    serve(options.host, options.port, options.workers)


def serve(host: str, port: int, workers: int) -> None:
    load()
    # Ctrl-C reaches the whole process group: the supervisor heeds it, and tells this process, which tells its own.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    multiprocessing.set_start_method("fork", force=True)
    allow_files(2 * CONNECTIONS)
    server(host, port, workers).serve(spawn_target=partial(run_worker, os.getpid()))


def load() -> None:
    """Import all that a web process needs, before it is forked."""
    import_module("config.wsgi")
    import_module(settings.ROOT_URLCONF)


def allow_files(number: int) -> None:
    """Let this process and those it starts have so many files and connections open, as far as the system lets them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class Server(MPServer):
    """Granian's server process, which hears the signal to end once, and forks."""

    def _spawn_workers(self, *arguments: Any) -> None:
        with signals_wait():
            super()._spawn_workers(*arguments)

    def _respawn_workers(self, *arguments: Any, **options: Any) -> None:
        self.workers_kill_timeout = LONGEST_ANSWER
        with signals_wait():
            super()._respawn_workers(*arguments, **options)
        self.workers_kill_timeout = GRACE_SECONDS

    def signal_handler_interrupt(self, *arguments: Any) -> None:
        # In a thread, since it sets an event that the main thread may be about to wait for, with the event's lock in hand.
        signal.signal(signal.SIGTERM, lambda number, frame: None)
        threading.Thread(target=super().signal_handler_interrupt, name="ending", daemon=True).start()


def server(host: str, port: int, workers: int) -> Server:
    return Server(
        "config.rsgi:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=GRACE_SECONDS,
        workers_max_rss=envint("WEB_MEMORY", MOST_MEMORY),
        rss_sample_interval=LOOK_SECONDS,
        rss_samples=2,
        log_level=LogLevels.error,
    )


def run_worker(parent: int, number: int, *arguments: Any) -> None:
    """What granian runs in each of its processes, with a surer ear for the signal to end.

    With granian's own, a signal in the moment before the server listens is forgotten, which leaves a process that has to be killed.
    """
    become_child(f"attest-web-{number}", parent)
    share_heap()
    from config.rsgi import application  # in each process: it has pipes of its own

    _signals.set_loop_signals = partial(hear_once, _signals.set_loop_signals)
    try:
        MPServer._spawn_rsgi_worker(number, *arguments)  # noqa: SLF001 - what `serve` takes when it is given nothing
    finally:
        application.close()


def hear_once(set_signals: Callable[[asyncio.AbstractEventLoop], Any], loop: asyncio.AbstractEventLoop) -> Any:
    """Answer the first signal only, and when the server certainly listens."""
    event = set_signals(loop)

    def first() -> None:
        loop.add_signal_handler(signal.SIGTERM, lambda: None)
        loop.call_later(LISTENS_AFTER_SECONDS, event.set)

    loop.add_signal_handler(signal.SIGTERM, first)
    return event


if __name__ == "__main__":
    main()
