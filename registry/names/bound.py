"""Which names can reach a score with one name at all, in a small part of the time that comparing them takes: most that share a key cannot.

Never too low: what is left out is below that score for every rule of the matcher. Only for two names in Latin letters; all others are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from registry.names import cyrillic
from registry.names.align import (
    CONTRADICTION,
    EXTRA,
    EXTRA_OF_OTHERS,
    EXTRA_PATRONYMIC,
    JOINED_FROM,
    MOST_EDITS,
    OTHER_SCRIPT,
    forms_alike,
    rounded,
    words_alike,
)
from registry.names.compare import acronym, as_kind, compared_kinds, squeezed
from registry.names.parts import AnalysedName, JoinedWords, NamePart, NameWord
from registry.names.readings import chinese_reading, korean_score, wade_giles
from registry.names.sound import skeleton
from registry.names.tokens import analyse

Answering = tuple[tuple[tuple[int, int], int], ...]  # of words of the other name what they answer, and their weights
Analyser = Callable[[str, str], AnalysedName]


def within_reach(name: AnalysedName, others: Sequence[tuple[str, str]], least: int, analysed: Analyser = analyse) -> list[int]:
    """Positions of the (text, kind) that may reach the score, whatever the facts are; all where the name has an identifier, which may be equal.

    The others are analysed as they are compared, and not before: most are out of reach. `analysed`: how, where it is known already."""
    if name.identifiers:
        return [*range(len(others))]
    of_kinds: dict[str, list[tuple[int, AnalysedName]]] = defaultdict(list)
    for number, (text, kind_of_other) in enumerate(others):
        for kind in compared_kinds(name.kind, kind_of_other):
            of_kinds[kind].append((number, analysed(text, kind)))
    within: set[int] = set()
    for kind, rows in of_kinds.items():
        within.update(of_one_kind(as_kind(name, kind), rows, kind, least))
    return sorted(within)


def of_one_kind(name: AnalysedName, rows: Sequence[tuple[int, AnalysedName]], kind: str, least: int) -> Iterator[int]:
    latin = {number: row.parts[0] for number, row in rows if is_latin(row)} if is_latin(name) else {}
    bound = NameBound(name.parts[0], latin.values(), kind, least) if latin else None
    for number, row in rows:
        if bound and number in latin:
            if bound.may_reach(latin[number]):
                yield number
        elif name.parts and row.parts:
            yield number


def is_latin(name: AnalysedName) -> bool:
    return len(name.parts) == 1 and name.parts[0].is_latin


class NameBound:
    """A name beside many others, all in Latin letters: these have most of their words in common, so that each word is looked at once.

    `answers`: by the mark of a word of others, the words here that it can answer as bits, and the points of the best. `joined`: words of
    others that answer neighbouring words here; `split`: neighbouring words of others, written as one, that answer a word here."""

    def __init__(self, part: NamePart, others: Collection[NamePart], kind: str, least: int) -> None:
        self.part, self.kind, self.least = part, kind, least
        self.extra = EXTRA.get(kind, EXTRA_OF_OTHERS)
        marks, special = set[str](), dict[str, NameWord]()
        for other in others:
            marks.update(other.marks)
            special.update(other.unplain)
        forms = AlikeForms(marks - special.keys(), [*part.words, *part.neighbours])
        self.answers = answers(part, forms, special)
        self.joined = {form for each in part.neighbours for form in forms.of(each.form) if are_joined(each.form, form)}
        near = [other for other in others if other.shortest_two <= part.longest + 2]
        pairs = {each.form for other in near for each in other.neighbours if len(each.form) <= part.longest + 2}
        joined = AlikeForms(pairs, part.words)
        self.split = {form for _, own in part.plain for form in joined.of(own) if are_joined(form, own)}
        self.scores: dict[tuple[Answering, int], int] = {}

    def may_reach(self, other: NamePart) -> bool:
        part = self.part
        if abs(len(part.letters) - len(other.letters)) <= 1 and squeezed(part, other).score >= self.least:
            return True
        if self.kind == "person":
            return self.person_may_reach(other)
        if (part.only_word or other.only_word) and acronym(part, other).score >= self.least:
            return True
        return self.highest(other) >= self.least

    def person_may_reach(self, other: NamePart) -> bool:
        """By readings, and by the words: of two Korean names these count only where all of them are the same."""
        part, least_of_words = self.part, self.least
        if part.korean and other.korean:
            if any(korean_score(reading, of_other) >= self.least for reading in part.korean for of_other in other.korean):
                return True
            least_of_words = max(self.least, OTHER_SCRIPT)
        if self.highest(other) >= least_of_words:
            return True
        rules = [wade_giles] if part.is_syllabic and other.is_syllabic else []
        rules += [chinese_reading] if part.korean or other.korean else []
        return any(rule(part, other).score >= self.least for rule in rules)

    def highest(self, other: NamePart) -> int:
        """The score if all words that can answer one did so, as well as the best of them does."""
        if self.may_join(other):
            return 100
        answering = tuple([(self.answers[mark], weight) for mark, weight in other.weighed if mark in self.answers])
        if not answering:
            return 0
        if (key := (answering, other.weight)) not in self.scores:  # most names have the same word in common
            self.scores[key] = self.score(*key)
        return self.scores[key]

    def score(self, answering: Answering, weight_of_other: int) -> int:
        answered, best = 0, max(points for (_, points), _ in answering)
        for (bits, _), _ in answering:
            answered |= bits
        weights = [word.weight for number, word in enumerate(self.part.words) if answered >> number & 1]
        weights_of_other = [weight for _, weight in answering]
        heaviest = sorted(weights + weights_of_other, reverse=True)[: min(len(weights), len(weights_of_other))]
        pairs = 100 * sum(heaviest)
        left, left_of_other = self.part.weight - sum(weights), weight_of_other - sum(weights_of_other)
        lighter, more = min(left, left_of_other), abs(left - left_of_other)
        return rounded(best * pairs, pairs + lighter * CONTRADICTION + more * (self.extra if lighter else EXTRA_PATRONYMIC))

    def may_join(self, other: NamePart) -> bool:
        """Whether neighbouring words of one may answer one word of the other, as `align.joins` has it."""
        return bool(self.joined and any(form in self.joined for _, form in other.plain)) or bool(
            self.split and any(each.form in self.split for each in other.neighbours)
        )


class AlikeForms:
    """Words among which those are looked for that may be like one of `asked`: by letters all at once, by sound by a table of these sounds."""

    def __init__(self, forms: Collection[str], asked: Iterable[NameWord | JoinedWords]) -> None:
        self.forms = forms
        sounds = {sound for each in asked for sound in sounds_of(each.form)}
        self.by_sound: dict[str, list[str]] = defaultdict(list)
        for form in forms:
            for sound in sounds.intersection((skeleton(form), cyrillic.spelling(form))):
                self.by_sound[sound].append(form)

    def of(self, form: str) -> set[str]:
        """All that `forms_alike` may give points for, and some more."""
        if len(form) == 1:
            return {each for each in self.forms if each.startswith(form)}
        rows = extract(form, self.forms, scorer=OSA.distance, score_cutoff=MOST_EDITS, limit=None)
        return {each for each, *_ in rows}.union(*(self.by_sound.get(sound, ()) for sound in sounds_of(form)))


def sounds_of(form: str) -> tuple[str, str, str]:
    return skeleton(form), cyrillic.spelling(form), form[:1]


def answers(part: NamePart, forms: AlikeForms, others: Mapping[str, NameWord]) -> dict[str, tuple[int, int]]:
    """By the mark of a word, which words of the name it can answer, and the most points. `others`: what is no plain word."""
    points: dict[str, dict[int, int]] = defaultdict(dict)
    for number, word in enumerate(part.words):
        if word.role != "form" and not word.number:
            for form in forms.of(word.form):
                points[form][number] = forms_alike(word.form, form).points
        for mark, other in others.items():
            points[mark][number] = words_alike(word, other).points
    rows = {mark: {number: each for number, each in row.items() if each} for mark, row in points.items()}
    return {mark: (sum(1 << number for number in row), max(row.values())) for mark, row in rows.items() if row}


def are_joined(joined: str, form: str) -> bool:
    return abs(len(joined) - len(form)) <= 2 and forms_alike(joined, form).points >= JOINED_FROM
