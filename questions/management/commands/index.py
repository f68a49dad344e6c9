"""manage.py index [--corpus SLUG] [--jobs N] [--check]"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.queries.integrity import snapshot
from corpus.management.chosen import corpus_by
from corpus.passages import index as words
from questions.coreference import compare as linked_sets
from questions.index import keep
from questions.index.compare import disagreements

JOBS = 2


class Command(BaseCommand):
    help = (
        "Make the index of questions anew from the marks, and index words that no search finds yet. The worker keeps it up to date: this is for a database that was repaired by hand. "
        "With --check nothing is changed: one line per entry that differs, and exit status 1 if there is one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", metavar="SLUG", help="this corpus only")
        parser.add_argument(
            "--jobs", type=int, default=JOBS, metavar="N", help=f"connections that make it at the same time (default {JOBS})"
        )
        parser.add_argument("--check", action="store_true", help="compare only")

    def handle(self, *args: Any, **options: Any) -> str:
        corpus = corpus_by(options["corpus"], also_in_bin=True) if options["corpus"] else None
        if options["check"]:
            return self.check_entries(corpus)
        linked_sets.rebuild(corpus)
        try:
            assignments = self.make_anew(corpus, max(1, options["jobs"]))
        except keep.RebuildUnderWay as error:
            raise CommandError(str(error)) from error
        return f"{assignments}; {self.index_words(corpus)}"

    def index_words(self, corpus: Any) -> str:
        """What waits, and what was forgotten: passages follow from texts that never change, so that those that are there stay."""
        words.queue_missing(corpus)
        waiting = words.not_indexed(corpus)
        words.index_all()
        return f"words of {waiting:,} articles indexed"

    def make_anew(self, corpus: Any, jobs: int) -> str:
        done = 0
        for count in keep.rebuild(corpus, jobs):
            done += count
            if self.stderr.isatty():
                self.stderr.write(f"\r\x1b[KIndexing: {done:,} assignments", ending="")
        return f"{done:,} assignments indexed"

    def check_entries(self, corpus: Any) -> str:
        with snapshot():
            lines = [str(fault) for fault in [*linked_sets.disagreements(corpus), *disagreements(corpus)]]
            if missing := words.without_passages(corpus).count():
                lines.append(f"words of {missing:,} articles: not indexed")
        for line in lines:
            self.stderr.write(line)
        if lines:
            raise CommandError(f"{len(lines):,} entries differ: manage.py index makes them anew")
        return "the index agrees with the marks"
