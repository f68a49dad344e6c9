"""Whether two names can reach a score at all, in a fifth of the time that comparing them takes: most that share a key cannot.

Never too low: what is said to be out of reach is below that score for every rule of the matcher. Only for two names in Latin letters; of others
nothing is said.
"""

from __future__ import annotations

from registry.names import chinese
from registry.names.align import CONTRADICTION, EXTRA, EXTRA_OF_OTHERS, EXTRA_PATRONYMIC, joins, rounded, words_alike
from registry.names.compare import as_kind, squeezed
from registry.names.readings import orders
from registry.names.tokens import AnalysedName, NamePart, joined, own_words


def may_reach(name: AnalysedName, other: AnalysedName, least: int) -> bool:
    """False only for names whose score is lower, whatever the facts are; equal identifiers in the names count as reached."""
    kinds = {name.kind, other.kind} - {"any"}
    if len(kinds) != 1 or (name.identifiers and other.identifiers):
        return True
    [kind] = kinds
    parts, parts_of_other = as_kind(name, kind).parts, as_kind(other, kind).parts
    if len(parts) != 1 or len(parts_of_other) != 1:
        return True
    part, part_of_other = parts[0], parts_of_other[0]
    if not (is_latin(part) and is_latin(part_of_other)) or has_other_rules(part, part_of_other, kind):
        return True
    return squeezed(part, part_of_other).score > 0 or highest(part, part_of_other, kind) >= least


def is_latin(part: NamePart) -> bool:
    return part.script == "words" and all(word.script == "latin" for word in part.words)


def has_other_rules(part: NamePart, other: NamePart, kind: str) -> bool:
    """Whether more than the words beside each other may count: readings of a person, the acronym of a body."""
    if kind == "person":
        return bool(part.korean or other.korean) or (is_syllabic(part) and is_syllabic(other))
    return 1 in (len(own_words(part)), len(own_words(other)))


def is_syllabic(part: NamePart) -> bool:
    """Whether it can be read as Chinese syllables."""
    systems = (chinese.PINYIN, chinese.WADE_GILES)
    rows = ((family.form, joined(given)) for family, *given in orders(part.words))
    return any(next(chinese.spellings(*row, system), None) for row in rows for system in systems)


def highest(part: NamePart, other: NamePart, kind: str) -> int:
    """The score if all words that can answer one did so, and were the same."""
    answered: set[int] = set()
    answered_of_other: set[int] = set()
    for number, word in enumerate(part.words):
        for number_of_other, word_of_other in enumerate(other.words):
            if words_alike(word, word_of_other).points:
                answered.add(number)
                answered_of_other.add(number_of_other)
    if next(joins(part, other, "joined"), None) or next(joins(other, part, "split"), None):
        return 100
    sides = ((part.words, answered), (other.words, answered_of_other))
    weights = sorted((words[number].weight for words, numbers in sides for number in numbers), reverse=True)
    pairs = sum(weights[: min(len(answered), len(answered_of_other))]) * 100
    left = [sum(word.weight for number, word in enumerate(words) if number not in numbers) for words, numbers in sides]
    percent = EXTRA.get(kind, EXTRA_OF_OTHERS) if min(left) else EXTRA_PATRONYMIC
    against = min(left) * CONTRADICTION + (max(left) - min(left)) * percent
    return rounded(100 * pairs, pairs + against) if pairs else 0
