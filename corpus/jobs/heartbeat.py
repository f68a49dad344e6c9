"""That a job gets on, for whoever watches over the worker that runs it: a long job is no hanging one."""

from __future__ import annotations

import threading
import time

moments: dict[int, float] = {}
"""By thread: when its job began or last got on, by the monotonic clock."""


def got_on() -> None:
    """The job of this thread has come further: a text is stored, a document is loaded."""
    moments[threading.get_ident()] = time.monotonic()
