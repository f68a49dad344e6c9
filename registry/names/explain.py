"""What comes of comparing two names: the score, which words make it, what is left over, what the facts say, and a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import normalize

from registry.names.parts import NamePart

MATCHER, DATA = "names/2", "unihan/15.1"
# Scores from which a match is a candidate, a strong one, and the same name. 71 is one letter of a Korean given name.
CANDIDATE, STRONG, SAME_NAME = 72, 85, 95


class MatchedPair(NamedTuple):
    """Words of both names that answer each other: their ranges in code points, how, and what they count. Edits are letters."""

    start: int
    end: int
    other_start: int
    other_end: int
    how: str
    likeness: int
    weight: int
    edits: int = 0

    def mirrored(self) -> MatchedPair:
        how = {"joined": "split", "split": "joined"}.get(self.how, self.how)
        return MatchedPair(self.other_start, self.other_end, self.start, self.end, how, self.likeness, self.weight, self.edits)


class LeftWord(NamedTuple):
    """A word without an answer in the other name: 0 is the first name, 1 the other one."""

    side: int
    start: int
    end: int
    weight: int
    why: str

    def mirrored(self) -> LeftWord:
        return self._replace(side=1 - self.side)


class NameFacts(NamedTuple):
    """What is known beside a name: years of birth, countries as ISO codes, identifiers as `scheme:value`."""

    births: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


class ComparedFact(NamedTuple):
    """A fact of both sides: what it says of them (same, differs), and the points that it costs."""

    name: str
    ours: tuple[str, ...]
    other: tuple[str, ...]
    says: str
    points: int = 0


class Outcome(NamedTuple):
    """What one rule makes of two names."""

    score: int
    pairs: tuple[MatchedPair, ...] = ()
    left: tuple[LeftWord, ...] = ()

    def mirrored(self) -> Outcome:
        pairs = tuple(sorted(pair.mirrored() for pair in self.pairs))
        return Outcome(self.score, pairs, tuple(sorted(word.mirrored() for word in self.left)))


NOTHING = Outcome(0)


def score_of(outcome: Outcome) -> int:
    return outcome.score


def whole_pair(part: NamePart, other: NamePart, how: str, points: int, edits: int = 0) -> MatchedPair:
    """All words of one name for all words of the other."""
    return MatchedPair(
        part.words[0].start, part.words[-1].end, other.words[0].start, other.words[-1].end, how, points, 100, edits
    )


@dataclass(frozen=True, slots=True)
class Match:
    """Two names compared: a score from 0 to 100 and its explanation. An equal identifier makes a candidate whatever the score is."""

    name: str
    other: str
    score: int
    pairs: tuple[MatchedPair, ...] = ()
    left: tuple[LeftWord, ...] = ()
    facts: tuple[ComparedFact, ...] = ()
    matcher: str = field(default=MATCHER, init=False)
    data: str = field(default=DATA, init=False)

    @property
    def is_candidate(self) -> bool:
        return self.score >= CANDIDATE or any(fact.name == "identifier" and fact.says == "same" for fact in self.facts)

    @property
    def band(self) -> str:
        """Same name, strong, candidate or none."""
        if self.score >= STRONG:
            return "same name" if self.score >= SAME_NAME else "strong"
        return "candidate" if self.is_candidate else "none"

    @property
    def sentence(self) -> str:
        return sentence(self)

    def as_dict(self) -> dict[str, Any]:
        """The explanation as it is stored, sent and shown."""
        return {
            "matcher": self.matcher,
            "data": self.data,
            "score": self.score,
            "entity_name": self.name,
            "listed_name": self.other,
            "pairs": [pair_as_dict(pair) for pair in self.pairs],
            "left": [
                {"side": ("entity", "listed")[word.side], "range": [word.start, word.end], "weight": word.weight, "why": word.why}
                for word in self.left
            ],
            "facts": [
                {
                    "field": fact.name,
                    "entity": list(fact.ours),
                    "listed": list(fact.other),
                    "says": fact.says,
                    "points": fact.points,
                }
                for fact in self.facts
            ],
            "sentence": self.sentence,
        }


def pair_as_dict(pair: MatchedPair) -> dict[str, Any]:
    row = {
        "entity": [pair.start, pair.end],
        "listed": [pair.other_start, pair.other_end],
        "how": pair.how,
        "score": pair.likeness,
        "weight": pair.weight,
    }
    return row | {"edits": pair.edits} if pair.edits else row


# Facts


def compared_facts(ours: NameFacts, other: NameFacts) -> tuple[ComparedFact, ...]:
    """Identifiers, years of birth and countries that both sides have. Agreement is listed and adds nothing."""
    facts = []
    if shared := sorted(set(ours.identifiers) & set(other.identifiers)):
        facts.append(ComparedFact("identifier", tuple(shared), tuple(shared), "same"))
    if ours.births and other.births:
        years = min(abs(year - year_of_other) for year in ours.births for year_of_other in other.births)
        says, points = ("differs", -15) if years >= 2 else ("same", 0)
        facts.append(ComparedFact("birth", texts(ours.births), texts(other.births), says, points))
    if ours.countries and other.countries:
        says, points = ("same", 0) if set(ours.countries) & set(other.countries) else ("differs", -8)
        facts.append(ComparedFact("country", texts(ours.countries), texts(other.countries), says, points))
    return tuple(facts)


def texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted(map(str, values)))


# The sentence

SAME_LETTERS = "are the same letters"
WORDS_FOR = {
    "letters": "differ in {edits}",
    "sound": "sound alike",
    "romanisation": "are one name in two ways of writing it",
    "initial_sound": "are one name in northern and southern spelling",
    "hanja": "are one name in Chinese characters and in Korean",
    "simplified": "are one name in simplified and traditional characters",
    "chinese_reading": "can be a Korean name and its Chinese reading",
    "consonants": "have the same consonants",
    "cyrillic": "are one name in Cyrillic and in Latin letters",
    "joined": f"{SAME_LETTERS}, written apart and together",
    "split": f"{SAME_LETTERS}, written together and apart",
    "initial": "begin with the same letter",
    "acronym": "are an acronym and its words",
    "number": "are the same number",
    "form": "are different company forms",
}
FACT_WORDS = {
    ("identifier", "same"): "Both have the identifier {ours}.",
    ("birth", "same"): "The years of birth agree.",
    ("birth", "differs"): "The years of birth differ: {ours} and {other}.",
    ("country", "same"): "The countries agree.",
    ("country", "differs"): "They have no country in common: {ours} and {other}.",
}


def sentence(match: Match) -> str:
    """The explanation in words, for people."""
    parts = [
        names_in_words(match),
        *(FACT_WORDS[fact.name, fact.says].format(ours=listed(fact.ours), other=listed(fact.other)) for fact in match.facts),
    ]
    return " ".join(parts)


def names_in_words(match: Match) -> str:
    both = f"“{match.name}” and “{match.other}”"
    if not match.pairs:
        return f"{both} have nothing in common."
    if all(pair.how == "same" for pair in match.pairs) and not match.left:
        return (
            f"{both} are the same, word for word."
            if is_in_order(match.pairs)
            else f"{both} have the same words in another order."
        )
    differing = [pair_in_words(match, pair) for pair in match.pairs if pair.how != "same"]
    shared = [match.name[pair.start : pair.end] for pair in match.pairs if pair.how == "same"]
    sentences = [f"both have “{' '.join(shared)}”"] if shared else []
    return f"{both}: {'; '.join([*sentences, *differing, *left_in_words(match)])}."


def is_in_order(pairs: Sequence[MatchedPair]) -> bool:
    return all(before.other_start <= pair.other_start for before, pair in pairwise(sorted(pairs)))


def pair_in_words(match: Match, pair: MatchedPair) -> str:
    edits = f"{pair.edits} letter{'s' if pair.edits > 1 else ''}"
    words, name, other = (
        WORDS_FOR[pair.how].format(edits=edits),
        match.name[pair.start : pair.end],
        match.other[pair.other_start : pair.other_end],
    )
    if pair.how in ("joined", "split") and not has_same_letters(name, other):
        alike = f"differ in {edits}" if pair.edits else "sound alike"
        words = words.replace(SAME_LETTERS, alike)
    return f"“{name}” and “{other}” {words}"


def has_same_letters(name: str, other: str) -> bool:
    """Whatever their case, accents, spaces and signs."""
    one, two = ([sign for sign in normalize("NFKD", words).casefold() if sign.isalnum()] for words in (name, other))
    return one == two


def left_in_words(match: Match) -> list[str]:
    rows = []
    for side, text in enumerate((match.name, match.other)):
        words = [text[word.start : word.end] for word in match.left if word.side == side]
        rows += [f"only {'the first' if side == 0 else 'the second'} has “{' '.join(words)}”"] if words else []
    return rows


def listed(values: Sequence[str]) -> str:
    return ", ".join(values)
