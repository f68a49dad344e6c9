"""Words that are looked for, in texts of many scripts."""

import itertools
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words.patterns import PatternError, is_like, occurrences, read_pattern, with_other_word
from corpus.words.tokens import folded, tokens

JAPANESE = "丹東市の繊維工場では北朝鮮労働者300人のうち170人が帰国させられた。"


def hits(text, asked, **case):
    words = tokens(text, **case)
    return [text[words[first].start : words[last].end] for first, last in occurrences(read_pattern(asked, **case), words)]


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Contracts were terminated; a termination followed.", "terminat*", ["terminated", "termination"]),
        ("Contracts were terminated.", "*minat?d", ["terminated"]),
        ("Contracts were terminated.", "terminat", []),
        ("North Korean workers, north-korean WORKERS", "north korean workers", ["North Korean workers", "north-korean WORKERS"]),
        ("visa extension and visa requests", "Visa ext*|req*", ["visa extension", "visa requests"]),
        ("They were sent back home early", "sent ..2 home", ["sent back home"]),
        ("sent by the firm itself home", "sent ..2 home", []),
        ("17,500 labourers", "17,500", ["17,500"]),
        ("cafe\u0301 and CAFÉ", "café", ["cafe\u0301", "CAFÉ"]),
        ("５００人", "500", ["５００"]),
        ("🏭 Factory", "factory", ["Factory"]),
        (JAPANESE, "帰国", ["帰国"]),
        (JAPANESE, "労働者300", ["労働者300"]),
        (JAPANESE, "労働者 ..3 人", ["労働者300人"]),
        ("그는 북한 노동자였다", "북한노동자", ["북한 노동자"]),
        ("그는 단둥에서 왔다", "단둥", ["단둥"]),
        (unicodedata.normalize("NFD", "단둥에서"), "단둥", [unicodedata.normalize("NFD", "단둥")]),
        (unicodedata.normalize("NFD", "ガス"), "ガス", [unicodedata.normalize("NFD", "ガス")]),
        ("عاد 170 عاملا", "عاملا", ["عاملا"]),
    ],
)
def test_words_are_where_a_reader_sees_them(text, asked, expected):
    assert hits(text, asked) == expected


def test_case_counts_where_it_is_asked_for():
    text = "The Source said, a source added"
    assert hits(text, "source") == ["Source", "source"]
    assert hits(text, "Source", is_folded=False) == ["Source"]


@pytest.mark.parametrize(
    ("asked", "rule"),
    [
        ("", "at least one letter"),
        ("… !", "at least one letter"),
        ("*", "needs a letter beside it"),
        ("??", "needs a letter beside it"),
        ("a*b*c*d", "more than 2 asterisks"),
        ("x" * 201, "at most 200 characters"),
        ("a " * 41, "at most 40 words"),
        ("労働者" * 14, "counts as a word"),
        (" ..20 ".join("abcdefghi"), "smaller gaps: a match may be 160 words long, not 169"),
        (" ".join(f"{letter}*" for letter in "abcdefghi"), "at most 8 words with an asterisk"),
        ("sent ..x home", "a number from 1 to 20"),
        ("sent ..99 home", "a number from 1 to 20"),
        ("sent ..² home", "a number from 1 to 20"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_the_rule(asked, rule):
    with pytest.raises(PatternError, match=rule):
        read_pattern(asked)


def test_a_headline_can_be_looked_for():
    headline = "Hundreds of North Korean workers were sent home from the border city of Dandong before their visas had expired"
    assert hits(f"Today: {headline}.", headline) == [headline]


def test_of_several_ends_the_nearest_counts():
    assert hits("a x b x b", "a ..3 b") == ["a x b"]
    assert hits("a b c a c", "a|b ..1 c") == ["a b c", "b c", "a c"]


def test_hostile_patterns_take_no_time():
    """Each word of the pattern is compared with each of the text, however many ways there are to fill the gaps."""
    words = tokens("a " * 400)
    began = time.process_time()
    for asked in (" ..20 ".join("aaaaaaab"), " ..20 ".join(["a|a|a|a"] * 7 + ["b"]), " ..20 ".join(["*a*"] * 7 + ["b"])):
        assert not list(occurrences(read_pattern(asked), words))
    assert not hits("x" * 100_000, "*x*y")
    assert time.process_time() - began < 1


def test_of_a_word_without_end_the_first_hundred_letters_count():
    text = "x" * 100_000
    assert hits(text, "x" * 100) == [text]
    assert hits(text, "x" * 99) == []
    assert hits(text, "x*") == [text]


def test_hostile_words_stay_words():
    assert hits("a+b (c)", "(a+)+$") == ["a"]
    assert hits("100%_x", "100% _x") == ["100%_x"]


@given(st.text())
def test_tokens_are_pieces_of_the_text_in_order(text):
    words = tokens(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(words))
    assert all(word.start < word.end <= len(text) for word in words)
    assert not any(char.isspace() for word in words for char in text[word.start : word.end])


@given(st.text(st.characters(categories=("L", "N")), min_size=1, max_size=5))
def test_a_word_is_found_in_itself_composed_or_not(word):
    for form in ("NFC", "NFD"):
        assert len(tokens(word)) > 8 or hits(f"x {unicodedata.normalize(form, word)} x", word)


@given(st.text("ab"), st.text("ab?*", max_size=6))
def test_shapes_mean_what_they_say(word, shape):
    """Against trying: every way in which the letters can be shared out."""

    def fits(at, position):
        if position == len(shape):
            return at == len(word)
        if shape[position] == "*":
            return any(fits(more, position + 1) for more in range(at, len(word) + 1))
        return at < len(word) and shape[position] in ("?", word[at]) and fits(at + 1, position + 1)

    assert is_like(word, shape) == fits(0, 0)


def test_a_word_is_folded_once():
    assert folded(folded("ﬃ ẞ İ")) == folded("ﬃ ẞ İ")


@pytest.mark.parametrize(
    ("asked", "word", "expected"),
    [
        ("Wrokers wrokers", "wrokers", "workers workers"),
        ("the wrokers|people ..3 home", "wrokers", "the workers|people ..3 home"),
        ("3 ..3 3*", "3", "workers ..3 3*"),
        ("CAFE\u0301", "caf\u00e9", "workers"),
        ("17,500 men", "17", "workers,500 men"),
        ("wroker* wrokers", "wrokers", "wroker* workers"),
    ],
)
def test_another_word_stands_wherever_the_word_was(asked, word, expected):
    assert with_other_word(asked, word, "workers") == expected


def test_plain_words_have_no_wildcard_and_are_no_characters():
    assert read_pattern("Sent|back ho*e 帰国 ..3 170").plain == ["sent", "back", "170"]
