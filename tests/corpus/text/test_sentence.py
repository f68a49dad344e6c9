"""The sentence around some words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentence import around

TEXT = "A title\n\nThe first one ends. Did the second? “It did,” he said. U.S. firms and S. Korea stay whole.\nA line."


def sentence(text, words):
    start = text.index(words)
    left, right = around(text, start, start + len(words))
    return text[left:right]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("title", "A title"),
        ("first", "The first one ends."),
        ("second", "Did the second?"),
        ("It did", "“It did,” he said."),
        ("Korea", "U.S. firms and S. Korea stay whole."),
        ("line", "A line."),
        ("ends. Did", "The first one ends. Did the second?"),
    ],
)
def test_the_sentence_of_words(words, expected):
    assert sentence(TEXT, words) == expected


def test_a_sentence_of_a_language_without_spaces():
    text = "工場は閉鎖された。労働者は帰国した。残りも帰る。"
    assert sentence(text, "労働者") == "労働者は帰国した。"


def test_a_decimal_point_ends_no_sentence():
    assert sentence("They earn 4.5 dollars a day. Little.", "earn") == "They earn 4.5 dollars a day."


@given(st.text(st.sampled_from("ab .!\n。”"), max_size=40), st.data())
def test_the_words_are_always_inside(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = around(text, start, end)
    assert 0 <= left <= start
    assert end <= right <= len(text)
