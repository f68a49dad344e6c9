"""Status, polarity and certainty of a trigger in a language whose verbs form groups.

From the outermost verb group inwards: the group says what its construction says, each governor changes it, negations are counted,
and what stands elsewhere in the sentence (if, denied that, a question) only takes certainty away. Two negations say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotations.factuality import surroundings
from annotations.factuality.clauses import is_inverted
from annotations.factuality.governors import Governor, denies_noun, governor_of
from annotations.factuality.groups import VerbGroup, clause_after, group_of, is_adverb, is_finite, is_headline
from annotations.factuality.lexicon import BE, COORDINATORS, DETERMINERS, HAVE
from annotations.factuality.reading import ATTRIBUTES, FactualityReading, OfferedValue, Span, offered
from annotations.factuality.tables import Cues, Row
from annotations.factuality.verbs import BASE, GERUND, PARTICIPLE, PRESENT, forms_of
from annotations.factuality.words import TextWord

POLARITY, NEGATIVE = "polarity", "negative"
DEEPEST = 5


@dataclass
class Saying:
    """What a group says so far: `row` of the scheme with the words that it comes from, negations in its scope.

    `is_silent`: it says nothing by itself, but something inside it may; `is_cut`: nothing inside it is to be read either."""

    row: Row = field(default_factory=dict)
    words: tuple[Span, ...] = ()
    negations: list[Span] = field(default_factory=list)
    is_doubtful: bool = False
    is_silent: bool = False
    is_cut: bool = False
    form: str = ""
    governors: list[Span] = field(default_factory=list)
    governing: list[tuple[int, int]] = field(default_factory=list)


def read_verb(words: Sequence[TextWord], head: int, cues: Cues) -> Saying:
    """Silent where the word is no verb, or governed by something that is not in the tables."""
    saying = say(words, head, cues, 0)
    surroundings.by_object(words, head, saying, cues)
    return saying


def say(words: Sequence[TextWord], head: int, cues: Cues, depth: int) -> Saying:
    group = group_of(words, head)
    if not group.chain and (twin := coordinated(words, head, group)) is not None and depth < DEEPEST:
        return beside(words, head, twin, group, cues, depth)
    if group.form == "infinitive" and (inverted := is_inverted(words, group)) is not None:
        return Saying(
            surroundings.by_inversion(words, inverted, group, cues), (span(words, inverted, inverted),), form="infinitive"
        )
    if group.form in ("infinitive", "gerund"):
        governor = governor_of(words, group, cues) if depth < DEEPEST else None
        if governor is None:
            return alone(words, group, cues)
        return governed(words, group, governor, cues, depth)
    saying = finite_group(words, group, cues)
    surroundings.apply(words, head, group, saying, cues)
    return saying


def finite_group(words: Sequence[TextWord], group: VerbGroup, cues: Cues) -> Saying:
    negations = [span(words, index, index) for index in group.negations]
    if group.form == "modal":
        outer = group.outer or 0
        row = cues.modals.get(words[outer].low, {})
        row = row.get("perfect", {}) if group.perfect else row.get("denied", row) if negations else row
        # "May or may not have sold" denies nothing.
        is_either = outer > 0 and words[outer - 1].low == "or"
        return Saying(row, (span(words, outer, outer),), negations, is_silent=not row, is_cut=is_either, form="modal")
    row = cues.constructions.get(group.form, {})
    if any(words[index].low == "no" for index in group.negations) and isinstance(row.get("status"), str):
        # "No longer" says that it happened as well.
        row = {**row, "status": [row["status"]]}
    shown = tuple(span(words, index, index) for index in reversed(group.chain))
    return Saying(row, shown, negations, is_silent=not row, form="past" if group.perfect else group.form)


def alone(words: Sequence[TextWord], group: VerbGroup, cues: Cues) -> Saying:
    """ ", forcing many to leave" stands beside the main clause, whose tense nobody asks; "Pyongyang to launch satellite" is a headline."""
    before = words[group.first - 1].low if group.first else ""
    form = "participle" if group.form == "gerund" and before == "," else ""
    if group.form == "infinitive" and before and is_headline(words) and not any(is_finite(words, n) for n in range(len(words))):
        form = "headline_infinitive"
    row = cues.constructions.get(form, {})
    return Saying(row, (), [span(words, index, index) for index in group.negations], is_silent=not row)


def governed(words: Sequence[TextWord], group: VerbGroup, governor: Governor, cues: Cues, depth: int) -> Saying:
    outer = outer_of(words, governor, cues, depth)
    row, here = governor.row, span(words, governor.first, governor.last)
    own = [span(words, index, index) for index in group.negations]
    saying = Saying(
        outer.row, outer.words, [*outer.negations, *own], outer.is_doubtful, outer.is_silent, outer.is_cut, outer.form
    )
    saying.governors = [*outer.governors, here]
    if "implies" in row:
        saying.is_doubtful |= row["implies"] == "offered"
    else:
        saying.row, saying.words = variant(row, group, outer), (here,)
        saying.is_silent = bool(outer.negations) and "raises" not in row
        saying.is_doubtful |= bool(outer.negations) and row.get("raises") == "offered"
        saying.is_silent |= not saying.row
        saying.form = "governed"
    if row.get(POLARITY) == NEGATIVE:
        saying.negations.append(here)
    return saying


def variant(row: Row, group: VerbGroup, outer: Saying) -> Row:
    """ "Is believed to have sent" and "was expected to send" say other things than the plain form."""
    chosen: Row = row
    if group.perfect and "perfect" in row:
        chosen = row["perfect"]
    elif outer.form in ("past", "past_progressive") and "past" in row:
        chosen = row["past"]
    return {attribute: chosen[attribute] for attribute in ATTRIBUTES if attribute in chosen}


def outer_of(words: Sequence[TextWord], governor: Governor, cues: Cues, depth: int) -> Saying:
    """What the group of a governor says, whether it is a verb, an adjective (`is likely`) or a noun (`no plans`)."""
    first = governor.first
    forms = forms_of(words[first].low)
    saying = say(words, first, cues, depth + 1)
    group = group_of(words, first, frozenset((PARTICIPLE, GERUND)))
    if governor.row.get("after_be") and not group.chain:
        return Saying(is_cut=True)
    if not forms & {PARTICIPLE, GERUND} and group.chain:
        saying = finite_group(words, group, cues)
        surroundings.apply(words, first, group, saying, cues)
    elif saying.is_silent and first and forms & {BASE, PRESENT}:
        denial = denies_noun(words, first)
        saying.negations = [] if denial is None else [span(words, denial, denial)]
        # "The plan to send workers" may have been dropped in the same sentence.
        saying.is_doubtful |= words[first - 1].low in DETERMINERS
    return saying


# Beside another verb


def coordinated(words: Sequence[TextWord], head: int, group: VerbGroup) -> int | None:
    """The verb whose auxiliaries this one shares: `were arrested and [deported]`, `did not extend or [renew]`."""
    before = group.first - 1
    if before < 1 or words[before].low not in COORDINATORS:
        return None
    forms = forms_of(words[head].low) & {BASE, PARTICIPLE, GERUND}
    for index in range(before - 1, max(before - 15, -1), -1):
        if words[index].low in surroundings.WALLS:
            return None
        shared = forms & forms_of(words[index].low)
        if shared and group_of(words, index).chain:
            return index
    return None


def beside(words: Sequence[TextWord], head: int, twin: int, group: VerbGroup, cues: Cues, depth: int) -> Saying:
    """Or spreads a negation, but ends it; after `and` nobody can tell."""
    saying = say(words, twin, cues, depth + 1)
    links = {words[index].low for index in range(twin + 1, head)} & COORDINATORS
    saying.negations += [span(words, index, index) for index in group.negations]
    if saying.negations and links & {"but", "and"} and not links & {"or", "nor"}:
        saying.is_silent = True
    return saying


# Nouns


def read_noun(words: Sequence[TextWord], head: int, cues: Cues) -> dict[str, FactualityReading]:
    """`a planned [launch]`, `the threat of new [sanctions]`: only what stands close before it counts."""
    for index in range(head - 1, max(head - 4, -1), -1):
        for first, row in cues.nouns.ending(words, index):
            crossed = any(words[n].low in DETERMINERS for n in range(index + 1, head))
            if not crossed or words[index].low in ("of", "for", "to", "at"):
                return readings(Saying(row, (span(words, first, index),)))
        if words[index].low in DETERMINERS and words[index - 1].low not in ("of", "for", "to", "at"):
            break
    return said_of_noun(words, head, cues)


def said_of_noun(words: Sequence[TextWord], head: int, cues: Cues) -> dict[str, FactualityReading]:
    """ "The [listing] of the bank is being considered": a row that may stand `behind` *be*."""
    finite = [index for index in clause_after(words, head) if is_finite(words, index)]
    for index in range(finite[0], len(words)) if finite else ():
        if words[index].low in BE | HAVE or is_adverb(words[index]):
            continue
        rows = [(end, row) for end, row in cues.nouns.starting(words, index) if row.get("behind") and index > finite[0]]
        return readings(Saying(rows[0][1], (span(words, index, rows[0][0] - 1),))) if rows else {}
    return {}


# As readings


def readings(saying: Saying) -> dict[str, FactualityReading]:
    if saying.is_silent or saying.is_cut or len(saying.negations) > 1:
        return {}
    by_attribute = {}
    for attribute in ATTRIBUTES:
        stated = saying.row.get(attribute)
        if attribute == POLARITY and saying.negations:
            stated = [NEGATIVE] if isinstance(stated, list) else NEGATIVE
            by_attribute[attribute] = reading(stated, tuple(saying.negations), is_doubtful=False)
        elif stated:
            shown = () if attribute == POLARITY and stated != NEGATIVE else saying.words
            by_attribute[attribute] = reading(stated, shown, is_doubtful=saying.is_doubtful and attribute != POLARITY)
    return by_attribute


def reading(stated: str | list[str], shown: tuple[Span, ...], *, is_doubtful: bool) -> FactualityReading:
    if isinstance(stated, str):
        certain = FactualityReading(stated, shown)
        return offered(certain) if is_doubtful else certain
    return FactualityReading(offers=tuple(OfferedValue(value, shown) for value in stated))


def span(words: Sequence[TextWord], first: int, last: int) -> Span:
    return words[first].start, words[last].end
