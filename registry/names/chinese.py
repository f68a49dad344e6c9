"""Chinese characters: traditional forms and readings; pinyin, Wade-Giles and Cantonese spellings of one syllable; Korean names as
Chinese texts read them. Readings are those of Unihan, see `data/NOTICE.txt`."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii

DATA = Path(__file__).parent / "data" / "han_readings.tsv.gz"
LONGEST_SYLLABLE, MOST_SPLITS = 6, 6
PINYIN, WADE_GILES, CANTONESE = "pinyin", "Wade-Giles", "Cantonese"

# Initials and finals of Wade-Giles where they are others than those of pinyin, without apostrophes, which names leave out.
WADE_INITIALS = (
    ("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("d", "t"), ("g", "k"), ("j", "ch"), ("q", "ch"), ("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"),
)  # fmt: skip
WADE_FINALS = (("ong", "ung"), ("ian", "ien"), ("ie", "ieh"), ("ue", "ueh"))
WADE_SYLLABLES = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "er": "erh", "ye": "yeh", "yan": "yen",
    "he": "ho", "ge": "ko", "ke": "ko", "you": "yu", "yi": "i", "gui": "kuei", "kui": "kuei", "guo": "kuo", "duo": "to", "tuo": "to",
    "luo": "lo", "nuo": "no", "zuo": "tso", "cuo": "tso", "suo": "so", "zhuo": "cho", "ruo": "jo", "bo": "po",
}  # fmt: skip
# Jyutping and the spellings of Hong Kong, brought to the same letters in this order.
CANTONESE_LETTERS = (
    ("ch", "Z"), ("ts", "Z"), ("sh", "s"), ("c", "Z"), ("z", "Z"), ("oeng", "eung"), ("oe", "eu"), ("eoi", "ui"), ("eon", "un"), ("eot", "ut"),
    ("g", "k"), ("b", "p"), ("d", "t"), ("j", "y"), ("yyu", "yu"), ("yeu", "yu"), ("aa", "a"), ("ee", "i"), ("ei", "i"), ("ie", "i"),
    ("oo", "u"), ("ow", "au"), ("ou", "o"), ("nk", "ng"),
)  # fmt: skip


class Han(NamedTuple):
    """One character: its traditional form and its readings."""

    traditional: str
    mandarin: tuple[str, ...]
    surname: str
    korean: tuple[str, ...]
    cantonese: str


@cache
def table() -> dict[str, Han]:
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][1:]
    return {
        sign: Han(traditional[:1], several(mandarin), surname, several(korean), cantonese)
        for sign, traditional, mandarin, surname, korean, cantonese, _ in rows
    }


def several(readings: str) -> tuple[str, ...]:
    return tuple(filter(None, readings.split(",")))


NOT_KNOWN = Han("", (), "", (), "")


def han(character: str) -> Han:
    return table().get(character, NOT_KNOWN)


def traditional(characters: str) -> str:
    return "".join(han(each).traditional or each for each in characters)


def pinyin(character: str, *, surname: bool = False) -> str:
    """The usual reading, as a surname where that is another one (朴 is Piao); anyascii where Unihan has none."""
    known = han(character)
    if surname and known.surname:
        return known.surname
    return known.mandarin[0] if known.mandarin else anyascii(character).lower().strip()


# Syllables in Latin letters


@cache
def syllables() -> frozenset[str]:
    """All syllables of Mandarin that a character is read as."""
    return frozenset(reading for each in table().values() for reading in (*each.mandarin, each.surname) if reading.isalpha())


@cache
def wade_giles() -> dict[str, frozenset[str]]:
    """Spellings of Wade-Giles, each with the syllables of pinyin that it may stand for."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for syllable in sorted(syllables()):
        spellings[wade_spelling(syllable)].add(syllable)
    return {spelling: frozenset(each) for spelling, each in spellings.items()}


def wade_spelling(syllable: str) -> str:
    if syllable in WADE_SYLLABLES:
        return WADE_SYLLABLES[syllable]
    for initial, wade in WADE_INITIALS:
        if syllable.startswith(initial):
            syllable = wade + syllable.removeprefix(initial)
            break
    for final, wade in WADE_FINALS:
        if syllable.endswith(final):
            return syllable.removesuffix(final) + wade
    return syllable


@lru_cache(maxsize=20_000)
def cantonese_letters(spelling: str) -> str:
    for letters, common in CANTONESE_LETTERS:
        spelling = spelling.replace(letters, common)
    return spelling.removesuffix("h")  # a silent one behind a vowel


@lru_cache(maxsize=20_000)
def split(word: str, system: str) -> tuple[tuple[str, ...], ...]:
    """Ways in which a word falls into syllables, long ones first; none for a word that does not."""
    if len(word) > 4 * LONGEST_SYLLABLE:
        return ()
    return tuple(ways(word, syllables() if system == PINYIN else frozenset(wade_giles())))[:MOST_SPLITS]


def ways(word: str, known: frozenset[str]) -> list[tuple[str, ...]]:
    if not word:
        return [()]
    heads = [word[:size] for size in range(min(LONGEST_SYLLABLE, len(word)), 0, -1) if word[:size] in known]
    return [(head, *rest) for head in heads for rest in ways(word[len(head) :], known)][:MOST_SPLITS]


def spellings(family: str, given: str, system: str) -> Iterator[tuple[str, ...]]:
    """The syllables of a name in Latin letters, the family name being one."""
    for head in split(family, system):
        if len(head) == 1:
            yield from (head + tail for tail in split(given, system) if 1 <= len(tail) <= 3)


# Names


def reads_as(characters: Sequence[str], family: str, given: Sequence[str]) -> str:
    """The system by which words in Latin letters are a reading of the characters; empty when they are none."""
    known = [han(each) for each in characters]
    mandarin = [frozenset((*each.mandarin, each.surname)) for each in known]
    for syllable_row in spellings(family, "".join(given), PINYIN):
        if len(syllable_row) == len(known) and all(map(frozenset.__contains__, mandarin, syllable_row)):
            return PINYIN
    for syllable_row in spellings(family, "".join(given), WADE_GILES):
        if len(syllable_row) == len(known) and all(
            wade_giles()[one] & of for one, of in zip(syllable_row, mandarin, strict=True)
        ):
            return WADE_GILES
    words = [cantonese_letters(word) for word in (family, *given)]
    return CANTONESE if words == [cantonese_letters(each.cantonese) for each in known] else ""


def same_syllables(name: tuple[str, str], other: tuple[str, str]) -> tuple[bool, bool]:
    """Whether one (family, given) is the Wade-Giles spelling of the other's pinyin, and whether it can be nothing else."""
    for wade, plain in ((name, other), (other, name)):
        pinyin_rows = list(spellings(*plain, PINYIN))
        for row in spellings(*wade, WADE_GILES):
            if any(len(each) == len(row) and all(map(is_spelling, row, each)) for each in pinyin_rows):
                return True, not list(spellings(*wade, PINYIN))
    return False, False


def is_spelling(wade: str, syllable: str) -> bool:
    return syllable in wade_giles()[wade]
