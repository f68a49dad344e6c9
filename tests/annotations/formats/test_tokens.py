"""Tokens end where marks may end; sentences are made of them."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.formats.middle.tokens import TokenRow, pieces, sentences, tokens
from annotations.text.graphemes import cuts
from config.environment import ROOT

GOLD = json.loads((ROOT / "domain/gold_seed.json").read_text("utf-8"))
TEXT = (ROOT / "domain/gold_seed.txt").read_text("utf-8")
ROUGH = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("0123456789,.. \r\n'’-_$%e\u0301👩\u200d🏭🇰🇵한국北製ルאب")),
    max_size=60,
)


def words(text):
    return [text[start:end] for start, end in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paid $45,000.50 (about 3.5%)", ["paid", "$", "45,000.50", "(", "about", "3.5", "%", ")"]),
        ("factory’s 1,2345", ["factory", "’", "s", "1", ",", "2345"]),
        ("北朝鮮労働者300人", ["北", "朝", "鮮", "労", "働", "者", "300", "人"]),
        ("cafe\u0301 👩\u200d🏭 🇰🇵🇨🇳", ["cafe\u0301", "👩\u200d🏭", "🇰🇵", "🇨🇳"]),
        ("١٢ عامل\r\nעובדים", ["١٢", "عامل", "עובדים"]),
        (" \r\n ", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


@given(ROUGH)
@example("1,234.567,890.1")
@example(" \u0301")  # a mark that combines with a space: one character, of which the space is in no token
def test_every_character_but_white_space_is_in_one_token_and_none_is_cut(text):
    found = list(tokens(text))
    assert "".join(words(text)) == "".join(text.split())
    assert all(start < end for start, end in found)
    assert all(cuts(text, place) is None for token in found for place in token if not text[:place][-1:].isspace())


@given(st.text("ab01234,. _-$", max_size=40))
def test_the_short_way_through_ascii_says_what_the_long_one_says(text):
    long = [piece for start, end in (found for found in _written(text)) for piece in pieces(text, start, end)]
    assert list(tokens(text)) == long


def _written(text):
    from annotations.formats.middle.tokens import WRITTEN

    return [found.span() for found in WRITTEN.finditer(text)]


def test_every_mark_of_the_gold_fits_tokens():
    row = TokenRow(tokens(TEXT))
    for mention in GOLD["mentions"]:
        for fragment in mention["fragments"]:
            first, last = row.fit(fragment["start"], fragment["end"])
            assert (row.tokens[first][0], row.tokens[last][1]) == (fragment["start"], fragment["end"])
    assert row.fit(1, 4) is None


def test_sentences_end_at_stops_and_at_lines():
    text = "Title\nThe U.S. firm paid 3.5 million. “It left.” Mr. Kim said 丹東市の工場。300人が帰国した。\r\nEnd"
    found = [text[sentence[0][0] : sentence[-1][1]] for sentence in sentences(text, ["Mr."])]
    assert found == [
        "Title",
        "The U.S. firm paid 3.5 million.",
        "“It left.”",
        "Mr. Kim said 丹東市の工場。",
        "300人が帰国した。",
        "End",
    ]


@given(ROUGH)
def test_sentences_hold_all_tokens_in_order(text):
    found = list(sentences(text))
    assert [token for sentence in found for token in sentence] == list(tokens(text))
    assert all(found)
