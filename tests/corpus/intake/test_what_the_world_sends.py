"""Pages, tables, feeds and archives as the world sends them: read as they are meant, or refused in words."""

from __future__ import annotations

import bz2
import gzip
import io
import time
import zipfile
import zlib

import pytest

from corpus import tasks
from corpus.cleaning.clean import clean
from corpus.intake import pages
from corpus.intake.deliveries import bring_in
from corpus.intake.fetch import Page
from corpus.models import Intake
from corpus.readers.extracted import Record, Unread
from corpus.readers.records import READERS, records
from corpus.readers.sandboxed import records as confined_records
from tests import factories

BODY = "<p>The port was closed on Monday after a storm, officials said.</p><p>It opens again on Friday.</p>"
SEEN = ["The port was closed on Monday after a storm, officials said.", "It opens again on Friday."]


def read(data: bytes | str, name: str = "", kind: str = "") -> list[Record | Unread]:
    return list(records(data.encode() if isinstance(data, str) else data, name, "", kind))


def texts(data: bytes | str, name: str = "", kind: str = "") -> list[str]:
    return [one.raw_text for one in read(data, name, kind) if isinstance(one, Record)]


def whys(data: bytes | str, name: str = "", kind: str = "") -> list[str]:
    return [one.why for one in read(data, name, kind) if isinstance(one, Unread)]


# What stops a reader


@pytest.mark.parametrize("reader", ["html", "feed", "mail"])
@pytest.mark.parametrize("head", [b"<!-- a --> ", b"<?xml a?> ", b"<!--", b" ", b"!:a\n a\n", b"<!DOCTYPE a [x]> "])
def test_what_stands_before_a_page_is_read_at_once(reader: str, head: bytes) -> None:
    began = time.thread_time()
    READERS[reader].claims(head * (60_000 // len(head)), "page", "")
    assert time.thread_time() - began < 1


def test_26_comments_before_a_page_take_no_time() -> None:
    began = time.thread_time()
    assert READERS["html"].claims(b"<!-- a --> " * 26 + b"<html>", "", "")
    assert not READERS["feed"].claims(b"<!-- a --> " * 26 + b"<html>", "", "")
    assert time.thread_time() - began < 1


def test_many_attributes_take_linear_time() -> None:
    def seconds(count: int) -> float:
        tag = "<p " + " ".join(f"a{n}=1" for n in range(count)) + ">"
        began = time.thread_time()
        assert texts(f"<html><body>{tag}{BODY}", "a.html")
        return time.thread_time() - began

    assert seconds(20_000) < 0.5


# Pages


@pytest.mark.parametrize(
    "page",
    [
        f"<h2>Port closed</h2>{BODY}",
        f"<section>{BODY}</section>",
        f"<main>{BODY}</main>",
        f"<center>{BODY}</center>",
        f"<link rel=stylesheet href=a.css>{BODY}",
        f"<style>p {{color: red}}</style>{BODY}",
        f"<script>var a = '<p>no</p>';</script><html><body>{BODY}</body></html>",
        f"<font size=2>{BODY}</font>",
        f"<span>{BODY}</span>",
        f"<table><tr><td>{BODY}</td></tr></table>",
        f"Before any tag {BODY}",
        f"<noscript>color</noscript>{BODY}",
    ],
)
@pytest.mark.parametrize(("name", "kind"), [("a.html", ""), ("", "text/html; charset=utf-8")])
def test_a_page_is_read_whatever_tag_it_begins_with(page: str, name: str, kind: str) -> None:
    (text,) = texts(page, name, kind)
    assert "<" not in text
    assert "color" not in text
    assert all(words in text.split("\n\n") or words in text for words in SEEN)


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<script>document.write('<p>Hello there, people of the world</p>');</script>", "no text: the page is built by a script"),
        (
            "<html><body><div id=root></div><noscript>You need JavaScript.</noscript><script src=a.js></script>",
            "built by a script",
        ),
        (
            "<frameset cols='20,*'><frame src=a.html><noframes>No frames</noframes></frameset>",
            "no text: the page consists of frames",
        ),
        ('<html><body><p title="' + "a" * 100_000 + BODY, "no article found on the page"),
        ("<div>" * 3_000 + BODY, "nested too deep"),
    ],
)
def test_a_page_without_text_is_refused_in_words(page: str, why: str) -> None:
    assert texts(page, "a.html") == []
    assert why in whys(page, "a.html")[0]


def test_text_that_is_called_a_page_keeps_its_lines() -> None:
    assert texts("Port closed\n\nThe port is 3 < 4 km away.\n", "a.html", "text/html") == [
        "Port closed\n\nThe port is 3 < 4 km away.\n"
    ]


def test_300_open_elements_before_the_text_are_read() -> None:
    assert texts("<div>" * 300 + BODY, "a.html") == ["\n\n".join(SEEN) + "\n"]


def test_inline_elements_stay_in_their_line() -> None:
    (text,) = texts("<body>Tanker <b>held</b> by police <i>on Monday</i>.<br>It left later.</body>", "a.html")
    assert text == "Tanker held by police on Monday.\nIt left later.\n"


@pytest.mark.parametrize("byline", ["<div class=byline>By Jane Doe</div>", "<div>By <a rel=author href=/j>Jane Doe</a></div>"])
def test_a_short_page_with_a_byline_keeps_its_paragraphs(byline: str) -> None:
    page = f"<title>Port closed</title><div><h1>Port closed</h1>{byline}<div>{BODY}</div></div><footer>Copyright</footer>"
    (found,) = read(page, "a.html")
    assert isinstance(found, Record)
    assert found.raw_text == "\n\n".join(["Port closed", *SEEN]) + "\n"
    assert found.byline == "Jane Doe"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<nav><span class=username>Username</span></nav>",
        "<div class=user-menu><span class=username>Username</span></div>",
        "<aside><a rel=author href=/s>Sam Other</a></aside>",
    ],
)
def test_the_names_beside_an_article_are_no_byline(elsewhere: str) -> None:
    (found,) = read(f"<title>Port closed</title>{elsewhere}<h1>Port closed</h1>{BODY * 3}", "a.html")
    assert isinstance(found, Record)
    assert found.byline == ""


# Charsets

CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy."
RUSSIAN = "Рабочие отправлены домой."


@pytest.mark.parametrize(("text", "codec"), [(CZECH, "iso-8859-2"), (RUSSIAN, "iso-8859-5"), (RUSSIAN, "koi8-r")])
def test_the_charset_of_the_header_is_used(text: str, codec: str) -> None:
    for page, kind in ((f"<p>{text}</p>", "text/html"), (text, "text/plain")):
        (found,) = read(page.encode(codec), "a", f"{kind}; charset={codec.upper()}")
        assert isinstance(found, Record)
        assert found.raw_text.strip() == text
        assert (found.encoding, found.encoding_basis) == (codec, f"the header declares {codec}")


def test_mark_then_header_then_page() -> None:
    meta = f'<meta charset="windows-1251"><p>{RUSSIAN}</p>'
    assert RUSSIAN in texts(meta.encode("cp1251"), "a.html")[0]
    assert RUSSIAN in texts(meta.encode("iso8859-5"), "a.html", "text/html; charset=iso-8859-5")[0]
    assert RUSSIAN in texts(b"\xef\xbb\xbf" + meta.encode(), "a.html", "text/html; charset=iso-8859-5")[0]
    assert RUSSIAN in texts(meta.encode(), "a.html", "text/html; charset=iso-8859-5")[0], "valid UTF-8 is nothing else"
    assert RUSSIAN in texts(meta.encode("cp1251"), "a.html", "text/html; charset=rot13")[0]
    assert RUSSIAN in texts(meta.encode("cp1251"), "a.html", "text/html; charset=utf-8")[0]


def test_a_crawl_and_a_mail_hand_the_charset_on() -> None:
    page = f"<p>{RUSSIAN}</p>".encode("iso8859-5")
    (found,) = read(warc("http://a.example/", page, "text/html; charset=iso-8859-5"), "a.warc")
    assert isinstance(found, Record)
    assert found.raw_text.strip() == RUSSIAN
    head = b'From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\n'
    part = b"Content-Type: text/html; charset=iso-8859-5\nContent-Disposition: attachment; filename=p.html\n\n"
    assert any(RUSSIAN in text for text in texts(head + part + page + b"\n--x--\n", "a.eml"))


@pytest.mark.django_db(transaction=True)
def test_the_header_of_a_fetched_page_reaches_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    intake = bring_in(factories.corpus("reports"), (), ["http://a.example/1"], user=None, door=Intake.Door.API)
    page = Page(url="http://a.example/1", content=f"<h3>{RUSSIAN}</h3>".encode("iso8859-5"), kind="text/html; charset=iso-8859-5")
    monkeypatch.setattr(pages, "fetch", lambda url: page)
    pages.fetch_next("a.example", 1)
    tasks.read_turn(intake.pk, 1)
    (item,) = intake.items.all()
    assert item.document.text.strip() == RUSSIAN
    assert item.document.encoding_basis == "the header declares iso-8859-5"


ENGLISH = "The ministry said no on Monday, and a guide said that the hall was closed. " * 10


@pytest.mark.parametrize("quoted", ["the bank’s and Kim’s", "“quoted” words", "a dash – and a dash —"])
def test_one_stray_byte_leaves_utf_8_what_it_is(quoted: str) -> None:
    data = f"{ENGLISH}{quoted}. ".encode() + b"A caf\xe9 was open."
    (found,) = read(data)
    assert isinstance(found, Record)
    assert quoted in found.raw_text
    assert found.encoding == "utf-8"
    at = data.index(b"\xe9")
    assert found.encoding_basis == (
        f"UTF-8 except for 1 damaged place, shown as U+FFFD (E9 at byte {at}); parts of it may be Latin-1"
    )


def test_latin_1_halves_are_warned_of() -> None:
    (found,) = read("La société a été fermée à Séoul. ".encode() * 3 + "La société".encode("latin-1"))
    assert isinstance(found, Record)
    assert found.encoding == "utf-8"
    assert "2 damaged places" in found.encoding_basis
    assert "Latin-1" in found.encoding_basis


def test_a_c1_control_between_small_letters_is_no_letter() -> None:
    assert clean("He said so\u2026 and one line\x85another followed.\n").text == "He said so… and one line…another followed.\n"
    assert "Coatlán" in clean("Coatl\x87n\n").text or "Coatl‡n" in clean("Coatl\x87n\n").text


# Tables


def test_json_over_several_lines_is_read_as_its_articles() -> None:
    rows = '[\n {"title": "One", "text": "First."},\n {"title": "Two",\n  "text": "Second."}\n]'
    assert texts(rows, "r.json") == ["One\n\nFirst.", "Two\n\nSecond."]
    assert texts(rows) == ["One\n\nFirst.", "Two\n\nSecond."]
    assert texts('{\n "title": "One",\n "text": "First."\n}') == ["One\n\nFirst."]
    assert texts('{"count": 1, "articles": [{"title": "One", "text": "First."}]}', "r.json") == ["One\n\nFirst."]
    assert texts('{"text": "a"}\n{"text": "b"}\n', "r.jsonl") == ["a", "b"]


@pytest.mark.parametrize(
    "data",
    [
        '{"a": 1}',
        "[1, 2]",
        '{"a": {"b": []}}',
        '"text"',
        '{"title": "x",',
        "[",
        "",
        '{"a": [{"text": "x"}], "b": [{"text": "y"}]}',
    ],
)
def test_other_json_is_refused_in_words(data: str) -> None:
    assert texts(data, "r.json") == []
    assert "JSON" in whys(data, "r.json")[0]


def test_a_bad_object_is_told_of_and_the_others_land() -> None:
    found = read('[{"text": "a \\ud800"}, 7, {"text": {"a": 1}}, {"text": "b"}]', "r.json")
    assert [one.name for one in found] == ["r.json:1", "r.json:2", "r.json:3", "r.json:4"]
    assert [type(one) for one in found] == [Unread, Unread, Unread, Record]


def test_text_that_only_looks_like_json_is_text() -> None:
    assert texts("[Exclusive] The port is closed.\n") == ["[Exclusive] The port is closed.\n"]
    assert texts("{sic} The port is closed.\n") == ["{sic} The port is closed.\n"]


def test_an_open_quotation_mark_is_told_by_its_row() -> None:
    data = 'title,text\nOne,First.\nTwo,"Second\nThree,Third.\nFour,Fourth.\n'
    assert texts(data, "a.csv") == ["One\n\nFirst."]
    (why,) = whys(data, "a.csv")
    assert why.startswith("row 3: a quotation mark is not closed; the 2 lines after it")


def test_a_quotation_mark_that_another_row_closes_is_told_and_the_rest_lands() -> None:
    data = 'title,text\nOne,First.\nTwo,"Second\nThree,"Third."\nSix,"Four ""words""."\n'
    assert texts(data, "a.csv") == ["One\n\nFirst.", 'Six\n\nFour "words".']
    assert whys(data, "a.csv")[0].startswith("row 3: a quotation mark occurs inside quoted text")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_columns_are_apart_by_what_the_first_row_has(delimiter: str) -> None:
    assert texts(f'title{delimiter}text\nOne{delimiter}"A line\n\nand it\'s, more; {delimiter}"\n', "a.csv") == [
        f"One\n\nA line\n\nand it's, more; {delimiter}"
    ]


# Feeds


def rss(description: str) -> str:
    return f'<rss version="2.0"><channel><title>C</title><item><title>T</title><description>{description}</description></item></channel></rss>'


def atom(content: str, kind: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><entry><title type="text">a &lt;b&gt;</title><id>1</id><content type="{kind}">{content}</content></entry></feed>'


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("<![CDATA[Tanker&#8217;s crew]]>", "Tanker’s crew"),
        ("AT&amp;amp;T", "AT&T"),
        ("AT&amp;T", "AT&T"),
        ("a &amp;lt;b&amp;gt; c", "a <b> c"),
        ("one&lt;br&gt;two", "one\ntwo"),
        ("5 &lt; 6", "5 < 6"),
        ("<![CDATA[one\n\ntwo &amp; more]]>", "one\n\ntwo & more"),
        ("<![CDATA[<p>Tanker&#8217;s</p><p>AT&amp;T</p>]]>", "Tanker’s\n\nAT&T"),
        ("<![CDATA[A <b>bold</b> word]]>", "A bold word"),
    ],
)
def test_entities_of_a_feed_are_read_once(description: str, text: str) -> None:
    assert texts(rss(description), "f.xml") == [f"T\n\n{text}\n"]


def test_atom_means_what_it_states() -> None:
    assert texts(atom("a &lt;b&gt; &amp;amp; c", "text"), "f.xml") == ["a <b>\n\na <b> &amp; c\n"]
    assert texts(atom("a &lt;b&gt;c&lt;/b&gt; &amp;amp; d", "html"), "f.xml") == ["a <b>\n\na c & d\n"]
    xhtml = '<div xmlns="http://www.w3.org/1999/xhtml"><p>AT&amp;T</p></div>'
    assert texts(atom(xhtml, "xhtml"), "f.xml") == ["a <b>\n\nAT&T\n"]


# Archives, crawls, PDF


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def warc(url: str, body: bytes, kind: str = "text/html", more: str = "") -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return head.encode() + http + b"\r\n\r\n"


def test_5000_things_are_all_taken_and_the_next_is_named() -> None:
    members = {f"{n}.txt": b"Text %d." % n for n in range(5_001)}
    last = members.pop("5000.txt")
    assert len(texts(zipped(members), "b.zip")) == 5_000
    assert len(texts(gzip.compress(zipped(members)), "b.zip.gz")) == 5_000
    found = read(zipped(members | {"5000.txt": last}), "b.zip")
    assert [type(one) for one in found].count(Record) == 5_000
    assert found[-1] == Unread(
        name="b.zip/5000.txt", why="more than 5,000 files in one upload: this and everything after it was not read"
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_the_good_file_beside_a_packed_bomb_lands(method: int) -> None:
    data = zipped({"bomb.txt": b"a" * 120_000_000, "good.txt": b"Bank A was listed."}, method)
    bomb, good = confined_records(data, "b.zip")
    assert isinstance(bomb, Unread)
    assert "expands to more than" in bomb.why
    assert isinstance(good, Record)
    assert good.raw_text == "Bank A was listed."


def test_files_that_lie_over_each_other_are_one_error() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"Bank A was listed. " * 1_000)
        for number in range(1_000):
            other = zipfile.ZipInfo(f"a{number}.txt")
            for field in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(other, field, getattr(archive.filelist[0], field))
            archive.filelist.append(other)
    assert whys(out.getvalue(), "o.zip") == ["files in the ZIP archive overlap, like in a ZIP bomb"]


@pytest.mark.parametrize("name", ["gzip_bomb.warc", "gzip_bomb.warc.gz"])
def test_a_bomb_in_a_crawl_is_told_and_the_next_page_lands(name: str) -> None:
    pages = [
        warc("http://a.example/1", gzip.compress(b"<p>" + b"a" * 80_000_000), more="Content-Encoding: gzip\r\n"),
        warc("http://a.example/2", BODY.encode()),
    ]
    bomb, good = confined_records(b"".join(map(gzip.compress, pages) if name.endswith(".gz") else pages), name)
    assert bomb == Unread(name=f"{name}/http://a.example/1", why="it expands to more than 50 MB")
    assert isinstance(good, Record)


@pytest.mark.parametrize("address", ["metadata://gnu.org/software/wget/warc/MANIFEST.txt", "dns:a.example", "urn:x:y"])
def test_what_a_crawler_notes_of_itself_is_no_article(address: str) -> None:
    assert whys(warc(address, b"Notes", "text/plain"), "a.warc") == ["the web archive contains no page"]


def pdf(stream: bytes) -> bytes:
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF"


SHOWN = b"BT /F1 9 Tf 1 1 Td (Bank A) Tj ET"


def test_a_pdf_says_what_is_wrong_with_it() -> None:
    assert texts(pdf(zlib.compress(SHOWN)), "a.pdf") == ["Bank A\n"]
    assert "empty or damaged" in whys(pdf(b"\x00\x01" + zlib.compress(SHOWN)[4:]), "a.pdf")[0]
    (bomb,) = confined_records(pdf(zlib.compress(b" " * 60_000_000 + SHOWN, 9)), "a.pdf")
    assert bomb == Unread(name="a.pdf", why="the PDF is too large: a part of it expands to more than 50 MB")


def test_what_no_reader_understands_is_told_and_its_process_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.readers import __main__ as process

    told: list[Unread] = []
    monkeypatch.setattr(process, "allow_time", lambda: None)
    monkeypatch.setattr(process, "tell", lambda out, found, data: told.append(found))
    process.answer(io.BytesIO(), b"x", "a", "", read=lambda *_: (_ for _ in ()).throw(KeyError("x")))
    assert told == [Unread(name="a", why="its reader failed (KeyError)")]


def test_a_packed_text_still_is_read() -> None:
    assert texts(bz2.compress(b"Bank A was listed."), "a.txt.bz2") == ["Bank A was listed."]
