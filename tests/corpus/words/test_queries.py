"""Patterns as queries of full text search."""

import pytest

from corpus.words.patterns import as_beginning, read_pattern
from corpus.words.queries import is_beginning, like, word_query


def query(asked, **meanings):
    return word_query(read_pattern(asked), {word.replace("_", "*"): found for word, found in meanings.items()})


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Workers", "'workers'"),
        ("North Korean workers", "('north' <1> 'korean' <1> 'workers')"),
        ("terminat*", "'terminat':*"),
        ("帰", "'帰'"),
        ("帰国", "'帰国'"),
        ("労働者", "('労働' <1> '働者')"),
        ("北朝鮮人", "('北朝' <2> '鮮人')"),
        ("労働者 300人", "('労働' <1> '働者' <2> '300' <1> '人')"),
        ("a|b c", "(('a' <1> 'c') | ('b' <1> 'c'))"),
        ("帰国|went home", "(('帰国' <2> 'home') | ('went' <1> 'home'))"),
    ],
)
def test_words_next_to_each_other_are_an_exact_query(asked, text):
    assert query(asked) == (text, True)


def test_a_gap_is_left_to_the_matcher():
    assert query("sent back ..2 home") == ("(('sent' <1> 'back') & 'home')", False)


def test_case_is_left_to_the_matcher():
    assert word_query(read_pattern("Source", is_folded=False), {}) == ("'source'", False)


def test_many_alternatives_are_not_written_out():
    text, is_exact = query("a|b c|d e|f g|h i|j")
    assert text == "(('a' | 'b') & ('c' | 'd') & ('e' | 'f') & ('g' | 'h') & ('i' | 'j'))"
    assert not is_exact


def test_a_wildcard_is_the_words_that_it_stands_for():
    assert query("labour *tion", _tion=["action", "nation"]) == ("('labour' <1> ('action' | 'nation'))", True)
    assert query("labour *tion", _tion=[]) == ("", True)
    assert query("labour|*tion", _tion=[]) == ("'labour'", True)
    assert query("labour ..2 *tion", _tion=[]) == ("", False)


@pytest.mark.parametrize(
    ("word", "expected"), [("ter*", True), ("te*", False), ("*ter", False), ("t?r*", False), ("term", False)]
)
def test_the_beginning_of_words_needs_three_letters(word, expected):
    assert is_beginning(word) is expected


@pytest.mark.parametrize(("word", "expected"), [("*tion", "%tion"), ("te?m", "te_m"), ("a*b", "a%b")])
def test_a_wildcard_as_like_has_it(word, expected):
    assert like(word) == expected


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("contracts terminat", "terminat*"),
        ("UN", "un"),
        ("170", "170"),
        ("covid19", "covid19"),
        ("帰国", "国"),
        ("단둥에서", "서"),
        ("terminat?", "terminat?"),
        ("visa|permit", "visa"),
        ("v?sa terminat", "terminat"),
    ],
)
def test_the_last_word_of_a_search_may_go_on(asked, last):
    pattern = as_beginning(read_pattern(asked))
    assert pattern.elements[-1].alternatives[0][-1] == last
