"""manage.py lake read | copies | screen | select | promote | open | check"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from annotations.imports.tuning import tuned
from corpus.management.chosen import corpus_by
from corpus.models import Corpus, IntakeItem
from corpus.objects.s3 import BadAddress, BucketError, MissingLibrary
from corpus.readers import sandboxed
from corpus.sandbox.layers import REMEDY
from lake.copies.near import find_copies
from lake.engines.local import LocalEngine
from lake.engines.reading import read
from lake.engines.screening import ScreeningFailed, screen
from lake.engines.spark import NoCluster, cluster
from lake.engines.tasks import Engine
from lake.extras import LIBRARIES, MissingExtra, needed
from lake.files.addresses import LakeFiles, lake_at
from lake.files.check import check_files
from lake.files.folder import LakeBusy
from lake.files.progress import Progress
from lake.files.unreadable import LakeUnreadable
from lake.lists import NoList, list_names
from lake.management.arguments import add_acts
from lake.models import Lake
from lake.promotion.jobs import folder_of_crawls, start
from lake.promotion.promote import SKIPPED, NoCrawl, promote
from lake.queries.candidates import counts
from lake.queries.database import COPIES, NAMES, READ, database
from lake.queries.select import FORMATS, SelectRefused, format_of, selection
from lake.read.places import NoInput, is_there, resolved

REFUSALS = (
    BadAddress,
    BucketError,
    LakeUnreadable,
    MissingExtra,
    MissingLibrary,
    LakeBusy,
    NoCluster,
    NoCrawl,
    NoInput,
    NoList,
    ScreeningFailed,
    SelectRefused,
)


class Command(BaseCommand):
    help = "Read crawls into a lake, a folder of Parquet files, and take what is needed of it into a corpus. See docs/lake.md."

    def add_arguments(self, parser: CommandParser) -> None:
        add_acts(parser)

    def handle(self, *args: Any, act: str, lake: str | None, **options: Any) -> None:
        root = lake or settings.LAKE
        if root is None:
            raise CommandError("Name the lake with --lake, or set LAKE in the environment.")
        try:
            for library in LIBRARIES:
                needed(library)
            getattr(self, f"lake_{act}")(lake_at(root), options)
        except REFUSALS as error:
            raise CommandError(str(error)) from None

    def lake_read(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        if options["engine"] == "local":
            check_readers()
        with engine_of(options) as engine, self.bar("input") as progress:
            outcome = read(lake, options["paths"], engine=engine, progress=progress)
        if outcome.present:
            self.stdout.write(f"{outcome.present:,} inputs were read by an earlier run")
        if outcome.repeated:
            self.stdout.write(f"{outcome.repeated:,} inputs have the bytes of another one, and were skipped")
        if outcome.manifest:
            numbers = outcome.manifest["counts"]
            self.stdout.write(f"{numbers['pages']:,} pages, {numbers['unread']:,} unread")
        elif not outcome.failures:
            self.stdout.write("Nothing to read.")
        if outcome.failures:
            raise CommandError(
                "\n".join([*outcome.failures, "Run the same command again when these can be read; the others are done."])
            )

    def lake_check(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        with self.bar("file") as progress:
            checked = check_files(lake, (READ, COPIES, NAMES), progress)
        if checked.faults:
            raise CommandError(
                "\n".join([*checked.faults, "Restore these files from a backup, or read the crawls into a new lake."])
            )
        self.stdout.write(f"{checked.files:,} files are as they were written")

    def lake_copies(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        with self.bar("step") as progress:
            manifest = find_copies(lake, options["memory"], progress)
        self.stdout.write(f"{manifest['counts']['copies']:,} texts are near-duplicates of another one")

    def lake_screen(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        listed = list_names(options["list"], options["number"])
        with engine_of(options) as engine, self.bar("part") as progress:
            outcome = screen(lake, listed.key, listed.names, engine=engine, progress=progress)
        passages, parts = outcome.manifest["counts"].get("names", 0), len(outcome.manifest["parts"])
        self.stdout.write(f"list {listed.key}: {len(listed.names):,} names, {passages:,} passages in {parts:,} parts of the lake")
        if outcome.screened:
            self.stdout.write(f"{outcome.screened:,} parts were screened by an earlier run")
        with database(lake) as connection:
            for *group, texts, pages in counts(connection, listed.key, options["by"], options["most"]):
                self.stdout.write(f"{' '.join(str(each or 'not stated') for each in group)}: {texts:,} texts on {pages:,} pages")

    def lake_select(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        out: Path | None = options["out"]
        write = FORMATS[format_of(out)]
        with selection(lake, statement(options["sql"]), options["memory"]) as answer:
            if out is None:
                for piece in write(answer):
                    self.stdout.write(piece.decode(), ending="")
                return
            try:
                with new_file(out) as file:
                    file.writelines(write(answer))
            except OSError as error:
                raise CommandError(f"{out}: cannot be written: {error.strerror}") from None

    def lake_promote(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        corpus = corpus_by(options["corpus"])
        if options["later"]:
            self.promote_later(lake, corpus, statement(options["sql"]), options["originals"])
            return
        if not options["crawls"]:
            raise CommandError("Name with --from what `lake read` was given.")
        check_readers()
        with tuned(), tqdm(unit="page", disable=None, leave=False, file=self.stderr) as bar:
            outcomes = promote(
                lake,
                corpus,
                statement(options["sql"]),
                options["crawls"],
                memory=options["memory"],
                stay=folder_of_crawls() if options["originals"] == "stay" else None,
                progress=lambda outcomes: bar.update(outcomes.total() - bar.n),
            )
        for outcome, label in IntakeItem.Outcome.choices:
            if outcomes[outcome]:
                self.stdout.write(f"{label}: {outcomes[outcome]:,}")
        if outcomes[SKIPPED]:
            self.stdout.write(f"already in the corpus: {outcomes[SKIPPED]:,}")
        if not outcomes.total():
            self.stdout.write("No pages.")
        if outcomes[IntakeItem.Outcome.FAILED]:
            raise CommandError(f"{outcomes[IntakeItem.Outcome.FAILED]:,} failed; the import of the corpus lists the reasons")

    def promote_later(self, lake: LakeFiles, corpus: Corpus, sql: str, originals: str) -> None:
        row = Lake.objects.filter(folder=lake.resolved).first()
        if row is None:
            raise CommandError(f"The worker does not know the lake in {lake.address}: name it with `manage.py lake open`.")
        promotion = start(row, corpus, sql, originals=originals)
        self.stdout.write(f"promotion {promotion.pk} queued: {promotion.intake.get_absolute_url()} lists its articles")

    def lake_open(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        missing = next((path for path in options["crawls"] if not is_there(path)), None)
        if missing:
            raise NoInput(f"{missing}: nothing is there")
        row = Lake.objects.filter(slug=options["slug"]).first() or Lake(slug=options["slug"])
        is_new = row.pk is None
        row.folder, row.crawls = lake.resolved, [resolved(path) for path in options["crawls"]]
        row.name = options["name"] or row.name or row.slug
        try:
            row.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        corpora = None if options["corpora"] is None else [corpus_by(slug) for slug in options["corpora"]]
        row.save()
        if corpora is not None:
            row.corpora.set(corpora)
        names = ", ".join(row.corpora.values_list("slug", flat=True)) or "no corpus"
        self.stdout.write(f"lake {row.slug} {'opened' if is_new else 'changed'}: {row.folder}, for {names}")

    @contextmanager
    def bar(self, unit: str) -> Iterator[Progress]:
        """Drawn only for a person at a terminal."""
        with tqdm(unit=unit, disable=None, leave=False, file=self.stderr) as bar:
            yield partial(show, bar)


@contextmanager
def engine_of(options: dict[str, Any]) -> Iterator[Engine]:
    """Who runs the tasks. Raises CommandError, NoCluster, MissingExtra."""
    master, processes = options["master"], options["processes"]
    if options["engine"] == "local":
        if master or options["conf"]:
            raise CommandError("--master and --conf are of Spark: add --engine spark.")
        yield LocalEngine(processes or 0)
        return
    if not master:
        raise CommandError("Name the master of Spark with --master, such as spark://HOST:7077.")
    if processes is not None:
        raise CommandError(
            "--processes is of the engine local: a cluster has as many as its workers, or as --conf spark.cores.max=N says."
        )
    with cluster(master, options["conf"]) as engine:
        yield engine


def statement(sql: str) -> str:
    """The SQL, or that of the file that is named with @."""
    if not sql.startswith("@"):
        return sql
    try:
        return Path(sql[1:]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{sql[1:]}: cannot be read: {error}") from None


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Gone again if it does not become whole. Raises OSError."""
    with path.open("xb") as file:
        try:
            yield file
        except BaseException:
            path.unlink()
            raise


def show(bar: Any, stage: str, done: int, total: int) -> None:
    bar.total, bar.n = total, done
    bar.set_description(stage)
    bar.refresh()


def check_readers() -> None:
    if sandboxed.strict and not sandboxed.layers().hold:
        raise CommandError(f"Files cannot be read, since the sandbox of the readers is not available: {REMEDY}.")
