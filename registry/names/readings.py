"""Korean and Chinese readings of a person's name: romanised, in characters, by any of their systems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.names import chinese, hanja, korean
from registry.names.align import OTHER_SCRIPT, rounded
from registry.names.explain import CANDIDATE, NOTHING, LeftWord, MatchedPair, Outcome, whole_pair
from registry.names.korean import KoreanName
from registry.names.parts import NamePart, NameWord, joined

FAMILY_WEIGHT, GIVEN_WEIGHT = 35, 65  # of a Korean name
GIVEN_SHOWN_FROM = 40  # given names that are less alike than this are different ones
CHINESE_READING, READS_AS, WADE_GILES_CERTAIN, WADE_GILES_POSSIBLE = 80, 95, 90, 80


# Korean names


def korean_outcome(part: NamePart, other: NamePart) -> Outcome:
    """The best of all readings of both as family name and given name.

    An order that is not the usual one counts only where the usual one gives no candidate: Lee Ye-je is no Ms Je.
    """
    rows = [(korean_score(reading, of_other), reading, of_other) for reading in part.korean for of_other in other.korean]
    usual = [row for row in rows if row[1].is_family_first and row[2].is_family_first]
    score, reading, of_other = max(usual, key=first_of, default=rows[0])
    if score < CANDIDATE:
        score, reading, of_other = max(rows, key=first_of)
    if not score:
        return NOTHING
    characters = "han" in (part.script, other.script)
    family = family_pair(reading, of_other, characters=characters)
    given = given_pair(reading, of_other, characters=characters)
    if given.likeness < GIVEN_SHOWN_FROM:
        left = (
            LeftWord(0, *reading.given_range, GIVEN_WEIGHT, "differs"),
            LeftWord(1, *of_other.given_range, GIVEN_WEIGHT, "differs"),
        )
        return Outcome(score, (family,), left)
    if score == 100 and (family.how, given.how) != ("same", "same"):
        score = OTHER_SCRIPT
    return Outcome(score, tuple(sorted((family, given))))


def first_of(row: tuple[int, KoreanName, KoreanName]) -> int:
    return row[0]


def korean_score(name: KoreanName, other: KoreanName) -> int:
    family = korean.family_likeness(name.family, other.family)
    if not family:
        return 0
    given = korean.given_likeness(name.given, other.given)
    return rounded(family * (FAMILY_WEIGHT * 100 + GIVEN_WEIGHT * given), 10_000)


def family_pair(name: KoreanName, other: KoreanName, *, characters: bool) -> MatchedPair:
    southern = name.family != other.family and korean.southern(name.family) == korean.southern(other.family)
    how = how_written(name.family_written, other.family_written, southern=southern, characters=characters)
    points = korean.family_likeness(name.family, other.family)
    return MatchedPair(*name.family_range, *other.family_range, how, points, FAMILY_WEIGHT)


def given_pair(name: KoreanName, other: KoreanName, *, characters: bool) -> MatchedPair:
    """Of two spellings of one given name, or of two given names that differ in a letter or more."""
    edits, points = korean.distance(name.given, other.given), korean.given_likeness(name.given, other.given)
    southern = edits > 0 and korean.southern_given(name.given) == korean.southern_given(other.given)
    how = how_written(name.given_written, other.given_written, southern=southern, characters=characters)
    if edits > korean.SPELLING_EDITS and not southern:
        return MatchedPair(*name.given_range, *other.given_range, "letters", points, GIVEN_WEIGHT, rounded(edits, korean.WHOLE))
    return MatchedPair(*name.given_range, *other.given_range, how, points, GIVEN_WEIGHT)


def how_written(written: str, other: str, *, southern: bool, characters: bool) -> str:
    if written == other:
        return "same"
    if southern:
        return "initial_sound"
    return "hanja" if characters else "romanisation"


# Chinese names


def orders(words: Sequence[NameWord]) -> Iterator[Sequence[NameWord]]:
    """The family name first, or last; a name in Latin letters of two or three words."""
    if 2 <= len(words) <= 3 and all(word.script == "latin" and word.form.isalpha() for word in words):
        yield words
        yield (words[-1], *words[:-1])


def han_reading(part: NamePart, other: NamePart) -> Outcome:
    """Words in pinyin, Wade-Giles or a Cantonese spelling that are a reading of characters."""
    for characters, words in ((part, other), (other, part)):
        if characters.script == "han" and words.script == "words" and 2 <= len(characters.native) <= 4:
            for family, *given in orders(words.words):
                if chinese.reads_as(characters.native, family.form, [word.form for word in given]):
                    return Outcome(READS_AS, (whole_pair(part, other, "romanisation", READS_AS),))
    return NOTHING


def wade_giles(part: NamePart, other: NamePart) -> Outcome:
    """Mao Tse-tung, Mao Zedong."""
    for family, *given in orders(part.words):
        for family_of_other, *given_of_other in orders(other.words):
            ours, theirs = (family.form, joined(given)), (family_of_other.form, joined(given_of_other))
            same, certain = chinese.same_syllables(ours, theirs)
            if same:
                points = WADE_GILES_CERTAIN if certain else WADE_GILES_POSSIBLE
                return Outcome(points, (whole_pair(part, other, "romanisation", points),))
    return NOTHING


def chinese_reading(part: NamePart, other: NamePart) -> Outcome:
    """The Chinese reading of a Korean name whose characters are not known."""
    for name, words in ((part, other), (other, part)):
        if name.script == "han" or words.script != "words":
            continue
        for family, *given in orders(words.words):
            if any(hanja.is_chinese_reading(reading, family.form, joined(given)) for reading in name.korean):
                return Outcome(CHINESE_READING, (whole_pair(part, other, "chinese_reading", CHINESE_READING),))
    return NOTHING
