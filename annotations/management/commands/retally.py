"""`manage.py retally`: the tallies of readers' work anew from the log, or compared with it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from annotations.tallies.keep import disagreements, retally


class Command(BaseCommand):
    help = "Make the tallies of readers' work anew from the change log. The worker keeps them up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; a line for each tally that differs from the log"
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        if not check:
            self.stdout.write(f"Weeks counted: {retally()}.")
            return
        lines = list(disagreements())
        for line in lines:
            self.stdout.write(line)
        if lines:
            raise CommandError(f"{len(lines)} tallies differ. Run retally without --check.")
        self.stdout.write("The tallies say what the log says.")
