"""The words of a text that may be a name: those that begin with a capital, and what stands in Hangul or Han. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from registry.names import analyse

HANGUL, HAN = r"[\uac00-\ud7a3]", r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
TOKEN = re.compile(rf"(?P<hangul>{HANGUL}+)|(?P<han>{HAN}+)|(?P<word>(?:(?!{HANGUL}|{HAN})[^\W_])+(?:[’'](?!s\b)[^\W_]+)*)")
GAP = re.compile(r"[ \u00a0]{1,2}|[-\u2010\u2011/]|\.?,? ?&? ?")
HYPHENS = ("-", "\u2010", "\u2011")
CONNECTORS = frozenset("of and for the in de du des la le al el bin ibn van der von und y e do da di".split())
# Before a full stop that ends no sentence, beside single letters.
ABBREVIATIONS = frozenset("co corp ltd inc bros mr mrs ms dr st gen col maj lt capt no jr sr pte pvt".split())
# What Korean writes behind a name in the same word, longest first.
PARTICLES = (
    "으로부터 에게서 으로서 으로써 이라고 에서는 에게 께서 에서 으로 로서 라고 이나 까지 부터 처럼 보다 마저 조차 이라 이며 "
    "이고 이라는 이었다고 이었다 라는 였다고 였다 이다 한테 은 는 이 가 을 를 의 에 와 과 도 로 만 들 씨 측"
).split()
MOST_FORMS = 8  # of one word: 가가가… ends in one after another


class NameToken(NamedTuple):
    """A word with its range in code points; `may_begin`: a name can begin and end with it."""

    start: int
    end: int
    text: str
    script: str  # hangul, han, word
    may_begin: bool


def tokens(text: str) -> Iterator[NameToken]:
    for match in TOKEN.finditer(text):
        script = match.lastgroup or ""
        word = match[0]
        yield NameToken(match.start(), match.end(), word, script, script != "word" or word[0].isupper() or word[0].isdigit())


def segments(text: str) -> Iterator[list[NameToken]]:
    """Words that stand beside each other, between which a name can reach."""
    row: list[NameToken] = []
    for token in tokens(text):
        gap = text[row[-1].end : token.start] if row else ""
        is_joined = gap in HYPHENS
        if row and not (GAP.fullmatch(gap) and not ends_sentence(row[-1], gap)):
            yield from cut(row)
            row = []
        is_part = token.may_begin or (is_joined and bool(row) and row[-1].may_begin)
        if is_part or (row and token.text in CONNECTORS):
            row.append(NameToken(token.start, token.end, token.text, token.script, is_part))
        elif row:
            yield from cut(row)
            row = []
    yield from cut(row)


def cut(row: list[NameToken]) -> Iterator[list[NameToken]]:
    """Without connectors at the end."""
    while row and not row[-1].may_begin:
        row = row[:-1]
    if row:
        yield row


def ends_sentence(before: NameToken, gap: str) -> bool:
    return gap.startswith(".") and len(before.text) > 1 and before.text.lower() not in ABBREVIATIONS


def without_particles(token: NameToken) -> list[NameToken]:
    """A word in Hangul as it is, and without what may be particles behind it: 씨는, 에서도, 측과의."""
    if token.script != "hangul":
        return [token]
    texts = [token.text]
    for text in texts:  # what is shorter is looked at in its turn
        if len(texts) > MOST_FORMS:
            break
        shorter = (text.removesuffix(each) for each in PARTICLES if text.endswith(each))
        texts += [each for each in shorter if len(each) >= 2 and each not in texts]
    return [NameToken(token.start, token.start + len(each), each, token.script, token.may_begin) for each in texts]


class WordForm(NamedTuple):
    """A word in Latin letters, and by its consonants."""

    form: str
    skeleton: str


@lru_cache(maxsize=20_000)
def word_form(word: str) -> WordForm:
    parts = analyse(word, "body").parts
    words = parts[0].words if parts else ()
    return WordForm("".join(each.form for each in words), words[0].skeleton if len(words) == 1 else "")
