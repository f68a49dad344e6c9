"""What a sentence says of the whole clause of a trigger: *reported that*, *denied that*, *reports that … are false*.

A word that governs a clause either is in the tables or is not known, and then the clause is open: nobody has said that it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotations.factuality.groups import NEGATIONS, VerbGroup, clause_before, is_adverb, is_finite
from annotations.factuality.lexicon import BE, BREAKS, COORDINATORS, DO, HAVE, MODALS, PREPOSITIONS, SILENT_STOPS, STOPS
from annotations.factuality.tables import Cues, Row
from annotations.factuality.verbs import PARTICIPLE, PAST, PRESENT, forms_of
from annotations.factuality.words import TextWord

KNOWN, REFUTED, DOUBTED = "known", "refuted", "doubted"
# Of several words that speak of one clause the most doubtful counts: "rejected the claim that".
STRENGTH = (KNOWN, "likely", "alleged", "wanted", DOUBTED, REFUTED)
QUOTES = frozenset(("“", "”", '"', "«", "»"))
WALLS = SILENT_STOPS | QUOTES | {","}
SUBORDINATORS = BREAKS - {"that", "whether", "who", "which", "whom", "whose"} | {"as"}
RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
# "Nobody could say", "declined to confirm", "was unable to verify": what is not said is in doubt.
DENIERS = NEGATIONS | frozenset(
    "no nobody none neither nor without if unless impossible may might could would should must".split()
)
DENIERS_OF_INFINITIVES = frozenset("unable declined declines refused refuses failed fails yet".split())
# Of a clause that comes first, or of a quotation, is said behind it what there is to say of it.
CLOSERS = SUBORDINATORS | COORDINATORS | frozenset((";", ":", "(", "—", "–"))
ENDS = QUOTES | {","}


class Governed(NamedTuple):
    """`row`: what the strongest word says of the clause, None where no word that governs it is known. `first`: place of that word."""

    row: Row | None
    first: int = 0
    last: int = 0


def clause_of(words: Sequence[TextWord], group: VerbGroup, cues: Cues) -> Governed | None:
    """None where nothing governs the clause of the group."""
    cue = governed_before(words, group, cues)
    behind = said_behind(words, group, cues, is_first=cue is not None)
    if cue is None or cue.row is None:
        return behind or cue
    return max((one for one in (cue, behind) if one), key=strength)


def strength(one: Governed) -> int:
    return STRENGTH.index(one.row["kind"]) if one.row else 0


def governed_before(words: Sequence[TextWord], group: VerbGroup, cues: Cues) -> Governed | None:
    index, is_bare = group.first - 1, True
    while index >= 0:
        low = words[index].low
        if low in WALLS or (low in SUBORDINATORS and low != "if"):
            return None
        if low in COORDINATORS:
            is_bare = False
        elif low == "whether" or (low == "if" and is_doubt(strongest(words, region(words, index), cues))):
            cue = strongest(words, region(words, index), cues)
            return cue if cue and strength(cue) > STRENGTH.index(DOUBTED) else Governed(cues.kinds.get(DOUBTED), index, index)
        elif low == "if":
            return None
        elif low == "that" and 0 < index < group.first - 1 and not is_relative(words, index, group):
            return governing(words, index, cues)
        elif is_bare and is_verb(words, index, cues) and index < group.first - 1 and not is_passed(words, index, group, cues):
            return without_that(words, index, cues)
        index -= 1
    return None


def is_doubt(cue: Governed | None) -> bool:
    return bool(cue and cue.row and cue.row["kind"] == DOUBTED)


def is_relative(words: Sequence[TextWord], index: int, group: VerbGroup) -> bool:
    """ "The bank that doubted the papers sold": behind *that* stands a verb, and behind that the trigger's own."""
    return is_finite(words, index + 1) and any(is_finite(words, n) for n in range(index + 1, group.first))


def is_verb(words: Sequence[TextWord], index: int, cues: Cues) -> bool:
    if is_finite(words, index) and words[index].low not in BE | HAVE | DO | MODALS:
        return True
    return (PRESENT in forms_of(words[index].low) and starts_clause(words, index + 1)) or bool(
        cues.clauses.starting(words, index)
    )


def starts_clause(words: Sequence[TextWord], index: int) -> bool:
    return index < len(words) and words[index].low in ("the", "a", "an", "he", "she", "it", "they", "his", "her", "their", "its")


def is_passed(words: Sequence[TextWord], index: int, group: VerbGroup, cues: Cues) -> bool:
    """Whether a verb governs no clause: it has a relative before it, or a preposition behind it, or nothing up to the trigger."""
    left = index - 1
    while left >= 0 and (words[left].low in BE | HAVE | DO | MODALS | NEGATIONS or is_adverb(words[left])):
        left -= 1
    if left >= 0 and words[left].low in RELATIVES:
        return True
    behind = words[index + 1].low
    # "Claimed on Friday the firm had …", but "ships suspected of smuggling were …".
    prepositions = PREPOSITIONS - {"on", "in", "to", "at"} if cues.clauses.starting(words, index) else PREPOSITIONS
    return behind in prepositions or behind in BE or all(is_adverb(word) for word in words[index + 1 : group.first])


def without_that(words: Sequence[TextWord], index: int, cues: Cues) -> Governed | None:
    """ "Said the ship was seized": the verb, unless its own clause is one of time or reason ("when the ship docked it was seized")."""
    edge = min([index, *clause_before(words, index)])
    if edge and words[edge - 1].low in SUBORDINATORS:
        return None
    return governing(words, index + 1, cues)


def governing(words: Sequence[TextWord], index: int, cues: Cues) -> Governed:
    """What stands before the place of *that*."""
    places = region(words, index)
    cue = strongest(words, places, cues)
    if is_doubt(cue):
        return cue or Governed(None)
    own = range(cue.first, cue.last + 1) if cue else range(0)
    # "Neither confirm nor deny" is no denial either; "not true" is one, by itself.
    if is_denied(words, [n for n in places if n not in own]):
        return Governed(cues.kinds.get(DOUBTED), *((cue.first, cue.last) if cue else (places[-1], places[0])))
    return cue or Governed(None)


def region(words: Sequence[TextWord], index: int) -> list[int]:
    """Places before that of *that* in its sentence, the nearest first; what stands between two commas is passed."""
    places, n = [], index - 1
    if n > 0 and words[n].low == ",":
        n = next((m for m in range(n - 1, -1, -1) if words[m].low == ","), 0) - 1
    while n >= 0 and words[n].low not in WALLS | SUBORDINATORS | {"who", "which", "but"}:
        places.append(n)
        n -= 1
    return [*places, n] if n >= 0 and words[n].low in ("if", "unless") else places


def is_denied(words: Sequence[TextWord], places: Sequence[int]) -> bool:
    return any(words[n].low in DENIERS or (words[n].low in DENIERS_OF_INFINITIVES and words[n + 1].low == "to") for n in places)


def strongest(words: Sequence[TextWord], places: Sequence[int], cues: Cues) -> Governed | None:
    """The word of the tables that doubts most; of equal ones the nearest."""
    cue: Governed | None = None
    for n in places:
        for behind, row in cues.clauses.starting(words, n)[:1]:
            one = Governed(row, n, behind - 1)
            cue = one if cue is None or strength(one) > strength(cue) else cue
    return cue


def said_behind(words: Sequence[TextWord], group: VerbGroup, cues: Cues, *, is_first: bool) -> Governed | None:
    """ "Reports that … are false", "…, the ministry falsely claimed", "“…” is a lie": only what doubts counts there."""
    edge = next((n for n in range(group.head + 1, len(words)) if words[n].low in CLOSERS), len(words))
    if is_first:
        places, kinds = range(group.head + 1, edge), (REFUTED, DOUBTED)
    else:
        stop = next((n for n in range(group.head + 1, edge) if words[n].low in ENDS), edge)
        begin = next((n for n in range(stop, edge) if words[n].low not in ENDS), edge)
        places = range(begin, next((n for n in range(begin, edge) if words[n].low in STOPS), edge))
        kinds = (REFUTED, "alleged")
    cue = strongest(words, places, cues)
    return cue if cue and cue.row and cue.row["kind"] in kinds else None


def is_inverted(words: Sequence[TextWord], group: VerbGroup) -> int | None:
    """The place of *had*, *should* or *were* that opens a condition: "Had the firm bought the cargo, …"."""
    if any(word.low == "?" for word in words[-2:]):
        return None
    for index in range(group.first - 1, -1, -1):
        low = words[index].low
        if low in WALLS or low in SUBORDINATORS:
            return None
        opens = index == 0 or words[index - 1].low in WALLS | COORDINATORS
        if low in ("had", "should", "were") and opens and fits(words, group, low):
            return index
        if is_finite(words, index):
            return None
    return None


def fits(words: Sequence[TextWord], group: VerbGroup, low: str) -> bool:
    if low == "had":
        is_passive = [words[n].low for n in group.chain] == ["been"]
        return is_passive or (not group.chain and bool(forms_of(words[group.head].low) & {PAST, PARTICIPLE}))
    return group.form == "infinitive" or bool(group.chain and words[group.chain[-1]].low in ("have", "be")) or not group.chain
