"""Bytes of pages out of web archives: by one process for all of them, each from its place."""

import pytest

from benchmarks.crawls import packed, warc_record
from corpus.objects import crawls
from corpus.objects.crawls import AT_ONCE, CrawlReader, together
from corpus.readers.sandboxed import Child

PAGES = [b"<p>page %d</p>" % number for number in range(5)]


def archive(path, bodies):
    """Where each record lies in it."""
    records = [packed(warc_record(f"https://site.example/{number}", body)) for number, body in enumerate(bodies)]
    path.write_bytes(b"".join(records))
    return [(sum(map(len, records[:number])), len(record)) for number, record in enumerate(records)]


@pytest.fixture
def reader():
    reader = CrawlReader()
    yield reader
    reader.close()


@pytest.fixture
def started(monkeypatch):
    processes = []

    class Counting(Child):
        def __init__(self, module):
            processes.append(self)
            super().__init__(module)

    monkeypatch.setattr(crawls, "Child", Counting)
    return processes


def test_one_process_unpacks_the_pages_of_all_archives(reader, tmp_path, started):
    for name in ("a.warc.gz", "b.warc.gz"):
        places = archive(tmp_path / name, PAGES)
        assert list(reader.unpacked(tmp_path / name, places[::-1])) == PAGES[::-1]
    assert len(started) == 1


def test_who_takes_as_many_pages_as_there_are_leaves_the_process_for_the_next(reader, tmp_path, started):
    places = archive(tmp_path / "a.warc.gz", PAGES)
    for _ in range(3):
        pages = [page for _, page in zip(places, reader.unpacked(tmp_path / "a.warc.gz", places), strict=False)]
        assert pages == PAGES
    assert len(started) == 1


def test_who_leaves_before_takes_no_answer_of_it_for_another(reader, tmp_path, started):
    places = archive(tmp_path / "a.warc.gz", PAGES)
    assert next(reader.unpacked(tmp_path / "a.warc.gz", places)) == PAGES[0]
    assert list(reader.unpacked(tmp_path / "a.warc.gz", places[2:])) == PAGES[2:]
    assert len(started) == 2


def test_a_record_that_was_cut_or_is_none_has_no_page_and_those_beside_it_keep_theirs(reader, tmp_path):
    path = tmp_path / "a.warc.gz"
    places = archive(path, PAGES)
    offset, length = places[1]
    path.write_bytes(path.read_bytes()[:-20])
    assert list(reader.unpacked(path, [places[0], (offset + 3, length - 3), places[2], places[4]])) == [
        PAGES[0],
        b"",
        PAGES[2],
        b"",
    ]


def test_a_process_that_was_killed_is_replaced(reader, tmp_path):
    path = tmp_path / "a.warc.gz"
    places = archive(path, PAGES)
    assert list(reader.unpacked(path, places)) == PAGES
    reader.child.process.kill()
    reader.child.process.wait()
    assert list(reader.unpacked(path, places)) == []
    assert list(reader.unpacked(path, places)) == PAGES


def test_records_are_given_some_at_a_time_and_large_ones_alone():
    small, large = (0, AT_ONCE // 2), (0, 3 * AT_ONCE)
    assert list(together([small, small, small, large, small])) == [[small, small], [small], [large], [small]]
    assert list(together([])) == []
