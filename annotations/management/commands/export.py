"""manage.py export --corpus SLUG --format FORMAT [--annotator NAME | --gold] [--status STATUS | --drafts] [--option NAME=VALUE]… [--plain] [--end]"""

import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.documents.export import Export, writers
from annotations.documents.selection import Selection
from annotations.formats import FORMATS
from annotations.formats.files.optional_libraries import why_not_installed
from annotations.formats.options import WRITING
from annotations.management.commands.load import OPTION_HELP, options_in
from annotations.models import FormatMapping
from annotations.models.assignment import SHOWN
from corpus.management.chosen import corpus_by


def installed_format(name: str) -> str:
    """The name of a format; one that needs a library says which. Of a name that is none argparse lists the choices."""
    if name in FORMATS and (why := why_not_installed(FORMATS[name])):
        raise ArgumentTypeError(why)
    return name


class Command(BaseCommand):
    help = "Export the marks of a corpus to standard output. A summary goes to standard error: documents, bytes, SHA-256, losses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("--format", required=True, type=installed_format, choices=sorted(writers()))
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--annotator", metavar="NAME", help="only this annotator's marks")
        whose.add_argument("--gold", action="store_true", help="only the gold")
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--status", choices=[*dict(SHOWN)], help="only open (drafts), submitted, skipped or lapsed assignments"
        )
        which.add_argument(
            "--drafts",
            action="store_true",
            help="include drafts; default: the gold of each text, or its submitted assignments if it has none",
        )
        parser.add_argument("--plain", action="store_true", help="without derived values, which take longer than the marks")
        parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE", help=OPTION_HELP)
        parser.add_argument("--end", action="store_true", help="write the end record as the last line, for check_export")

    def handle(self, *args: Any, **options: Any) -> None:
        corpus = corpus_by(options["corpus"])
        selection = Selection.parse(options)
        rows = selection.rows(corpus)
        if not rows.exists():
            number = selection.drafts_left_out(corpus)
            further = f"; --drafts includes {number} {'draft' if number == 1 else 'drafts'}" if number else ""
            raise CommandError(f"{corpus.slug} has no gold and no submitted assignments in this selection{further}")
        words = FormatMapping.of(corpus, options["format"])
        chosen_options = options_in(options["option"], WRITING.get(options["format"], {}))
        export = Export(rows, options["format"], derived=not options["plain"], options=chosen_options, mapping=words)
        if options["end"] and not export.in_lines:
            raise CommandError(f"{options['format']} is not a line format, so --end cannot be used")
        for piece in export.with_end() if options["end"] else export.pieces():
            self.put(piece)
        self.stderr.write(json.dumps(export.end(), ensure_ascii=False))

    def put(self, piece: bytes) -> None:
        """Bytes as they are, or as text where the output was replaced by something that takes only that."""
        buffer = getattr(self.stdout._out, "buffer", None)  # noqa: SLF001 - Django's wrapper has no other way to bytes
        if buffer is None:
            self.stdout.write(piece.decode(), ending="")
        else:
            buffer.write(piece)
