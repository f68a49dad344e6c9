"""PDF, Word, mail, saved pages, feeds, crawls and tables, made here in small."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from email.message import EmailMessage

import docx
import pytest

from corpus.cleaning.clean import clean
from corpus.readers.extracted import Record, Unread
from corpus.readers.records import READERS, reader_of, records
from corpus.text.rare import rare_letters

PAGE = "<html><head><title>Bank A listed</title></head><body><h1>Bank A listed</h1><p>Bank A was listed on Monday, the ministry said.</p></body></html>"
TEXT = "Bank A was listed on Monday, the ministry said."


def pdf(*pages: list[tuple[int, str]]) -> bytes:
    """A PDF of lines at heights (points from below)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        stream = "BT /F1 11 Tf " + " ".join(f"1 0 0 1 72 {height} Tm ({words}) Tj" for height, words in lines) + " ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream".encode())
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        made
        + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF".encode()
    )


def with_letters(made: bytes, first: int) -> bytes:
    """The same PDF, whose font says that its glyphs are letters from `first` on. Its places of objects are wrong, as in many files."""
    table = (
        f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <{first:04X}> endbfrange endcmap"
    )
    stream = f"99 0 obj\n<< /Length {len(table)} >>\nstream\n{table}\nendstream\nendobj\n".encode()
    return made.replace(b"/Helvetica >>", b"/Helvetica /ToUnicode 99 0 R >>").replace(b"xref\n", stream + b"xref\n", 1)


def word(*paragraphs: tuple[str, str]) -> bytes:
    made = docx.Document()
    for style, content in paragraphs:
        made.add_paragraph(content, style=style)
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Vessel", "Flag"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def mail(body: str = TEXT, **headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {
        "From": "Desk <desk@example.org>",
        "Subject": "Bank A listed",
        "Date": "Mon, 04 Sep 2017 23:30:00 +0900",
    }.items():
        made[name] = headers.get(name.lower(), value)
    made.set_content(body)
    return made


def only(data: bytes, name: str = "thing") -> Record:
    (found,) = records(data, name)
    assert isinstance(found, Record), found
    return found


def why(data: bytes, name: str = "thing") -> str:
    (found,) = records(data, name)
    assert isinstance(found, Unread)
    return found.why


# PDF


def test_a_pdf_gives_its_lines_and_the_wider_spaces_between_paragraphs() -> None:
    lines = [
        (700, "Bank A listed"),
        (660, "Bank A was listed on Monday, the"),
        (646, "ministry said."),
        (610, "Company B was not."),
        (596, "It had left."),
    ]
    found = only(pdf(lines))
    assert (
        found.raw_text
        == "Bank A listed\n\nBank A was listed on Monday, the\nministry said.\n\nCompany B was not.\nIt had left.\n"
    )
    assert (found.reader, found.encoding_basis) == ("pdf", "the text layer of 1 page")


BODIES = [
    ["alpha ", "beta ", "gamma "],
    ["delta ", "epsilon ", "zeta "],
    ["eta ", "theta ", "iota "],
    ["kappa ", "lambda ", "mu "],
]


def test_lines_that_stand_on_every_page_belong_to_none() -> None:
    pages = [
        [(760, "Panel of Experts"), *((700 - 14 * k, word * 3) for k, word in enumerate(words)), (40, f"{n} of 4")]
        for n, words in enumerate(BODIES, start=1)
    ]
    text = only(pdf(*pages)).raw_text
    assert "Panel of Experts" not in text
    assert " of 4" not in text
    assert all((word * 3).strip() in text for words in BODIES for word in words)


def test_a_page_without_text_or_picture_is_no_scan() -> None:
    assert why(pdf([])) == "the PDF is empty or damaged: no text or images on its 1 page"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", pdf([(700, "x")])[:120]])
def test_a_damaged_pdf_is_told_to_be_one(data: bytes) -> None:
    assert why(data).startswith("the PDF is damaged")


# Word


@pytest.mark.parametrize("first", [0x4E00, 0x3400, 0x9000, 0xAC00, 0xE000])
def test_a_pdf_that_names_its_letters_wrongly_is_doubted(first: int) -> None:
    made = pdf([(700, TEXT), (686, "Three hundred workers were sent to the port, the ministry said.")])
    [said] = records(made, name="report.pdf")
    assert isinstance(said, Record)
    assert said.encoding_basis == "the text layer of 1 page"
    [said] = records(with_letters(made, first), name="report.pdf")
    assert isinstance(said, Record)
    assert TEXT not in said.raw_text
    assert said.encoding_basis.startswith("guessed from the text layer of 1 page, check it: ")


def test_texts_in_chinese_japanese_and_korean_are_not_doubted() -> None:
    for text in (
        "联合国安全理事会星期五通过决议，制裁朝鲜贸易银行。",
        "聯合國安全理事會週五通過決議，制裁朝鮮貿易銀行與海外勞工。",
        "朝鮮労働党の機関紙は、貨客船の往来が再開されたと伝えた。",
        "북한 노동자 300명이 블라디보스토크(海參崴)에 파견됐다고 밝혔다.",
    ):
        assert rare_letters(text * 3) == 0


def test_a_word_document_gives_paragraphs_and_tables_in_order_with_its_title_known() -> None:
    found = only(
        word(("Title", "Bank A listed"), ("Normal", TEXT), ("Caption", "The head office of the bank"), ("Normal", "It had left."))
    )
    assert found.raw_text.split("\n\n") == [
        "Bank A listed",
        TEXT,
        "The head office of the bank",
        "It had left.",
        "Vessel | Flag\n",
    ]
    kinds = [part.kind for part in clean(found.raw_text, known=found.known).segments]
    assert kinds == ["title", "lead", "caption", "paragraph", "paragraph"]


def test_a_word_document_with_entities_is_refused_before_it_is_parsed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>')
    assert why(out.getvalue()) == "its XML declares entities, which Word never does: it may be malicious"


# Mail


def test_a_message_gives_subject_text_sender_and_the_day_where_it_was_sent() -> None:
    found = only(bytes(mail()))
    assert found.raw_text.strip() == f"Bank A listed\n\n{TEXT}"
    assert (found.title, found.byline, found.published, found.published_basis) == (
        "Bank A listed",
        "Desk <desk@example.org>",
        "2017-09-04",
        "stated",
    )


def test_attachments_are_read_in_their_turn_and_pictures_are_told_of() -> None:
    message = mail()
    message.add_attachment(b"Company B was fined.\n", maintype="text", subtype="plain", filename="b.txt")
    message.add_attachment(pdf([(700, "Bank C was not.")]), maintype="application", subtype="pdf", filename="c.pdf")
    message.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="d.gif")
    found = list(records(bytes(message), "m.eml"))
    assert [one.name for one in found] == ["m.eml", "m.eml/b.txt", "m.eml/c.pdf", "m.eml/d.gif"]
    assert [one.raw_text if isinstance(one, Record) else one.why for one in found[1:]] == [
        "Company B was fined.\n",
        "Bank C was not.\n",
        "it is an image file, not text",
    ]


def test_a_message_of_html_alone_is_read_like_a_page() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "desk@example.org", "News"
    message.set_content(PAGE, subtype="html")
    assert only(bytes(message)).raw_text == f"Bank A listed\n\n{TEXT}\n"


def test_a_passed_on_message_is_read_in_its_turn() -> None:
    outer = mail("See below, please.")
    outer.add_attachment(mail())
    found = list(records(bytes(outer), "m.eml"))
    assert [one.raw_text.strip().split("\n")[-1] for one in found if isinstance(one, Record)] == ["See below, please.", TEXT]


def test_an_article_that_begins_like_a_header_is_no_mail() -> None:
    assert reader_of(b"From: our correspondent\n\nThe bank was listed.\n", "a.txt") is READERS["text"]
    assert reader_of(b"Update: the bank\n\nThe bank was listed.\n", "a.txt") is READERS["text"]


def test_a_saved_page_is_read_with_the_address_from_which_it_was_saved() -> None:
    lines = [
        "From: <Saved by Blink>",
        "Snapshot-Content-Location: https://example.com/a",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="b"',
        "",
        "--b",
        'Content-Type: text/html; charset="utf-8"',
        "",
        PAGE,
        "--b",
        "Content-Type: image/png",
        "",
        "x",
        "--b--",
        "",
    ]
    found = only("\r\n".join(lines).encode(), "a.mhtml")
    assert (found.raw_text, found.url, found.reader) == (f"Bank A listed\n\n{TEXT}\n", "https://example.com/a", "html")


# Feeds


FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Example Wire</title><language>en</language>
<item><title>Bank A &amp; B listed</title><link>https://example.com/a</link><pubDate>Mon, 04 Sep 2017 09:30:00 +0900</pubDate>
<description>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;Second paragraph.&lt;/p&gt;</description></item>
<item><guid>2</guid></item></channel></rss>"""


def test_a_feed_gives_an_article_for_each_entry() -> None:
    first, second = records(FEED.encode(), "feed")
    assert isinstance(first, Record)
    assert first.raw_text == f"Bank A & B listed\n\n{TEXT}\n\nSecond paragraph.\n"
    assert (first.url, first.outlet, first.published, first.language) == (
        "https://example.com/a",
        "Example Wire",
        "2017-09-04",
        "en",
    )
    assert second == Unread(name="feed/2", why="the entry has neither title nor text")


def test_xml_that_declares_entities_is_refused() -> None:
    harmful = FEED.replace("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss', 1)
    assert why(harmful.encode()) == "its XML declares entities, which no feed needs: it may be malicious"


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    assert isinstance(next(records(FEED.replace("</channel></rss>", "").encode(), "feed")), Record)


# Crawls


def crawl(body: bytes = PAGE.encode(), status: str = "200 OK", kind: str = "text/html", length: int | None = None) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = [
        "WARC/1.0",
        "WARC-Type: response",
        "WARC-Target-URI: https://example.com/a",
        "WARC-Date: 2017-09-04T01:02:03Z",
        "WARC-Record-ID: <urn:uuid:5c2f8bd1-9bd6-4a6b-9a6f-3f0a2a0c9a11>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {length if length is not None else len(http)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + http + b"\r\n\r\n"


def test_a_page_of_a_crawl_keeps_its_address_and_when_it_was_fetched() -> None:
    found = only(crawl(), "c.warc")
    assert (found.raw_text, found.url, found.name) == (
        f"Bank A listed\n\n{TEXT}\n",
        "https://example.com/a",
        "c.warc/https://example.com/a",
    )
    assert found.retrieved is not None
    assert found.retrieved.isoformat() == "2017-09-04T01:02:03+00:00"
    assert found.raw == PAGE.encode()


def test_pictures_and_errors_of_a_crawl_are_no_articles() -> None:
    assert why(crawl(kind="image/png") + crawl(status="404 Not Found"), "c.warc") == "the web archive contains no page"


def test_a_record_that_lies_about_its_length_is_refused() -> None:
    assert "the record declares" in why(crawl(length=1_000_000_000), "c.warc")


@pytest.mark.parametrize("kept", [1, 10, 100])
def test_a_crawl_that_was_cut_says_so_behind_what_is_whole(kept: int) -> None:
    whole = gzip.compress(crawl(), mtime=0)
    first, cut = records(whole + whole[:kept], "c.warc.gz")
    assert isinstance(first, Record)
    assert isinstance(cut, Unread)
    assert cut.why == f"the web archive ends in the middle of its record at byte {len(whole):,}"


# Tables


def test_json_lines_give_an_article_for_each_line_by_the_names_of_its_fields() -> None:
    rows = [
        {
            "Headline": "Bank A listed",
            "Body": TEXT,
            "URL": "https://example.com/a",
            "date": "2017/9/4",
            "source": "Example Wire",
            "authors": ["A", "B"],
        },
        {"title": "no text here"},
    ]
    lines = "\n".join(json.dumps(row) for row in rows) + "\nnot json\n"
    first, second, third = records(lines.encode(), "a.jsonl")
    assert isinstance(first, Record)
    assert (first.raw_text, first.url, first.published) == (f"Bank A listed\n\n{TEXT}", "https://example.com/a", "2017-09-04")
    assert (first.outlet, first.byline, first.name) == ("Example Wire", "A; B", "a.jsonl:1")
    assert isinstance(second, Unread)
    assert "no text column" in second.why
    assert third == Unread(name="a.jsonl:3", why="the line is not a JSON object")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_gives_an_article_for_each_row(mark: str) -> None:
    rows = [["title", "text", "url"], ["Bank A listed", f'"{TEXT}\nSecond line."', "https://example.com/a"]]
    found = only("\n".join(mark.join(row) for row in rows).encode(), "a.csv")
    assert found.raw_text == f"Bank A listed\n\n{TEXT}\nSecond line."


def test_a_table_without_a_column_of_text_says_which_names_would_do() -> None:
    assert "no text column; name it one of: text, body" in why(b"a,b\n1,2\n", "a.csv")
