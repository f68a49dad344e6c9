"""Drill D13: whatever happens to tasks, the lake has the rows and the bytes that one machine gives it; who appends has them twice."""

import hashlib
import importlib
import os
import pickle
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from pyarrow import parquet
from pyspark import TaskContext, accumulators, cloudpickle

from benchmarks.crawls import made_pages, packed, warc_record, write_crawl, write_hostile
from lake.engines import executor, spark
from lake.engines.reading import read
from lake.engines.screening import screen
from lake.engines.spark import LOST, NoCluster, cluster
from lake.engines.tasks import TaskResult
from lake.files.folder import LakeFolder
from lake.files.parts import files_of, live_parts
from lake.names.listed import ListName
from lake.queries.database import NAMES, READ
from lake.read import sandboxed
from tests.conformance.test_hostile_files_in_a_lake import FOLDERS, assert_harmless

PAGES, IN_A_FILE, INPUTS = 60, 12, 8
SETTINGS = ["spark.executor.memory=512m"]


@pytest.fixture(scope="module")
def engine(standalone):
    with cluster(standalone.master, SETTINGS) as engine:
        yield engine


@pytest.fixture(scope="module")
def crawls(tmp_path_factory):
    """With pages that no reader reads."""
    folder = tmp_path_factory.mktemp("crawls") / "crawls"
    write_crawl(folder, PAGES, in_a_file=IN_A_FILE)
    (deep,) = (page.html for page in made_pages(1))
    hostile = [
        warc_record("https://site.example/deep", b"<html><body>" + b"<div>" * 20_000 + b"text"),
        warc_record("https://site.example/empty", b"<html></html>"),
        warc_record("https://site.example/whole", deep),
        warc_record("https://site.example/cut", deep),
    ]
    (folder / "hostile.warc.gz").write_bytes(b"".join(map(packed, hostile))[:-9])
    (folder / "rows.jsonl").write_text('{"text": "Workers were sent home, the ministry said."}\n[]\n' + "[" * 100_000 + "\n")
    (folder / "note.txt").write_text("The ministry said that three hundred workers remained abroad.\n")
    return folder


@pytest.fixture(scope="module")
def local(crawls, tmp_path_factory):
    """The lake as one machine makes it."""
    lake = LakeFolder(tmp_path_factory.mktemp("local") / "lake")
    read(lake, [crawls])
    return lake


@pytest.fixture
def lake(tmp_path):
    return LakeFolder(tmp_path / "lake")


def contents(lake):
    """Every file that reading makes, by its digest."""
    files = [path for name in ("pages", "unread", "parts/read", "runs/read") for path in (lake.root / name).iterdir()]
    return {path.relative_to(lake.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def rows(lake, kind, table):
    rows = [row for path in files_of(lake, live_parts(lake, kind), table) for row in parquet.read_table(path).to_pylist()]
    return sorted(rows, key=str)


def assert_same(lake, local):
    for table in ("pages", "unread"):
        assert rows(lake, READ, table) == rows(local, READ, table)
    assert contents(lake) == contents(local)


def test_both_engines_give_the_same_rows_and_the_same_bytes(engine, lake, local, crawls):
    steps = []
    outcome = read(lake, [crawls], engine=engine, progress=lambda *step: steps.append(step))
    assert outcome.failures == []
    assert outcome.manifest["counts"]["pages"] >= PAGES + 3
    assert outcome.manifest["counts"]["unread"] >= 4
    assert_same(lake, local)
    assert steps[-1][0] == "read"
    assert {total for _, _, total in steps} == {INPUTS}
    again = read(lake, [crawls], engine=engine)
    assert (again.manifest, again.present) == (None, INPUTS)


def test_both_engines_find_the_same_names(engine, lake, local, crawls):
    names = [ListName("1", "Parlimo Vandek Trading"), ListName("2", "KALUBO, Ostrevin")]
    read(lake, [crawls], engine=engine)
    outcome = screen(lake, "MADE 1", names, engine=engine)
    screen(local, "MADE 1", names)
    assert outcome.manifest["counts"]["names"] > 0
    assert rows(lake, NAMES, "names") == rows(local, NAMES, "names")


def test_an_executor_that_is_killed_in_a_task_costs_and_doubles_nothing(engine, standalone, lake, local, crawls):
    killed = []

    def kill_one():
        end = time.monotonic() + 120
        while not list(lake.root.glob("parts/read/*.json")) and time.monotonic() < end:
            time.sleep(0.02)
        process = standalone.executors()[0]
        os.kill(process.pid, signal.SIGKILL)
        killed.append(len(list(lake.root.glob("parts/read/*.json"))))

    killer = threading.Thread(target=kill_one)
    killer.start()
    outcome = read(lake, [crawls], engine=engine)
    killer.join()
    assert 0 < killed[0] < INPUTS
    assert outcome.failures == []
    assert_same(lake, local)


class Twice:
    """In the place of `executor`: each task is done, and its process ends before Spark hears of it, once."""

    @staticmethod
    def answers(wheel, strict, payloads):
        results = list(executor.answers(wheel, strict, payloads))
        if TaskContext.get().attemptNumber() == 0:
            raise RuntimeError("done, and not known to be")
        return iter(results)


@pytest.fixture
def by_value(monkeypatch):
    """Functions of this module, which no executor can import."""
    module = __import__(__name__, fromlist=["Twice"])
    cloudpickle.register_pickle_by_value(module)
    yield
    cloudpickle.unregister_pickle_by_value(module)


def test_every_task_run_twice_makes_one_part(engine, lake, local, crawls, by_value, monkeypatch):
    monkeypatch.setattr(spark, "executor", Twice)
    outcome = read(lake, [crawls], engine=engine)
    assert outcome.failures == []
    assert_same(lake, local)


def test_the_control_a_writer_that_appends_has_every_row_twice(engine, tmp_path, by_value):
    path = tmp_path / "appended.txt"

    def append(rows):
        lines = [f"{row}\n" for row in rows]
        with path.open("a") as file:
            file.writelines(lines)
        if TaskContext.get().attemptNumber() == 0:
            raise RuntimeError("done, and not known to be")
        return iter(lines)

    engine.context.parallelize(range(8), 8).mapPartitions(append).collect()
    assert sorted(path.read_text().split()) == sorted([str(number) for number in range(8)] * 2)


class Deadly:
    """In the place of `executor`: a task whose input is named hostile ends its process whenever it runs."""

    @staticmethod
    def answers(wheel, strict, payloads):
        for payload in payloads:
            if b"hostile.warc.gz" in bytes(payload):
                os._exit(137)
            yield from executor.answers(wheel, strict, iter([payload]))


def test_a_task_that_ends_its_executor_has_a_name_and_the_others_are_done(engine, lake, crawls, by_value, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(spark, "executor", Deadly)
        outcome = read(lake, [crawls], engine=engine)
    assert outcome.failures == [f"crawls/hostile.warc.gz: {LOST}"]
    assert len({page["page"] for page in rows(lake, READ, "pages")}) == PAGES + 2
    assert read(lake, [crawls], engine=engine).failures == []


def test_a_machine_with_another_folder_of_that_name_makes_no_page_count(engine, lake, crawls, by_value, monkeypatch):
    class Elsewhere:
        @staticmethod
        def answers(wheel, strict, payloads):
            return iter(
                [
                    b'[{}, ""]' if b"read_task" in bytes(each) else next(executor.answers(wheel, strict, iter([each])))
                    for each in payloads
                ]
            )

    monkeypatch.setattr(spark, "executor", Elsewhere)
    outcome = read(lake, [crawls], engine=engine)
    assert outcome.manifest is None
    assert len(outcome.failures) == INPUTS
    assert "the machine that made it has another folder of that name" in outcome.failures[0]


# Hostile archives: what is in them is told where it lies, and whatever stands beside or behind it is read.

KILLS = "https://hostile.example/kills"


def dying(reader):
    """A reader that is killed while it has the page of KILLS."""

    class DyingReader(reader):
        def header(self):
            frame = super().header()
            if "at" in frame and KILLS in str(frame.get("name")):
                os.kill(self.process.pid, signal.SIGKILL)
            return frame

    return DyingReader


class Dying:
    """In the place of `executor`: its readers are killed by a page. Executors go on to other tests, so that it takes itself back."""

    @staticmethod
    def answers(wheel, strict, payloads):
        list(executor.answers(wheel, strict, iter(())))  # from here on the modules of the wheel are there
        module = importlib.import_module("lake.read.sandboxed")
        whole, module.PageReader = module.PageReader, dying(module.PageReader)
        try:
            yield from executor.answers(wheel, strict, payloads)
        finally:
            module.PageReader = whole


class Here:
    """An engine that is this process."""

    @staticmethod
    def results(work, tasks, progress=None):
        return [TaskResult(task, work(task)) for task in tasks]


@pytest.fixture
def hostile(tmp_path):
    """A folder with 24 pages in two archives, and what would end whoever reads it beside them. Four pages more are honest."""
    folder = tmp_path / "hostile"
    write_crawl(folder, 24, in_a_file=12)
    write_hostile(folder)
    large, honest = [page.html for page in made_pages(2)]
    large = large.replace(
        b"</article>", b"<p>more and more words of it</p>" * 40_000 + b"</article>"
    )  # no pipe holds what comes of it
    bomb = warc_record("https://hostile.example/bomb", b"<p>" + b" " * 150_000_000)
    for name, record in [("kills", warc_record(KILLS, large)), ("bomb", bomb)]:
        behind = packed(warc_record(f"https://hostile.example/behind-{name}", honest.replace(b"Report 1", name.encode())))
        (folder / f"hostile-{name}.warc.gz").write_bytes(packed(record) + behind)
    (folder / "hostile-bomb.txt.gz").write_bytes(packed(bytes(150_000_000)))
    (folder / "hostile-note.txt").write_text("The ministry said that three hundred workers remained abroad.\n")
    return folder


REASONS = {
    "hostile/hostile-none.warc.gz": "the web archive is damaged at byte 0, and what follows was not read: Invalid WARC header",
    "hostile/hostile-cut.warc.gz": "the web archive ends in the middle of its record at byte 0",
    "hostile/hostile-bomb.txt.gz": "it expands to more than 200 times its size, like a ZIP bomb",
    "https://hostile.example/0": "its elements are nested too deeply",
    "https://hostile.example/1": "no article found on the page",
    "https://hostile.example/2": "it expands to more than 50 MB",
    "https://hostile.example/bomb": "it expands to more than 50 MB",
    KILLS: "its reader was killed, most likely for using too much memory",
}


def test_hostile_archives_are_unread_in_an_executor_and_the_rest_goes_on(engine, lake, hostile, by_value, monkeypatch, tmp_path):
    monkeypatch.setattr(spark, "executor", Dying)
    outcome = read(lake, [hostile], engine=engine)
    assert outcome.failures == []
    unread = {row["name"].partition(".warc.gz/")[2] or row["name"]: row["why"] for row in rows(lake, READ, "unread")}
    assert unread == REASONS
    urls = {page["url"] for page in rows(lake, READ, "pages")}
    assert {f"https://site{number}.example/{number}" for number in range(24)} < urls
    behind = {url for url in urls if "hostile" in url}
    assert behind == {f"https://hostile.example/{each}" for each in ("3", "behind-kills", "behind-bomb")}
    monkeypatch.setattr(sandboxed, "PageReader", dying(sandboxed.PageReader))
    local = LakeFolder(tmp_path / "local")
    read(local, [hostile], engine=Here)
    assert_same(lake, local)


@pytest.mark.others("attack", instead="tests/lake/engines/test_reading.py")
def test_files_that_are_made_to_do_harm_do_none_in_an_executor(engine, lake, tmp_path):
    assert read(lake, FOLDERS, engine=engine).failures == []
    assert_harmless(lake)
    local = LakeFolder(tmp_path / "local")
    read(local, FOLDERS)
    assert_same(lake, local)


# A machine of the cluster that is somebody else's: nothing that it sends is run by the command.


class Planted:
    """Who unpickles it writes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.write_text, (self.path, "run")


def hostile_answers(path, way):
    class Hostile:
        """In the place of `executor`."""

        @staticmethod
        def answers(wheel, strict, payloads):
            if way == "accumulator":
                accumulators._accumulatorRegistry[1] = SimpleNamespace(_value=Planted(path))
                return executor.answers(wheel, strict, payloads)
            return (Planted(path) if way == "object" else pickle.dumps(Planted(path)) for _ in payloads)

    return Hostile


@pytest.mark.parametrize("way", ["object", "bytes", "accumulator"])
def test_the_command_unpickles_nothing_of_an_executor(engine, lake, crawls, by_value, monkeypatch, tmp_path, way):
    path = tmp_path / "planted"
    failures = []
    with monkeypatch.context() as patch, suppress(NoCluster):
        patch.setattr(spark, "executor", hostile_answers(path, way))
        failures = read(lake, [crawls / "note.txt"], engine=engine).failures
    assert not path.exists()
    assert way != "bytes" or failures == ["note.txt: its machine has answered with something else than a result"]
    assert read(lake, [crawls / "note.txt"], engine=engine).failures == []
