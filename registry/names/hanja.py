"""Korean names in Chinese characters: as Koreans read them, and as Chinese texts do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from registry.names import chinese
from registry.names.korean import SOUTHERN, KoreanName, of_syllables, southern, splits, syllable_letters
from registry.names.script import LetterRun

MOST_READINGS, READINGS_OF_ONE = 12, 3  # combinations of readings; readings of one character
NORTHERN = {south: north for north, south in SOUTHERN.items() if north.startswith("R")}


def korean_readings(run: LetterRun) -> Iterator[KoreanName]:
    """Of a name of two to four characters."""
    if 2 <= len(run.letters) <= 4:
        readings = [chinese.han(character.form).korean[:READINGS_OF_ONE] for character in run.letters]
        for number, syllables in enumerate(product(*readings)):
            if number < MOST_READINGS:
                yield from of_syllables(run, syllables)


@cache
def mandarin_of() -> dict[str, frozenset[str]]:
    """Korean syllables in letters of sound, each with the Mandarin readings of the characters that are read so."""
    readings: dict[str, set[str]] = defaultdict(set)
    for each in chinese.table().values():
        for syllable in each.korean:
            readings[syllable_letters(syllable)].update(filter(None, (*each.mandarin, each.surname)))
    return {letters: frozenset(mandarin) for letters, mandarin in readings.items()}


@lru_cache(maxsize=20_000)
def mandarin(letters: str) -> frozenset[str]:
    """Readings of a syllable, be it spelt as in the north, in the south or by the southern press, which writes ㅓ as u and ㅢ as ee."""
    south = southern(letters)
    spelt = {letters, south, NORTHERN.get(south, south)}
    spelt |= {each.replace("U", "O") for each in spelt} | {"HWI" if each == "HI" else each for each in spelt}
    return frozenset().union(*(mandarin_of().get(each, ()) for each in spelt))


def is_chinese_reading(name: KoreanName, family: str, given: str) -> bool:
    """Whether words in pinyin can be how a Chinese text reads the characters of a Korean name, of three syllables together."""
    if family not in mandarin(name.family):
        return False
    for row in chinese.split(given, chinese.PINYIN):
        if len(row) == 2 and any(all(map(is_reading, row, letters)) for letters in splits(name.given, 2)):
            return True
    return False


def is_reading(syllable: str, letters: str) -> bool:
    return syllable in mandarin(letters)
