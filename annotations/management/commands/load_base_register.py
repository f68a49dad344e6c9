"""manage.py load_base_register [FILE]"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.formats.base import Unreadable
from annotations.formats.files import strict_json
from annotations.schemes.base_register import BaseRegisterError, load_base_register


class Command(BaseCommand):
    help = "Load the shared register of countries, bodies, outlets and state organs. Loading the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        ours = Path(settings.BASE_DIR) / "domain" / "base_register.json"
        parser.add_argument("file", type=Path, nargs="?", default=ours, help="default: the register that comes with Attest")

    def handle(self, *args: Any, file: Path, **options: Any) -> str:
        try:
            loaded = load_base_register(strict_json.load(file.read_bytes(), str(file)))
        except OSError as error:
            raise CommandError(f"{file}: cannot be read: {error.strerror}") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        except BaseRegisterError as error:
            raise CommandError("\n".join(f"{file}: {line}" for line in error.problems)) from error
        return f"{loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged"
