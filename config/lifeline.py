"""A child of the supervisor does not outlive it, however the supervisor ends."""

import os
import signal
import threading
import time

VARIABLE = "ATTEST_PARENT"  # set by the parent to its own process id
LOOK_SECONDS = 0.5
GRACE_SECONDS = 20.0


def end_with_parent() -> None:
    """End this process, as SIGTERM would, when the process that started it has gone; nothing where no parent asked for it.

    A look twice a second at the parent's id works on every Unix. Linux could send a signal instead (PR_SET_PDEATHSIG), but at
    the end of the parent's *thread*.
    """
    parent = int(os.environ.get(VARIABLE) or 0)
    if parent:
        threading.Thread(target=watch, args=(parent,), name="lifeline", daemon=True).start()


def watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
