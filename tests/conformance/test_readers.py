"""Real files of every kind that is read, and files that are made to do harm."""

from __future__ import annotations

import ast
import json
import re
import resource
import time
from collections import Counter
from pathlib import Path

import pytest

from corpus.readers.extracted import Record, Unread
from corpus.readers.records import READERS, reader_of, records

SHARED = Path(__file__).parents[3] / "shared"
DATA, ATTACK = SHARED / "data", SHARED / "attack"
pytestmark = pytest.mark.others("data", instead="tests/corpus/readers/test_readers.py")


def expected(folder: str):
    return json.loads((DATA / folder / "expected.json").read_text("utf-8"))


def found_in(path: Path) -> list[Record | Unread]:
    return list(records(path.read_bytes(), path.name))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_pdf_files_give_the_words_that_stand_in_them() -> None:
    right = wanted = 0
    for name, facts in expected("pdf").items():
        (found,) = found_in(DATA / "pdf" / name)
        if facts.get("needs_password"):
            assert found == Unread(name=name, why="it is password-protected")
            continue
        assert isinstance(found, Record), found
        seen = set(words(found.raw_text))
        wanted += len(facts["words_sample"])
        right += sum(word in seen for word in facts["words_sample"])
    print(f"PDF: {right} of {wanted} words")
    assert right >= 0.98 * wanted


def test_word_documents_give_their_paragraphs_and_cells() -> None:
    cases = expected("docx")
    for name, facts in cases.items():
        (found,) = found_in(DATA / "docx" / name)
        if "text" not in facts:
            assert isinstance(found, Unread), name
            continue
        gold = Counter(words(facts["text"] + " " + " ".join(cell for row in facts["table_cells"] for cell in row)))
        got = Counter(words(found.raw_text)) if isinstance(found, Record) else Counter()
        assert got == gold, name
    print(f"DOCX: {len(cases)} of {len(cases)}")


def test_mail_gives_subject_sender_day_and_text() -> None:
    right = 0
    cases = expected("eml")
    for name, facts in cases.items():
        found = found_in(DATA / "eml" / name)
        texts = [one for one in found if isinstance(one, Record)]
        body = " ".join((facts["body_start"] or "").split())[:40]
        if not body:
            right += 1  # nothing that must be there
        else:
            hit = next((one for one in texts if body in " ".join(one.raw_text.split())), None)
            right += hit is not None and (not facts["subject"] or hit.title == " ".join(facts["subject"].split()))
        named = {one.name.rpartition("/")[2] for one in found}
        assert set(facts["attachments"]) <= named, name
    print(f"mail: {right} of {len(cases)}")
    # In one the body is damaged Chinese of which the standard library makes other signs than we do.
    assert right >= len(cases) - 1


def test_crawls_give_their_pages_with_their_addresses() -> None:
    count = 0
    for name, facts in expected("warc").items():
        found = found_in(DATA / "warc" / name)
        pages = [
            one
            for one in facts["list"]
            if one["type"] in ("response", "resource")
            and (one["ctype"] or "").startswith("text/html")
            and not name.startswith("example.arc")
        ]
        # A page may give its own address, with or without www, as the one by which it wants to be known.
        addresses = [one.url.replace("//www.", "//") for one in found if isinstance(one, Record)]
        assert addresses == [one["uri"].replace("//www.", "//") for one in pages], name
        count += len(pages)
    print(f"WARC: {count} pages of {len(expected('warc'))} crawls")


def test_a_saved_page_gives_the_text_that_people_took_from_it() -> None:
    (found,) = found_in(DATA / "mhtml_html" / "A_KAE.mhtml")
    assert isinstance(found, Record)
    gold, got = (Counter(words(text)) for text in ((DATA / "mhtml_html" / "A_KAE.txt").read_text("utf-8"), found.raw_text))
    share = 2 * (gold & got).total() / (gold.total() + got.total())
    print(f"MHTML: F1 {share:.3f}")
    assert share >= 0.9


EXPECT = re.compile(r"entries\[0\](?:\[['\"](title|link)['\"]\]|\.(title|link)) == (u?['\"].*['\"])$")


def test_feeds_give_titles_and_addresses_in_every_encoding() -> None:
    asked = right = 0
    wrong = []
    for case in expected("feeds"):
        path = DATA / "feeds" / case["file"]
        assert reader_of(path.read_bytes(), path.name) in READERS.values()
        wanted = EXPECT.search(case["expect"] or "")
        if not wanted or case["feedparser_6_0_14"] is not True:
            continue
        field, value = wanted[1] or wanted[2], ast.literal_eval(wanted[3])
        if field == "link" and not value.startswith("http"):
            continue
        asked += 1
        first = found_in(path)[0]
        # An entry of an address alone is told of by that address.
        got = first.name.partition("/")[2] if isinstance(first, Unread) else first.title if field == "title" else first.url
        if got == " ".join(re.sub(r"<[^>]*>", "", value).split()):
            right += 1
        else:
            wrong.append((case["file"], value, got))
    print(f"feeds: {right} of {asked}; not: {wrong}")
    assert asked >= 8
    assert right == asked


CONTROLS = {
    "xml/control_ok.rss": 1,
    "malformed/control_ok.docx": 1,
    "malformed/control_ok.pdf": 1,
    "malformed/control_ok.warc": 1,
    "malformed/latin1_says_utf8.html": 1,
    "malformed/utf16.html": 1,
    "malformed/nul_in.html": 1,
    "malformed/js_open_action.pdf": 1,
    "xml/external_image_file.docx": 1,
    "zip/control_ok.zip": 3,
    "zip/slip.zip": 2,
    "zip/symlink.zip": 1,
    "zip/mixed_good_bad.zip": 2,
    "zip/bomb_100mb.zip": 1,
    "zip/nested_bomb.zip": 1,
}
# Told of as more than the file has, or damaged in a way that can be put right.
AT_LEAST = {"zip/slip.zip"}
EITHER = {"malformed/startxref_lie.pdf", "malformed/truncated.pdf"}


@pytest.mark.others("attack", instead="tests/corpus/readers/test_sandboxed.py")
def test_files_that_are_made_to_do_harm_do_none_and_their_good_neighbours_land() -> None:
    for case in json.loads((ATTACK / "files_manifest.json").read_text("utf-8")):
        path = ATTACK / case["file"]
        before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        found = found_in(path)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        texts = [one for one in found if isinstance(one, Record)]
        assert time.process_time() - began < 10, case
        assert grown < 200, case
        assert not any("root:" in one.raw_text for one in texts), case
        assert not any("\x00" in one.raw_text for one in texts), case
        wanted = CONTROLS.get(case["file"], 0)
        if case["file"] not in EITHER:
            assert len(texts) >= wanted if case["file"] in AT_LEAST else len(texts) == wanted, (case, found)
        assert all(len(one.why) > 10 for one in found if isinstance(one, Unread)), found
