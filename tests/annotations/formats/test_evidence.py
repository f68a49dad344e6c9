"""The evidence table, in Markdown and as a Word file: each line with all that a report needs, all of it literal."""

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pytest
from markdown_it import MarkdownIt
from openpyxl.utils import get_column_letter

from annotations.formats.base import Losses
from annotations.formats.evidence import docx_file, evidence_lines, markdown
from annotations.formats.evidence.evidence_lines import EVIDENCE
from annotations.formats.evidence.origins import footnote
from annotations.formats.evidence.seals import seals_in
from annotations.formats.ftm import entity_lines
from annotations.formats.tables import csv_archive, xlsx
from annotations.formats.tables.definitions import CITATIONS
from annotations.native.annotated import Annotated
from annotations.scheme.view import SchemeView
from config.environment import ROOT
from tests.annotations.formats.native import GOLD, TEXT, gold, growth, hostile, view, written

ADDRESS = "http://www.dailynk.com/english/index.php/read.php?num=14750&cataId=nk01500"
FOOTNOTE = f"Daily NK, ‘More North Korean factory workers in Dandong repatriated’, [date inferred: September 2017], {ADDRESS}."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SEAL = re.compile(r" <!-- [0-9a-f:-]+ -->$", re.MULTILINE)
HOSTILE = ["<script>alert(1)</script>", "![x](javascript:alert(1))", "a | b\n| c", "*_`~~$ \\| [^1]: &lt; &#60;", "=1+1", "# h\r\n- x", "\x01\x0b",
           "]]></w:t>", "{{=", "<http://a.b>"]  # fmt: skip


@pytest.fixture(scope="module")
def lines():
    seen = view(gold(annotator="kim", submitted="2026-03-04T05:06:07+00:00"))
    return {row["id"]: row for row in (dict(zip(EVIDENCE.header, row, strict=True)) for row in EVIDENCE.rows(seen))}


def test_a_line_has_all_that_a_report_needs(lines):
    line = lines["F02"]
    assert line["statement"].startswith(
        "An unnamed manager of North Korean workers at the textile factory told Daily NK that 170 "
    )
    assert line["sentence"].startswith("But due to the recently adopted UNSC resolution")
    assert line["approximate"] is False
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


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"content_verified": True, "number_verified": True}, "(inferred)"),
        ({"content_verified": True, "number_verified": False}, "(inferred, number not verified)"),
        ({"content_verified": False, "number_verified": False}, "(inferred, content and number not verified)"),
        ({"paragraph": "12"}, "(inferred, not in the register)"),
    ],
)
def test_a_line_says_what_of_its_paragraph_nobody_has_verified(flags, said):
    body = json.loads((ROOT / "domain/scheme.json").read_text("utf-8"))
    (entry,) = [each for each in body["measures"] if each["code"] == "UNSCR-2371"]
    entry["provisions"][0] |= flags
    seen = view(Annotated(gold().native, TEXT, SchemeView(body)))
    rows = [dict(zip(EVIDENCE.header, row, strict=True)) for row in EVIDENCE.rows(seen)]
    assert {row["measure"] for row in rows if row["measure"]} == {f"S/RES/2371 (2017), paragraph 11 {said}"}
    (column,) = [each for each in CITATIONS.columns if each.name == "unverified"]
    cell = said.removeprefix("(inferred").strip(", )") or None
    assert {column.value(seen, row) for row in seen.citations()} == {cell}


@pytest.mark.parametrize(
    ("fields", "rests_on"),
    [
        ({"role": "adjudication"}, "gold"),
        ({"role": "annotation"}, "reading"),
        ({"role": "adjudication", "status": "open"}, "draft"),
    ],
)
def test_a_line_says_what_it_rests_on(fields, rests_on):
    rows = [dict(zip(EVIDENCE.header, row, strict=True)) for row in EVIDENCE.rows(view(gold(**{"status": "submitted"} | fields)))]
    assert {row["basis"] for row in rows} == {rests_on}


def test_a_line_says_which_of_its_parties_are_on_a_list_by_a_confirmed_link():
    document = gold()
    by_id = {entity["id"]: entity for entity in document.native["entities"]}
    seen = view(document)
    event = next(event for event in seen.events() if any(seen.meant(each) for each in event["arguments"]))
    parties = {seen.meant(each)["id"]: seen.meant(each) for each in event["arguments"] if seen.meant(each)}
    first = by_id[next(iter(parties))]
    first["list_links"] = [
        {"list": "UN", "entry": "KPe.001", "match": "confirmed"}, {"list": "EU", "entry": "9", "match": "probable"}
    ]  # fmt: skip
    rows = [dict(zip(EVIDENCE.header, row, strict=True)) for row in EVIDENCE.rows(view(document))]
    said = {row["listed_as"] for row in rows}
    assert f"{first['name']}: UN KPe.001" in said
    assert not any("EU 9" in (each or "") for each in said)


def test_a_value_of_several_pieces(lines):
    assert lines["F08"]["quotation"] == "average of 45,000 RMB … per month"
    assert [lines["F08"][name] for name in ("unit", "per")] == ["CNY", "month, 300 people"]
    assert lines["F09"]["rating"] == "F4"
    assert lines["F09"]["approximate"] is True


def test_quotations_stand_in_the_text(lines):
    for line in lines.values():
        assert TEXT[line["start"] :].startswith(line["quotation"].split(" … ")[0])
        assert all(piece in TEXT for piece in line["quotation"].split(" … "))
        assert line["sentence"] in TEXT
        assert all(piece in line["sentence"] for piece in line["quotation"].split(" … "))


def test_every_figure_and_every_event_has_a_line_or_stands_in_one(lines):
    assert {pk for pk in lines if pk.startswith("F")} == {f"F{n:02}" for n in range(1, 14)}
    counted = {argument.get("mention") for event in GOLD["events"] for argument in event["arguments"]} & set(lines)
    assert len(lines) == 13 + sum(not {a.get("mention") for a in event["arguments"]} & counted for event in GOLD["events"])


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (None, "[no date]"),
        ({"edtf": "2017-09-04", "earliest": "2017-09-04", "latest": "2017-09-04", "basis": "stated"}, "4 September 2017"),
        ({"edtf": "2017-09-04", "earliest": "2017-09-04", "latest": "2017-09-04", "basis": ""}, "4 September 2017"),
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


def test_the_marked_words_stand_out_of_their_sentence():
    seen = view()
    pieces = evidence_lines.sentence(seen, seen.span("F08"))
    assert [words for words, is_mark in pieces if is_mark] == ["average of 45,000 RMB", "per month"]
    assert "".join(words for words, _ in pieces) in TEXT
    assert pieces[0] == ("“For every 300 people working at Chinese factories, they pay an ", False)


def test_who_is_told_apart_from_nobody_and_from_not_chosen():
    seen = view()
    manager, narrator = seen.claim("Q2"), seen.doc["default_attribution"]
    asked = [manager, manager | {"source_mention": None}, narrator]
    asked += [manager | {"source_mention": None, "source_entity": None, "source_basis": basis} for basis in ("none", None)]
    assert [evidence_lines.who_says(seen, claim) for claim in asked] == [
        "Source: “manager”",
        "Source: Manager of North Korean workers at the textile factory",
        "Not attributed",
        "No source named",
        "Source not chosen",
    ]


def test_the_words_of_the_outlet_are_its_own_where_a_person_says_so():
    seen = view()
    outlet = {"id": "Q99", "source_entity": "E-DNK", "source_mention": None, "source_basis": "own"}
    assert evidence_lines.who_says(seen, outlet) == "In its own words"
    assert evidence_lines.who_says(seen, outlet | {"source_basis": "stated"}) == ""
    assert evidence_lines.source(seen, outlet) == "Daily NK"
    assert evidence_lines.source(seen, seen.doc["default_attribution"]) == "not attributed (Daily NK)"


def test_what_nobody_rated_has_no_rating():
    document = gold()
    for claim in document.native["attributions"]:
        claim |= {"reliability": None, "credibility": None}
    seen = view(document)
    assert evidence_lines.rating(seen, seen.span("F02")) == ""
    assert "Not rated" in evidence_lines.source_lines(seen, seen.span("F02"))


def test_lines_are_chosen_and_ordered():
    content, losses = written(markdown, lines="F05, F02 EV03 nobody")
    quotations = [line for line in content.decode().splitlines() if line.startswith("> ")]
    assert [re.search(r"\*\*(.+?)\*\*", line)[1] for line in quotations] == ["20", "170", "rejection"]
    assert re.findall(r"^\*\*(\d+)\.\*\*", content.decode(), re.MULTILINE) == ["1", "2", "3"]
    assert losses.counts["marks without a line of their own"] == 126


def blocks(content):
    """Kinds of all tokens of a Markdown text, and what a reader shows of each paragraph, who sees no comment."""
    tokens = MarkdownIt("commonmark").enable("table").parse(SEAL.sub("", content.decode()))
    kinds = {child.type for token in tokens for child in token.children or []} | {token.type for token in tokens}
    shown = ["".join(child.content for child in token.children) for token in tokens if token.type == "inline"]
    return kinds, shown


def test_a_reader_of_markdown_shows_what_was_written():
    content, _ = written(markdown, made="2026-11-27")
    kinds, shown = blocks(content)
    assert {"blockquote_open", "strong_open"} <= kinds
    assert "table_open" not in kinds
    assert shown[1] == "Made on 27 November 2026"
    assert FOOTNOTE in shown[-1]
    place = next(place for place, words in enumerate(shown) if "KPW 7,800,000" in words)
    assert shown[place + 1].startswith(
        "“For every 300 people working at Chinese factories, they pay an average of 45,000 RMB (about"
    )
    assert shown[place + 2] == "Source: “factory manager” · Daily NK, 4 to 30 September 2017 (inferred) · Paragraph 6 · Rating F4"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_literal_in_markdown(words):
    content, _ = written(markdown, [hostile(words)])
    kinds, shown = blocks(content)
    assert not kinds & {
        "html_inline",
        "html_block",
        "link_open",
        "image",
        "code_inline",
        "em_open",
        "fence",
        "bullet_list_open",
        "ordered_list_open",
        "table_open",
    }
    assert shown[1].removesuffix("[^1]").strip() == words.strip()
    assert len([token for token in MarkdownIt("commonmark").parse(content.decode()) if token.type == "blockquote_open"]) == 44


def document(content):
    return docx.Document(io.BytesIO(content))


def test_the_word_file_has_headings_tables_and_real_footnotes():
    content, _ = written(docx_file, [gold(annotator="kim"), gold()], made="2026-11-27")
    found = document(content)
    assert [paragraph.text for paragraph in found.paragraphs[:2]] == ["Evidence", "Made on 27 November 2026"]
    assert [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == "Heading 1"] == [
        GOLD["document"]["title"]
    ] * 2
    assert [len(table.rows) for table in found.tables] == [45, 45]
    assert [cell.text for cell in found.tables[0].rows[0].cells] == ["No.", "Statement", "Quotation", "Source"]
    assert [found.tables[1].rows[place].cells[0].text for place in (1, 44)] == ["45", "88"]
    row = next(row for row in found.tables[0].rows if " told Daily NK that 170 workers" in row.cells[1].text)
    [quotation] = row.cells[2].paragraphs
    assert quotation.text.startswith("But due to the recently adopted UNSC resolution")
    assert [run.text for run in quotation.runs if run.bold] == ["170"]
    said = ["Source: “manager”", "Daily NK, 4 to 30 September 2017 (inferred)", "Paragraph 1", "Rating F6",
            "S/RES/2371 (2017), paragraph 11 (inferred)", "Marked by kim"]  # fmt: skip
    assert ["".join(run.text for run in line.runs if not run.font.hidden) for line in row.cells[3].paragraphs] == said
    notes = ET.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml"))
    told = {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in notes}
    assert told == {"-1": "", "0": "", "1": FOOTNOTE, "2": FOOTNOTE}
    assert [note.get(f"{W}id") for note in found.element.iter(f"{W}footnoteReference")] == ["1", "2"]


def test_the_word_file_keeps_its_seals_out_of_sight_and_counts_its_pages():
    content, _ = written(docx_file, [gold(id="0a1b2c3d-0000-4000-8000-000000000000")])
    found = document(content)
    seals = [run for row in found.tables[0].rows[1:] for line in row.cells[3].paragraphs for run in line.runs if run.font.hidden]
    assert len(seals) == 44
    assert all(run.font.size.pt == 1 for run in seals)
    assert len(seals_in(io.BytesIO(content), "table.docx")) == 44
    fields = [field.get(f"{W}instr").strip() for field in found.sections[0].footer._element.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]
    assert (found.sections[0].page_width.mm, found.sections[0].page_height.mm) == pytest.approx((297, 210), abs=1)
    assert ADDRESS not in "".join(cell.text for row in found.tables[0].rows for cell in row.cells)


def test_the_workbook_opens_on_the_evidence():
    content, _ = written(xlsx, [gold(id="0a1b2c3d-0000-4000-8000-000000000000")])
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    assert (sheet.title, book.sheetnames[0], book.sheetnames[-1]) == ("evidence", "evidence", "columns")
    header = [cell.value for cell in sheet[1]]
    assert (header[-1], sheet.freeze_panes, sheet.auto_filter.ref) == ("seal", "A2", f"A1:{get_column_letter(len(header))}45")
    hidden = {
        header[number - 1]
        for group in sheet.column_dimensions.values()
        if group.hidden
        for number in range(group.min, group.max + 1)
    }
    assert hidden == {"document", "annotator", "address", "start", "end", "id", "seal"}
    row = next(row for row in sheet.iter_rows(min_row=2) if row[header.index("id")].value == "F09")
    cells = dict(zip(header, row, strict=True))
    assert cells["article"].hyperlink.target == ADDRESS
    assert cells["statement"].alignment.wrap_text
    assert (cells["quotation"].value, cells["approximate"].value) == ("about 7,800,000 KPW", True)
    assert cells["sentence"].value.startswith("“For every 300 people")
    assert sheet.column_dimensions[get_column_letter(header.index("statement") + 1)].width > 50


@pytest.mark.parametrize("address", ["javascript:alert(1)", "=1+1", "https://a b", "file:///etc/passwd", None])
def test_only_an_address_of_the_web_is_a_link(address):
    content, _ = written(xlsx, [gold(document=GOLD["document"] | {"url": address})])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["evidence"]
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_literal_in_word(words):
    content, losses = written(docx_file, [hostile(words)])
    found = document(content)
    expected = words.replace("\r\n", "\n").replace("\x01\x0b", "\ufffd\ufffd")
    assert found.paragraphs[1].text == expected
    [*_, row] = found.tables[0].rows
    assert len(row.cells) == 4
    assert bool(losses.counts["control characters written as U+FFFD"]) == ("\x01" in words)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name != "word/footer1.xml"]  # its fields are our own
        assert all(b"hyperlink" not in archive.read(name) and b"fldSimple" not in archive.read(name) for name in names)


def test_the_evidence_is_among_the_tables_too():
    content, _ = written(csv_archive)
    text = zipfile.ZipFile(io.BytesIO(content)).read("evidence.csv").decode("utf-8-sig")
    assert FOOTNOTE in {row["footnote"] for row in csv.DictReader(io.StringIO(text, newline=""))}


@pytest.mark.parametrize("module", [markdown, docx_file])
def test_memory_does_not_grow(module):
    assert growth(module) < 200_000


def test_nothing_marked_is_a_file_too():
    assert written(markdown, [])[0] == b"# Evidence\n"
    assert document(written(docx_file, [])[0]).tables == []


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
    article = next(item for item in entity_lines.everything(seen, Losses()) if item["schema"] == "Article")["properties"]
    assert ("sourceUrl" in article, "publisher" in article) == (False, False)
    assert f"Address: {ADDRESS} (address as claimed by the file page.html)" in article["notes"]
