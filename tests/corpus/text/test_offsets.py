import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.offsets import Offsets

CASES = json.loads((Path(__file__).parents[2] / "offsets.json").read_text(encoding="utf-8"))["cases"]
MARKS = [pytest.param(case, mark, id=f"{case['name']}: {mark['quote']!a}") for case in CASES for mark in case["marks"]]

# Characters of one to four bytes, of one and two UTF-16 units, that join and that do not.
CHARACTERS = st.sampled_from("aé\u0301漢한\u200d👩🇰🇵\ufeff\r\n\U0010ffff😀ع")
TEXTS = st.text(CHARACTERS, max_size=60)


@pytest.mark.parametrize(("case", "mark"), MARKS)
def test_a_mark_is_the_same_in_every_unit(case, mark):
    offsets = Offsets(case["text"])
    start, end = mark["codepoints"]
    assert case["text"][start:end] == mark["quote"]
    assert [offsets.to_utf16(start), offsets.to_utf16(end)] == mark["utf16"]


@pytest.mark.parametrize(("case", "mark"), MARKS)
def test_a_mark_comes_back_from_every_unit(case, mark):
    offsets = Offsets(case["text"])
    assert [offsets.to_codepoints(place) for place in mark["utf16"]] == mark["codepoints"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_end_of_a_text_is_a_position(case):
    offsets = Offsets(case["text"])
    lengths = case["lengths"]
    assert offsets.utf16_length == lengths["utf16"]
    assert offsets.to_utf16(lengths["codepoints"]) == lengths["utf16"]
    assert offsets.to_codepoints(lengths["utf16"]) == lengths["codepoints"]


@pytest.mark.parametrize("case", [case for case in CASES if case["inside_pair"]], ids=lambda case: case["name"])
def test_half_a_surrogate_pair_is_no_position(case):
    offsets = Offsets(case["text"])
    for place in case["inside_pair"]:
        with pytest.raises(ValueError, match="surrogate pair"):
            offsets.to_codepoints(place)


@given(TEXTS)
def test_every_position_goes_to_utf16_and_back(text):
    offsets = Offsets(text)
    for place in range(len(text) + 1):
        units = offsets.to_utf16(place)
        assert units == len(text[:place].encode("utf-16-le")) // 2
        assert offsets.to_codepoints(units) == place


@given(TEXTS)
def test_a_utf16_position_is_either_refused_or_between_characters(text):
    offsets = Offsets(text)
    starts = {offsets.to_utf16(place) for place in range(len(text) + 1)}
    for units in range(offsets.utf16_length + 1):
        if units in starts:
            assert offsets.to_utf16(offsets.to_codepoints(units)) == units
        else:
            with pytest.raises(ValueError, match="surrogate pair"):
                offsets.to_codepoints(units)


@pytest.mark.parametrize("place", [-1, 4])
def test_positions_outside_the_text_are_refused(place):
    offsets = Offsets("a😀b")
    with pytest.raises(ValueError, match="outside a text of 3 code points"):
        offsets.to_utf16(place)
    with pytest.raises(ValueError, match="outside a text of 4 UTF-16 units"):
        offsets.to_codepoints(place if place < 0 else 5)


def test_an_empty_text_has_one_position():
    offsets = Offsets("")
    assert (offsets.to_utf16(0), offsets.to_codepoints(0)) == (0, 0)


def test_a_text_without_astral_characters_needs_no_index():
    assert Offsets("x" * 1000)._astral == []
