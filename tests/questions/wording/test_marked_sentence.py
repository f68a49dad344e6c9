"""Words in their sentence: marked, as short as a row has room for, and whole."""

import pytest

from questions.wording.marked_sentence import LONGEST, REACH, marked_sentence, window_around

LONG = "But due to the recently adopted UNSC resolution on sanctions against the North, 170 were forced to return to the North in the middle of their contracts, which were to run for two further years in the factories of the city."


def shown(text, *words):
    """The sentence of the first of `words`, in one line: marked words in [brackets]."""
    own, *others = ([(text.index(each), text.index(each) + len(each))] for each in words)
    window = window_around(own)
    sentence = marked_sentence(text[window.start : window.end], window, own, [bound for each in others for bound in each])
    return tuple("".join(f"[{words}]" if is_marked else words for words, is_marked in part) for part in sentence)


@pytest.mark.parametrize(
    ("text", "words", "short"),
    [
        ("It rained. He sold 5 tonnes. It stopped.", ["sold", "5 tonnes"], "He [sold] [5 tonnes]."),
        ("They left. 170 went home. Others stayed.", ["170", "stayed"], "[170] went home."),  # of another sentence
        ("The U.S. firm sold coal.", ["sold coal", "coal"], "The U.S. firm [sold coal]."),  # one inside the other
        ("비가 왔다. 노동자 20명이 귀국했다.", ["귀국", "20명"], "노동자 [20명]이 [귀국]했다."),
        ("下雨了。二十名工人被遣返。雨停了。", ["遣返"], "二十名工人被[遣返]。"),
    ],
)
def test_a_sentence_with_its_words_marked(text, words, short):
    assert shown(text, *words) == (short, "")


def test_a_long_sentence_is_shown_around_its_words_and_whole_on_a_press():
    short, whole = shown(LONG, "return", "170")
    assert short.startswith("… UNSC resolution on sanctions against the North, [170] were forced to [return] to the North")
    assert short.endswith(" …")
    assert len(short) <= LONGEST + 10
    assert whole.replace("[", "").replace("]", "") == LONG


def test_words_far_apart_are_shown_together():
    short, _ = shown(f"Coal was sold in {'the harbour of a town and ' * 5}for $62 a tonne.", "sold", "$62 a tonne")
    assert short == "Coal was [sold] in the harbour of a town and … the harbour of a town and for [$62 a tonne]."


def test_what_was_not_read_is_left_out_with_a_sign():
    text = "word " * REACH + "sold coal" + " word" * REACH
    _, whole = shown(text, "sold")
    assert whole.startswith("…")
    assert whole.endswith("…")
    assert "[sold] coal" in whole
    assert len(whole) < 2 * REACH + 20


def test_no_character_is_cut():
    short, _ = shown("👩‍👩‍👧" * 100 + "sold" + "👩‍👩‍👧" * 100 + ".", "sold")
    assert short.strip("…").replace("[sold]", "").replace("👩‍👩‍👧", "") == ""
