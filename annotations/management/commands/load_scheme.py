"""manage.py load_scheme [FILE]"""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.schemes.stored import SchemeError, load_scheme
from annotations.unstated.earlier import stated_defaults


class Command(BaseCommand):
    help = "Load a version of an annotation scheme. Loading the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        core = Path(settings.BASE_DIR) / "domain" / "scheme.json"
        parser.add_argument("file", type=Path, nargs="?", default=core, help="default: the scheme that comes with Attest")

    def handle(self, *args: Any, file: Path, **options: Any) -> str:
        try:
            body = json.loads(file.read_text(encoding="utf-8-sig"))
            loaded = load_scheme(body)
        except OSError as error:
            raise CommandError(f"{file}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{file}: not UTF-8 text (byte {error.start})") from error
        except json.JSONDecodeError as error:
            raise CommandError(f"{file}: line {error.lineno}: not JSON: {error.msg}") from error
        except SchemeError as error:
            raise CommandError("\n".join(f"{file}: {line}" for line in error.problems)) from error
        if unused := stated_defaults(body):
            number = "1 default in the file was" if len(unused) == 1 else f"{len(unused)} defaults in the file were"
            self.stderr.write(f"{number} not applied: {', '.join(unused)}")
        return f"{loaded.scheme}: {'loaded' if loaded.changed else 'nothing changes, it is loaded'}"
