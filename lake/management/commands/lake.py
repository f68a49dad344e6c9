"""manage.py lake read | copies | screen | select | promote"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from corpus.readers import sandboxed
from corpus.sandbox.layers import REMEDY
from lake.engines.reading import ReadingFailed, read
from lake.extras import MissingExtra
from lake.files.folder import LakeBusy, LakeFolder
from lake.read.inputs import NoInput

ENGINES = ("local",)
REFUSALS = (MissingExtra, LakeBusy, NoInput, ReadingFailed)


class Command(BaseCommand):
    help = "Read crawls into a lake, a folder of Parquet files, and take what is needed of it into a corpus. See docs/lake.md."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT", parser_class=CommandParser)
        add_read(acts)

    def handle(self, *args: Any, act: str, lake: Path | None, **options: Any) -> None:
        root = lake or settings.LAKE
        if root is None:
            raise CommandError("Name the folder of the lake with --lake, or set LAKE in the environment.")
        try:
            getattr(self, act)(LakeFolder(Path(root)), options)
        except REFUSALS as error:
            raise CommandError(str(error)) from None

    def read(self, lake: LakeFolder, options: dict[str, Any]) -> None:
        if sandboxed.strict and not sandboxed.layers().hold:
            raise CommandError(f"Files cannot be read, since the sandbox of the readers is not available: {REMEDY}.")
        with tqdm(unit="input", disable=None, leave=False, file=self.stderr) as bar:
            outcome = read(lake, options["paths"], processes=options["processes"], progress=lambda *step: show(bar, *step))
        if outcome.present:
            self.stdout.write(f"{outcome.present:,} inputs were read by an earlier run")
        if outcome.repeated:
            self.stdout.write(f"{outcome.repeated:,} inputs have the bytes of another one, and were skipped")
        if outcome.manifest is None:
            self.stdout.write("Nothing to read.")
            return
        counts = outcome.manifest["counts"]
        self.stdout.write(f"run {outcome.manifest['run']}: {counts['pages']:,} pages, {counts['unread']:,} unread")


def add_read(acts: Any) -> None:
    parser = lake_parser(acts, "read", "read crawls, folders and files into pages; what was read before is skipped")
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="WARC or WET files, JSON Lines, files of articles, folders"
    )
    parser.add_argument("--engine", choices=ENGINES, default="local")
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="default: as many as there are processors")


def lake_parser(acts: Any, name: str, about: str) -> CommandParser:
    parser: CommandParser = acts.add_parser(name, help=about, description=about)
    parser.add_argument("--lake", type=Path, metavar="FOLDER", help="folder of the lake; default: LAKE of the environment")
    return parser


def show(bar: Any, stage: str, done: int, total: int) -> None:
    bar.total, bar.n = total, done
    bar.set_description(stage)
    bar.refresh()
