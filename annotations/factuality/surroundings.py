"""What stands around a finite clause and changes what it says: its subject, if and when, a denial before it, adverbs, a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotations.factuality.clauses import KNOWN, REFUTED, clause_of, is_inverted
from annotations.factuality.groups import VerbGroup, clause_after, clause_before, has_verb, is_finite
from annotations.factuality.lexicon import BREAKS, DETERMINERS, PREPOSITIONS, SILENT_STOPS
from annotations.factuality.reading import AS, ATTRIBUTES
from annotations.factuality.tables import Cues, Phrases, Row
from annotations.factuality.verbs import PRESENT, forms_of
from annotations.factuality.words import TextWord

if TYPE_CHECKING:
    from annotations.factuality.english import Saying

WALLS = SILENT_STOPS | {"“", "”", '"', "which", "who", "whom", "whose", "if", "unless", "because", "when"}
# A condition ends with its clause.
OPENER_WALLS = SILENT_STOPS | {",", "“", "”", '"', "that", "which", "who", "whom", "whose", "but"}
CONDITIONS = frozenset(("if", "unless", "provided"))
# "No fewer than 300 were dismissed" denies nothing.
BOUNDS = frozenset(("more", "fewer", "less", "greater", "later", "earlier"))
# What may stand between a verb and its object: "laid off nobody", "sold to no one".
LEADS = frozenset(("off", "out", "up", "down", "back", "home", "away", "to", "from", "for", "with"))
OPEN_FORMS = frozenset(("modal", "present", "present_passive", "progressive_with_future_time"))


def apply(words: Sequence[TextWord], head: int, group: VerbGroup, saying: Saying, cues: Cues) -> None:
    """Changes `saying` in place."""
    if is_question(words):
        saying.is_cut = True
        return
    by_subject(words, group, saying, cues)
    by_adverbs(words, head, group, saying, cues)
    by_opener(words, head, group, saying, cues)
    by_clause(words, group, saying, cues)


def is_question(words: Sequence[TextWord]) -> bool:
    return any(word.low == "?" for word in words[-2:])


def by_subject(words: Sequence[TextWord], group: VerbGroup, saying: Saying, cues: Cues) -> None:
    """ "No vessel was seized", "few were paid", "neither owned nor controlled"."""
    for index in range(group.first - 1, -1, -1):
        if words[index].low in BREAKS | WALLS or (words[index].low == "," and index < group.first - 1):
            return
        phrase = None if is_bound(words, index) else longest(cues.subjects, words, index)
        if phrase:
            behind, row = phrase
            if isinstance(row.get("polarity"), list):
                saying.is_doubtful, saying.row = True, {**saying.row, **row}
            elif row.get("polarity"):
                saying.negations.append((words[index].start, words[behind - 1].end))
            else:
                saying.is_cut = True
            return
        if is_finite(words, index) and words[index].low not in ("has", "have", "had"):
            return


def by_object(words: Sequence[TextWord], head: int, saying: Saying, cues: Cues) -> None:
    """ "Exported no coal", "laid off nobody"; what is denied further behind, and "no more coal", leaves it open."""
    is_near = True
    for index in clause_after(words, head):
        if not is_bound(words, index) and (phrase := longest(cues.subjects, words, index)):
            behind, row = phrase
            is_open = behind < len(words) and words[behind].low in BOUNDS
            if is_near and row.get("polarity") and not is_open:
                saying.negations.append((words[index].start, words[behind - 1].end))
            else:
                saying.is_cut = True
            return
        is_near &= words[index].low in LEADS


def is_bound(words: Sequence[TextWord], index: int) -> bool:
    """Whether "no more than", "no fewer than" begins here."""
    low = [word.low for word in words[index : index + 3]]
    return len(low) == 3 and low[0] == "no" and low[1] in BOUNDS and low[2] == "than"


def by_adverbs(words: Sequence[TextWord], head: int, group: VerbGroup, saying: Saying, cues: Cues) -> None:
    near = set(group.adverbs)
    alone = saying.form != "modifier" and not has_verb(words, group)
    for index in [*clause_before(words, head), *clause_after(words, head)] if alone else sorted(near):
        phrase = longest(cues.adverbs, words, index)
        if phrase is None or (index + 1 < len(words) and words[index + 1].low == "to"):
            continue
        behind, row = phrase
        stated = {attribute: row[attribute] for attribute in ATTRIBUTES if attribute in row}
        if not stated:
            saying.is_cut |= index in near
            continue
        if "past" in row and saying.form not in ("present", "present_passive"):
            stated = row["past"]
        saying.row = {**saying.row, **stated}
        saying.words = (*saying.words, (words[index].start, words[behind - 1].end))


def by_opener(words: Sequence[TextWord], head: int, group: VerbGroup, saying: Saying, cues: Cues) -> None:
    own = opener(words, group, cues)
    if (inverted := is_inverted(words, group)) is not None:
        saying.row, saying.is_silent = by_inversion(words, inverted, group, cues), False
        saying.words = ((words[inverted].start, words[inverted].end),)
        return
    if own is None:
        if any(word.low in CONDITIONS for word in words) and saying.form in OPEN_FORMS:
            saying.is_doubtful = True
        return
    index, behind, row = own
    if row.get("demotes"):
        saying.is_doubtful = True
    elif saying.form.startswith(row["only"]) if "only" in row else bool(saying.form) or may_be_verb(words, head, group):
        is_general = any(longest(cues.adverbs, words, n) for n in range(len(words))) or any(
            w.low in ("can", "often") for w in words
        )
        status = row["status"] if not is_general else sorted(row["status"], key=lambda value: value != "general")
        kept = {"certainty": saying.row["certainty"]} if row.get("only") and "certainty" in saying.row else {}
        stated = {code: row[code] for code in ("polarity", AS) if code in row}
        past = row.get("perfect", {}) if saying.form in ("past", "perfect") else {}
        saying.row = {"status": status, **stated, **kept, **past}
        saying.is_silent = False
        saying.words = ((words[index].start, words[behind - 1].end),)


def by_inversion(words: Sequence[TextWord], index: int, group: VerbGroup, cues: Cues) -> Row:
    """What *if* says; of what had not been done only an offer is left."""
    (_, row), *_ = cues.openers.starting([TextWord("if", "if", 0, 0)], 0) or [(0, {})]
    is_perfect = words[index].low == "had" or any(words[n].low == "have" for n in group.chain)
    return row["perfect"] if is_perfect and "perfect" in row else row


def may_be_verb(words: Sequence[TextWord], head: int, group: VerbGroup) -> bool:
    """ "If the tanker calls at Rajin": behind "if" there has to be one."""
    before = words[group.first - 1].low
    return (
        PRESENT in forms_of(words[head].low) and before not in DETERMINERS | PREPOSITIONS and not before.endswith(("ed", "ing"))
    )


def opener(words: Sequence[TextWord], group: VerbGroup, cues: Cues) -> tuple[int, int, Row] | None:
    for index in range(group.first - 1, -1, -1):
        if words[index].low in OPENER_WALLS:
            return None
        if phrase := longest(cues.openers, words, index):
            return index, *phrase
    return None


def by_clause(words: Sequence[TextWord], group: VerbGroup, saying: Saying, cues: Cues) -> None:
    """ "Denied that", "whether": what the sentence says of the whole clause."""
    governed = clause_of(words, group, cues) if saying.form or saying.row else None
    if governed is None:
        return
    if governed.row is None:
        saying.is_cut = True
        return
    row = governed.row
    if row["kind"] == KNOWN:
        return
    if row["kind"] == REFUTED and saying.negations:
        # A denial that it did not happen says neither.
        saying.is_cut = True
    saying.is_doubtful = True
    saying.row = {**saying.row, **{key: row[key] for key in ATTRIBUTES if key in row}}


def longest(table: Phrases, words: Sequence[TextWord], index: int) -> tuple[int, Row] | None:
    phrases = table.starting(words, index)
    return phrases[0] if phrases else None
