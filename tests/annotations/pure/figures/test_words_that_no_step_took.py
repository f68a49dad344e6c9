"""What stands beside a number and is not known to be harmless there: a warning, and never a silent value."""

import pytest

from annotations.figures import residue


@pytest.mark.parametrize(
    ("words", "language", "warning"),
    [
        ("Unit 61", "en", residue.BEFORE),
        ("the Hwasong-17", "en", residue.BEFORE),
        ("a staggering 300 workers", "en", residue.BEFORE),
        ("a 737 freighter", "en", residue.BEHIND),
        ("80% less", "en", residue.DEGREE),
        ("30 percent higher than last year", "en", residue.DEGREE),
        ("200 tonnes more than in 2016", "en", residue.DEGREE),
        ("47쪽", "ko", residue.BEHIND),
        ("화성-17형", "ko", residue.BEFORE),
        ("족히 300명", "ko", residue.BEFORE),
        ("300명이 무색하다", "ko", residue.BEHIND),
        ("东风-41", "zh", residue.BEFORE),
        ("12节航速", "zh", "a unit that the scheme lacks"),
        ("万吨级油轮", "zh", residue.DEGREE),
    ],
)
def test_what_is_not_known_beside_a_number_warns(says, words, language, warning):
    assert warning in says(words, language)["warnings"]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("charged 590 people", "en"),
        ("300 shell companies", "en"),
        ("the 70 workers", "en"),
        ("15 crew", "en"),
        ("1 freighter", "en"),
        ("선박 9척", "ko"),
        ("300명을 파견했다", "ko"),
        ("27 컨테이너", "ko"),
        ("雇用300人", "zh"),
        ("300座仓库", "zh"),
    ],
)
def test_what_is_harmless_does_not(says, words, language):
    assert "warnings" not in says(words, language)


def test_higher_than_behind_a_number_is_no_bound(value):
    assert value("30 percent higher than last year") == ("eq", 30, 30)
    assert value("higher than 30 percent") == ("gt", 30, None)


def test_teens_have_both_bounds(value):
    assert value("十几艘", "zh") == ("between", 11, 19)
    assert value("二十几万吨", "zh") == ("between", 210_000, 290_000)


@pytest.mark.parametrize(
    ("words", "language"),
    [("+82 2 2100 7114", "en"), ("02-2100-7114", "ko"), ("010-65321381", "zh"), ("4차 회의", "ko"), ("两位数", "zh")],
)
def test_numbers_of_telephones_and_ranks_are_no_figures(value, words, language):
    assert value(words, language) == (None, None, None)
