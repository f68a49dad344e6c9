"""A name in Arabic letters beside one in Latin letters: their consonants, word by word or as a whole."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from registry.names import arabic
from registry.names.align import left_words, rounded
from registry.names.explain import NOTHING, MatchedPair, Outcome, score_of, whole_pair
from registry.names.parts import NamePart, NameWord

AT_MOST, FEWEST = 95, 3  # points; consonants that a name needs
WORD_FROM, WHOLE_FROM = 70, 70  # share of consonants from which words, or whole names, answer each other
SHORT = 5  # consonants up to which a whole name has to have all of them
EXTRA = 50  # percent of the weight of words that only the shorter side lacks
ROOTS = (0, 100, 141, 173, 200, 224, 245, 265, 283, 300)  # square roots: the weight of a word by its consonants

Bone = tuple[str, NameWord]  # a word with its consonants


def is_one_arabic(part: NamePart, other: NamePart) -> bool:
    return is_arabic(part) != is_arabic(other)


def is_arabic(part: NamePart) -> bool:
    return any(word.script == "arabic" for word in part.words)


def bones(part: NamePart) -> list[Bone]:
    """The words that count, each with its consonants, the longest first."""
    counted = [word for word in part.words if word.role not in {"particle", "form"} or word.form in arabic.SERVANT]
    rows = [(consonants_of(word), word) for word in counted]
    return sorted((row for row in rows if row[0]), key=lambda row: (-len(row[0]), row[0], row[1].start))


def consonants_of(word: NameWord) -> str:
    return arabic.consonants(word.native) if word.script == "arabic" else arabic.latin_consonants(word.form)


def consonants(part: NamePart, other: NamePart) -> Outcome:
    ours, theirs = bones(part), bones(other)
    if min(sum(len(letters) for letters, _ in side) for side in (ours, theirs)) < FEWEST:
        return NOTHING
    letters, others = whole(ours), whole(theirs)
    likeness = share(letters, others)
    points = rounded(AT_MOST * likeness, 100)
    of_words = by_word(ours, theirs)
    if any(row[0] == other_row[0] and contradicts(row[1], other_row[1]) for row in ours for other_row in theirs):
        return of_words
    if likeness < (WHOLE_FROM if max(len(letters), len(others)) > SHORT else 100):
        return of_words
    return max(of_words, Outcome(points, (whole_pair(part, other, "consonants", points),)), key=score_of)


def contradicts(word: NameWord, other: NameWord) -> bool:
    """Whether the vowels of two words with like consonants cannot be the same."""
    native, form = (word.native, other.form) if word.script == "arabic" else (other.native, word.form)
    return arabic.lacks_long_vowel(native, form)


def by_word(ours: list[Bone], theirs: list[Bone]) -> Outcome:
    """Each word answers the most alike of those that are left."""
    left, alone, pairs, points = list(theirs), [], [], 0
    for letters, word in ours:
        likenesses = [0 if contradicts(word, row[1]) else share(letters, row[0]) for row in left]
        likeness = max(likenesses, default=0)
        answer = left[likenesses.index(likeness)] if left else None
        if answer and likeness >= WORD_FROM:
            left.remove(answer)
            points += root(letters) * likeness
            ranges = (word.start, word.end, answer[1].start, answer[1].end)
            pairs.append(MatchedPair(*ranges, "consonants", rounded(AT_MOST * likeness, 100), root(letters)))
        else:
            alone.append(word)
    weight = 100 * sum(root(letters) for letters, _ in ours) + EXTRA * sum(root(letters) for letters, _ in left)
    return Outcome(rounded(AT_MOST * points, weight), tuple(sorted(pairs)), left_words(alone, [word for _, word in left]))


def whole(rows: list[Bone]) -> str:
    """The consonants of all words in the order of the name."""
    return "".join(letters for letters, _ in sorted(rows, key=lambda row: row[1].start))


def share(letters: str, others: str) -> int:
    """The share of consonants that two words have in common, of 100."""
    return 100 - rounded(100 * OSA.distance(letters, others), max(len(letters), len(others)))


def root(letters: str) -> int:
    """A word counts by the square root of its consonants."""
    return ROOTS[min(len(letters), len(ROOTS) - 1)]
