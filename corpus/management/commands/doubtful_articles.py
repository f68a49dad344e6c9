"""manage.py doubtful_articles [--corpus SLUG]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from corpus.management.chosen import corpus_by
from corpus.provenance.doubts import doubts


class Command(BaseCommand):
    help = (
        "List articles whose URL or outlet is only claimed or not confirmed, with the reasons. Exit status 1 if there are any. "
        "A manager resolves them in the admin: clear the URL or outlet, or enter it again in their own name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", metavar="SLUG", help="default: all corpora")

    def handle(self, *args: Any, corpus: str | None, **options: Any) -> None:
        row = corpus_by(corpus) if corpus else None
        count = 0
        for article, reasons in doubts(row):
            count += 1
            for reason in reasons:
                self.stdout.write(f"{article.corpus.slug} {article.pk} “{article.title[:80]}”: {reason}")
        if count:
            raise CommandError(f"{count:,} article{'s are' if count > 1 else ' is'} unconfirmed")
        self.stdout.write("No unconfirmed articles.")
