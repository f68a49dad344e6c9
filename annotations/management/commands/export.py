"""manage.py export --corpus SLUG --format native [--annotator NAME | --gold]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.export import chosen, lines
from annotations.management.commands.load import corpus_by


class Command(BaseCommand):
    help = "Write the marks of a corpus to standard output: one native document a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("--format", required=True, choices=["native"])
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--annotator", metavar="NAME", help="only this person's marks")
        whose.add_argument("--gold", action="store_true", help="only the gold")

    def handle(self, *args: Any, **options: Any) -> None:
        corpus = corpus_by(options["corpus"])
        rows = chosen(corpus, annotator=options["annotator"], gold=options["gold"])
        if not rows.exists():
            raise CommandError(f"nothing is marked in {corpus.slug} that fits")
        for line in lines(rows.iterator(chunk_size=20)):
            self.stdout.write(line, ending="")
