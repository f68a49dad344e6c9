"""Where a text has a pattern, without cutting all of it into tokens. Pure.

The letters with which an occurrence must begin are looked for first: most texts have them in a few places, and only what follows there
is cut into tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.words.patterns import Pattern, is_like, is_wild, occurrences
from corpus.words.tokens import LONGEST_WORD, TOKEN, TextToken, compared, tokens

MOST_PLACES = 8  # from about so many on, all tokens together take less time
WILDCARDS = "*?"


def matches(pattern: Pattern, text: str) -> Iterator[tuple[int, int]]:
    """(start, end) in code points of each occurrence, as `occurrences` has them."""
    alike = compared(text, is_folded=pattern.is_folded)
    starts = None if alike is None else beginnings(pattern, alike)
    if alike is None or starts is None:
        row = tokens(text, is_folded=pattern.is_folded)
        yield from ((row[first].start, row[last].end) for first, last in occurrences(pattern, row))
        return
    for start in starts:
        row = tokens_from(text, alike, start, pattern.extent)
        count = shortest(pattern, row)
        if count:
            yield start, row[count - 1].end


def beginnings(pattern: Pattern, alike: str) -> list[int] | None:
    """Where letters are that an occurrence begins with; None where they are many, or any letters will do."""
    starts: set[int] = set()
    for words in pattern.elements[0].alternatives:
        head = words[0]
        for wildcard in WILDCARDS:
            head = head.partition(wildcard)[0]
        at = alike.find(head) if head else 0
        while at >= 0:
            starts.add(at)
            if len(starts) > MOST_PLACES or not head:
                return None
            at = alike.find(head, at + 1)
    return sorted(starts)


def tokens_from(text: str, alike: str, start: int, most: int) -> list[TextToken]:
    """The token that begins there and those behind it; none where it is no beginning of a token. No token has a space in it."""
    row: list[TextToken] = []
    for match in TOKEN.finditer(text, text.rfind(" ", 0, start) + 1):
        first, behind = match.span()
        if first >= start:
            row.append(TextToken(alike[first : min(behind, first + LONGEST_WORD)], first, behind))
        if first > start and len(row) == 1:
            return []
        if len(row) == most:
            break
    return row


def shortest(pattern: Pattern, row: Sequence[TextToken]) -> int:
    """How many tokens the shortest occurrence has that begins with the first one; 0 where none does."""
    ends = {0}
    for element in pattern.elements:
        firsts = {end + more for end in ends for more in range(element.gap + 1)} if element.gap else ends
        ends = {first + len(words) for first in firsts for words in element.alternatives if begins_with(words, row, first)}
        if not ends:
            return 0
    return min(ends)


def begins_with(words: Sequence[str], row: Sequence[TextToken], first: int) -> bool:
    if first + len(words) > len(row):
        return False
    for ahead, word in enumerate(words, first):
        text = row[ahead].text
        if text != word and not (is_wild(word) and is_like(text, word)):
            return False
    return True
