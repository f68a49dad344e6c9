"""manage.py move_originals"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from corpus.objects.moving import move_out
from corpus.objects.raws import DamagedObject, store


class Command(BaseCommand):
    help = "Move large original files that lie in rows of the database to OBJECTS. Can run while people work, and again after a stop."

    def handle(self, *args: Any, **options: Any) -> str:
        with tqdm(unit="file", disable=None, leave=False, file=self.stderr) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                moved = move_out(show)
            except (DamagedObject, OSError) as error:
                raise CommandError(f"{error} What was moved before stays.") from None
        after = " Run VACUUM FULL on corpus_raw to give the room in the database back." if moved.files else ""
        return f"{moved.files:,} original files moved to {store()}: {moved.size:,} bytes.{after}"
