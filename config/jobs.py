"""How the background worker runs jobs: it outlives its database, and the jobs of a worker that was killed run again.

What asks the web has slots of its own, so that files never wait for hosts: two workers of the queue in one process.
"""

import asyncio
import logging
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import procrastinate.worker
import psycopg
from django.db import DatabaseError, OperationalError, close_old_connections, connections
from django.db import Error as AnyDatabaseError
from procrastinate import App, jobs
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from config.disk import write_something
from config.watchdog import keep_watching, watched
from corpus.db.coming_in import articles_come_in
from corpus.db.full_disk import is_full_disk, log_full_disk
from questions.index.keep import AT_ONCE, take_up
from questions.saved.counting import count_next

logger = logging.getLogger(__name__)

LOOK_SECONDS = 10
SILENT_SECONDS = 30  # without a heartbeat a worker counts as dead; it writes one every 10 s
STARTS = 5  # a job that was on five workers when they died is what kills them
POOL_SECONDS = 10  # a worker waits so long for a connection that answers, then begins anew
FULL_SECONDS = 60  # a job that met a full disk is tried again then, however often
AWAY_SECONDS = 5
INDEX_SECONDS = 2
BESIDE = 20  # readings that are indexed in one step while articles come in
NEWS_SECONDS = 10
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
WEB_QUEUE = "fetch"
WEB_POLL_SECONDS = 1.0  # a site is asked again after a second, and nobody is notified of that
SPARE_THREADS = 4  # of the event loop itself


async def work(app: App, concurrency: int, grace: int, fetches: int = 4) -> None:
    """Run jobs until SIGINT or SIGTERM; running ones then have `grace` seconds. While the database is away, wait for it.

    `concurrency`: jobs at a time; `fetches`: those that ask the web, besides.
    """
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(concurrency + fetches + SPARE_THREADS))
    app.perform_import_paths()
    for task in app.tasks.values():
        task.retry_strategy = task.retry_strategy or RetryAfterOutage()
    others = sorted({task.queue for task in app.tasks.values()} - {WEB_QUEUE})
    web = {"fetch_job_polling_interval": WEB_POLL_SECONDS, "listen_notify": False}
    workers = [Worker(app, others, concurrency, grace), Worker(app, [WEB_QUEUE], fetches, grace, **web)]
    ending, watching = told_to_end(), asyncio.create_task(keep_watching())
    while not ending.is_set():
        await database_answers(ending)
        if ending.is_set():
            break
        with suppress(ConnectorException, psycopg.OperationalError):
            await work_until(ending, workers)
        if not ending.is_set():
            logger.warning("The worker has lost its database connection: it restarts, and its jobs run again")
    watching.cancel()


async def database_answers(ending: asyncio.Event) -> None:
    """Returns when the database can be reached, or the end is told. The pauses between the tries grow."""
    pause = FIRST_PAUSE_SECONDS
    while not ending.is_set():
        try:
            connection = await psycopg.AsyncConnection.connect(**connector_params())
        except psycopg.OperationalError as error:
            logger.warning("The database does not respond (%s): retrying in %g s", type(error).__name__, pause)
        else:
            await connection.close()
            if pause > FIRST_PAUSE_SECONDS:
                logger.warning("The database is available again")
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


async def work_until(ending: asyncio.Event, workers: "list[Worker]") -> None:
    """Run jobs until the end is told, or until one of the workers ends by itself or fails with its connection: so do all."""
    app = workers[0].app
    with app.replace_connector(PsycopgConnector(kwargs=connector_params(), timeout=POOL_SECONDS)):
        async with app.open_async():
            beside = [asyncio.create_task(each) for each in (keep_rescuing(app), ending.wait(), keep_indexing(), keep_counting())]
            runs = [asyncio.create_task(worker.run()) for worker in workers]
            await asyncio.wait([*runs, beside[1]], return_when=asyncio.FIRST_COMPLETED)
            for run in runs:
                run.cancel()
            try:
                for outcome in await asyncio.gather(*runs, return_exceptions=True):
                    if isinstance(outcome, Exception):
                        raise outcome
            finally:
                for task in beside:
                    task.cancel()


class Worker(procrastinate.worker.Worker):
    """Procrastinate's, which ends when it cannot write down how a job ended, since the job would count as running for ever.

    It can be run again, under another number: the jobs of the former one have no worker then, and are rescued.
    """

    def __init__(self, app: App, queues: list[str], concurrency: int, grace: int, **options: Any) -> None:
        super().__init__(
            app,
            queues=queues,
            concurrency=concurrency,
            shutdown_graceful_timeout=grace,
            delete_jobs="successful",
            task_middleware=[watched, with_live_connection],
            install_signal_handlers=False,
            **options,
        )

    async def run(self) -> None:
        if self.worker_id is not None:  # of a run that could not sign off
            await self.app.job_manager.unregister_worker(self.worker_id)
        await super().run()

    async def _persist_job_status(self, job: jobs.Job, *outcome: Any, **named: Any) -> None:
        try:
            await super()._persist_job_status(job, *outcome, **named)
        except UniqueViolation:  # to be tried again, but another one waits that does the same
            await self.app.job_manager.finish_job(job, jobs.Status.FAILED, delete_job=True)
        except ConnectorException as error:
            logger.warning("The result of job %s (%s) could not be stored: %s", job.id, job.task_name, type(error).__name__)
            self.stop()


class RetryAfterOutage(BaseRetryStrategy):
    """Tries a job again that failed with its database and not by itself: a bad file is told of, and never raised."""

    def get_retry_decision(self, *, exception: BaseException, job: jobs.Job) -> RetryDecision | None:
        if is_full_disk(exception):
            log_full_disk(exception)
            return RetryDecision(retry_in={"seconds": FULL_SECONDS})
        if isinstance(exception, OperationalError | ConnectorException) and job.attempts < STARTS:
            return RetryDecision(retry_in={"seconds": AWAY_SECONDS})
        return None


def told_to_end() -> asyncio.Event:
    """Set by the first signal. Another one must not cut the jobs off that are finished then: Ctrl-C arrives twice under `serve`."""
    ending, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.set)
    return ending


def with_live_connection(run: Callable[[], Any], context: object, worker: object) -> Any:
    """Give a job a connection that answers and can write: the thread's own one may be from before a restart of the database.

    On a full disk the job is not begun: to begin a delivery counts as a try.
    """
    close_old_connections()
    try:
        write_something()
        return run()
    finally:
        close_old_connections()


async def keep_rescuing(app: App) -> None:
    while True:
        try:
            await rescue_jobs(app)
        except ConnectorException as error:
            logger.warning("Jobs of dead workers could not be checked: %s", type(error).__name__)
        await asyncio.sleep(LOOK_SECONDS)


async def keep_indexing() -> None:
    """Bring the index of questions up to date, step by step; nobody waits for it, since a question derives what is behind."""
    await keep_stepping(index_step)


async def keep_counting() -> None:
    """Keep the numbers of what is new in saved questions, one question at a time."""
    await keep_stepping(count_step)


async def keep_stepping(step: Callable[[], float]) -> None:
    """Call a step again and again, each time after the seconds that it gives."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as thread:  # with one connection, for as long as the worker runs
        try:
            while True:
                pause = await loop.run_in_executor(thread, step)
                await asyncio.sleep(pause)
        finally:
            thread.submit(connections.close_all)


def index_step() -> float:
    """Index some of what is behind; after how many seconds to go on."""
    close_old_connections()
    try:
        most = BESIDE if articles_come_in() else AT_ONCE
        return 0 if take_up(most) and most == AT_ONCE else INDEX_SECONDS
    except DatabaseError as error:
        logger.warning("The index of questions could not be brought up to date: %s", type(error).__name__)
        return AWAY_SECONDS


def count_step() -> float:
    """Count what is new in one saved question; after how many seconds to go on."""
    close_old_connections()
    try:
        return 0 if count_next() else NEWS_SECONDS
    except AnyDatabaseError as error:  # also that the connection is closed
        logger.warning("News of saved questions could not be counted: %s", type(error).__name__)
        return AWAY_SECONDS


async def rescue_jobs(app: App) -> None:
    """Give the jobs of dead workers back to the queue; those that have been on too many of them have failed."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        if job.attempts >= STARTS:
            logger.error("Job %s (%s) was running when its worker died, for the %sth time: failed", job.id, job.task_name, STARTS)
            await manager.finish_job(job, jobs.Status.FAILED, delete_job=False)
            continue
        logger.warning("Job %s (%s) was running when its worker died: it is retried", job.id, job.task_name)
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # another one waits that does the same, and was put there by this one
            await manager.finish_job(job, jobs.Status.FAILED, delete_job=True)
