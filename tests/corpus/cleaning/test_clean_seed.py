"""The seed article: cleaning gives exactly what was settled by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from corpus.cleaning.clean import clean
from corpus.readers.records import read

DOMAIN = Path(__file__).parents[3] / "domain"
GOLD: dict[str, Any] = json.loads((DOMAIN / "gold_seed.json").read_text(encoding="utf-8"))
RECORD = read((DOMAIN / GOLD["document"]["source_file"]).read_bytes())
SEED = clean(RECORD.raw_text)


def test_the_raw_text_is_read_as_it_was() -> None:
    assert (RECORD.encoding, RECORD.encoding_basis) == ("utf-8", "valid UTF-8")
    assert len(RECORD.raw_text) == GOLD["document"]["raw_length"]
    assert hashlib.sha256(RECORD.raw).hexdigest() == GOLD["document"]["raw_sha256"]


def test_the_clean_text_is_the_gold_text() -> None:
    assert (DOMAIN / "gold_seed.txt").read_bytes().decode() == SEED.text
    assert hashlib.sha256(SEED.text.encode()).hexdigest() == GOLD["document"]["clean_sha256"]


@pytest.mark.parametrize(("key", "count"), [("segments", 13), ("zones", 3), ("normalisation", 6), ("source_map", 37)])
def test_each_part_equals_the_gold(key: str, count: int) -> None:
    assert SEED.as_dict()[key] == GOLD[key]
    assert len(GOLD[key]) == count


def test_every_marked_fragment_is_found_again_in_the_raw_text() -> None:
    fragments = [fragment for mention in GOLD["mentions"] for fragment in mention["fragments"]]
    assert len(fragments) >= 129
    for fragment in fragments:
        raw = SEED.source_map.range_to_raw(fragment["start"], fragment["end"])
        assert raw == (fragment["raw_start"], fragment["raw_end"])
        assert SEED.source_map.range_to_clean(*raw) == (fragment["start"], fragment["end"])


def test_a_word_is_the_same_word_in_the_raw_text() -> None:
    start = SEED.text.index("warning")
    raw_start, raw_end = SEED.source_map.range_to_raw(start, start + 7)
    assert RECORD.raw_text[raw_start:raw_end] == "warning"


def test_the_words_of_this_article_are_not_in_the_rules() -> None:
    """The same layout with other words, another marker and other widths cleans alike."""
    raw = (
        "Fewer fishing permits sold this year\n\n\n"
        "Boats in the harbour of the northern town. The pier was lined once by dozens of\n"
        "Foreign trawlers, and it is deserted now. Photo: Coast Wire\n\n"
        "The ministry's new quota has led to a fall in the\n"
        "number of permits, Coast Wire has learned\n\n"
        "“There used to be many,” a fisherman said.\n\n\n"
        "¡å Boats at the pier, seen from the northern end,\n"
        "in the morning. A fisherman said they would not\n"
        "\u00a0leave again. Photo: Coast Wire\n\n"
        "A spokesman declined to speak."
    )
    found = clean(raw)
    assert [part.id for part in found.segments] == ["title", "cap1", "lead", "p1", "cap2", "p2"]
    assert [zone.quote for zone in found.zones] == ["Photo: Coast Wire", "▼", "Photo: Coast Wire"]
    assert [repair.op for repair in found.repairs] == [
        "rejoin",
        "rejoin",
        "mojibake",
        "rejoin",
        "rejoin",
    ]


def test_a_copy_with_straight_quotes_and_no_captions_is_cleaned_too() -> None:
    blocks = SEED.text.split("\n\n")
    rest = [block for block in blocks if "Image:" not in block]
    copy = "\n\n".join(rest).replace("“", '"').replace("”", '"') + "Copyright Example Wire"
    assert [part.kind for part in clean(copy).segments][:3] == ["title", "lead", "paragraph"]
