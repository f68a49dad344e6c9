"""Keys for finding names that are worth comparing: names that match have one in common, nearly always.

A key is eight bytes of BLAKE2b as a signed integer, as PostgreSQL has them. It carries a weight, of 100: how much it says that two names share it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, product
from math import isqrt
from typing import NamedTuple

from registry.names import chinese, cyrillic, forms, hanja, korean
from registry.names.consonants import bones, whole
from registry.names.korean import KoreanName
from registry.names.parts import AnalysedName, NamePart, NameWord, joined, own_words
from registry.names.readings import orders
from registry.names.sound import skeleton
from registry.names.tokens import analyse

# What a key is made of, and its weight.
WHOLE, WORDS, WORD, SOUND, GENERIC_WORD, READING, INITIALS, CHINESE, CONSONANTS, IDENTIFIER = (
    100,
    90,
    50,
    25,
    15,
    90,
    60,
    40,
    50,
    100,
)
MOST_PAIRED_WORDS, MOST_CHINESE_KEYS = 6, 24
FEWEST_JOINED, MOST_JOINED = 6, 14  # letters of words that may be written as one


class NameKey(NamedTuple):
    value: int
    weight: int


def keys(name: AnalysedName) -> tuple[NameKey, ...]:
    """All keys of a name in the order of their values."""
    return tuple(NameKey(*row) for row in sorted(key_weights(name).items()))


def key_weights(name: AnalysedName) -> dict[int, int]:
    """By the value of each key its highest weight."""
    weights: dict[int, int] = {}
    for text, weight in sources(name):
        value = hashed(text)
        if weight > weights.get(value, 0):
            weights[value] = weight
    return weights


def key_points(weight: int, names: int) -> int:
    """What a common key counts for beside others, `names` being how many listed names have it: a rare one says more. In SQL
    `(weight * 1000 / sqrt(names))::int`.
    """
    return weight * 10**9 // isqrt(names * 10**12)


@lru_cache(maxsize=50_000)
def hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)


def sources(name: AnalysedName) -> Iterator[tuple[str, int]]:
    """(what is hashed, weight)."""
    yield from ((f"identifier {each}", IDENTIFIER) for each in name.identifiers)
    of_a_person = analyse(name.text, "person").parts if name.kind == "any" else ()
    for part in (*name.parts, *of_a_person):
        yield from of_words(part)
        yield from of_own_script(part)
        yield from of_korean(part)
        yield from of_hangul(part)
        yield from of_chinese(part)
        yield from of_arabic(part)
        yield from of_acronym(part)


def of_words(part: NamePart) -> Iterator[tuple[str, int]]:
    """Each word by its letters and its sound, each two of them together, and all of them without spaces."""
    counted = [word for word in own_words(part) if word.role != "particle"]
    for word in counted:
        weight = GENERIC_WORD if word.role in {"generic", "initial"} or word.number else WORD
        yield f"word {word.number or word.form}", weight
        if word.form and not word.number and len(word.form) > 2:
            yield f"sound {word.skeleton}", min(weight, SOUND)
            yield f"sound {cyrillic.spelling(word.form)}", min(weight, SOUND)
            yield from ((f"near {each}", min(weight, SOUND)) for each in neighbours(word))
    for one, other in combinations(sorted({word.skeleton for word in counted[:MOST_PAIRED_WORDS]}), 2):
        yield f"words {one} {other}", WORDS
    for letters in neighbours_joined(own_words(part)):
        yield f"sound {skeleton(letters)}", SOUND
    letters = joined(own_words(part))
    yield f"whole {letters}", WHOLE
    yield f"whole sound {skeleton(letters)}", WORDS


def neighbours_joined(words: list[NameWord]) -> Iterator[str]:
    """Two or three words as others write them in one: Abdur Rahman, Abd al-Rahman, Nam Chon Gang."""
    rows = ([*words[start : start + count]] for count in (2, 3) for start in range(len(words) - count + 1))
    return (letters for letters in map(joined, rows) if FEWEST_JOINED <= len(letters) <= MOST_JOINED)


def neighbours(word: NameWord) -> tuple[str, str]:
    """The two halves of a word: an edit leaves one of them as it is."""
    middle = (len(word.form) + 1) // 2
    return f"{word.form[:middle]}…", f"…{word.form[middle:]}"


def of_own_script(part: NamePart) -> Iterator[tuple[str, int]]:
    if part.native:
        native = korean.southern_hangul(part.native) if part.script == "hangul" else part.native
        yield f"own {native}", WHOLE
        pieces = {native[start : start + 2] for start in range(len(native) - 1)} if len(native) > 4 else set()
        yield from ((f"own {piece}", GENERIC_WORD) for piece in sorted(pieces))


def coarse(letters: str) -> str:
    """Letters of sound without what systems write for each other."""
    return letters.replace("W", "").replace("Y", "").replace("U", "O").replace("I", "E").replace("R", "L").replace("N", "L")


def of_korean(part: NamePart) -> Iterator[tuple[str, int]]:
    """Family name and given name; and what each of their syllables begins with, for the Chinese reading."""
    for name in part.korean:
        family = coarse(korean.southern(name.family))
        yield f"korean {family} {coarse(korean.southern_given(name.given))}", READING
        yield f"korean {family} {coarse(name.given)}", READING
        if part.script != "han":
            yield from ((f"chinese {row}", CHINESE) for row in korean_initials(name))


def of_hangul(part: NamePart) -> Iterator[tuple[str, int]]:
    """All letters of sound of a body's name, in Hangul or romanised."""
    words = own_words(part)
    if part.script == "hangul":
        letters = "".join(map(korean.syllable_letters, part.native))
    else:
        letters = "".join(korean.word_letters(word.form) for word in words if word.form.isalpha())
    if len(letters) > 5:
        yield f"hangul {coarse(letters)}", READING


def korean_initials(name: KoreanName) -> list[str]:
    """Syllables by what they begin with, as a Chinese reading keeps it."""
    rows = korean.splits(name.given, 2)
    return sorted({initial(korean.southern(name.family)) + "".join(map(initial, row)) for row in rows})


def initial(letters: str) -> str:
    """The consonant that a syllable begins with, - for none; northern R and N may be silent in the south."""
    southern = korean.southern_given(letters)
    return southern[0] if southern[0] in "KTPSCHM" else "-"


def of_chinese(part: NamePart) -> Iterator[tuple[str, int]]:
    """Of a name in Latin letters that may be pinyin or Wade-Giles: its syllables, and how Koreans may begin them."""
    if part.script == "han":
        if 2 <= len(part.native) <= 4:
            readings = [sorted({*chinese.han(each).mandarin, chinese.han(each).surname} - {""}) for each in part.native]
            yield from ((f"pinyin {' '.join(row)}", READING) for row in list(product(*readings))[:MOST_CHINESE_KEYS])
            yield (
                f"cantonese {' '.join(sorted(chinese.cantonese_letters(chinese.han(each).cantonese) for each in part.native))}",
                READING,
            )
        return
    if part.script != "words" or not 2 <= len(part.words) <= 3:
        return
    yield f"cantonese {' '.join(sorted(chinese.cantonese_letters(word.form) for word in part.words))}", READING
    for family, *given in orders(part.words):
        for row in chinese.spellings(family.form, joined(given), chinese.PINYIN):
            yield f"pinyin {' '.join(row)}", READING
            if len(row) == 3:
                choices = [korean_choices(syllable) for syllable in row]
                yield from ((f"chinese {''.join(each)}", CHINESE) for each in list(product(*choices))[:MOST_CHINESE_KEYS])
        for row in chinese.spellings(family.form, joined(given), chinese.WADE_GILES):
            choices = [sorted(chinese.wade_giles()[syllable]) for syllable in row]
            yield from ((f"pinyin {' '.join(each)}", READING) for each in list(product(*choices))[:MOST_CHINESE_KEYS])


@lru_cache(maxsize=2_000)
def korean_choices(syllable: str) -> list[str]:
    """What Korean syllables that are read so begin with."""
    return sorted({initial(letters) for letters, mandarin in hanja.mandarin_of().items() if letters and syllable in mandarin})


def of_arabic(part: NamePart) -> Iterator[tuple[str, int]]:
    """The consonants of each word, of each two words, and of all of them."""
    if part.script == "words":
        rows = [letters for letters, _ in bones(part)]
        yield from ((f"consonants {row}", CONSONANTS) for row in rows if len(row) > 1)
        yield from ((f"consonants {' '.join(pair)}", WORDS) for pair in combinations(sorted(set(rows[:MOST_PAIRED_WORDS])), 2))
        yield f"whole consonants {whole(bones(part))}", WORDS


def of_acronym(part: NamePart) -> Iterator[tuple[str, int]]:
    """Initials of three words or more, and a word that may be such initials."""
    own = own_words(part)
    heads = [word.form[0] for word in own if word.form not in forms.UNSOUNDED]
    if len(heads) >= 3:
        yield f"initials {''.join(heads)}", INITIALS
    if len(own) == 1 and len(own[0].form) <= 8:
        yield f"initials {own[0].form}", INITIALS
