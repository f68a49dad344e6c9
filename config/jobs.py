"""How the background worker runs jobs, and what becomes of the jobs of a worker that was killed.

What asks the web has slots of its own, so that files never wait for hosts: two workers of the queue in one process.
"""

import asyncio
import logging
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections
from procrastinate import App, jobs
from procrastinate.exceptions import ConnectorException

from config.watchdog import keep_watching, watched

logger = logging.getLogger(__name__)

LOOK_SECONDS = 10
SILENT_SECONDS = 30  # without a heartbeat a worker counts as dead; it writes one every 10 s
STARTS = 5  # a job that was on five workers when they died is what kills them


WEB_QUEUE = "fetch"
WEB_POLL_SECONDS = 1.0  # a site is asked again after a second, and nobody is notified of that
SPARE_THREADS = 4  # of the event loop itself


async def work(app: App, concurrency: int, grace: int, fetches: int = 4) -> None:
    """Run jobs until SIGINT or SIGTERM; running ones then have `grace` seconds. `app` has a connector of its own.

    `concurrency`: jobs at a time; `fetches`: those that ask the web, besides.
    """
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(concurrency + fetches + SPARE_THREADS))
    options: Any = {
        "shutdown_graceful_timeout": grace,
        "delete_jobs": "successful",
        "task_middleware": [watched, with_live_connection],
        "install_signal_handlers": False,
    }
    others = sorted({task.queue for task in app.tasks.values()} - {WEB_QUEUE})
    async with app.open_async():
        beside = [asyncio.create_task(keep_rescuing(app)), asyncio.create_task(keep_watching())]
        async with asyncio.TaskGroup() as group:  # if one of them fails, so does all
            fetching = {"fetch_job_polling_interval": WEB_POLL_SECONDS, "listen_notify": False} | options
            runs = [
                app.run_worker_async(queues=others, concurrency=concurrency, **options),
                app.run_worker_async(queues=[WEB_QUEUE], concurrency=fetches, **fetching),
            ]
            end_at_first_signal([group.create_task(run) for run in runs])
        for task in beside:
            task.cancel()


def end_at_first_signal(workers: list[asyncio.Task[None]]) -> None:
    """Cancelled once, the workers finish their jobs. Another signal must not cut them off: Ctrl-C arrives twice under `serve`."""
    loop = asyncio.get_running_loop()

    def first() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, lambda: None)
        for worker in workers:
            worker.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, first)


def with_live_connection(run: Callable[[], Any], context: object, worker: object) -> Any:
    """Give a job a connection that answers: the thread's own one may be from before a restart of the database."""
    close_old_connections()
    try:
        return run()
    finally:
        close_old_connections()


async def keep_rescuing(app: App) -> None:
    while True:
        try:
            await rescue_jobs(app)
        except ConnectorException as error:
            logger.warning("Jobs of dead workers could not be looked for: %s", type(error).__name__)
        await asyncio.sleep(LOOK_SECONDS)


async def rescue_jobs(app: App) -> None:
    """Give the jobs of dead workers back to the queue; those that have been on too many of them have failed."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        if job.attempts >= STARTS:
            logger.error("Job %s (%s) was running when its worker died, for the %sth time: failed", job.id, job.task_name, STARTS)
            await manager.finish_job(job, jobs.Status.FAILED, delete_job=False)
        else:
            logger.warning("Job %s (%s) was running when its worker died: it runs again", job.id, job.task_name)
            await manager.retry_job(job)
