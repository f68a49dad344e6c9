"""`manage.py backup FILE`: the database and the installation's settings in one file, read back before it counts."""

import os
from argparse import ArgumentParser
from pathlib import Path

import psycopg
from django.core.management import BaseCommand, CommandError

from config.backups.archive import BadBackup
from config.backups.backup import BackupError, back_up
from config.backups.programs import NoProgram


class Command(BaseCommand):
    help = "Write a backup of the database and the settings to FILE. It contains secrets and is readable by its owner only."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--overwrite", action="store_true", help="overwrite an existing file")
        parser.add_argument("--without-secrets", action="store_true", help="without the settings, which contain the SECRET_KEY")

    def handle(self, *, file: Path, overwrite: bool, without_secrets: bool, **options: object) -> None:
        if str(file) == "-":
            raise CommandError("Give the name of a file.")
        try:
            back_up(file, os.environ["DATABASE_URL"], secrets=not without_secrets, overwrite=overwrite, say=self.stdout.write)
        except (BackupError, BadBackup, NoProgram, OSError, psycopg.Error) as error:
            raise CommandError(f"No backup was made: {error}") from None
        secret = "" if without_secrets else " It contains the settings with the SECRET_KEY: keep it as safe as a password."
        self.stdout.write(f"{file} is complete: {file.stat().st_size:,} bytes.{secret}")
