"""The web server process: granian with our threads. Started by the supervisor; `granian config.wsgi:application` works too."""

import argparse
import os
import signal
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    options = parser.parse_args()
    end_with_parent()
    os.environ[VARIABLE] = str(os.getpid())  # for the processes that granian starts: they watch this one
    server(options.host, options.port, options.workers).serve(spawn_target=run_worker)


def server(host: str, port: int, workers: int) -> MPServer:
    return MPServer(
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
    """What granian runs in each of its processes, made deaf to all signals to end but the first.

    Ctrl-C reaches the whole process group, and granian then tells its processes once more. Its handler sets a
    `threading.Event` in the thread that waits for it; a second signal in the wrong microsecond waits there for itself, and the
    process hangs until it is killed.
    """
    _signals.set_sync_signals = partial(hear_once, _signals.set_sync_signals)
    MPServer._spawn_wsgi_worker(*arguments)  # noqa: SLF001 - what `serve` takes when it is given nothing


def hear_once(set_signals: Callable[[], Any]) -> Any:
    event = set_signals()
    heard = signal.getsignal(signal.SIGTERM)

    def first(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        heard(number, frame)  # type: ignore[operator]

    signal.signal(signal.SIGINT, first)
    signal.signal(signal.SIGTERM, first)
    return event


if __name__ == "__main__":
    main()
