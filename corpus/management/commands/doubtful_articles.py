"""manage.py doubtful_articles [--corpus SLUG]"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from corpus.models import Corpus
from corpus.provenance.doubts import doubts


class Command(BaseCommand):
    help = (
        "List articles whose address or outlet is only claimed, or is not known to be theirs, each with the reasons. Exit status 1 "
        "if there are any. A manager settles one in the admin: clear the address or outlet, or enter it again in your own name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", metavar="SLUG", help="Default: every corpus.")

    def handle(self, *args: Any, corpus: str | None, **options: Any) -> None:
        found = Corpus.objects.filter(slug=corpus).first() if corpus else None
        if corpus and found is None:
            raise CommandError(f"there is no corpus {corpus!r}")
        count = 0
        for article, reasons in doubts(found):
            count += 1
            for reason in reasons:
                self.stdout.write(f"{article.corpus.slug} {article.pk} “{article.title[:80]}”: {reason}")
        if count:
            raise CommandError(f"{count:,} article{'s are' if count > 1 else ' is'} doubtful")
        self.stdout.write("No article is doubtful.")
