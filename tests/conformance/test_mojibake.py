"""Mis-decoded text from the field, and as much text that is honest."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.cleaning.clean import REPAIRS, clean
from corpus.cleaning.draft import TextDraft
from corpus.cleaning.mojibake import find
from corpus.readers import html, text
from corpus.readers.records import read

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "data"
pytestmark = pytest.mark.others("data", instead="tests/corpus/cleaning/test_mojibake.py")

# Two controls in a United States list that are apostrophes of windows-1252: repaired, and rightly so.
KNOWN = {"sanctions_lists/us_csl/csl.csv": 2}


def decoded_anew(text: str) -> str:
    """What the mojibake rules alone make of a text, without its layout."""
    draft = TextDraft(text)
    while edits := list(find(draft.text)):
        draft.apply(edits)
    return draft.text


def test_at_least_77_of_81_cases_come_out_right() -> None:
    """The gold is the text decoded anew; straightening of quotes, which ftfy does besides, is not wanted."""
    cases = json.loads((DATA / "mojibake" / "ftfy_cases.json").read_text(encoding="utf-8"))
    wrong = [case["label"] for case in cases if decoded_anew(case["original"]) != case.get("fixed-encoding", case["fixed"])]
    print(f"mojibake: {len(cases) - len(wrong)} of {len(cases)}; not: {wrong}")
    assert len(cases) == 81
    assert len(wrong) <= 4


def honest_texts() -> Iterator[tuple[str, str]]:
    yield "gold seed", (Path(__file__).parents[2] / "domain" / "gold_seed.txt").read_text(encoding="utf-8")
    expected = json.loads((DATA / "legacy_encodings" / "expected.json").read_text(encoding="utf-8"))
    for name, facts in expected.items():
        if facts["python_codec"]:
            yield name, (DATA / "legacy_encodings" / name).read_bytes().decode(facts["python_codec"])
    for case in json.loads((SHARED / "attack" / "unicode.json").read_text(encoding="utf-8"))["cases"]:
        yield case["id"], case["s"]
    for folder in ("dprk_texts", "gum", "brat", "html_newspaper4k", "html_readability", "numbers", "feeds", "sanctions_lists"):
        for path in sorted((DATA / folder).rglob("*.*")):
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            try:
                yield str(path.relative_to(DATA)), data[:1_000_000].decode("utf-8")
            except UnicodeDecodeError:
                continue


def test_honest_text_is_not_repaired() -> None:
    size, repaired = 0, {}
    for name, honest in honest_texts():
        size += len(honest)
        count = len(list(find(honest)))
        if count:
            repaired[name] = count
    print(f"honest text: {size:,} code points, repaired: {repaired}")
    assert size > 5_000_000
    assert repaired == KNOWN


def test_wrapped_text_of_the_field_is_joined_and_nothing_else_is_lost() -> None:
    """Words are the same before and after, but for the white space between them."""
    for path in sorted((DATA / "dprk_texts").glob("*/*")):
        raw = read(path.read_bytes()).raw_text
        found = clean(raw)
        assert "".join(found.text.split()) == "".join(raw.split())
        assert {repair.op for repair in found.repairs} <= set(REPAIRS)


def test_all_62_files_in_legacy_encodings_are_read() -> None:
    expected = json.loads((DATA / "legacy_encodings" / "expected.json").read_text(encoding="utf-8"))
    wrong = []
    for name, facts in expected.items():
        data = (DATA / "legacy_encodings" / name).read_bytes()
        gold = data.decode(facts["python_codec"] or "utf-8", "replace")
        decode = html.decode if html.claims(data, name) else text.decode
        if decode(data)[0] != gold:
            wrong.append(name)
    print(f"encodings: {len(expected) - len(wrong)} of {len(expected)}")
    assert len(expected) == 62
    assert wrong == []


def test_legacy_pages_that_were_read_as_latin_1_are_decoded_anew() -> None:
    """Whole pages, markup and all: not a character differs in most of them."""
    expected = json.loads((DATA / "legacy_encodings" / "expected.json").read_text(encoding="utf-8"))
    right = tried = 0
    for name, facts in expected.items():
        codec = facts["python_codec"]
        if codec and not codec.startswith(("utf", "iso2022", "cp1252", "cp1254", "mac")):
            data = (DATA / "legacy_encodings" / name).read_bytes()
            tried += 1
            right += decoded_anew(data.decode("latin-1")) == data.decode(codec)
    print(f"read as Latin-1: {right} of {tried} pages exact")
    assert right >= 0.8 * tried
