"""Pages of a web archive: as an import has them, with where they lie; what cannot be read is said, and the rest goes on."""

import gzip
import hashlib
import os
import signal

import pytest

from benchmarks.crawls import made_pages, packed, warc_record
from corpus.intake.ingest import ingest
from corpus.readers import sandboxed
from corpus.readers.warc import crawl_pages
from lake.read.page import LakePage, UnreadPage
from lake.read.sandboxed import CrawlFile, PageReader, PieceBytes, RowReader, SandboxMissing, crawl_rows, piece_rows
from tests import factories


def crawl(path, *records, pack=packed):
    path.write_bytes(b"".join(map(pack, records)))
    return path


def rows(path):
    return list(crawl_rows(path, CrawlFile(path.name, hashlib.sha256(path.read_bytes()).hexdigest())))


def made(count):
    return [warc_record(each.url, each.html) for each in made_pages(count)]


@pytest.fixture
def small(tmp_path):
    request = warc_record("https://site0.example/0", b"GET / HTTP/1.1").replace(b"WARC-Type: response", b"WARC-Type: request")
    return crawl(tmp_path / "c.warc.gz", made(1)[0], request, *made(4)[1:])


@pytest.mark.django_db
def test_a_page_is_what_an_import_makes_of_it(small):
    pages = {page.url: page for page in rows(small)}
    corpus = factories.corpus()
    ingest(corpus, [(small.name, small.read_bytes())], door="command")
    articles = corpus.articles.prefetch_related("documents__raw", "documents__sketch")
    assert len(pages) == articles.count() == 4
    for article in articles:
        page = pages[article.claimed_url]
        document = article.current
        ours = (page.text, page.title, page.language, page.published, page.reader, page.reader_version, page.encoding)
        assert ours == (
            document.text,
            article.title,
            article.language,
            article.published_edtf,
            document.extractor,
            document.extractor_version,
            document.encoding,
        )
        assert (page.raw_sha256, page.text_sha256, page.minima) == (
            document.raw.sha256,
            document.sha256,
            bytes(document.sketch.minima),
        )
        assert page.outlet == article.claimed_outlet
        assert page.name == article.source_file


def test_a_page_lies_where_it_says(small):
    content = small.read_bytes()
    pages = rows(small)
    for page, expected in zip(pages, made_pages(4), strict=True):
        record = gzip.decompress(content[page.offset : page.offset + page.length])
        assert record == warc_record(expected.url, expected.html)
    assert len({page.page for page in pages}) == 4


def test_an_archive_that_is_not_packed_is_read_as_well(tmp_path):
    path = crawl(tmp_path / "c.warc", *made(3), pack=bytes)
    content = path.read_bytes()
    pages = rows(path)
    assert [content[page.offset : page.offset + page.length] for page in pages] == made(3)


def test_the_texts_of_a_wet_file_are_pages(tmp_path):
    text = "The ministry said that workers had been sent home.\nThree hundred remained abroad.\n"
    path = crawl(tmp_path / "c.warc.wet.gz", warc_record("https://site.example/1", text.encode(), kind="conversion"))
    (page,) = rows(path)
    assert (page.url, page.text) == ("https://site.example/1", text)


def test_what_is_no_archive_is_unread(tmp_path):
    path = tmp_path / "c.warc"
    path.write_bytes(b"not an archive at all\n" * 20)
    (row,) = rows(path)
    assert (row.stage, row.why[:43]) == ("crawl", "the web archive is damaged at byte 0, and w")


@pytest.mark.parametrize("lost", [1, 9, 200])
def test_of_an_archive_that_was_cut_the_last_page_is_unread(tmp_path, lost):
    path = crawl(tmp_path / "c.warc.gz", *made(3))
    last = sum(len(packed(record)) for record in made(2))
    path.write_bytes(path.read_bytes()[:-lost])
    *pages, row = rows(path)
    assert [type(page) for page in pages] == [LakePage, LakePage]
    assert (row.stage, row.why) == ("crawl", f"the web archive ends in the middle of its record at byte {last:,}")


@pytest.mark.parametrize("pages", [0, 2])
@pytest.mark.parametrize("pack", [packed, bytes])
@pytest.mark.parametrize("kept", [1, 9, 10, 18, 200])
def test_of_a_record_that_was_cut_within_its_first_bytes_it_is_told(tmp_path, pack, kept, pages):
    path = crawl(tmp_path / "c.warc.gz", *made(pages), pack=pack)
    whole = path.stat().st_size
    path.write_bytes(path.read_bytes() + pack(made(3)[2])[:kept])
    *read, row = rows(path)
    assert [type(page) for page in read] == [LakePage] * pages
    assert (row.stage, f"at byte {whole:,}" in row.why) == ("crawl", True)


@pytest.mark.parametrize(
    ("pack", "padding"),
    [(bytes, b"\r\n\r\n"), (packed, gzip.compress(b"")), (packed, gzip.compress(b"") * 2), (packed, gzip.compress(b"\r\n"))],
)
def test_padding_behind_the_last_record_is_no_damage(tmp_path, pack, padding):
    path = crawl(tmp_path / "c.warc.gz", *made(2), pack=pack)
    path.write_bytes(path.read_bytes() + padding)
    assert [type(page) for page in rows(path)] == [LakePage, LakePage]


@pytest.mark.parametrize("pack", [packed, bytes])
def test_what_is_before_the_damage_is_read(tmp_path, pack):
    path = crawl(tmp_path / "c.warc.gz", *made(2), pack=pack)
    whole = path.stat().st_size
    path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08 broken" * 40)
    *pages, row = rows(path)
    assert [page.offset + page.length for page in pages][-1] == whole
    assert len(pages) == 2
    assert f"damaged at byte {whole:,}" in row.why


def test_a_page_without_a_text_is_unread_with_its_place(tmp_path):
    empty = warc_record("https://site.example/empty", b"<html><body></body></html>")
    path = crawl(tmp_path / "c.warc.gz", made(1)[0], empty, made(2)[1])
    first, row, last = rows(path)
    assert isinstance(first, LakePage)
    assert isinstance(last, LakePage)
    assert isinstance(row, UnreadPage)
    assert (row.offset, row.length) == (len(packed(made(1)[0])), len(packed(empty)))
    assert row.name == "c.warc.gz/https://site.example/empty"
    assert row.why


class DyingReader(PageReader):
    """Dies of every page that has `kills` in its address."""

    def header(self):
        frame = super().header()
        if "kills" in str(frame.get("name")) and "at" in frame:
            os.kill(self.process.pid, signal.SIGKILL)
        return frame


@pytest.mark.parametrize("kills", [0, 1, 2])
def test_a_page_that_kills_its_reader_is_unread_and_the_rest_goes_on(tmp_path, monkeypatch, kills):
    monkeypatch.setattr("lake.read.sandboxed.PageReader", DyingReader)
    records = made(2)
    large = next(made_pages(1)).html.replace(b"</article>", b"<p>more and more words of it</p>" * 40_000 + b"</article>")
    records.insert(kills, warc_record("https://site.example/kills", large))
    *others, row = sorted(rows(crawl(tmp_path / "c.warc.gz", *records)), key=lambda each: isinstance(each, UnreadPage))
    assert [type(each) for each in others] == [LakePage, LakePage]
    assert (row.stage, row.offset) == ("page", sum(map(len, map(packed, records[:kills]))))
    assert "killed" in row.why


def test_a_process_is_replaced_before_it_grows_old(tmp_path, monkeypatch):
    readers = []
    monkeypatch.setattr("lake.read.sandboxed.PageReader", lambda *args: readers.append(PageReader(*args)) or readers[-1])
    path = crawl(tmp_path / "c.warc.gz", *made(2_001)[:1], *[warc_record(f"https://a.example/{n}", b"") for n in range(2_001)])
    assert len(rows(path)) == 2_002
    assert len(readers) == 2


def test_things_that_are_given_are_read_one_by_one():
    file = CrawlFile("a.jsonl", "0" * 64)
    text = b'{"text": "The ministry said that workers had been sent home.", "title": "Workers", "url": "https://a.example/1"}'
    pieces = [
        PieceBytes(file, "a.jsonl", 0, text),
        PieceBytes(file, "a.jsonl", 200, b"{]"),
        PieceBytes(file, "a.jsonl", 300, text),
    ]
    first, row, last = piece_rows(pieces)
    assert (first.title, first.url, first.offset, first.length, last.offset) == (
        "Workers",
        "https://a.example/1",
        0,
        len(text),
        300,
    )
    assert (row.stage, row.offset, row.length) == ("page", 200, 2)
    assert "damaged" in row.why


def test_nothing_is_read_where_the_sandbox_does_not_hold(small, monkeypatch):
    monkeypatch.setattr(sandboxed, "strict", True)
    layers = type("Missing", (), {"hold": False})()
    monkeypatch.setattr(PageReader, "layers", lambda self: layers)
    with pytest.raises(SandboxMissing, match="sandbox of the readers is not available"):
        rows(small)


def test_records_are_walked_from_where_the_stream_stands(small):
    with small.open("rb") as stream:
        first, *others = list(crawl_pages(stream, "c", small.stat().st_size))
        stream.seek(first.length)
        assert [each[:2] for each in crawl_pages(stream, "c", small.stat().st_size)] == [each[:2] for each in others]


def test_a_machine_that_is_busy_with_much_else_is_no_fault_of_a_page(small, monkeypatch):
    """A page that somebody waits for has half a minute, one of a crawl ten."""
    monkeypatch.setattr(sandboxed, "SILENCE_SECONDS", 0.001)
    assert all(isinstance(row, LakePage) for row in rows(small))
    assert PageReader.silence == RowReader.silence == 600
