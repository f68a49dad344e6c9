"""manage.py agreement --corpus SLUG [--gold]"""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser

from annotations.scoring.pairs import score, score_gamma, score_readers
from annotations.scoring.report import AgreementReport
from annotations.scoring.score_rows import AGAIN, EACH, GOLD
from corpus.management.chosen import corpus_by


class Command(BaseCommand):
    help = "Count the agreement of readings that is missing or out of date, and print the measures of a corpus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        beside = parser.add_mutually_exclusive_group()
        beside.add_argument("--gold", action="store_true", help="readings beside the gold instead of beside each other")
        beside.add_argument("--again", action="store_true", help="readings beside the rereading by the same annotator")

    def handle(self, *args: Any, corpus: str, gold: bool, again: bool, **options: Any) -> None:
        of = corpus_by(corpus)
        score(of.pk)
        score_readers(of.pk)
        score_gamma(of.pk)
        everyone = get_user_model()(is_superuser=True)  # whoever may run a command sees all
        report = AgreementReport(of, everyone, GOLD if gold else AGAIN if again else EACH)
        whole = report.worked_out.summary
        self.stdout.write(f"articles: {whole.articles}; pairs of readings: {whole.pairs}")
        for each in report.worked_out.measures:
            value = "–" if each.value is None else f"{each.value:.6f}"
            interval = "" if each.low is None else f"  {each.low:.3f}–{each.high:.3f}"
            self.stdout.write(f"{each.measure:18} {each.layer:10} {value:10} n={each.n:<8}{interval}".rstrip())
        for name, count in report.left_out.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {count}")
