"""manage.py lake read | copies | screen | select | promote | open"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from corpus.management.chosen import corpus_by
from corpus.models import Corpus, IntakeItem
from corpus.objects.s3 import BadAddress, BucketError, MissingLibrary
from corpus.readers import sandboxed
from corpus.sandbox.layers import REMEDY
from lake.copies.near import find_copies
from lake.engines.local import LocalEngine
from lake.engines.reading import Progress, read
from lake.engines.screening import ScreeningFailed, screen
from lake.engines.spark import NoCluster, cluster
from lake.engines.tasks import Engine
from lake.extras import LIBRARIES, MissingExtra, needed
from lake.files.addresses import LakeFiles, lake_at
from lake.files.folder import LakeBusy
from lake.lists import NoList, list_names
from lake.management.arguments import add_acts
from lake.models import Lake
from lake.promotion.jobs import start
from lake.promotion.promote import SKIPPED, NoCrawl, promote
from lake.queries.candidates import counts
from lake.queries.database import LakeUnreadable, database
from lake.queries.select import FORMATS, SelectRefused, format_of, selection
from lake.read.inputs import NoInput

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
            getattr(self, act)(lake_at(root), options)
        except REFUSALS as error:
            raise CommandError(str(error)) from None

    def read(self, lake: LakeFiles, options: dict[str, Any]) -> None:
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

    def copies(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        manifest = find_copies(lake, options["memory"])
        self.stdout.write(f"{manifest['counts']['copies']:,} texts are near-duplicates of another one")

    def screen(self, lake: LakeFiles, options: dict[str, Any]) -> None:
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

    def select(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        out: Path | None = options["out"]
        write = FORMATS[format_of(out)]
        with selection(lake, statement(options["sql"]), options["memory"]) as answer:
            if out is None:
                for piece in write(answer):
                    self.stdout.write(piece.decode(), ending="")
                return
            try:
                with out.open("xb") as file:
                    file.writelines(write(answer))
            except OSError as error:
                raise CommandError(f"{out}: cannot be written: {error.strerror}") from None

    def promote(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        corpus = corpus_by(options["corpus"])
        if options["later"]:
            self.promote_later(lake, corpus, statement(options["sql"]))
            return
        if not options["crawls"]:
            raise CommandError("Name with --from what `lake read` was given.")
        check_readers()
        with tqdm(unit="page", disable=None, leave=False, file=self.stderr) as bar:
            outcomes = promote(
                lake,
                corpus,
                statement(options["sql"]),
                options["crawls"],
                memory=options["memory"],
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

    def promote_later(self, lake: LakeFiles, corpus: Corpus, sql: str) -> None:
        row = Lake.objects.filter(folder=lake.resolved).first()
        if row is None:
            raise CommandError(f"The worker does not know the lake in {lake.address}: name it with `manage.py lake open`.")
        promotion = start(row, corpus, sql)
        self.stdout.write(f"promotion {promotion.pk} queued: {promotion.intake.get_absolute_url()} lists its articles")

    def open(self, lake: LakeFiles, options: dict[str, Any]) -> None:
        crawls = [str(path.resolve()) for path in options["crawls"]]
        corpora = [corpus_by(slug) for slug in options["corpora"]]
        fields = {"folder": lake.resolved, "crawls": crawls, "name": options["name"] or options["slug"]}
        row, is_new = Lake.objects.update_or_create(slug=options["slug"], defaults=fields)
        row.corpora.set(corpora)
        names = ", ".join(corpus.slug for corpus in corpora) or "no corpus"
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


def show(bar: Any, stage: str, done: int, total: int) -> None:
    bar.total, bar.n = total, done
    bar.set_description(stage)
    bar.refresh()


def check_readers() -> None:
    if sandboxed.strict and not sandboxed.layers().hold:
        raise CommandError(f"Files cannot be read, since the sandbox of the readers is not available: {REMEDY}.")
