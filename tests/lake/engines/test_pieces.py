"""Large archives are read in pieces: the same rows as in one, and they count together."""

import shutil

import pytest
from pyarrow import parquet

from benchmarks.crawls import made_pages, packed, warc_record
from corpus.readers.sandboxed import DeadError
from lake.engines import reading
from lake.engines.reading import read
from lake.files.folder import LakeFolder
from lake.files.parts import files_of, live_parts
from lake.queries.database import READ
from lake.read import inputs
from lake.read.inputs import pieces, tasks
from lake.read.sandboxed import CutFinder, crawl_cuts, rising
from tests.lakes import Here

pytestmark = pytest.mark.long

PAGES = 14


def records():
    """With what is no page between them, and one that no reader reads."""
    request = warc_record("https://site0.example/", b"GET / HTTP/1.1").replace(b"WARC-Type: response", b"WARC-Type: request")
    for page in made_pages(PAGES):
        yield request
        yield warc_record(page.url, b"<html></html>" if page.number == 6 else page.html)


@pytest.fixture(scope="module", params=["packed", "plain"])
def archive(request, tmp_path_factory):
    pack = packed if request.param == "packed" else bytes
    path = tmp_path_factory.mktemp("archive") / ("a.warc.gz" if request.param == "packed" else "a.warc")
    path.write_bytes(b"".join(map(pack, records())))
    return path


@pytest.fixture
def crawl(archive, tmp_path):
    """The archive, which a test may damage."""
    return shutil.copy(archive, tmp_path / archive.name)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(inputs, "PAGES", 4)
    monkeypatch.setattr(inputs, "UNCUT", 0)


def rows(lake):
    parts = live_parts(lake, READ)
    listed = [
        row
        for table in ("pages", "unread")
        for path in files_of(lake, parts, table)
        for row in parquet.read_table(path).to_pylist()
    ]
    return sorted(listed, key=lambda row: row["offset"])


@pytest.fixture(scope="module")
def whole(archive, tmp_path_factory):
    """The rows of the archive, read in one piece."""
    lake = LakeFolder(tmp_path_factory.mktemp("whole") / "lake")
    read(lake, [archive], engine=Here())
    assert len(live_parts(lake, READ)) == 1
    return rows(lake)


def test_pieces_have_the_rows_of_the_whole(crawl, whole, small, tmp_path):
    lake = LakeFolder(tmp_path / "lake")
    outcome = read(lake, [crawl], engine=Here())
    assert (outcome.failures, outcome.manifest["counts"]) == ([], {"pages": PAGES - 1, "unread": 1})
    parts = live_parts(lake, READ)
    assert [(part["pieces"], part["source"]) for part in parts] == [(4, crawl.name)] * 4
    assert sorted(part["tables"]["pages"]["rows"] for part in parts) == [2, 3, 4, 4]
    assert rows(lake) == whole
    again = read(lake, [crawl], engine=Here())
    assert (again.manifest, again.present) == (None, 1)


def test_a_piece_that_fails_is_named_and_read_by_the_next_run(crawl, whole, small, tmp_path):
    lake, engine = LakeFolder(tmp_path / "lake"), Here()
    engine.broken = "from byte 0 on"
    outcome = read(lake, [crawl], engine=engine)
    assert outcome.failures == [f"{crawl.name} from byte 0 on: broken"]
    assert rows(lake) == whole[4:]
    engine.broken = ""
    assert read(lake, [crawl], engine=engine).failures == []
    assert rows(lake) == whole


def test_newer_readers_count_when_all_pieces_are_read(crawl, whole, small, tmp_path, monkeypatch):
    lake, engine = LakeFolder(tmp_path / "lake"), Here()
    read(lake, [crawl], engine=engine)
    before = {part["part"] for part in live_parts(lake, READ)}
    monkeypatch.setattr(reading, "code_version", lambda: "newer")
    engine.broken = "from byte 0 on"
    read(lake, [crawl], engine=engine)
    assert {part["part"] for part in live_parts(lake, READ)} == before
    engine.broken = ""
    read(lake, [crawl], engine=engine)
    assert not {part["part"] for part in live_parts(lake, READ)} & before
    assert rows(lake) == whole


def test_an_archive_that_was_cut_off_is_unread_from_there_on(crawl, small, tmp_path):
    crawl.write_bytes(crawl.read_bytes()[:-200])
    one, many = LakeFolder(tmp_path / "one"), LakeFolder(tmp_path / "many")
    read(many, [crawl], engine=Here())
    inputs.UNCUT = 1 << 40
    read(one, [crawl], engine=Here())
    assert len(live_parts(many, READ)) == 4
    assert rows(many) == rows(one)
    assert rows(one)[-1]["why"]


def test_an_archive_whose_cuts_kill_their_process_is_read_in_one_piece(crawl, monkeypatch):
    assert len(crawl_cuts(crawl, 4)) == 3

    def killed(self):
        self.process.kill()
        self.process.wait()
        raise DeadError(self.why())

    monkeypatch.setattr(CutFinder, "cuts", killed)
    assert crawl_cuts(crawl, 4) == []


@pytest.mark.parametrize("answer", [[5, 3], [0], [-1], ["x"], None, [3, 3]])
def test_a_process_that_says_no_places_is_not_believed(answer):
    with pytest.raises((ValueError, TypeError)):
        rising(answer)


def test_a_small_archive_is_not_looked_at(crawl):
    (task,) = tasks([crawl])
    assert not inputs.may_be_cut(task)
    assert pieces(task, []) == [task]
    assert [one.piece for one in pieces(task, [10, 20])] == [(0, 10), (10, 20), (20, 0)]
