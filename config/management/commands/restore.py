"""`manage.py restore FILE`: the database of a backup, compared table by table, in the place of the one that is there."""

import os
from argparse import ArgumentParser
from pathlib import Path

import psycopg
from django.core.management import BaseCommand, CommandError

from config.backups.archive import BadBackup
from config.backups.backup import BackupError
from config.backups.programs import NoProgram
from config.backups.restore import bring_settings_back, restore


class Command(BaseCommand):
    help = "Restore a backup. A damaged, incomplete or modified file is rejected before anything is changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="replace a database that is not empty")

    def handle(self, *, file: Path, replace: bool, **options: object) -> None:
        try:
            outcome = restore(file, os.environ["DATABASE_URL"], replace=replace, say=self.stdout.write)
            settings = bring_settings_back(file)
        except (BackupError, BadBackup, NoProgram, OSError, psycopg.Error) as error:
            raise CommandError(f"Not restored: {error}") from None
        self.stdout.write(f"Restored: all tables match the backup. {outcome} {settings}")
