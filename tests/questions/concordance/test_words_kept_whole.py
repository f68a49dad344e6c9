"""Left and right of a line no word is cut, unless it is longer than there is room."""

import pytest

from questions.concordance.context import SPARE, WIDTH, beginning, ending
from questions.concordance.texts import Stretch

WORDS = "one three fifteen " * 10
LONG = "x" * 200


def window(text):
    return Stretch(None, 0, len(text))


@pytest.mark.parametrize("at", range(40))
def test_words_are_whole(at):
    text = WORDS[at : at + WIDTH + SPARE]
    left, right = ending(text, window(text)), beginning(text, window(text))
    assert text.endswith(left)
    assert text.startswith(right)
    assert text[: len(text) - len(left)][-1:] in ("", " ")
    assert text[len(right) :][:1] in ("", " ")
    assert WIDTH - SPARE <= len(left) <= WIDTH >= len(right) >= WIDTH - SPARE


def test_a_word_without_an_end_is_cut():
    text = LONG[: WIDTH + SPARE]
    assert len(ending(text, window(text))) == len(beginning(text, window(text))) == WIDTH
