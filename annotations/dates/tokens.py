"""Words of a time as tokens: each language has rules, a pattern with what it stands for; what no rule knows says nothing of time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 300


@dataclass(frozen=True)
class DateToken:
    """`kind` is a field of a point in time (year, month, day …), a connector (to, and, since …), a length of time (count), a
    tense (future, past), `open` for words without a date, `word` for one that says nothing of time, or `stop` for what this
    reader cannot work out."""

    kind: str
    value: Any = None


Make = Callable[[re.Match[str]], Iterable[DateToken]]
Rule = tuple[re.Pattern[str], Make]
STOP, WORD = DateToken("stop"), DateToken("word")


def rule(pattern: str, *made: DateToken | Make) -> Rule:
    """A rule whose tokens are given, or made from the match."""

    def make(match: re.Match[str]) -> Iterator[DateToken]:
        for entry in made:
            if isinstance(entry, DateToken):
                yield entry
            else:
                yield from entry(match)

    return re.compile(pattern), make


def number(kind: str, group: str | int = 1) -> Make:
    return lambda match: [DateToken(kind, int(match[group]))]


def looked_up(kind: str, table: Mapping[str, Any], group: str | int = 0) -> Make:
    return lambda match: [DateToken(kind, table[match[group]])]


def any_of(words: Iterable[str]) -> str:
    """The longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def table(kind: str, words: Mapping[str, Any], before: str = "", after: str = "") -> Rule:
    """A rule for each of these words."""
    return rule(f"{before}(?P<word>{any_of(words)}){after}", looked_up(kind, words, "word"))


def plain(words: str) -> str:
    """Small letters, one blank between words, compatibility forms resolved."""
    return " ".join(unicodedata.normalize("NFKC", words[:LONGEST]).lower().split())[: 2 * LONGEST]


def tokens_of(text: str, rules: Iterable[Rule]) -> list[DateToken]:
    """`text` as `plain` gives it. At each place the first rule that fits."""
    rules, tokens, position = tuple(rules), [], 0
    while position < len(text):
        match, make = next(((match, make) for pattern, make in rules if (match := pattern.match(text, position))), (None, None))
        if match is None or make is None:
            tokens += [WORD] if text[position].isalpha() else []
            position += 1
        else:
            tokens += make(match)
            position = max(match.end(), position + 1)
    return tokens
