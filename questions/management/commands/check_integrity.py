"""manage.py check_integrity [--corpus SLUG] [--all | --without-objects] [--seal HEX | --defaults]"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.queries.integrity import Part, chains, faults, objects, snapshot
from annotations.queries.integrity.defaults import untouched
from annotations.queries.integrity.fault import Fault
from annotations.scoring import recounted
from corpus.management.chosen import corpus_by
from corpus.models import Corpus
from corpus.seals import seal, unsealed
from questions.coreference import compare as linked_sets
from questions.index.compare import disagreements


class Command(BaseCommand):
    help = (
        "Compare texts, marks, articles and entities with the change log and the evidence log, the logs with their hash chains, "
        "and these with the seals; the index of questions with the marks, "
        "linked events with the judgements. One line per fault; exit status 1 if there is one. Keep the printed seal outside this machine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--corpus", metavar="SLUG", help="check this corpus only; chains and seals are checked for all corpora"
        )
        parser.add_argument("--seal", metavar="HEX", help="a seal kept elsewhere: check that it is part of the history")

        outside = parser.add_mutually_exclusive_group()
        about = (
            f"read all raw files outside the database, not {objects.SAMPLE} drawn at random, and count the agreement of all pairs"
        )
        outside.add_argument("--all", action="store_true", help=about)
        outside.add_argument("--without-objects", action="store_true", help="read none of them")
        parser.add_argument(
            "--defaults", action="store_true", help="only list values that equal a default of the scheme and were never edited"
        )

    def handle(self, *args: Any, **options: Any) -> str:
        corpus = corpus_by(options["corpus"], also_in_bin=True) if options["corpus"] else None
        if options["defaults"]:
            return self.list_defaults(corpus)
        seal()
        counts: Counter[str] = Counter()
        if options["seal"] and (fault := chains.kept(options["seal"].lower())):
            self.tell(fault, counts)
        further: dict[str, Part] = {
            "linked events": linked_sets.disagreements,
            "the index of questions": disagreements,
            "counts of agreement": partial(recounted.faults, whole=options["all"]),
        }
        if not options["without_objects"]:
            further["objects"] = partial(objects.faults, whole=options["all"])
        for fault in faults(corpus, self.progress, further):
            self.tell(fault, counts)
        self.progress("")
        with snapshot():
            self.stdout.write(self.history())
        if counts:
            kinds = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
            raise CommandError(f"{counts.total()} faults: {kinds}")
        return "no faults"

    def list_defaults(self, corpus: Corpus | None) -> str:
        """Nobody may have said these: a person has to look at each. Nothing is changed."""
        counts: Counter[str] = Counter()
        with snapshot():
            for fault in untouched(corpus):
                self.tell(fault, counts)
        if counts:
            raise CommandError(f"{counts.total()} values equal a default and were never edited")
        return "no value equals an unedited default"

    def tell(self, fault: Fault, counts: Counter[str]) -> None:
        self.progress("")
        self.stderr.write(str(fault))
        counts[fault.kind] += 1

    def progress(self, part: str) -> None:
        """What is looked at, on a terminal in a line that goes away again."""
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{part and f'Checking {part} …'}", ending="")

    def history(self) -> str:
        """Since when the log can be believed, and up to where it is sealed."""
        began, newest = chains.start(), chains.newest()
        lines = []
        if began:
            lines.append(f"The evidence log starts at {began:%Y-%m-%d %H:%M} UTC: earlier changes cannot be checked.")
        if newest:
            lines.append(f"Seal {newest.number} of {newest.at:%Y-%m-%d %H:%M} UTC: {newest.hash}")
        if behind := unsealed():
            lines.append(f"{behind:,} entries are not sealed yet.")
        return "\n".join(lines or ["Nothing is sealed yet."])
