"""What may begin a name that sounds like another: never narrower than the matcher, on every way of writing that it knows."""

import re

import pytest

from registry.names import STRONG, compare
from registry.names.script import script_of
from registry.names.sound_classes import hangul_initials, latin_initials, spellings, syllables

WRITTEN = [
    ("김정은", "金正恩", "Kim Jong Un", "Gim Jeong-eun", "Kim Chŏng-ŭn"),
    ("리용호", "李容浩", "Ri Yong Ho", "Lee Yong-ho", "Yi Yongho"),
    ("최룡해", "崔龍海", "Choe Ryong Hae", "Ch'oe Ryong-hae", "Choi Ryong-hae"),
    ("박봉주", "朴奉珠", "Pak Pong Ju", "Bak Bong-ju", "Park Pong-ju"),
    ("조용원", "趙甬元", "Jo Yong Won", "Cho Yong-won"),
    ("노광철", "盧光鐵", "No Kwang Chol", "Ro Kwang-chol"),
    ("평양", "평양", "Pyongyang", "P'yŏngyang"),
]
LATIN = [(words[0], name) for words in WRITTEN for name in words[2:]] + [
    (words[1], name) for words in WRITTEN for name in words[2:]
]


@pytest.mark.parametrize(("native", "latin"), LATIN)
def test_no_pair_that_the_matcher_finds_is_kept_out(native, latin):
    assert max(compare(native, latin, kind).score for kind in ("person", "any")) >= STRONG
    assert re.search(f"(^|[ -])[{latin_initials(native)}]", latin.lower())
    if script_of(native[0]) == "hangul":
        assert re.search(f"^[{hangul_initials(latin)}]", native)


@pytest.mark.parametrize(
    ("words", "korean", "mandarin"),
    [
        ("김정은", "kim jong un", "gim jeong eun"),
        ("金正恩", "kum jong un", "jin zheng en"),
        ("박봉주", "pak pong ju", "bag bong ju"),
    ],
)
def test_words_are_spelled_roughly(words, korean, mandarin):
    assert spellings(words) == (korean, mandarin)


def test_a_range_has_the_syllables_of_one_consonant():
    assert syllables("ㄱ") == "가-깋"
    assert syllables("ㅎ") == "하-힣"


@pytest.mark.parametrize("words", ["", " ", "123", "!?"])
def test_words_without_a_first_sound_begin_nothing(words):
    assert (latin_initials(words), hangul_initials(words)) == ("", "")
