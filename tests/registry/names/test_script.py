"""Letters, words and scripts of a name, each with its position."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.names.script import MOST_LETTERS, ascii_runs, latin, letters, runs, runs_of_any


def words(name):
    return [(latin(run.native, run.script), name[run.start : run.end]) for run in runs(name)]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Kim Chŏng-ŭn", ["kim", "chong", "un"]),
        ("Ch'oe Ryong-hae", ["choe", "ryong", "hae"]),
        ("O’Brien", ["obrien"]),
        ("Müller & Söhne", ["muller", "and", "sohne"]),
        ("Ｆｕｌｌ　Ｗｉｄｔｈ", ["full", "width"]),
        ("Straße", ["strasse"]),
        ("Александр Щукин", ["aleksandr", "shchukin"]),
        ("محمود احمدی‌نژاد", ["محمود", "احمدينژاد"]),
        ("バラク・オバマ", ["baraku", "obama"]),
        ("नरेन्द्र मोदी", ["nrendr", "modi"]),
        ("No. 44", ["no", "44"]),
        ("٤٤", ["44"]),
        ("ـ", ["ـ"]),
        ("", []),
        ("—…!", []),
        ("🏭", []),
    ],
)
def test_words_are_brought_to_latin_letters(name, forms):
    assert [form for form, _ in words(name)] == forms


def test_marks_and_jamo_written_apart_are_part_of_their_letter():
    name = unicodedata.normalize("NFD", "Chŏng 김정은")
    assert [(run.native, name[run.start : run.end]) for run in runs(name)] == [
        ("chŏng", unicodedata.normalize("NFD", "Chŏng")),
        ("김정은", unicodedata.normalize("NFD", "김정은")),
    ]


def test_hangul_and_han_are_words_of_their_own():
    assert [(run.script, run.native) for run in runs("Ri Ye Je(李例題)리예제")] == [
        ("latin", "ri"),
        ("latin", "ye"),
        ("latin", "je"),
        ("han", "李例題"),
        ("hangul", "리예제"),
    ]


def test_a_word_has_the_range_that_it_is_written_in():
    name = "  “Ch'oe” Ryong-hae🏭 최룡해"
    assert [name[run.start : run.end] for run in runs(name)] == ["Ch'oe", "Ryong", "hae", "최룡해"]


def test_what_is_behind_the_limit_is_not_read():
    name = "a" * (MOST_LETTERS - 1) + " bcd"
    assert max(letter.end for letter in letters(name)) == MOST_LETTERS
    assert len(runs("a " * 10_000)) == MOST_LETTERS // 2


@given(st.text(st.one_of(st.sampled_from("aBc7 .-'`&_("), st.characters(max_codepoint=127)), max_size=MOST_LETTERS + 20))
def test_plain_letters_are_read_by_a_short_way_to_the_same_words(name):
    short, long = ascii_runs(name), runs_of_any(name)
    assert [(run.letters, *run[:4]) for run in short] == [(run.letters, *run[:4]) for run in long]
