"""`manage.py backup FILE [--objects FOLDER]`: the database and the installation's settings in one file, read back before it counts."""

import os
from argparse import ArgumentParser
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import BaseCommand, CommandError

from config.backups.archive import BadBackup
from config.backups.backup import BackupError, back_up
from config.backups.programs import NoProgram
from corpus.objects.folder import ObjectFolder
from corpus.objects.raws import store


class Command(BaseCommand):
    help = "Write a backup of the database and the settings to FILE. It contains secrets and is readable by its owner only."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--overwrite", action="store_true", help="overwrite an existing file")
        parser.add_argument("--without-secrets", action="store_true", help="without the settings, which contain the SECRET_KEY")

        about = "copy the original files outside the database to FOLDER; the same one each time gets only what is new"
        parser.add_argument("--objects", type=Path, metavar="FOLDER", help=about)

    def handle(self, *, file: Path, overwrite: bool, without_secrets: bool, objects: Path | None, **options: object) -> None:
        if str(file) == "-":
            raise CommandError("Give the name of a file.")
        originals = (store(), ObjectFolder(objects)) if objects else None
        url, secrets = os.environ["DATABASE_URL"], not without_secrets
        try:
            copied = back_up(file, url, secrets=secrets, overwrite=overwrite, say=self.stdout.write, originals=originals)
        except (BackupError, BadBackup, NoProgram, OSError, psycopg.Error) as error:
            raise CommandError(f"No backup was made: {error}") from None
        secret = "" if without_secrets else " It contains the settings with the SECRET_KEY: keep it as safe as a password."
        self.stdout.write(f"{file} is complete: {file.stat().st_size:,} bytes.{secret}")
        if copied.in_crawls:
            self.stdout.write(f"Not in it: {copied.in_crawls:,} original files in crawls. Keep {settings.CRAWLS} as it is.")
        if copied.lost:
            raise CommandError(f"The backup has {copied}. Put these back into {settings.OBJECTS} from an earlier backup.")
        if copied.objects and objects:
            self.stdout.write(f"{objects} has {copied}, {copied.new:,} of them new.")
        elif copied.objects:
            self.stdout.write(f"Not in it: {copied}. Copy {settings.OBJECTS} too, or use --objects FOLDER.")
