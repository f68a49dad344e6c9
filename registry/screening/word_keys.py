"""Keys of a name with the words that each belongs to. Pure.

Very many names have one word in common with another: a family name, a city. Names that have no more than that are not worth comparing, unless the
name has one telling word only. What is of more than one word (a pair, all letters, a reading, initials) tells enough by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from registry.names import analyse, cyrillic, keys
from registry.names.keys import GENERIC_WORD, SOUND, WORD, hashed, of_arabic, of_words
from registry.names.parts import AnalysedName, NamePart, NameWord, own_words

ENOUGH = 1 << 30  # the bit of what tells enough by itself
MOST_BITS = 30
# What German and Scandinavian spelling write for Russian kh and ch, and the other way round: Chodakovskij Sergejevitj, Khodakovskyy Sergeyevich.
SPELLED_OTHERWISE = tuple(
    (re.compile(letters), written) for letters, written in (("^ch", "kh"), ("^kh", "ch"), ("tj$", "ch"), ("(?<=[iy])ch$", "tj"))
)
FEWEST_SPELLED = 6  # letters of a word that is looked up in these spellings too


class TellingKey(NamedTuple):
    """A key with the bits of its words."""

    value: int
    words: int


def telling_keys(name: AnalysedName) -> list[TellingKey]:
    """Those of a name that are worth looking up. Generic words are left out: very many names have one in common, and nothing else."""
    own = [key for key in keys(name) if key.weight > GENERIC_WORD] or list(keys(name))
    parts = [*name.parts, *(analyse(name.text, "person").parts if name.kind == "any" else ())]
    rows = [(part, word) for part in parts for word in own_words(part) if is_telling(word)]
    starts = sorted({word.start for _, word in rows})[:MOST_BITS]
    if len(starts) < 2:
        return [TellingKey(key.value, ENOUGH) for key in own]
    bits: dict[int, int] = {}
    alone: dict[int, int] = {}
    for part, word in rows:
        bit = 1 << starts.index(word.start) if word.start in starts else ENOUGH
        for text, weight in of_word(part, word):
            if weight <= WORD:
                bits[hashed(text)] = bits.get(hashed(text), 0) | bit
            else:
                alone[hashed(text)] = ENOUGH  # a listed name of this word alone
    return [TellingKey(*row) for row in ({key.value: ENOUGH for key in own} | bits | alone).items()]


def is_telling(word: NameWord) -> bool:
    return word.role not in {"particle", "generic", "initial"} and not word.number


def of_word(part: NamePart, word: NameWord) -> Iterator[tuple[str, int]]:
    """What is hashed of one word, with its weight."""
    single = replace(part, words=(word,), native="", written="", korean=())
    yield from of_words(single)
    yield from ((text, weight) for text, weight in of_arabic(single) if weight < WORD)
    if word.script == "latin" and len(word.form) > 2:
        yield from ((text, SOUND) for text in variants(word.form))


def variants(form: str) -> Iterator[str]:
    """Keys of the same word with a letter more or less, whose halves are cut elsewhere, of its initial, and of other spellings."""
    middle = (len(form) + 1) // 2
    for cut in (middle - 1, middle + 1):
        if 1 < cut < len(form):
            yield f"near {form[:cut]}…"
        if 1 < len(form) - cut < len(form):
            yield f"near …{form[cut:]}"
    yield f"word {form[0]}"
    if len(form) >= FEWEST_SPELLED:
        others = {letters.sub(written, form) for letters, written in SPELLED_OTHERWISE}
        yield from (f"sound {cyrillic.spelling(other)}" for other in sorted(others - {form}))


def is_enough(words: int) -> bool:
    """Whether names with these words in common are worth comparing."""
    return words >= ENOUGH or words.bit_count() > 1
