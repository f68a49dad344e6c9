"""A child does not outlive the process that started it, however that ends; and a forked one hears signals from its first moment on."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOOK_SECONDS = 0.5
GRACE_SECONDS = 20.0
HEEDED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def end_with(parent: int) -> None:
    """End this process, as SIGTERM would, when the process that started it has gone.

    A look twice a second at the parent's id works on every Unix. Linux could send a signal instead (PR_SET_PDEATHSIG), but at
    the end of the parent's *thread*.
    """
    threading.Thread(target=watch, args=(parent,), name="parent watch", daemon=True).start()


def watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Around a fork. The child has the handlers of its parent at first, which would forget the signal to end."""
    sys.stdout.flush()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, HEEDED)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def become_child(title: str, parent: int) -> None:
    """What a forked process does first. A terminal sends Ctrl-C to everybody: it waits for its parent's word, SIGTERM."""
    with suppress(OSError):  # there is none but on Linux
        Path("/proc/self/comm").write_text(title, "ascii")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HEEDED)
    end_with(parent)


def as_child(title: str, parent: int, run: Callable[[], object]) -> None:
    become_child(title, parent)
    run()
