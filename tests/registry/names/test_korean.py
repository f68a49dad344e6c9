"""Korean names: letters of sound, family names, readings, and how alike two of them are."""

import pytest

from registry.names import compare
from registry.names.korean import (
    distance,
    family_likeness,
    given_likeness,
    of_words,
    southern_given,
    southern_hangul,
    splits,
    syllable_letters,
    word_letters,
)


@pytest.mark.parametrize(
    ("syllable", "letters"),
    [
        ("강", "KAG"),
        ("꽃", "KOT"),
        ("정", "COG"),
        ("애", "E"),
        ("에", "E"),
        ("희", "HWI"),
        ("윤", "YUN"),
        ("철", "COL"),
        ("a", ""),
    ],
)
def test_a_syllable_has_letters_of_sound(syllable, letters):
    assert syllable_letters(syllable) == letters


@pytest.mark.parametrize(
    ("spellings", "letters"),
    [
        ("jong jeong chong chŏng".replace("ŏ", "o"), "COG"),
        ("chol cheol chol", "COL"),
        ("thaek taek", "TEK"),
        ("pak bak park", "PAK"),
        ("kyong gyeong", "KYOG"),
        ("un eun", "UN"),
        ("ri rhee", "RI"),
        ("uun un", "UN"),
    ],
)
def test_romanised_words_of_all_systems_have_the_same_letters(spellings, letters):
    assert {word_letters(each) for each in spellings.split()} == {letters}


@pytest.mark.parametrize("word", ["xi", "qin", "van", "fedor"])
def test_a_word_that_is_not_korean_has_none(word):
    assert word_letters(word) == ""


@pytest.mark.parametrize(
    ("north", "south"),
    [("리용호", "이용호"), ("최룡해", "최용해"), ("김락겸", "김낙겸"), ("로무현", "노무현"), ("녀", "여"), ("김정은", "김정은")],
)
def test_the_south_drops_r_and_n_in_front(north, south):
    assert southern_hangul(north) == south


def test_the_same_for_letters_of_a_given_name():
    assert [southern_given(each) for each in ("RYOGHE", "RAKKYOM", "NYO", "COGUN")] == ["YOGHE", "NAKKYOM", "YO", "COGUN"]


def test_edits_cost_a_third_where_systems_differ_and_half_for_a_semivowel():
    assert [distance(*pair) for pair in (("COG", "CUG"), ("PIL", "PEL"), ("WON", "ON"), ("COL", "COK"), ("COG", "COG"))] == [
        2,
        2,
        3,
        6,
        0,
    ]


def test_family_names_are_one_by_the_initial_sound():
    northern = "RI RIM RYU RO RA RYOM RYAG".split()
    assert [family_likeness(north, south) for north, south in zip(northern, "I IM YU NO NA YOM YAG".split(), strict=True)] == [
        97
    ] * 7
    assert family_likeness("KIM", "KIM") == 100
    assert family_likeness("COG", "CUG") == 90
    assert family_likeness("KIM", "PAK") == 0


def test_one_whole_letter_of_a_given_name_is_one_less_than_a_candidate():
    assert [given_likeness(*pair) for pair in (("COGUN", "COGUN"), ("YOGCOL", "YUGCUL"), ("COGUN", "COGIN"))] == [100, 80, 55]
    assert compare("Kim Jong Un", "Kim Jong An", "person").score == 71


def test_the_family_name_stands_first_or_last():
    readings = list(of_words([("kim", 0, 3), ("jong", 4, 8), ("un", 9, 11)]))
    assert [(each.family, each.given, each.given_range) for each in readings] == [("KIM", "COGUN", (4, 11))]
    assert [each.family for each in of_words([("jong", 0, 4), ("un", 5, 7), ("kim", 8, 11)])] == ["COG", "KIM"]


def test_letters_fall_into_syllables():
    assert splits("MUNKIL", 2) == (("MUN", "KIL"),)
    assert splits("YEN", 3) == ()


@pytest.mark.parametrize(
    ("name", "other", "score", "hows"),
    [
        ("Kim Chŏng-ŭn", "Kim Jong Un", 98, ["same", "romanisation"]),
        ("김정은", "Kim Chŏng-ŭn", 98, ["romanisation", "romanisation"]),
        ("金正恩", "김정은", 98, ["hanja", "hanja"]),
        ("Lee Yong-ho", "Ri Yong Ho", 97, ["initial_sound", "same"]),
        ("이용호", "리용호", 97, ["initial_sound"]),
        ("최용해", "Choe Ryong Hae", 98, ["romanisation", "initial_sound"]),
        ("Jong Un Kim", "Kim Jong Un", 100, ["same", "same"]),
        ("Je Ye RI", "Ri Ye Je", 42, ["same"]),
        ("김종은", "김정은", 30, ["same"]),
        ("박정은", "김정은", 0, []),
        ("김정은 동지", "김정은", 100, ["same"]),
        ("김정은위원장", "Kim Jong Un", 98, ["romanisation", "romanisation"]),
        ("김 정은", "김정은", 100, ["same"]),
        ("Ri Ye Je (리예제)", "이예제", 97, ["initial_sound"]),
        ("Ri Ye Je (리예제)", "李例題", 98, ["hanja", "hanja"]),
    ],
)
def test_names_in_two_ways_of_writing(name, other, score, hows):
    match = compare(name, other, "person")
    assert (match.score, [pair.how for pair in match.pairs]) == (score, hows)


def test_a_chinese_reading_is_found_without_characters():
    match = compare("Jiang Wen-ji", "Kang Mun Kil", "person")
    assert (match.score, [pair.how for pair in match.pairs]) == (80, ["chinese_reading"])
    assert compare("Jiang Wen-ji", "Kang Mun Chol", "person").score < 72
    assert compare("Li Wen", "Ri Mun", "person").score < 72  # two syllables together are too few
