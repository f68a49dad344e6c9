"""manage.py ingest --corpus SLUG PATH…"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from corpus.ingest import ingest
from corpus.models import Corpus, Intake, IntakeItem


class Command(BaseCommand):
    help = "Bring articles in. Each file gets its own result; exit status 1 if any failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")

    def handle(self, *args: Any, corpus: str, paths: list[Path], **options: Any) -> None:
        found = Corpus.objects.filter(slug=corpus).first()
        if found is None:
            raise CommandError(f"there is no corpus {corpus!r}")
        missing = [str(path) for path in paths if not path.exists()]
        if missing:
            raise CommandError(f"{missing[0]}: there is no such file or folder")
        self.tell(ingest(found, contents(paths), door=Intake.Door.COMMAND))

    def tell(self, intake: Intake) -> None:
        failed = 0
        for item in intake.items.all():
            stream = self.stderr if item.outcome == IntakeItem.Outcome.FAILED else self.stdout
            stream.write(": ".join(filter(None, [item.name, item.get_outcome_display(), item.detail])))
            failed += item.outcome == IntakeItem.Outcome.FAILED
        if failed:
            raise CommandError(f"{failed} of {intake.items.count()} failed")


def contents(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Files as named, and all files of folders, in the order of their names."""
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from ((file.name, file.read_bytes()) for file in files if file.is_file())
