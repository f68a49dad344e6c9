"""`manage.py empty_bin --by SUPERUSER`: what could be deleted for good; with --yes, delete it."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from annotations.bin.purge import DAYS, purge, purgeable


class Command(BaseCommand):
    help = (
        f"Delete readings without annotations for good, and articles and corpora with none but these, {DAYS} days after they were put in the "
        "bin. Hashes of texts stay, and original files that lie in crawls."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", required=True, metavar="SUPERUSER", help="user name of the superuser who deletes them")
        parser.add_argument("--yes", action="store_true", help="delete; without it, the command lists them")

    def handle(self, *, by: str, yes: bool, **options: Any) -> None:
        user = get_user_model().objects.filter(username=by, is_superuser=True, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no superuser “{by}”.")
        if not yes:
            for row in purgeable():
                self.stdout.write(f"{row.corpus.slug}: {row.label} ({row.at:%Y-%m-%d})")
            self.stdout.write("Add --yes to delete those without annotations for good.")
            return
        done = purge(user)
        for row, reason in done.kept:
            self.stdout.write(f"kept: {row.label}: {reason}")
        self.stdout.write(f"{done.gone} deleted for good, {len(done.kept)} kept.")
