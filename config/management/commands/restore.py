"""`manage.py restore FILE [--objects FOLDER]`: the database of a backup, compared table by table, in the place of the one that is there."""

import os
from argparse import ArgumentParser
from pathlib import Path

import psycopg
from django.core.management import BaseCommand, CommandError

from config.backups.archive import BadBackup
from config.backups.backup import BackupError
from config.backups.contents import connect
from config.backups.objects import look, put_back
from config.backups.programs import NoProgram
from config.backups.restore import bring_settings_back, restore
from corpus.objects.folder import ObjectFolder
from corpus.objects.raws import store


class Command(BaseCommand):
    help = "Restore a backup. A damaged, incomplete or modified file is rejected before anything is changed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="replace a database that is not empty")
        about = "what `backup --objects` has copied: original files that are missing or damaged come from there"
        parser.add_argument("--objects", type=Path, metavar="FOLDER", help=about)

    def handle(self, *, file: Path, replace: bool, objects: Path | None, **options: object) -> None:
        url = os.environ["DATABASE_URL"]
        try:
            outcome = restore(file, url, replace=replace, say=self.stdout.write)
            kept = bring_settings_back(file)
        except (BackupError, BadBackup, NoProgram, OSError, psycopg.Error) as error:
            raise CommandError(f"Not restored: {error}") from None
        self.stdout.write(f"Restored: all tables match the backup. {outcome} {kept}")
        self.bring_originals_back(url, objects)

    def bring_originals_back(self, url: str, folder: Path | None) -> None:
        """From a folder of copies; without one it is only looked at whether they are there."""
        own = store()
        try:
            with connect(url) as connection:
                copied = put_back(connection, ObjectFolder(folder), own) if folder else look(connection, own)
        except (OSError, psycopg.Error) as error:
            raise CommandError(f"The database is restored, the original files outside it are not: {error}") from None
        if copied.in_crawls:
            note = (
                f"{copied.in_crawls:,} original files stay in crawls: `manage.py check_integrity --all` reads them below CRAWLS."
            )
            self.stdout.write(note)
        if copied.lost:
            remedy = "Find another copy of these." if folder else "Copy them there, or restore again with --objects FOLDER."
            raise CommandError(f"The database is restored, but {own} should have {copied}. {remedy}")
        if copied.objects:
            self.stdout.write(f"{own} has {copied}, {copied.new:,} of them put back.")
