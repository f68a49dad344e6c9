"""manage.py screen --corpus SLUG"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.queries.listable import listable_types
from annotations.write.errors import Refusal
from annotations.write.screening_runs import start
from corpus.management.chosen import corpus_by
from registry.screening.run import take_turn


class Command(BaseCommand):
    help = "Screen the entities of a corpus against its lists: whatever has changed since the last time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, help="slug of the corpus")

    def handle(self, *args: Any, corpus: str, **options: Any) -> str:
        of = corpus_by(corpus)
        try:
            run = start(of)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        while not take_turn(run, listable_types(of)):
            pass
        run.refresh_from_db()
        if run.finished is None:
            return "Another worker is screening the corpus."
        numbers = ", ".join(f"{run.counts.get(name, 0)} {name}" for name in ("new", "changed", "gone", "open"))
        return f"entities compared: {run.done}; candidates: {numbers}"
