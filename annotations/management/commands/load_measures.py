"""manage.py load_measures [FILE]"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.formats.base import Unreadable
from annotations.formats.files import strict_json
from annotations.schemes.measures import load_measures
from annotations.schemes.measures_file import MeasuresError


class Command(BaseCommand):
    help = "Add what a file has to the register of legal measures. Edits in the admin stay."

    def add_arguments(self, parser: CommandParser) -> None:
        ours = Path(settings.BASE_DIR) / "domain" / "measures.json"
        parser.add_argument("file", type=Path, nargs="?", default=ours, help="default: the register that comes with Attest")

    def handle(self, *args: Any, file: Path, **options: Any) -> str:
        try:
            loaded = load_measures(strict_json.load(file.read_bytes(), str(file)))
        except OSError as error:
            raise CommandError(f"{file}: cannot be read: {error.strerror}") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except MeasuresError as error:
            raise CommandError("\n".join(f"{file}: {line}" for line in error.problems)) from error
        return f"{loaded.added} added, {loaded.changed} changed, {loaded.kept} edited values kept"
