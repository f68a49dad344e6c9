"""What holds for any text whatever."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.cleaning.clean import REPAIRS, Cleaned, clean, verbatim
from corpus.cleaning.mojibake.readings import LATIN
from corpus.cleaning.source_map import COPY

LINES = [
    "",
    " ",
    "\u00a0",
    "A title",
    "The ministry told reporters on Monday that it",
    "will not extend permits. No date was given for the next",
    "Meeting of the committee, officials said.",
    "- an item",
    "    indented line that is long enough to be taken as a full line",
    "Country   Workers   Year",
    "▲ Workers at the station. Image: Wire",
    "¡ã Workers at the station",
    "Photo by Name",
    "労働者300人のうち170人が帰国させられ、残る130人もまもなく帰国する見通し",
    "voilÃ",
    "frÃ¨res et soeurs, l’humanitÃ©",
    "Ã¢â€šÂ¬ 5",
    "±èÁ¤Àº ³ëµ¿ÀÚ",
    "sanc\u00ad",
    "non-",
    "\x93quoted\x94",
    "\x85",
    "\ufeff",
]
pages = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \n\u00a0", " "])),
    max_size=12,
).map(lambda parts: "".join(line + end for line, end in parts))
storable = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
misread = st.text(st.sampled_from(sorted(LATIN.bytes_of)) | st.sampled_from(" aAb1.\n"), max_size=40)
texts = pages | storable | misread


def check_map(raw: str, found: Cleaned) -> None:
    a_map = found.source_map
    assert (a_map.clean_length, a_map.raw_length) == (len(found.text), len(raw))
    for run in a_map.runs:
        if run.op == COPY:
            assert found.text[run.clean_start : run.clean_end] == raw[run.raw_start : run.raw_end]
    for repair in found.repairs:
        assert raw[repair.raw_start : repair.raw_end] == repair.raw
        assert found.text.startswith(repair.clean, repair.clean_start)
    listed = [run for run in a_map.runs if run.op in REPAIRS]
    assert [run.raw_start for run in listed] == [repair.raw_start for repair in found.repairs]


@settings(max_examples=400)
@given(texts)
def test_runs_tile_both_texts_and_copies_are_equal(raw: str) -> None:
    check_map(raw, clean(raw))


@settings(max_examples=400)
@given(texts)
@example("voilÃ\n\u00a0x")
@example("The ministry told reporters on Monday that Ã\u00a0\nla carte")
def test_cleaning_a_clean_text_changes_nothing(raw: str) -> None:
    once = clean(raw)
    again = clean(once.text)
    assert again.text == once.text
    assert again.repairs == ()
    assert (again.segments, again.zones) == (once.segments, once.zones)


@given(texts)
def test_any_clean_offset_goes_to_the_raw_text_and_back(raw: str) -> None:
    a_map = clean(raw).source_map
    starts = {run.clean_start for run in a_map.runs if run.raw_start < run.raw_end}
    for run in a_map.runs:
        for offset in range(run.clean_start, run.clean_end):
            back = a_map.to_clean(a_map.to_raw(offset))
            exact = run.op == COPY or offset in starts
            assert back == offset if exact else run.clean_start <= back <= offset


@given(texts)
def test_segments_hold_all_but_white_space_and_zones_lie_inside(raw: str) -> None:
    for found in (clean(raw), verbatim(raw)):
        at = 0
        for part in found.segments:
            assert at <= part.start < part.end
            assert not found.text[at : part.start].strip()
            at = part.end
        assert not found.text[at:].strip()
        homes = {part.id: part for part in found.segments}
        assert len(homes) == len(found.segments)
        for zone in found.zones:
            home = homes[zone.segment]
            assert home.start <= zone.start < zone.end <= home.end
            assert found.text[zone.start : zone.end] == zone.quote
        assert all(a.end <= b.start for a, b in itertools.pairwise(found.zones))


@settings(max_examples=200)
@given(texts, st.randoms(use_true_random=False))
def test_any_repairs_can_be_refused_and_the_map_still_holds(raw: str, chance: random.Random) -> None:
    keys = [repair.key for repair in clean(raw).repairs]
    refused = [key for key in keys if chance.random() < 0.5]
    found = clean(raw, refuse=refused)
    check_map(raw, found)
    assert not set(refused) & {repair.key for repair in found.repairs}


@given(texts)
def test_verbatim_keeps_every_character(raw: str) -> None:
    found = verbatim(raw)
    assert found.text == raw
    check_map(raw, found)


@pytest.mark.parametrize("char", ["\r", "\u0301", "\ufeff", "\u200f"])
def test_verbatim_keeps_what_is_often_lost(char: str) -> None:
    assert char in verbatim(f"a{char}b").text
