"""A job that hangs does not keep its slot: its worker ends, and whoever supervises it starts another one.

A thread cannot be ended from outside. So everything that can wait has an end of its own (the fetcher, the readers, each statement),
and this is for what nobody thought of. A job hangs when it did not get on for as long as its kind may take; a long one gets on.
"""

import asyncio
import faulthandler
import logging
import os
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from corpus.jobs.heartbeat import got_on, moments

logger = logging.getLogger(__name__)

LOOK_SECONDS = 5
LIMITS = {"fetch_page": 180, "ask_feed": 300}  # s since it began or last got on; a page has 60 in all
LIMIT = 1800  # of any other: a file of marks of 200 MB has its first document after minutes
# In which no thread but one came to anything: a call that keeps the interpreter to itself. It is ended from outside of Python.
STUCK_SECONDS = 120


class Running(NamedTuple):
    """A job, and the thread that runs it."""

    thread: int
    job: int | None
    task: str

    def is_overdue(self, now: float) -> bool:
        return now - moments.get(self.thread, now) > LIMITS.get(self.task, LIMIT)


running: dict[int, Running] = {}


def watched(run: Callable[[], Any], context: Any, worker: object) -> Any:
    """Run a job under watch: a middleware of the worker."""
    thread = threading.get_ident()
    got_on()
    running[thread] = Running(thread, context.job.id, context.job.task_name)
    try:
        return run()
    finally:
        del running[thread]
        moments.pop(thread, None)


async def keep_watching() -> None:
    """End this process as a kill would when a job hangs: it counts a try, and runs again elsewhere, as do those beside it."""
    try:
        while True:
            faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True)
            end_if_one_hangs()
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        faulthandler.cancel_dump_traceback_later()


def end_if_one_hangs() -> None:
    now = time.monotonic()
    for one in list(running.values()):
        if one.is_overdue(now):
            logger.error("Job %s (%s) hangs: the worker exits to free its slot", one.job, one.task)
            logging.shutdown()
            os._exit(1)
