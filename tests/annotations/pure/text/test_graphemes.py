import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.graphemes import clusters, cuts, joins

TESTS = Path(__file__).parents[3]
CASES = json.loads((TESTS / "offsets.json").read_text(encoding="utf-8"))["cases"]
CHARACTERS = json.loads((TESTS / "graphemes.json").read_text(encoding="utf-8"))["cases"]  # the browser's test reads them too
HOSTILE = st.text(
    st.sampled_from("a\r\n é\u0301\u200d\u0600กำ\u0e49क\u094dষ한\u1100\u1161\u11a8🇰🇵👩🏽©\ufe0f\u00ad"), max_size=24
)


def cut_places(text):
    return {place: what for place in range(len(text) + 1) if (what := cuts(text, place))}


def test_words_of_the_latin_script_are_not_cut():
    assert cut_places("of 170, so") == {1: "word", 4: "word", 5: "word", 9: "word"}


@pytest.mark.parametrize("text", ["China’s", "North-South", "(300)", "$120", "RMB/yuan"])
def test_a_word_ends_at_punctuation(text):
    boundary = next(place for place, char in enumerate(text) if not char.isalnum())
    assert cuts(text, boundary) is None
    assert cuts(text, boundary + 1) is None


def test_the_separators_of_a_number_belong_to_it():
    assert cuts("45,000 RMB", 2) == "word"
    assert cuts("45,000 RMB", 3) == "word"
    assert cuts("3.5 million", 1) == "word"
    assert cuts("8,9 and 10", 1) is None
    assert cuts("in 2017. It", 7) is None


@pytest.mark.parametrize("text", ["北朝鮮労働者が帰国", "북한에서", "แรงงานเกาหลี", "ひらがなカタカナ", "丹东市工厂"])
def test_scripts_without_spaces_may_be_cut_between_any_two_characters(text):
    assert "word" not in cut_places(text).values()


@pytest.mark.parametrize("text", ["300人", "約76万", "第3号", "170명", "300คน"])
def test_a_digit_beside_such_a_script_is_no_cut(text):
    places = [place for place in range(1, len(text)) if text[place].isdigit() != text[place - 1].isdigit()]
    assert places
    assert all(cuts(text, place) is None for place in places)


def test_digits_among_such_characters_stay_whole():
    assert cut_places("約300人") == {2: "word", 3: "word"}


@pytest.mark.parametrize(
    "text",
    ["e\u0301", "👩‍👩‍👧‍👦", "👷🏽‍♀️", "🇨🇳", "3️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "\r\n", "\u1107\u116e\u11a8", "ह्"],
)
def test_what_a_reader_sees_as_one_character_is_not_cut(text):
    assert set(cut_places(text)) == set(range(1, len(text)))
    assert cuts(text, 1) == "character"


@pytest.mark.parametrize("case", CHARACTERS, ids=lambda case: case["name"])
def test_a_character_is_what_uax_29_says(case):
    assert list(clusters(case["text"])) == case["starts"]


@given(HOSTILE)
def test_every_place_is_judged_as_in_the_whole_text(text):
    starts = set(clusters(text))
    assert {place for place in range(1, len(text)) if not joins(text, place)} == starts - {0}


def test_flags_in_a_row_are_cut_only_between_flags():
    assert cut_places("🇨🇳🇰🇵🇰🇷") == {1: "character", 3: "character", 5: "character"}


def test_korean_letters_after_a_finished_syllable_begin_a_new_one():
    assert cut_places("\u1107\u116e\u11a8\u1112\u1161\u11ab") == dict.fromkeys((1, 2, 4, 5), "character")
    assert cuts("가\u11a8", 1) == "character"
    assert cuts("각\u1100", 1) is None


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("\u115f", "\u1160", True),
        ("\u1100", "\u1100", True),
        ("\u1100", "가", True),
        ("\u1100", "\u11a8", False),
        ("\u1160", "\u11a7", True),
        ("\u1161", "\u11a8", True),
        ("\u11a7", "\u11a8", True),
        ("\u11a8", "\u1161", False),
        ("\u11a8", "\u11ff", True),
        ("가", "\u1161", True),
        ("각", "\u1161", False),
        ("각", "\u11a8", True),
        ("a", "\u1161", False),
    ],
)
def test_korean_letters_join_as_they_are_written(before, after, whole):
    assert joins(before + after, 1) is whole


def test_a_word_with_marks_is_a_word():
    assert cuts("cafe\u0301s", 5) == "word"
    assert cuts("नमस्ते", 1) == "word"


def test_an_emoji_beside_a_word_is_no_cut():
    assert cuts("🏭Factory", 1) is None


def test_the_ends_of_a_text_cut_nothing():
    assert cuts("word", 0) is None
    assert cuts("word", 4) is None
    assert cuts("", 0) is None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_marks_of_the_shared_cases_cut_nothing(case):
    for mark in case["marks"]:
        assert [cuts(case["text"], place) for place in mark["codepoints"]] == [None, None]


@given(st.text(max_size=30), st.text(max_size=30))
def test_white_space_parts_words_and_characters(left, right):
    text = f"{left} {right}"
    place = len(left) + 1
    if right[:1].isalnum():
        assert cuts(text, place) is None


@given(st.text(min_size=2, max_size=20))
def test_every_place_of_any_text_has_an_answer(text):
    for place in range(1, len(text)):
        assert joins(text, place) in (True, False)
        assert cuts(text, place) in (None, "word", "character")
