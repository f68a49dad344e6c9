"""`manage.py worker`: the background worker alone, as `serve` runs it; more of them may run, on other machines too."""

import asyncio
import logging
from argparse import ArgumentParser

from django.core.management import BaseCommand
from procrastinate.contrib.django import app

from config.heap import share_heap
from config.jobs import work
from corpus.readers import sandboxed

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run background jobs until Ctrl-C; running jobs are finished first. Waits while the database is unavailable."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="concurrent jobs (default 2)")
        parser.add_argument(
            "--fetches", type=int, default=4, help="concurrent fetches of pages and feeds, in addition (default 4)"
        )
        parser.add_argument("--grace", type=int, default=15, help="seconds to wait for running jobs at shutdown (default 15)")

    def handle(self, *, concurrency: int, fetches: int, grace: int, **options: object) -> None:
        tell_layers()
        share_heap()
        asyncio.run(work(app, concurrency, grace, fetches))


def tell_layers() -> None:
    """Say at the start what holds the readers of this worker: where too little does, each file would say it."""
    try:
        layers = sandboxed.layers()
    except sandboxed.DeadError as error:
        logger.error("Readers cannot be started: %s", error)  # noqa: TRY400 - the message is all
    else:
        logger.log(logging.INFO if layers.hold else logging.WARNING, "Layers of the readers' sandbox: %s", layers)
