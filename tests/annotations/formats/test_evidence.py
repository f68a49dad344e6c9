"""The evidence table, in Markdown and as a Word file: each line with all that a report needs, all of it literal."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import docx
import pytest
from markdown_it import MarkdownIt

from annotations.formats import csvtables, evidence, ftm, word
from annotations.formats.evidencelines import EVIDENCE, footnote
from annotations.formats.losses import Losses
from tests.annotations.formats.native import GOLD, TEXT, gold, growth, hostile, view, written

ADDRESS = "http://www.dailynk.com/english/index.php/read.php?num=14750&cataId=nk01500"
FOOTNOTE = f"Daily NK, ‘More North Korean factory workers in Dandong repatriated’, [date inferred: September 2017], {ADDRESS}."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEAL = re.compile(r" <!-- [0-9a-f:-]+ -->(?= \|$)", re.MULTILINE)
HOSTILE = ["<script>alert(1)</script>", "![x](javascript:alert(1))", "a | b\n| c", "*_`~~$ \\| [^1]: &lt; &#60;", "=1+1", "# h\r\n- x", "\x01\x0b",
           "]]></w:t>", "{{=", "<http://a.b>"]  # fmt: skip


@pytest.fixture(scope="module")
def lines():
    seen = view(gold(annotator="kim", submitted="2026-03-04T05:06:07+00:00"))
    return {row["id"]: row for row in (dict(zip(EVIDENCE.header, row, strict=True)) for row in EVIDENCE.rows(seen))}


def test_a_line_has_all_that_a_report_needs(lines):
    line = lines["F02"]
    assert line["statement"].startswith("Manager of North Korean workers at the textile factory states: 170 people")
    assert [line[name] for name in ("low", "high", "comparator", "unit", "per")] == [170, 170, "eq", "people", None]
    assert line["quotation"] == "170"
    assert line["article"] == GOLD["document"]["title"]
    assert line["outlet"] == "Daily NK"
    assert line["date"] == "4 to 30 September 2017 (inferred)"
    assert line["address"] == ADDRESS
    assert line["paragraph"] == "paragraph 1"
    assert line["source"] == "manager"
    assert [line["modality"], line["rating"]] == ["asserted", "F6"]
    assert line["measure"] == "S/RES/2371 (2017), paragraph 11 (inferred)"
    assert line["annotated"] == "kim, 2026-03-04"
    assert line["footnote"] == FOOTNOTE


def test_a_value_of_several_pieces(lines):
    assert lines["F08"]["quotation"] == "average of 45,000 RMB … per month"
    assert [lines["F08"][name] for name in ("unit", "per")] == ["CNY", "month, 300 people"]
    assert lines["F09"]["rating"] == "F4"


def test_quotations_stand_in_the_text(lines):
    for line in lines.values():
        assert TEXT[line["start"] :].startswith(line["quotation"].split(" … ")[0])
        assert all(piece in TEXT for piece in line["quotation"].split(" … "))


def test_every_figure_and_every_event_has_a_line_or_stands_in_one(lines):
    assert {pk for pk in lines if pk.startswith("F")} == {f"F{n:02}" for n in range(1, 14)}
    counted = {argument.get("mention") for event in GOLD["events"] for argument in event["arguments"]} & set(lines)
    assert len(lines) == 13 + sum(not {a.get("mention") for a in event["arguments"]} & counted for event in GOLD["events"])


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (None, "[no date]"),
        ({"edtf": "2017-09-04", "earliest": "2017-09-04", "latest": "2017-09-04", "basis": "stated"}, "4 September 2017"),
        (
            {"edtf": "2017-09", "earliest": "2017-09-01", "latest": "2017-09-30", "basis": "inferred"},
            "[date inferred: September 2017]",
        ),
    ],
)
def test_footnotes(published, told):
    document = gold()
    document.native["document"]["published"] = published
    assert footnote(view(document)) == FOOTNOTE.replace("[date inferred: September 2017]", told)


def test_lines_are_chosen_and_ordered():
    content, losses = written(evidence, lines="F05, F02 EV03 nobody")
    rows = [row.split(" | ") for row in content.decode().splitlines() if row.startswith("| ")][1:]
    assert [row[7] for row in rows] == ["20", "170", "rejection"]
    assert losses.counts["marks without a line of their own"] == 126


def cells(content):
    """Of the tables of a Markdown text, as a reader shows them, who sees no comment."""
    tokens = MarkdownIt("commonmark").enable("table").parse(SEAL.sub("", content.decode()))
    kinds = {child.type for token in tokens for child in token.children or []} | {token.type for token in tokens}
    shown = ["".join(child.content for child in token.children) for token in tokens if token.type == "inline"]
    return kinds, shown


def test_a_reader_of_markdown_shows_what_was_written():
    content, _ = written(evidence)
    kinds, shown = cells(content)
    assert "table_open" in kinds
    assert FOOTNOTE in shown[-1]
    assert "average of 45,000 RMB … per month" in shown


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_literal_in_markdown(words):
    content, _ = written(evidence, [hostile(words)])
    kinds, shown = cells(content)
    assert not kinds & {
        "html_inline",
        "html_block",
        "link_open",
        "image",
        "code_inline",
        "em_open",
        "strong_open",
        "fence",
        "bullet_list_open",
    }
    assert shown[1].strip() == words.strip()
    assert len({len(line.replace("\\|", "").split("|")) for line in content.decode().split(chr(10)) if line.startswith("|")}) == 1


def document(content):
    return docx.Document(io.BytesIO(content))


def test_the_word_file_has_headings_tables_and_real_footnotes():
    content, _ = written(word, [gold(), gold()])
    found = document(content)
    assert [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == "Heading 1"] == [
        GOLD["document"]["title"]
    ] * 2
    assert [len(table.rows) for table in found.tables] == [45, 45]
    row = next(row for row in found.tables[0].rows if row.cells[2].text == "170")
    assert row.cells[1].text == "low: 170\nhigh: 170\ncomparator: eq\nunit: people"
    assert row.cells[3].text.splitlines()[1:] == ["Daily NK", "4 to 30 September 2017 (inferred)", ADDRESS, "paragraph 1"]
    assert row.cells[4].text == "manager\nmodality: asserted\nrating: F6"
    notes = ET.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml"))
    told = {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in notes}
    assert told == {"-1": "", "0": "", "1": FOOTNOTE, "2": FOOTNOTE}
    assert [note.get(f"{W}id") for note in found.element.iter(f"{W}footnoteReference")] == ["1", "2"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_literal_in_word(words):
    content, losses = written(word, [hostile(words)])
    found = document(content)
    expected = words.replace("\r\n", "\n").replace("\x01\x0b", "\ufffd\ufffd")
    assert found.paragraphs[1].text == expected
    assert bool(losses.counts["control characters written as U+FFFD"]) == ("\x01" in words)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert all(
            b"hyperlink" not in archive.read(name) and b"fldSimple" not in archive.read(name) for name in archive.namelist()
        )


def test_the_evidence_is_among_the_tables_too():
    content, _ = written(csvtables)
    text = zipfile.ZipFile(io.BytesIO(content)).read("evidence.csv").decode("utf-8-sig")
    assert FOOTNOTE in {row["footnote"] for row in csv.DictReader(io.StringIO(text, newline=""))}


@pytest.mark.parametrize("module", [evidence, word])
def test_memory_does_not_grow(module):
    assert growth(module) < 200_000


def test_nothing_marked_is_a_file_too():
    assert written(evidence, [])[0] == b"# Evidence\n"
    assert document(written(word, [])[0]).tables == []


def test_a_claimed_address_and_outlet_are_marked_wherever_they_are_printed():
    claims = {
        "url": None,
        "outlet": None,
        "claimed_url": ADDRESS,
        "claimed_outlet": "Daily NK",
        "claimed_by": "the file page.html",
    }
    seen = view(gold(document=GOLD["document"] | claims))
    assert footnote(seen).startswith("Daily NK (outlet as claimed by the file page.html), ‘")
    assert footnote(seen).endswith(f"{ADDRESS} (address as claimed by the file page.html).")
    assert (seen.outlet, seen.publisher, seen.address) == (
        "",
        "Daily NK (outlet as claimed by the file page.html)",
        f"{ADDRESS} (address as claimed by the file page.html)",
    )
    article = next(item for item in ftm.everything(seen, Losses()) if item["schema"] == "Article")["properties"]
    assert ("sourceUrl" in article, "publisher" in article) == (False, False)
    assert f"Address: {ADDRESS} (address as claimed by the file page.html)" in article["notes"]
