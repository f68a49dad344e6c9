"""Which verb group a trigger stands in: its auxiliaries, its negation, and what form it takes.

`were not [extended]` is one group, `are expected to be [sent back]` two: the second governs the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotations.factuality.lexicon import (
    ADJECTIVES,
    ADVERBS,
    BE,
    BREAKS,
    COORDINATORS,
    DETERMINERS,
    DO,
    FINITE,
    FUTURE,
    GET,
    HAVE,
    INTRANSITIVE,
    MODALS,
    NOT_ADVERBS,
    NUMERALS,
    OBJECTS,
    PARTICLES,
    PAST_BE,
    PREPOSITIONS,
    PRESENT_BE,
    PRESENTS,
    PRONOUNS,
    REPORTING,
    STOPS,
    TIMES,
    WILLING,
)
from annotations.factuality.verbs import BASE, GERUND, PARTICIPLE, PAST, PRESENT, Forms, forms_of
from annotations.factuality.words import TextWord

NEGATIONS = frozenset(("not", "n't", "never"))
VERBAL = BE | HAVE | GET


@dataclass
class VerbGroup:
    """`head`: place of its verb, `first` of its first word. `form`: a construction of the scheme, "modal", "infinitive", "gerund" or "" where it is not clear.

    `chain`: places of its auxiliaries from the verb outwards; `negations` likewise, `adverbs` between them."""

    head: int
    first: int
    form: str = ""
    chain: list[int] = field(default_factory=list)
    negations: list[int] = field(default_factory=list)
    adverbs: list[int] = field(default_factory=list)
    perfect: bool = False

    @property
    def outer(self) -> int | None:
        return self.chain[-1] if self.chain else None


def is_adverb(word: TextWord) -> bool:
    return word.low in ADVERBS or (word.low.endswith("ly") and len(word.low) > 4 and word.low not in NOT_ADVERBS)


def passed(words: Sequence[TextWord], index: int, group: VerbGroup) -> int:
    """The place left of adverbs and negations, which the group takes in."""
    while index >= 0:
        if words[index].low in NEGATIONS:
            group.negations.append(index)
        elif words[index].low == "longer" and index and words[index - 1].low == "no":
            group.negations.append(index - 1)
            index -= 1
        elif is_adverb(words[index]) and not governs(words, index):
            group.adverbs.append(index)
        else:
            break
        index -= 1
    return index


def governs(words: Sequence[TextWord], index: int) -> bool:
    """`are likely to be` is no `will likely be`, and `has yet to pay` no `has yet paid`."""
    return words[index].low in ("likely", "unlikely", "yet") and words[index + 1].low in ("to", "that")


def is_modal(words: Sequence[TextWord], index: int) -> bool:
    """May is a month where it has a capital."""
    return words[index].low in MODALS and not (words[index].text == "May" and index > 0)


def group_of(words: Sequence[TextWord], head: int, forms: Forms | None = None) -> VerbGroup:
    """The group whose verb stands at `head`; `forms` where its place in the group says which it has."""
    group = VerbGroup(head, head)
    current, forms = head, forms_of(words[head].low) if forms is None else forms
    while True:
        taken, skipped = VerbGroup(head, head), current - 1
        skipped = passed(words, skipped, taken)
        if skipped < 0 or not (form := takes(words, skipped, forms)):
            break
        group.negations += taken.negations
        group.adverbs += taken.adverbs
        group.chain.append(skipped)
        current = skipped
        if form == "end":
            # "will not", "to not": what stands left of the outermost word.
            break
        forms = frozenset((form,))
    left = VerbGroup(head, head)
    edge = passed(words, current - 1, left)
    group.negations += left.negations
    group.adverbs += left.adverbs
    group.first = edge + 1
    group.form, group.perfect = form_of(words, head, group)
    return group


def takes(words: Sequence[TextWord], index: int, forms: Forms) -> str:
    """Whether an auxiliary goes with one of the forms: "end" where it is finite or begins an infinitive, else the form that it has itself."""
    low = words[index].low
    if (forms & {GERUND, PARTICIPLE} and low in BE) or (PARTICIPLE in forms and low in GET):
        return {"be": BASE, "been": PARTICIPLE, "being": GERUND, "get": BASE, "getting": GERUND}.get(low, "end")
    if PARTICIPLE in forms and low in HAVE:
        return {"have": BASE}.get(low, "end")
    if BASE in forms and (is_modal(words, index) or low in DO or low == "to"):
        return "end"
    return ""


def form_of(words: Sequence[TextWord], head: int, group: VerbGroup) -> tuple[str, bool]:
    """Construction of a group with auxiliaries, and whether it is a perfect one."""
    chain = [words[index].low for index in group.chain]
    if not chain:
        return bare_form(words, head, group), False
    outer, perfect = chain[-1], bool(HAVE & set(chain))
    progressive = (GERUND in forms_of(words[head].low) and chain[0] in BE) or "being" in chain
    if outer in MODALS:
        return "modal", perfect
    if outer == "to":
        return "infinitive", perfect
    if outer in DO:
        return ("past" if outer == "did" else "present"), False
    if outer in HAVE:
        return perfect_form(outer, progressive), outer == "had"
    if outer in PAST_BE or outer == "got":
        return ("past_progressive" if progressive else "past"), False
    if outer in PRESENT_BE or outer in ("get", "gets"):
        return present_form(words, head, progressive), False
    return ("gerund" if outer in ("being", "getting") else ""), perfect


def perfect_form(outer: str, progressive: bool) -> str:
    if outer == "having":
        return "gerund"
    if progressive:
        return "past_progressive" if outer == "had" else "progressive"
    return "perfect"


def present_form(words: Sequence[TextWord], head: int, progressive: bool) -> str:
    if not progressive:
        return "present_passive"
    if words[head].low in ADJECTIVES and not has_object(words, head):
        return ""
    behind = clause_after(words, head)
    return "progressive_with_future_time" if any(words[index].low in FUTURE for index in behind) else "progressive"


# Without an auxiliary


def bare_form(words: Sequence[TextWord], head: int, group: VerbGroup) -> str:
    """Of a verb that stands alone: `dismissed 170 workers` is past, `the repatriated workers` a modifier; often nobody can tell."""
    forms, low = forms_of(words[head].low), words[head].low
    before = words[group.first - 1] if group.first else None
    if low in FINITE:
        return "past" if PAST in forms or low in PAST_BE else "present"
    if GERUND in forms:
        return "gerund"
    if PAST in forms and PARTICIPLE not in forms and BASE not in forms:
        return "past"
    if PAST in forms and BASE not in forms:
        return past_form(words, group, before)
    if PARTICIPLE in forms and BASE not in forms:
        return "modifier"
    if PAST in forms and has_object(words, head) and before and before.low not in DETERMINERS | PREPOSITIONS:
        return "past_or_present"
    if forms & {PRESENT, BASE} and is_present(words, head, before, forms):
        return "past_or_present" if is_headline(words) else "present"
    return ""


def past_form(words: Sequence[TextWord], group: VerbGroup, before: TextWord | None) -> str:
    """`sent` and `dismissed` are past or participle: an object or a pronoun before them says past, and `returned` has no passive."""
    head = group.head
    if before is None:
        return ""
    if before.low in DETERMINERS or before.low in PREPOSITIONS:
        return "modifier"
    if any(words[index].low == "not" for index in group.negations):
        return ""
    if before.low in PRONOUNS - {"that"} or any(words[index].low == "never" for index in group.negations):
        return "past"
    if words[head].low in WILLING and words[head + 1 : head + 2] and words[head + 1].low in ("to", "not"):
        return "past"
    if has_object(words, head):
        return "modifier" if any(is_finite(words, index, surely=True) for index in clause_after(words, head)) else "past"
    if before.low in STOPS | COORDINATORS or has_verb(words, group):
        return "modifier"
    behind = words[head + 1].low if head + 1 < len(words) else "."
    is_whole = words[head].low in INTRANSITIVE or is_headline(words)
    is_closed = (
        behind in PREPOSITIONS | BREAKS | STOPS or not behind[0].isalpha() or is_adverb(words[head + 1]) or behind in COORDINATORS
    )
    return "past" if is_whole and is_closed and behind != "by" else "modifier"


def is_headline(words: Sequence[TextWord]) -> bool:
    return not any(word.low in (".", "!", "?", "”", '"') for word in words[-3:])


def has_object(words: Sequence[TextWord], head: int) -> bool:
    first = head + 2 if head + 1 < len(words) and words[head + 1].low in PARTICLES else head + 1
    if first >= len(words):
        return False
    behind = words[first].low
    if behind in ("this", "that", "last", "each", "every") and first + 1 < len(words) and words[first + 1].low in TIMES:
        return False
    return (
        behind in DETERMINERS or behind in OBJECTS or behind in NUMERALS or behind[0].isdigit() or behind in ("$", "€", "£", "¥")
    )


def is_present(words: Sequence[TextWord], head: int, before: TextWord | None, forms: Forms) -> bool:
    if before is None:
        return False
    if before.low in PRONOUNS - {"that", "there"}:
        return True
    if words[head].low in PRESENTS and before.low not in DETERMINERS:
        return True
    if before.low in DETERMINERS | PREPOSITIONS | STOPS or (before.low in VERBAL and before.low != "have"):
        return False
    beside = words[head - 1]
    if PRESENT in forms:
        return has_object(words, head) or is_adverb(beside)
    plural = before.low.endswith("s") and not before.low.endswith(("ss", "ous", "'s"))
    return plural and not (head + 1 < len(words) and words[head + 1].low == "of")


def has_verb(words: Sequence[TextWord], group: VerbGroup) -> bool:
    """Whether the clause of a group has a finite verb besides it."""
    return any(is_finite(words, index) for index in [*clause_before(words, group.first), *clause_after(words, group.head)])


def is_finite(words: Sequence[TextWord], index: int, *, surely: bool = False) -> bool:
    """`surely`: no form that may be a participle as well."""
    low = words[index].low
    if low in MODALS:
        return is_modal(words, index)
    if low in FINITE or low in PRESENTS:
        return True
    if PAST not in forms_of(low) or (surely and PARTICIPLE in forms_of(low)):
        return False
    before = words[index - 1].low if index else ""
    return before not in BE | HAVE | DETERMINERS | PREPOSITIONS


def clause_before(words: Sequence[TextWord], head: int) -> list[int]:
    """Places of the words before it in its clause, the nearest first. Reporting verbs end it: what they report is a clause of its own."""
    indexes = []
    for index in range(head - 1, -1, -1):
        low = words[index].low
        if low in BREAKS or low in STOPS or low in REPORTING or low == "and":
            break
        indexes.append(index)
    return indexes


def clause_after(words: Sequence[TextWord], head: int) -> list[int]:
    indexes = []
    for index in range(head + 1, len(words)):
        low = words[index].low
        if low in BREAKS or low in STOPS or low in ("and", "."):
            break
        indexes.append(index)
    return indexes
