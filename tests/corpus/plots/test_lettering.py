"""Words are cut to the room that there is, never inside a sign, and turn nothing around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.plots.lettering import one_line, shortened, width, wrapped


@pytest.mark.parametrize(
    ("words", "room", "expected"),
    [
        ("Return home", 200, "Return home"),
        ("source familiar with North Korean affairs in China", 120, "source familiar…"),
        ("帰国させられた労働者たち", 60, "帰国さ…"),
        ("ab", 0, "…"),
    ],
)
def test_words_are_shortened(words, room, expected):
    assert shortened(words, room, 13) == expected


@given(st.text(max_size=80), st.floats(20, 300))
def test_what_is_shortened_fits_and_is_a_beginning(words, room):
    shown = shortened(words, room)
    assert width(shown) <= room
    assert shown == one_line(words) or one_line(words).startswith(shown.removesuffix("…"))


def test_a_letter_keeps_its_accents():
    assert shortened("e" + "\u0301" * 3 + "i" * 40, 60).startswith("e\u0301\u0301\u0301i")
    assert not shortened("w" * 4 + "e\u0301" * 20, 70)[:-1].endswith("\u0301\u0301")


def test_a_name_has_two_lines_at_the_most():
    assert wrapped("textile factory", 124, 12) == ["textile factory"]
    assert wrapped("North Korean workers in Dandong", 124, 12) == ["North Korean", "workers in Dando…"]
    assert all(width(line, 12) <= 124 for line in wrapped("x" * 500 + " " + "y" * 500, 124, 12))


def test_lines_and_turns_are_taken_out():
    assert one_line(" a\n\tb\u202e\u2066c\x00\x85d\ud800 ") == "a bc d"
