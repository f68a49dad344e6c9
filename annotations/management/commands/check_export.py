"""manage.py check_export FILE…"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.formats.files.end_record import Cut, checked


class Command(BaseCommand):
    help = "Check that exported files are complete: line formats with an end record, or ZIPs with a report."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        cut = 0
        for path in options["files"]:
            try:
                with path.open("rb") as file:
                    record = checked(file)
            except (OSError, Cut) as error:
                cut += 1
                self.stderr.write(f"{path}: {error}")
            else:
                seal = record.get("seal")
                sealed = f", seal {seal['sha256']} of {seal['at']}" if seal else ""
                self.stdout.write(f"{path}: whole, {record['documents']} documents, {record['bytes']} bytes{sealed}")
        if cut:
            raise CommandError(f"{cut} of {len(options['files'])} files are incomplete")
