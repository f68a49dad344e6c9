"""Two names compared: each rule says what it makes of them, and the best one counts."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from registry.names import forms, korean
from registry.names.align import OTHER_SCRIPT, align, allowed_edits, rounded
from registry.names.consonants import consonants, is_one_arabic
from registry.names.explain import (
    NOTHING,
    LeftWord,
    Match,
    MatchedPair,
    NameFacts,
    Outcome,
    compared_facts,
    is_in_order,
    score_of,
    whole_pair,
)
from registry.names.own_script import has_own_script, own_script
from registry.names.parts import AnalysedName, NamePart, own_words
from registry.names.readings import CHINESE_READING, READS_AS, chinese_reading, han_reading, korean_outcome, wade_giles
from registry.names.tokens import analyse

SQUEEZED, SQUEEZED_EDIT, ACRONYM = 97, 93, 75
SQUEEZED_EDIT_FROM = 8  # letters of a whole name, of which one may differ


def compare(name: str, other: str, kind: str, facts: tuple[NameFacts, NameFacts] | None = None) -> Match:
    """How alike two names of one kind are, and why; `facts` are those of the first and of the other."""
    return compare_analysed(analyse(name, kind), analyse(other, kind), facts)


def compare_analysed(name: AnalysedName, other: AnalysedName, facts: tuple[NameFacts, NameFacts] | None = None) -> Match:
    """The same for names that are analysed already; a name of any kind is taken for what the other one is."""
    if (other.text, other.kind) < (name.text, name.kind):
        # One order of both, so that the score is the same whichever is asked for first.
        outcome = best_of_kinds(other, name).mirrored()
    else:
        outcome = best_of_kinds(name, other)
    facts_of_both = (
        compared_facts(*with_identifiers(name, other, facts)) if facts or name.identifiers or other.identifiers else ()
    )
    score = max(0, outcome.score + sum(fact.points for fact in facts_of_both))
    return Match(name.text, other.text, score, outcome.pairs, (*outcome.left, *uncounted(name, other, outcome)), facts_of_both)


def with_identifiers(
    name: AnalysedName, other: AnalysedName, facts: tuple[NameFacts, NameFacts] | None
) -> tuple[NameFacts, NameFacts]:
    """Facts that are known beside the names, with the identifiers that stand in them."""
    ours, theirs = facts or (NameFacts(), NameFacts())
    return (
        NameFacts(ours.births, ours.countries, (*ours.identifiers, *name.identifiers)),
        NameFacts(theirs.births, theirs.countries, (*theirs.identifiers, *other.identifiers)),
    )


def uncounted(name: AnalysedName, other: AnalysedName, outcome: Outcome) -> list[LeftWord]:
    """Titles, prefixes and identifiers, but for those in the midst of words that are one pair."""
    if not (name.uncounted or other.uncounted):
        return []
    words = [LeftWord(side, *word) for side, each in enumerate((name, other)) for word in each.uncounted]
    return [word for word in words if not any(is_inside(word, pair) for pair in outcome.pairs)]


def is_inside(word: LeftWord, pair: MatchedPair) -> bool:
    start, end = (pair.start, pair.end) if word.side == 0 else (pair.other_start, pair.other_end)
    return start <= word.start and word.end <= end


# Kinds and parts


def best_of_kinds(name: AnalysedName, other: AnalysedName) -> Outcome:
    outcomes = (best_of_parts(as_kind(name, kind), as_kind(other, kind), kind) for kind in compared_kinds(name.kind, other.kind))
    return max(outcomes, key=score_of, default=NOTHING)


def compared_kinds(kind: str, other: str) -> Sequence[str]:
    """A person is never matched with a craft. What one side calls a body and the other a person, or craft, is compared as bodies are."""
    if kind == other != "any":
        return (kind,)
    if "any" in (kind, other):
        return (other if kind == "any" else kind,) if kind != other else ("body", "person")
    return () if {kind, other} == {"person", "craft"} else ("body",)


def as_kind(name: AnalysedName, kind: str) -> AnalysedName:
    return name if name.kind == kind else analyse(name.text, kind)


def best_of_parts(name: AnalysedName, other: AnalysedName, kind: str) -> Outcome:
    """Parts in the script, or alphabet, that both names have are compared and no others; without one, each part with each."""
    combinations = [(part, part_of_other) for part in name.parts for part_of_other in other.parts]
    own = [(part, part_of_other) for part, part_of_other in combinations if has_own_script(part, part_of_other)]
    if not own and len(combinations) > 1 and all(part.alphabet for part in (*name.parts, *other.parts)):
        own = [(part, part_of_other) for part, part_of_other in combinations if part.alphabet == part_of_other.alphabet]
    return max((best_of_rules(*both, kind) for both in own or combinations), key=score_of, default=NOTHING)


def best_of_rules(part: NamePart, other: NamePart, kind: str) -> Outcome:
    if not part.words or not other.words:
        return NOTHING
    if has_own_script(part, other):
        return own_script(part, other, kind)
    best = align(part, other, kind)
    if best.score >= OTHER_SCRIPT and not best.left and (is_in_order(best.pairs) or not (part.korean and other.korean)):
        return best
    outcomes = (
        [best_of_person(part, other, best)] if kind == "person" else [best, acronym(part, other), whole_hangul(part, other)]
    )
    outcomes.append(squeezed(part, other))
    if is_one_arabic(part, other):
        outcomes.append(consonants(part, other))
    return max(outcomes, key=score_of)


def best_of_person(part: NamePart, other: NamePart, aligned: Outcome) -> Outcome:
    """What makes two Korean readings decides, also against letters that are alike; but not against a reading of Chinese characters."""
    best = aligned
    if part.korean and other.korean:
        reading = korean_outcome(part, other)
        best = max(best, reading, key=score_of) if "han" in (part.script, other.script) else reading
    rules = [han_reading, wade_giles] if best.score < READS_AS else []
    rules += [chinese_reading] if best.score < CHINESE_READING else []
    return max([best, *(rule(part, other) for rule in rules)], key=score_of)


# Whole names


def squeezed(part: NamePart, other: NamePart) -> Outcome:
    """The same letters with other spaces, or all but one of them where the number of words differs."""
    letters, others = part.letters, other.letters
    if len(letters) > 3 and letters == others:
        return Outcome(SQUEEZED, (whole_pair(part, other, "joined", SQUEEZED),))
    if (
        len(part.words) == len(other.words)
        or (part.korean and other.korean)
        or min(len(letters), len(others)) < SQUEEZED_EDIT_FROM
        or abs(len(letters) - len(others)) > 1
    ):
        return NOTHING
    if part.numbers or other.numbers or OSA.distance(letters, others, score_cutoff=1) > 1:
        return NOTHING
    return Outcome(SQUEEZED_EDIT, (whole_pair(part, other, "letters", SQUEEZED_EDIT, 1),))


def acronym(part: NamePart, other: NamePart) -> Outcome:
    """Initials of three words or more."""
    for short, long in ((part, other), (other, part)):
        own = own_words(short)
        if len(own) != 1:
            continue
        heads = [word.form[0] for word in own_words(long) if word.form not in forms.UNSOUNDED]
        if len(heads) >= 3 and own[0].form == "".join(heads):
            return Outcome(ACRONYM, (whole_pair(part, other, "acronym", ACRONYM),))
    return NOTHING


def whole_hangul(part: NamePart, other: NamePart) -> Outcome:
    """A body's name in Hangul and romanised, by all of its letters of sound."""
    for hangul, words in ((part, other), (other, part)):
        if hangul.script == "hangul" and words.script == "words":
            ours = "".join(map(korean.syllable_letters, hangul.native))
            theirs = "".join(korean.word_letters(word.form) for word in own_words(words) if word.form.isalpha())
            edits = korean.distance(ours, theirs) if ours and theirs else None
            if edits is not None and edits <= allowed_edits(len(ours)) * korean.WHOLE:
                points = OTHER_SCRIPT - rounded(80 * edits, korean.WHOLE * len(ours))
                return Outcome(points, (whole_pair(part, other, "romanisation", points),))
    return NOTHING
