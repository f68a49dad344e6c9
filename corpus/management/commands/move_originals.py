"""manage.py move_originals"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from corpus.objects.moving import copy_in, move_out
from corpus.objects.raws import DamagedObject, store


class Command(BaseCommand):
    help = "Move large original files that lie in rows of the database to OBJECTS. Can run while people work, and again after a stop."

    def add_arguments(self, parser: CommandParser) -> None:
        about = "instead, copy those that stay in crawls to where others lie: the crawls are needed no more"
        parser.add_argument("--from-crawls", action="store_true", help=about)

    def handle(self, *args: Any, from_crawls: bool, **options: Any) -> str:
        with tqdm(unit="file", disable=None, leave=False, file=self.stderr) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                moved = copy_in(show) if from_crawls else move_out(show)
            except (DamagedObject, OSError) as error:
                raise CommandError(f"{error} What was moved before stays.") from None
        if from_crawls:
            return f"{moved.files:,} original files copied from crawls: {moved.size:,} bytes."
        after = " Run VACUUM FULL on corpus_raw to give the room in the database back." if moved.files else ""
        return f"{moved.files:,} original files moved to {store()}: {moved.size:,} bytes.{after}"
