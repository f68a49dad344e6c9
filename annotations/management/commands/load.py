"""manage.py load --corpus SLUG --format FORMAT FILE… (--annotator NAME | --named | --gold) [--map FILE] [--option NAME=VALUE]… [--check]"""

import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.formats.base import Options
from annotations.formats.middle.mapping import Mapping
from annotations.formats.options import READING, checked
from annotations.imports.annotators import Annotators, placeholder_account
from annotations.imports.foreign import Meaningless, Reading, readers
from annotations.imports.load import ImportTarget, load_file, preview
from annotations.imports.tuning import tuned
from annotations.models import Assignment
from corpus.management.chosen import corpus_by

OPTION_HELP = "option of the format, see docs/formats.md; @FILE reads the value from a file"


class Command(BaseCommand):
    help = "Import annotated documents from files, all or nothing per document. Documents already imported are skipped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("--format", required=True, choices=sorted(readers()))
        parser.add_argument(
            "--map", type=Path, metavar="FILE", help="JSON file that maps names in the file to codes of the scheme"
        )
        parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE", help=OPTION_HELP)
        parser.add_argument("--check", action="store_true", help="preview only: nothing is stored")
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--annotator", metavar="NAME", help="user name of the annotator")
        whose.add_argument("--named", action="store_true", help="the file names the annotators")
        whose.add_argument("--gold", action="store_true", help="import the marks as the gold")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        corpus = corpus_by(options["corpus"])
        annotator = (
            placeholder_account("") if options["gold"] else user_by(options["annotator"]) if options["annotator"] else None
        )
        role = Assignment.Role.ADJUDICATION if options["gold"] else Assignment.Role.ANNOTATION
        target = ImportTarget(
            corpus, annotator or placeholder_account(""), Annotators(corpus, annotator), role, reader=options["format"]
        )
        words = mapping_in(options["map"]) if options["map"] else None
        chosen_options = options_in(options["option"], READING.get(options["format"], {}))
        try:
            readings = {file: Reading.into(corpus, target.reader, words, chosen_options) for file in options["files"]}
        except Meaningless as error:
            raise CommandError(str(error)) from error
        with tuned():
            failed = [file for file, reading in readings.items() if not self.load(target, file, reading, check=options["check"])]
        if failed:
            raise CommandError(f"{len(failed)} of {len(options['files'])} files were not imported")

    def load(self, target: ImportTarget, file: Path, reading: Reading, *, check: bool) -> bool:
        try:
            with file.open("rb") as content:
                report = (preview if check else load_file)(target, reading.documents(content, str(file)))
        except OSError as error:
            self.stderr.write(f"{file}: cannot be read: {error.strerror}")
            return False
        for line in report.errors:
            self.stderr.write(line)
        for line in reading.losses.lines():
            self.stderr.write(f"{file}: not included: {line}")
        if report.documents:
            self.stdout.write(f"{file}: {'would load ' if check else ''}{report.line()}")
        return not report.errors


def mapping_in(file: Path) -> Mapping:
    """{marks, ties, roles, attributes}, each from words of the file to ours or to null."""
    try:
        return Mapping.from_dict(json.loads(file.read_bytes()))
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} is not a valid mapping: {error}") from error


def options_in(arguments: list[str], known: Options) -> dict[str, str]:
    """NAME=VALUE, or NAME=@FILE for what stands in a file, such as a type system."""
    pairs = [(name, value) for name, _, value in (each.partition("=") for each in arguments)]
    try:
        return checked(
            known, [(name, Path(value[1:]).read_bytes().decode() if value.startswith("@") else value) for name, value in pairs]
        )
    except (OSError, ValueError) as error:
        raise CommandError(f"--option: {error}") from error


def user_by(name: str) -> Any:
    user = get_user_model().objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"no such account: {name!r}; create it in the admin first")
    return user
