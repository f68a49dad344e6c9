"""Archives that unfold to far more than they are, given as saved tables by anybody in a corpus: they cost the web process nothing."""

import io
import os
import threading
import zlib

import psutil
import pytest
from django.core.cache import cache
from rest_framework.throttling import SimpleRateThrottle

from annotations.formats.files.zip_writing import NAMED_IN_UTF8, ZipEntry, ending, local, zipped
from annotations.imports.saved_tables import MODULE
from tests.api.world import bearer

PAGE, API = "/corpora/reports/evidence/", "/api/v1/corpora/reports/evidence/"
MEGABYTE = 1_000_000
PROMISED = 50 * MEGABYTE  # by which the web process may grow


@pytest.fixture(autouse=True)
def uncounted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def zeros():
    """A member of 250 MB, packed; what makes it is not kept."""
    squeeze, entry, piece, packed = zlib.compressobj(9, zlib.DEFLATED, -15), ZipEntry(b"", 0, NAMED_IN_UTF8), bytes(MEGABYTE), []
    for _ in range(250):
        packed.append(squeeze.compress(piece))
        entry.sum = zlib.crc32(piece, entry.sum)
    packed.append(squeeze.flush())
    content = b"".join(packed)
    entry.packed, entry.size = len(content), 250 * MEGABYTE
    return entry, content


def bomb(zeros, members):
    entry, content = zeros
    whole, directory = bytearray(), bytearray()
    for number in range(members):
        entry.name, entry.offset = b"table%d.csv" % number, len(whole)
        whole += local(entry, entry.packed, entry.size, b"") + content
        directory += entry.line()
    return bytes(whole + directory + ending(members, len(directory), len(whole)))


class Watched:
    """`grown`: bytes of memory beyond what this process had before the block. `spent`: seconds of processor time, with its children's."""

    def __enter__(self):
        self.process, self.grown, self.over = psutil.Process(), 0, threading.Event()
        self.before, self.began = self.process.memory_info().rss, self.seconds()
        self.watch = threading.Thread(target=self.look)
        self.watch.start()
        return self

    def look(self):
        while not self.over.wait(0.005):
            self.grown = max(self.grown, self.process.memory_info().rss - self.before)

    def seconds(self):
        return sum(os.times()[:4])

    def __exit__(self, *_):
        self.over.set()
        self.watch.join()
        self.spent = self.seconds() - self.began


def unfold(content):
    stream = zlib.decompressobj(-15)
    for at in range(0, len(content), 2**10):
        stream.decompress(content[at : at + 2**10])


def children():
    """Those that still run: of one that has ended nobody may have asked yet."""
    running = [each for each in psutil.Process().children() if each.status() != psutil.STATUS_ZOMBIE]
    return [each for each in running if MODULE in " ".join(each.cmdline())]


@pytest.mark.parametrize("members", [1, 3, 8])
def test_a_bomb_is_refused_in_words_and_costs_the_web_process_nothing(corpus, people, as_, zeros, members):
    content = bomb(zeros, members)
    viewer, program = as_("viewer"), bearer(people.viewer, "export")
    words = "bomb.zip, table0.csv: expands to more than 200 times its size"
    with Watched() as plain:
        viewer.post(PAGE, {"file": named(b"".join(zipped([("a.csv", b"one")])))})
    with Watched() as one:
        unfold(zeros[1])
    with Watched() as page:
        answer = viewer.post(PAGE, {"file": named(content)})
    with Watched() as api:
        refused = program.post(API, {"file": named(content)}, format="multipart")
    text = answer.content.decode()
    assert text.count("bomb.zip") == text.count(words) == 1
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "file")
    assert words in refused.content.decode()
    for watched in (page, api):
        assert watched.grown < PROMISED
        # However many members it has: to read one, with a process of its own, takes about five times as long as to unfold it.
        assert watched.spent - plain.spent < 10 * one.spent
    assert children() == []


def named(content, name="bomb.zip"):
    file = io.BytesIO(content)
    file.name = name
    return file


def noise(size):
    """Letters that do not pack."""
    return os.urandom(size // 2).hex().encode()


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (lambda: [("b.csv", noise(MEGABYTE) + bytes(50 * MEGABYTE))], "b.csv: expands to more than 50 MB"),
        (
            lambda: [(f"{number}.csv", noise(400_000) + bytes(45 * MEGABYTE)) for number in range(5)],
            "4.csv: the archive expands to more than 200 MB",
        ),
        (lambda: [(f"{number}.csv", b"") for number in range(5_001)], "has 5,001 files in it; a table is read out of at most 5,000"),
    ],
)  # fmt: skip
def test_each_limit_is_named(corpus, as_, members, words):
    """`members` makes them: 280 MB, which no process keeps that only collects tests."""
    content = b"".join(zipped(members()))
    with Watched() as watched:
        text = as_("viewer").post(PAGE, {"file": named(content)}).content.decode()
    assert f"bomb.zip, {words}" in text or f"bomb.zip: {words}" in text
    assert watched.grown < PROMISED


def test_a_table_that_is_too_large_is_refused_before_it_is_read(corpus, as_, monkeypatch):
    monkeypatch.setattr("annotations.imports.saved_tables.EACH", 2 * MEGABYTE)
    text = as_("viewer").post(PAGE, {"file": named(bytes(2 * MEGABYTE + 1), "a.csv")}).content.decode()
    assert "a.csv: is larger than 2 MB" in text


def test_a_seal_is_found_where_pieces_meet(corpus, as_):
    seal = b"0a1b2c3d-0000-4000-8000-00000000beef:0123456789ab:ba9876543210"
    for before in (2**16 - 1, 2**16 - 31, 2**16 - 61, 2**17 - 62):
        table = b"".join(zipped([("a.csv", b"." * before + seal + seal), ("b.csv", seal[:31]), ("c.csv", seal[31:])]))
        text = as_("viewer").post(PAGE, {"file": named(table)}).content.decode()
        assert "1 of 1 row is out of date" in text


def test_pages_and_the_api_count_together(corpus, people, as_, monkeypatch):
    rates = {"user": None, "anon": None, "export": "2/hour"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    viewer, program = as_("viewer"), bearer(people.viewer, "export")
    assert viewer.get(PAGE).status_code == 200
    assert viewer.post(PAGE, {}).status_code == 200  # nothing was given, nothing counts
    assert viewer.post(PAGE, {"file": named(b"one")}).status_code == 200
    assert program.post(API, {"file": named(b"two")}, format="multipart").status_code == 400
    page = viewer.post(PAGE, {"file": named(b"three")})
    assert page.status_code == 429
    assert 3_500 < int(page["Retry-After"]) <= 3_600
    assert "Too many tables checked or exports made. Try again in 60 minutes." in page.content.decode()
    answer = program.post(API, {"file": named(b"four")}, format="multipart")
    assert answer.status_code == 429
    assert 3_500 < int(answer["Retry-After"]) <= 3_600
    assert as_("annotator").post(PAGE, {"file": named(b"five")}).status_code == 200


def test_a_reader_that_dies_is_told(corpus, as_, monkeypatch):
    monkeypatch.setattr("annotations.imports.saved_tables.MODULE", "tests.no_such_module")
    text = as_("viewer").post(PAGE, {"file": named(b"a", "a.csv")}).content.decode()
    assert "a.csv: its reader crashed" in text
