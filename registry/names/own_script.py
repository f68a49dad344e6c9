"""Hangul with Hangul, Han with Han: names are compared by the characters that they are written in.

Romanised they would be the same too often: 김종은 and 김정은 are two names, although both are Kim Jong Un.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

from registry.names import forms, korean
from registry.names.align import OTHER_FORM, by_numbers, left_words, rounded, weighted
from registry.names.explain import NOTHING, LeftWord, MatchedPair, Outcome, whole_pair
from registry.names.parts import NamePart, NameWord, own_words
from registry.names.readings import FAMILY_WEIGHT, GIVEN_WEIGHT

SAME_FAMILY, CHARACTER_COST = 30, 160  # points; cost of the share of characters that differ
LONGEST_NAME = 4  # signs of a Korean or Chinese name; a longer one is a foreign name


def has_own_script(part: NamePart, other: NamePart) -> bool:
    return bool(part.native and other.native) and part.script == other.script


def own_script(part: NamePart, other: NamePart, kind: str) -> Outcome:
    """Han in traditional form. A person's short name is the same name or another one."""
    if kind == "person" and max(len(part.native), len(other.native)) <= LONGEST_NAME:
        return of_person(part, other)
    edits = OSA.distance(part.native, other.native)
    points = 100 - rounded(CHARACTER_COST * edits, max(len(part.native), len(other.native)))
    if points <= 0:
        return NOTHING
    how = "letters" if edits else same_how(part, other)
    words, others = own_words(part), own_words(other)
    ranges = (words[0].start, words[-1].end, others[0].start, others[-1].end)
    pairs = [MatchedPair(*ranges, how, points, 2 * forms.WHOLE, edits)]
    endings, endings_of_other = endings_of(part), endings_of(other)
    if endings and endings_of_other:
        pairs.append(form_pair(endings, endings_of_other))
        endings, endings_of_other = [], []
    score = by_numbers(weighted(pairs, endings, endings_of_other, kind), part.numbers, other.numbers)
    return Outcome(score, tuple(sorted(pairs)), left_words(endings, endings_of_other))


def same_how(part: NamePart, other: NamePart) -> str:
    return "same" if part.written == other.written else "simplified"


def endings_of(part: NamePart) -> list[NameWord]:
    return [word for word in part.words if word.role == "form"]


def form_pair(endings: list[NameWord], endings_of_other: list[NameWord]) -> MatchedPair:
    same = {word.form for word in endings} == {word.form for word in endings_of_other}
    ranges = (endings[0].start, endings[0].end, endings_of_other[0].start, endings_of_other[0].end)
    return MatchedPair(*ranges, "same" if same else "form", 100 if same else OTHER_FORM, forms.FORM)


def of_person(part: NamePart, other: NamePart) -> Outcome:
    if part.native == other.native:
        return Outcome(100, (whole_pair(part, other, same_how(part, other), 100),))
    if part.script == "hangul" and korean.southern_hangul(part.native) == korean.southern_hangul(other.native):
        return Outcome(korean.SOUTHERN_SPELLING, (whole_pair(part, other, "initial_sound", korean.SOUTHERN_SPELLING),))
    if part.native[0] != other.native[0] or min(len(part.words), len(other.words)) < 2:
        return NOTHING
    family, family_of_other = part.words[0], other.words[0]
    pair = MatchedPair(family.start, family.end, family_of_other.start, family_of_other.end, "same", 100, FAMILY_WEIGHT)
    left = (LeftWord(0, *given_range(part), GIVEN_WEIGHT, "differs"), LeftWord(1, *given_range(other), GIVEN_WEIGHT, "differs"))
    return Outcome(SAME_FAMILY, (pair,), left)


def given_range(part: NamePart) -> tuple[int, int]:
    return part.words[1].start, part.words[-1].end
