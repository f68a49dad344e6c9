"""Words of two names beside each other: how alike two words are, which answer each other, and the score that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from registry.names import cyrillic, forms
from registry.names.explain import LeftWord, MatchedPair, Outcome
from registry.names.parts import NamePart, NameWord
from registry.names.sound import skeleton

# Points of words that are not the same: in two scripts, of one spelling, of one sound, an initial, one and several words, company forms.
OTHER_SCRIPT, CYRILLIC, SPELLING, SOUND, INITIAL, LESS_FOR_JOINING, OTHER_FORM = 98, 95, 90, 85, 80, 2, 30
JOINED_FROM = 85  # points from which several words answer one
MOST_EDITS = 3  # of two words that are alike by their letters
LETTER_COST = 80  # of what share of its letters two words differ in
SPAN_WEIGHTS = {1: 100, 2: 141, 3: 173}  # several words against one count more than one, but less than each for itself
# What is left over on both sides contradicts; what only one name has costs less, in percent of its weight.
CONTRADICTION, EXTRA = 160, {"person": 35}
EXTRA_OF_OTHERS, EXTRA_PATRONYMIC = 50, 15
BOTH_NUMBERS, ONE_NUMBER = 60, 85  # percent of the score that another number leaves, and a number that only one name has


class WordLikeness(NamedTuple):
    points: int
    how: str
    edits: int = 0


UNLIKE = WordLikeness(0, "")


# Two words


def allowed_edits(letters: int) -> int:
    """A cliff, no slope: none up to three letters, one up to six, two up to ten, three beyond."""
    return 0 if letters <= 3 else 1 if letters <= 6 else 2 if letters <= 10 else MOST_EDITS


@lru_cache(maxsize=200_000)
def forms_alike(form: str, other: str) -> WordLikeness:
    """How alike two words in Latin letters are: by initial, letters or sound."""
    if form == other:
        return WordLikeness(100, "same")
    shorter, longer = len(form), len(other)
    if shorter > longer:
        shorter, longer = longer, shorter
    if shorter == 1:
        return WordLikeness(INITIAL, "initial") if form[0] == other[0] else UNLIKE
    if shorter > 3 and longer - shorter <= 3:
        allowed = allowed_edits(longer)
        if longer - shorter <= allowed and (edits := OSA.distance(form, other, score_cutoff=allowed)) <= allowed:
            return WordLikeness(100 - rounded(LETTER_COST * edits, longer), "letters", edits)
    if shorter > 2 and 3 < longer <= shorter + 3 and (sound := skeleton(form)) == skeleton(other) and len(sound) > 1:
        return WordLikeness(SOUND, "sound")
    if shorter > 4 and cyrillic.spelling(form) == cyrillic.spelling(other):
        return WordLikeness(SPELLING, "sound")
    return UNLIKE


def words_alike(word: NameWord, other: NameWord) -> WordLikeness:
    """The same, by number, company form and script."""
    if word.role == "form" or other.role == "form":
        if word.role != other.role:
            return UNLIKE
        return WordLikeness(100, "same") if word.form == other.form else WordLikeness(OTHER_FORM, "form")
    if word.number or other.number:
        if word.number != other.number:
            return UNLIKE
        return WordLikeness(100, "same" if word.form == other.form else "number")
    if "han" in (word.script, other.script) and word.form != other.form:
        return UNLIKE  # the reading of a character is a whole syllable: one letter makes another one
    likeness = forms_alike(word.form, other.form)
    if likeness is UNLIKE and word.script == other.script:
        return UNLIKE
    if likeness.how == "same" and word.role in {"particle", "common"} and word.native != other.native:
        return WordLikeness(100, "sound")  # bin, ibn, ben; abdul, abdel
    return likeness if word.script == other.script else across_scripts(word, other, likeness)


def across_scripts(word: NameWord, other: NameWord, likeness: WordLikeness) -> WordLikeness:
    how = "cyrillic" if "cyrillic" in (word.script, other.script) else "romanisation"
    if likeness.points == 100:
        return WordLikeness(OTHER_SCRIPT, how)
    if how == "cyrillic" and likeness.points < CYRILLIC and cyrillic.spelling(word.form) == cyrillic.spelling(other.form):
        return WordLikeness(CYRILLIC, how)
    return likeness


# Two names


class WordAnswer(NamedTuple):
    """Words of one name, by position, that answer words of the other."""

    likeness: WordLikeness
    start: int
    end: int
    other_start: int
    other_end: int


def align(part: NamePart, other: NamePart, kind: str) -> Outcome:
    """Words that answer each other, in any order, the most alike first; and what is left over."""
    words, others = part.words, other.words
    answers = list(chosen(answers_of(part, other), words, others))
    pairs = tuple(sorted(matched_pair(answer, words, others) for answer in answers))
    taken = {number for answer in answers for number in range(answer.start, answer.end)}
    taken_of_other = {number for answer in answers for number in range(answer.other_start, answer.other_end)}
    left = [word for number, word in enumerate(words) if number not in taken]
    left_of_other = [word for number, word in enumerate(others) if number not in taken_of_other]
    hows = {answer.likeness.how for answer in answers if words[answer.start].role != "particle"}
    if hows == {"initial"}:
        return Outcome(0, (), left_words(words, others))  # M. K. can be anybody
    score = by_numbers(weighted(pairs, left, left_of_other, kind), part.numbers, other.numbers)
    return Outcome(score, pairs, left_words(left, left_of_other))


def answers_of(part: NamePart, other: NamePart) -> Iterator[WordAnswer]:
    for number, word in enumerate(part.words):
        for number_of_other, word_of_other in enumerate(other.words):
            likeness = words_alike(word, word_of_other)
            if likeness.points:
                yield WordAnswer(likeness, number, number + 1, number_of_other, number_of_other + 1)
    for start, end, number, likeness in joins(part, other, "joined"):
        yield WordAnswer(likeness, start, end, number, number + 1)
    for start, end, number, likeness in joins(other, part, "split"):
        yield WordAnswer(likeness, number, number + 1, start, end)


def joins(part: NamePart, other: NamePart, how: str) -> Iterator[tuple[int, int, int, WordLikeness]]:
    """Two or three neighbouring words that answer one word of the other name (van der Bilt, Vanderbilt)."""
    if part.shortest_two > other.longest + 2:
        return
    for start, end, joined in part.neighbours:
        for number, form in other.plain:
            if abs(len(joined) - len(form)) <= 2:
                likeness = forms_alike(joined, form)
                if likeness.points >= JOINED_FROM:
                    yield start, end, number, WordLikeness(likeness.points - LESS_FOR_JOINING, how, likeness.edits)


def chosen(answers: Iterable[WordAnswer], words: Sequence[NameWord], others: Sequence[NameWord]) -> Iterator[WordAnswer]:
    """Each word answers once. What is more alike comes first, then what says more; the order of words decides only what nothing else does."""

    def rank(answer: WordAnswer) -> tuple[int, int, str, str, int, int, int]:
        spans = answer.end - answer.start + answer.other_end - answer.other_start
        distance = abs(answer.start - answer.other_start)
        return (
            -answer.likeness.points,
            -spans,
            words[answer.start].form,
            others[answer.other_start].form,
            distance,
            answer.start,
            answer.other_start,
        )

    taken: set[int] = set()
    taken_of_other: set[int] = set()
    for answer in sorted(answers, key=rank):
        numbers, numbers_of_other = range(answer.start, answer.end), range(answer.other_start, answer.other_end)
        if taken.isdisjoint(numbers) and taken_of_other.isdisjoint(numbers_of_other):
            taken.update(numbers)
            taken_of_other.update(numbers_of_other)
            yield answer


def matched_pair(answer: WordAnswer, words: Sequence[NameWord], others: Sequence[NameWord]) -> MatchedPair:
    ours, theirs = words[answer.start : answer.end], others[answer.other_start : answer.other_end]
    heavier = max(sum(word.weight for word in side) // len(side) for side in (ours, theirs))
    if len(ours) == len(theirs) == 1 and ours[0].role == theirs[0].role == "common":
        heavier = forms.COMMON  # where another word stands for it, it is a word like others
    weight = heavier * SPAN_WEIGHTS[max(len(ours), len(theirs))] // 100
    points, how, edits = answer.likeness
    return MatchedPair(ours[0].start, ours[-1].end, theirs[0].start, theirs[-1].end, how, points, weight, edits)


# The score


def rounded(part: int, whole: int) -> int:
    """The nearest integer, halves up."""
    return (2 * part + whole) // (2 * whole)


def weighted(pairs: Iterable[MatchedPair], left: Sequence[NameWord], left_of_other: Sequence[NameWord], kind: str) -> int:
    """The likeness of the pairs by their weights, less for what is left over."""
    pairs = list(pairs)
    weights = [sum(word.weight for word in side) for side in (left, left_of_other)]
    lighter, more = min(weights), max(weights) - min(weights)
    percent = EXTRA.get(kind, EXTRA_OF_OTHERS)
    if not lighter and more and all(word.role == "patronymic" for word in (*left, *left_of_other)):
        percent = EXTRA_PATRONYMIC
    whole = sum(pair.weight for pair in pairs) * 100 + lighter * CONTRADICTION + more * percent
    return rounded(sum(pair.weight * pair.likeness for pair in pairs) * 100, whole) if whole else 0


def by_numbers(score: int, numbers: frozenset[str], numbers_of_other: frozenset[str]) -> int:
    """Another number is another body."""
    if numbers == numbers_of_other:
        return score
    return rounded(score * (BOTH_NUMBERS if numbers and numbers_of_other else ONE_NUMBER), 100)


def left_words(left: Sequence[NameWord], left_of_other: Sequence[NameWord]) -> tuple[LeftWord, ...]:
    contradicts = bool(left) and bool(left_of_other)
    sides = [(0, word) for word in left] + [(1, word) for word in left_of_other]
    return tuple(LeftWord(side, word.start, word.end, word.weight, reason(word, contradicts=contradicts)) for side, word in sides)


def reason(word: NameWord, *, contradicts: bool) -> str:
    if word.role in {"form", "patronymic"}:
        return word.role
    if word.number:
        return "number"
    return "differs" if contradicts else "extra"
