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
    help = "Writes a backup of the database and the settings to FILE, which then holds secrets: only its owner may read it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--overwrite", action="store_true", help="put it in the place of a file that is there")
        parser.add_argument("--without-secrets", action="store_true", help="leave the settings out, with the SECRET_KEY in them")

    def handle(self, *, file: Path, overwrite: bool, without_secrets: bool, **options: object) -> None:
        if str(file) == "-":
            raise CommandError("A backup is a file: give its name.")
        try:
            back_up(file, os.environ["DATABASE_URL"], secrets=not without_secrets, overwrite=overwrite, say=self.stdout.write)
        except (BackupError, BadBackup, NoProgram, OSError, psycopg.Error) as error:
            raise CommandError(f"No backup was made: {error}") from None
        secret = "" if without_secrets else " It holds the settings with the SECRET_KEY: keep it as you keep a password."
        self.stdout.write(f"{file} is whole: {file.stat().st_size:,} bytes.{secret}")
