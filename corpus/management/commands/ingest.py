"""manage.py ingest --corpus SLUG PATH_OR_URL…"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from corpus.intake.fetch import Page
from corpus.intake.hosts import fetch
from corpus.intake.ingest import add_result, ingest_one
from corpus.intake.limits import FetchError, Later
from corpus.management.chosen import corpus_by
from corpus.models import Intake, IntakeItem


class Command(BaseCommand):
    help = "Import articles from files, folders, archives, feeds and URLs, each with a result. Exit status 1 if any failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("sources", nargs="+", metavar="PATH_OR_URL")

    def handle(self, *args: Any, corpus: str, sources: list[str], **options: Any) -> None:
        row = corpus_by(corpus)
        missing = [source for source in sources if not is_address(source) and not Path(source).exists()]
        if missing:
            raise CommandError(f"{missing[0]}: no such file or folder")
        intake = Intake.objects.create(corpus=row, door=Intake.Door.COMMAND)
        failed = sum(self.bring(intake, expand(sources)))
        intake.close()
        if failed:
            raise CommandError(f"{failed} of {intake.items.count()} failed")

    def bring(self, intake: Intake, sources: list[str | Path]) -> Iterator[bool]:
        """Whether each thing failed. The bar is drawn only for a person at a terminal."""
        for source in tqdm(sources, unit="file", disable=None, leave=False, file=self.stderr):
            for item in read_from(intake, source):
                failed = item.outcome == IntakeItem.Outcome.FAILED
                line = ": ".join(filter(None, [item.name, item.get_outcome_display(), item.detail]))
                tqdm.write(line, file=self.stderr if failed else self.stdout)
                yield failed


def read_from(intake: Intake, source: str | Path) -> list[IntakeItem]:
    if isinstance(source, Path):
        return ingest_one(intake, source.name, source.read_bytes())
    try:
        page = fetch_in_turn(source)
    except FetchError as error:
        return [add_result(intake, source, IntakeItem.Outcome.FAILED, detail=str(error))]
    return ingest_one(intake, page.url, page.content, page.url) if page else []


def fetch_in_turn(url: str) -> Page | None:
    """A person waits until the host may be asked. Raises FetchError."""
    while True:
        try:
            return fetch(url)
        except Later as later:
            time.sleep(max(1.0, (later.moment - timezone.now()).total_seconds()))


def expand(sources: list[str]) -> list[str | Path]:
    """Addresses and files as named, and all files of folders, in the order of their names."""
    expanded: list[str | Path] = []
    for source in sources:
        path = Path(source)
        if is_address(source):
            expanded.append(source)
        else:
            expanded += [file for file in (sorted(path.rglob("*")) if path.is_dir() else [path]) if file.is_file()]
    return expanded


def is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))
