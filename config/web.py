"""The web server process: granian with our threads. Started by the supervisor; `granian config.wsgi:application` works too."""

import argparse
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

from granian import _signals
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from config.lifeline import VARIABLE, end_with_parent

THREADS = 8  # per process; each holds one database connection
GRACE_SECONDS = 15
LISTENS_AFTER_SECONDS = 0.2


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    options = parser.parse_args()
    end_with_parent()
    os.environ[VARIABLE] = str(os.getpid())  # for the processes that granian starts: they watch this one
    # Ctrl-C reaches the whole process group: the supervisor heeds it, and tells this process, which tells its own.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # A forked process would inherit the signal handlers of this one, and so be deaf until it has set its own.
    multiprocessing.set_start_method("spawn")
    server(options.host, options.port, options.workers).serve(spawn_target=run_worker)


class Server(MPServer):
    """Granian's server process, which hears the signal to end once."""

    def signal_handler_interrupt(self, *arguments: Any) -> None:
        # In a thread, since it sets an event that the main thread may be about to wait for, with the event's lock in hand.
        signal.signal(signal.SIGTERM, lambda number, frame: None)
        threading.Thread(target=super().signal_handler_interrupt, name="ending", daemon=True).start()


def server(host: str, port: int, workers: int) -> Server:
    return Server(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=600,  # a thread that ends takes its database connection with it
        backpressure=THREADS * 8,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=GRACE_SECONDS,
        log_level=LogLevels.error,
    )


def run_worker(*arguments: Any) -> None:
    """What granian runs in each of its processes, with a surer ear for the signal to end.

    granian's handler sets an event in the very thread that waits for it, where a second signal in the wrong microsecond waits
    for itself; and a signal in the moment before the server listens is forgotten. Both left a process that had to be killed.
    """
    _signals.set_sync_signals = partial(hear_once, _signals.set_sync_signals)
    MPServer._spawn_wsgi_worker(*arguments)  # noqa: SLF001 - what `serve` takes when it is given nothing


def hear_once(set_signals: Callable[[], Any]) -> Any:
    """Answer the first signal only, in a thread, and when the server certainly listens."""
    event = set_signals()

    def first(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        threading.Timer(LISTENS_AFTER_SECONDS, event.set).start()

    signal.signal(signal.SIGTERM, first)
    return event


if __name__ == "__main__":
    main()
