"""The catalogues of hostile words through every format that only goes out: literal text in files that are valid."""

import copy
import csv
import io
import json
import re
import zipfile
from itertools import batched
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pandas as pd
from followthemoney import model
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape

from annotations.formats.evidence import docx_file, markdown
from annotations.formats.evidence.docx_xml import ILLEGAL
from annotations.formats.ftm import entity_lines
from annotations.formats.tables import csv_archive, parquet, xlsx
from annotations.native.annotated import Annotated
from corpus.text.cells import cell
from tests.annotations.formats.native import GOLD, TEXT, VIEW, written
from tests.conformance import material
from tests.conformance.test_csv_injection import SIGNS
from tests.conformance.test_hostile_files_of_marks import catalogue


def words():
    """Every storable text of the catalogues; of poisoned JSON, the strings in it."""
    found = [json.loads(row[3]) for row in material.rows("csv_injection.txt")] + catalogue("xss.txt")
    for payload in catalogue("json_poison.txt"):
        found += strings(payload)
    storable = (text for text in found if isinstance(text, str) and 0 < len(text) < 5_000 and text.strip())
    return [
        text for text in dict.fromkeys(storable) if "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
    ]


def strings(payload):
    text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return [text]
    waiting, found = [value], []
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, str):
            found.append(item)
    return found


WORDS = words()


def documents():
    """Each word is the name, alias and note of an entity; the first of a document also its title, address and annotator."""
    for number, some in enumerate(batched(WORDS, len(GOLD["entities"]))):
        native = copy.deepcopy(GOLD)
        for entity, name in zip(native["entities"], some, strict=False):
            entity |= {"id": f"{number}-{entity['id']}", "name": name, "aliases": [name], "note": name}
        native["entities"] = native["entities"][: len(some)]
        native["document"] |= {"title": some[0], "url": some[0], "key": f"d{number}", "id": f"d{number}"}
        native |= {"annotator": some[0], "adjudication_notes": list(some), "entity_relations": []}
        yield Annotated(native, TEXT, VIEW)


TITLES = [batch[0] for batch in batched(WORDS, len(GOLD["entities"]))]


def test_there_are_many():
    print(f"\n{len(WORDS)} hostile words in {len(TITLES)} documents")
    assert len(WORDS) >= 50


def test_csv_runs_nothing_and_changes_nothing_else():
    with zipfile.ZipFile(io.BytesIO(written(csv_archive, documents())[0])) as archive:
        tables = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    entities = list(csv.DictReader(io.StringIO(tables["entities.csv"], newline="")))
    assert [row["name"] for row in entities] == [cell(text) for text in WORDS]
    for text in tables.values():
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not any(value.startswith(SIGNS) for value in row)


def test_a_workbook_has_text_only():
    book = openpyxl.load_workbook(io.BytesIO(written(xlsx, documents())[0]))
    [header], rows = book["entities"].iter_rows(max_row=1, values_only=True), book["entities"].iter_rows(min_row=2)
    names = [unescape(row[header.index("name")].value) for row in rows]
    assert names == WORDS
    assert {item.data_type for sheet in book for row in sheet.iter_rows() for item in row} <= {"s", "n", "b", "inlineStr"}


def test_parquet_keeps_every_word(tmp_path):
    with zipfile.ZipFile(io.BytesIO(written(parquet, documents(), corpus="=x/../y")[0])) as archive:
        assert not any(".." in name.split("/") for name in archive.namelist())
        archive.extractall(tmp_path)
    assert pd.read_parquet(tmp_path / "entities")["name"].tolist() == WORDS


def test_followthemoney_stays_valid():
    content, _ = written(entity_lines, documents())
    for line in content.decode().split("\n")[:-1]:
        entity = json.loads(line)
        model.get(entity["schema"]).validate(entity)


def test_markdown_shows_words_and_nothing_else():
    content, _ = written(markdown, documents())
    tokens = MarkdownIt("commonmark").enable("table").parse(content.decode())
    parts = [child for token in tokens for child in token.children or []]
    strong = {"strong_open", "strong_close"}
    assert {part.type for part in parts} <= {"text", "text_special", "softbreak", "hardbreak", "html_inline"} | strong
    emphasised = [parts[place + 1].content for place, part in enumerate(parts) if part.type == "strong_open"]
    assert all(words in TEXT or re.fullmatch(r"\d+\.", words) for words in emphasised), "but for marks in a sentence, and numbers"
    assert all(re.fullmatch("<!-- [0-9a-f:-]+ -->", part.content) for part in parts if part.type == "html_inline"), (
        "but for seals"
    )
    headings = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "heading_open"]
    shown = ["".join(child.content for child in token.children) for token in headings[1:]]
    assert shown == [f"{title.strip(' \t\r\n')}[^{number}]" for number, title in enumerate(TITLES, 1)]


def test_word_shows_words_and_nothing_else():
    content, _ = written(docx_file, documents())
    found = docx.Document(io.BytesIO(content))
    headings = [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == "Heading 1"]
    expected = [ILLEGAL.sub("\ufffd", title).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ") for title in TITLES]
    assert headings == expected
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tags = {
            item.tag.rpartition("}")[2]
            for name in ("word/document.xml", "word/footnotes.xml")
            for item in ET.fromstring(archive.read(name)).iter()
        }
    assert not tags & {"hyperlink", "fldSimple", "instrText", "object", "altChunk", "drawing"}
