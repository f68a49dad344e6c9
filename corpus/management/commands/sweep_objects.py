"""manage.py sweep_objects [--days N]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from corpus.objects.sweeping import DAYS, sweep


class Command(BaseCommand):
    help = "Remove raw files in the folder OBJECTS that no row of the database has named for some days."

    def add_arguments(self, parser: CommandParser) -> None:
        about = f"how long no row may have named them (default {DAYS}): at least as long as backups are kept"
        parser.add_argument("--days", type=float, default=DAYS, metavar="N", help=about)

    def handle(self, *args: Any, days: float, **options: Any) -> str:
        swept = sweep(days)
        return f"{swept.objects:,} objects, {swept.orphans:,} without a row, {swept.removed:,} of them removed"
