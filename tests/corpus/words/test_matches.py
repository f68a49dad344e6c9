"""Occurrences found by their first letters are those that are found word by word."""

import unicodedata

import pytest
from hypothesis import example, given, reject
from hypothesis import strategies as st

from corpus.words import matches as module
from corpus.words.matches import matches
from corpus.words.patterns import PatternError, occurrences, read_pattern
from corpus.words.tokens import TOKEN, composed, each_token, folded, tokens

WORDS = [
    "sent",
    "Sent",
    "resent",
    "sender",
    "home",
    "HOME",
    "東",
    "京",
    "東京",
    "북한",
    "북",
    "café",
    "cafe\u0301",
    "caf",
    "170",
    "ﬁne",
    "fine",
    "ſent",
    "STRASSE",
    "straße",
    "ΣΑΣ",
    "σας",
    "５００",
    "e\u0301e",
    "\u1112\u1161\u11ab",
    "한",
    "ก็",
    "x" * 120,
    "x" * 100,
    "İst",
    "ß",
]
TEXTS = st.lists(st.sampled_from([*WORDS, " ", " ", " ", "-", "。", ".", "\n"]), max_size=30).map("".join)
ASKED = st.lists(st.sampled_from([*WORDS, "se*", "*ent", "s?nt", "sent|home", "sent|se*|sent home"]), min_size=1, max_size=3)


def one_by_one(pattern, text):
    """By the tokens of all of the text, each brought into its form by itself."""
    norm = folded if pattern.is_folded else composed
    row = [
        token._replace(text=norm(match[0][:100])[:100]) for token, match in zip(tokens(text), TOKEN.finditer(text), strict=True)
    ]
    return [(row[first].start, row[last].end) for first, last in occurrences(pattern, row)]


@given(text=TEXTS, asked=ASKED, gap=st.sampled_from([" ", " ..1 ", " ..3 "]), is_folded=st.booleans(), most=st.integers(1, 9))
@example(text="sent sent home", asked=["sent", "home"], gap=" ..1 ", is_folded=True, most=9)
@example(text="resent sent", asked=["sent"], gap=" ", is_folded=True, most=9)
@example(text="straße sent", asked=["sent"], gap=" ", is_folded=True, most=9)
@example(text="\u1112\u1161\u11ab sent", asked=["sent"], gap=" ", is_folded=False, most=9)
@example(text="a sent", asked=["sent"], gap=" ", is_folded=True, most=9)
def test_as_word_by_word(text, asked, gap, is_folded, most):
    try:
        pattern = read_pattern(gap.join(asked), is_folded=is_folded)
    except PatternError:
        reject()  # too long
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_PLACES", most)
        assert list(matches(pattern, text)) == one_by_one(pattern, text)


@given(text=st.text(max_size=40), form=st.sampled_from(["NFC", "NFKC", "NFD"]), is_folded=st.booleans())
def test_words_are_compared_as_each_by_itself(text, form, is_folded):
    text = unicodedata.normalize(form, text)
    norm = folded if is_folded else composed
    assert [token.text for token in each_token(text, is_folded=is_folded)] == [
        norm(match[0][:100])[:100] for match in TOKEN.finditer(text)
    ]


def test_only_what_follows_the_first_letters_is_cut(monkeypatch):
    monkeypatch.setattr(module, "tokens", None)
    text = "They were sent home. " * 3 + "Nobody " * 2_000
    assert list(matches(read_pattern("sent home"), text)) == [(at + 10, at + 19) for at in (0, 21, 42)]
