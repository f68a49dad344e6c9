"""Korean names: Hangul, Hanja and romanised words brought to the same letters of sound, family name and given name apart.

Letters stand for classes of sounds: K T P C S for plain, tense and aspirated ones, O for ㅓ and ㅗ, E for ㅐ and ㅔ, U for ㅜ and ㅡ, G for
final ng. `data/korean_letters.tsv` has the rules for romanised words and the system that each comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from registry.names.script import LetterRun

FIRST_SYLLABLE, LAST_SYLLABLE, MEDIALS, FINALS = 0xAC00, 0xD7A3, 21, 28
# ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ; an initial ㅇ has no sound.
INITIAL_LETTERS = ["K", "K", "N", "T", "T", "R", "M", "P", "P", "S", "S", "", "C", "C", "C", "K", "T", "P", "H"]
MEDIAL_LETTERS = "A E YA YE O E YO YE O WA WE WE YO U WO WE WI YU U WI I".split()
FINAL_LETTERS = ["", *"K K K N N N T L K M L L L P L M P P T T G T T K T P T".split()]
RIEUL, NIEUN, SILENT = 5, 2, 11
BEFORE_I = frozenset((2, 3, 6, 7, 12, 17, 20))  # ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ: before them the south drops ㄹ and ㄴ

RULES = [
    line.split("\t")[:2]
    for line in (Path(__file__).parent / "data" / "korean_letters.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
LETTERS = dict(RULES)  # romanised → letters of sound
ROMANISED = re.compile("|".join(spelling for spelling, _ in RULES))
SYLLABLE = re.compile("[KNTRMPSCH]?[YW]?[AEIOU][KNTLMPG]?")
DOUBLED_VOWEL = re.compile(r"([AEIOU])\1+")
VOWELS = re.compile("[YW]?[AEIOU]")

# Family names as DPRK, McCune-Reischauer, Revised and southern press write them.
FAMILY_NAMES = (
    "kim gim lee li yi ri rhee i park pak bak choe choi jeong jong chong jung chung kang gang jo cho yun yoon youn jang chang im rim lim "
    "han o oh seo so suh sin shin kwon gwon hwang an ahn song ryu yu yoo you hong jeon jon chon jun ko go koh mun moon yang ryang son sohn "
    "pae bae paek baek baik paik ho heo huh nam sim shim no ro noh roh ha kwak gwak cha ju chu joo u woo min na ra jin chin ji chi "
    "om eom um chae won cheon pang bang kong gong hyon hyeon hyun ham pyon byeon byun yom ryom yeom yo ryo yeo to do sok seok seon sol seol "
    "ki gi ma kil gil yon ryon yeon wi pyo myong myeong kwang ok yuk ryuk in maeng je che mo tak pan ban guk kuk ui phyo thae tae rang hak"
).split()
# Northern letters of a family name or a syllable, and the southern ones, which drop ㄹ or turn it into ㄴ.
SOUTHERN = {
    "RI": "I", "RIM": "IM", "RYU": "YU", "RYAG": "YAG", "RO": "NO", "RA": "NA", "RYOM": "YOM", "RYO": "YO", "RYON": "YON", "RYUK": "YUK", "RYE": "YE",
    "LI": "I", "LIM": "IM", "LYU": "YU", "LYAG": "YAG", "LO": "NO", "LA": "NA", "LYOM": "YOM",
}  # fmt: skip

SOUTHERN_SPELLING = 97  # points
# Costs in sixths of a letter.
WHOLE, HALF, THIRD = 6, 3, 2
SPELLING_EDITS = 2 * THIRD  # up to here two spellings of one name
SEMIVOWELS = frozenset("YW")
ALIKE = frozenset({"OU", "UO", "IE", "EI", "RL", "LR", "RN", "NR"})


class KoreanName(NamedTuple):
    """One reading of a name as family name and given name: in letters of sound, as both are written, and where both stand."""

    family: str
    given: str
    family_written: str
    given_written: str
    family_range: tuple[int, int]
    given_range: tuple[int, int]

    @property
    def is_family_first(self) -> bool:
        return self.family_range < self.given_range


# Letters of sound


@lru_cache(maxsize=12_000)
def syllable_letters(syllable: str) -> str:
    """Of one syllable of Hangul; empty for other signs."""
    number = ord(syllable) - FIRST_SYLLABLE
    if not 0 <= number <= LAST_SYLLABLE - FIRST_SYLLABLE:
        return ""
    initial, rest = divmod(number, MEDIALS * FINALS)
    return INITIAL_LETTERS[initial] + MEDIAL_LETTERS[rest // FINALS] + FINAL_LETTERS[rest % FINALS]


@lru_cache(maxsize=50_000)
def word_letters(word: str) -> str:
    """Of a romanised word; empty where it cannot be Korean."""
    letters, position = [], 0
    while position < len(word):
        match = ROMANISED.match(word, position)
        if not match:
            return ""
        letters.append(LETTERS[match[0]])
        position = match.end()
    joined = "".join(letters)
    joined = "R" + joined[1:] if joined.startswith("L") else joined
    joined = joined.removesuffix("H") if len(joined) > 1 else joined
    return "PAK" if joined == "PARK" else DOUBLED_VOWEL.sub(r"\1", joined)


def family_letters(word: str) -> str:
    """Of a romanised family name; L, which only the south writes in front, is kept."""
    letters = word_letters(word)
    return "L" + letters[1:] if letters and word.startswith("l") else letters


FAMILIES = frozenset({family_letters(name) for name in FAMILY_NAMES} | SOUTHERN.keys() | set(SOUTHERN.values()))


def southern(family: str) -> str:
    return SOUTHERN.get(family, family)


def southern_given(letters: str) -> str:
    """Of a given name, whose first syllable begins a word in the south when it is written by itself (룡해 → 용해, 락겸 → 낙겸)."""
    if letters[:1] in {"R", "N"} and letters[1:2] in {"Y", "I"}:
        return letters[1:]
    return "N" + letters[1:] if letters.startswith("R") else letters


def southern_hangul(name: str) -> str:
    """A name in the spelling of the south: its first two syllables may begin a word there (리용호 → 이용호, 최룡해 → 최용해)."""
    return "".join(southern_syllable(each) if position < 2 else each for position, each in enumerate(name))


def southern_syllable(syllable: str) -> str:
    number = ord(syllable) - FIRST_SYLLABLE
    if not 0 <= number <= LAST_SYLLABLE - FIRST_SYLLABLE:
        return syllable
    initial, rest = divmod(number, MEDIALS * FINALS)
    if initial in (RIEUL, NIEUN) and rest // FINALS in BEFORE_I:
        initial = SILENT
    elif initial == RIEUL:
        initial = NIEUN
    return chr(FIRST_SYLLABLE + initial * MEDIALS * FINALS + rest)


# Readings of a name


def of_syllables(run: LetterRun, syllables: Sequence[str]) -> Iterator[KoreanName]:
    """Readings of a name of two to four signs; one of four may have a family name of two."""
    letters = [syllable_letters(each) for each in syllables]
    sizes = {2: [1], 3: [1], 4: [1, 2]}.get(len(letters), [])
    for size in sizes if all(letters) else []:
        border = run.letters[size].start
        written = run.native[:size], run.native[size:]
        yield KoreanName("".join(letters[:size]), "".join(letters[size:]), *written, (run.start, border), (border, run.end))


def of_words(words: Sequence[tuple[str, int, int]]) -> Iterator[KoreanName]:
    """Readings of two to four romanised words (form, start, end), the family name first or last."""
    letters = [word_letters(form) for form, _, _ in words]
    if not 2 <= len(words) <= 4 or not all(letters):
        return
    for position, others in ((0, slice(1, None)), (-1, slice(0, -1))):
        family, given = family_letters(words[position][0]), "".join(letters[others])
        if family in FAMILIES and 1 <= len(VOWELS.findall(given)) <= 2:
            parts = words[others]
            written = words[position][0], "".join(form for form, _, _ in parts)
            yield KoreanName(family, given, *written, words[position][1:], (parts[0][1], parts[-1][2]))


@lru_cache(maxsize=50_000)
def splits(letters: str, count: int) -> tuple[tuple[str, ...], ...]:
    """Ways in which letters of sound fall into so many syllables."""
    if count == 1:
        return ((letters,),) if SYLLABLE.fullmatch(letters) else ()
    heads = [size for size in range(1, len(letters)) if SYLLABLE.fullmatch(letters[:size])]
    return tuple((letters[:size], *rest) for size in heads for rest in splits(letters[size:], count - 1))


# How alike two readings are


@lru_cache(maxsize=200_000)
def distance(letters: str, others: str) -> int:
    """Edits in sixths: vowels that systems write for each other cost a third, as ㄹ and ㄴ do; a semivowel costs half a letter."""
    before = [0]
    for other in others:
        before.append(before[-1] + weight(other))
    for letter in letters:
        row = [before[0] + weight(letter)]
        for position, other in enumerate(others):
            change = before[position] + difference(letter, other)
            row.append(min(change, before[position + 1] + weight(letter), row[position] + weight(other)))
        before = row
    return before[-1]


def weight(letter: str) -> int:
    return HALF if letter in SEMIVOWELS else WHOLE


def difference(letter: str, other: str) -> int:
    if letter == other:
        return 0
    return THIRD if letter + other in ALIKE else WHOLE


def family_likeness(family: str, other: str) -> int:
    if family == other:
        return 100
    if southern(family) == southern(other):
        return SOUTHERN_SPELLING
    return 90 if distance(family, other) <= THIRD else 0


def given_likeness(given: str, other: str) -> int:
    """One whole letter leaves 55, so that the name has 71: one less than a candidate."""
    edits = distance(given, other)
    if edits and southern_given(given) == southern_given(other):
        return SOUTHERN_SPELLING
    return 100 - 5 * edits if edits <= SPELLING_EDITS else max(0, 100 - 15 * edits // 2)
