"""The parameters of all ledgers, in the order in which an address has them."""

from __future__ import annotations

from typing import NamedTuple

from annotations.formats.base import BASES
from questions.address import kinds, word_kinds
from questions.address.kinds import ANY, Kind

COUNTED = "happened,ongoing"
POSITIVE = "positive"
MOST_SAMPLED = 1_000


COLUMNS = (
    *("layer", "label", "type", "status", "polarity", "certainty", "source", "outlet", "modality", "evidence", "reliability"),
    *("credibility", "rating", "place", "entity", "month", "year", "currency", "use", "finding"),
)
ALIASES = {"speaker": "source"}


class Parameter(NamedTuple):
    """`default`: what an address means that does not name it; empty: nothing is asked."""

    kind: Kind
    help: str
    default: str = ""


PARAMETERS: dict[str, Parameter] = {
    "type": Parameter(kinds.codes, "Event types."),
    "status": Parameter(kinds.codes, "Statuses that are counted.", ANY),
    "polarity": Parameter(kinds.codes, "Polarities that are counted.", ANY),
    "certainty": Parameter(kinds.codes, "Certainties."),
    "filter": Parameter(kinds.codes, "An event filter of the scheme; it replaces status and polarity."),
    "attr": Parameter(kinds.pairs, "Attributes of event types, as attribute:value."),
    "figure": Parameter(kinds.figure, "1, or labels of figures: events that have none are a part of their own."),
    "label": Parameter(kinds.codes, "Labels of figures."),
    "use": Parameter(kinds.codes, "Uses of figures that are counted.", ANY),
    "unit": Parameter(kinds.words, "Unit (UCUM)."),
    "currency": Parameter(kinds.codes, "Currencies (ISO 4217)."),
    "approximate": Parameter(kinds.flag, "1: approximate figures; 0: the others."),
    "vague": Parameter(kinds.flag, "1: vague figures; 0: the others."),
    "value_min": Parameter(kinds.amount, "Figures that may reach this value or more."),
    "value_max": Parameter(kinds.amount, "Figures that may reach this value or less."),
    "place": Parameter(kinds.entity, "Id of a place: events there or inside it, or whose people work there."),
    "tie": Parameter(kinds.codes, "By what an event has the place: roles, or workplace."),
    "unplaced": Parameter(kinds.flag, "1: also events that name no place.", "0"),
    "from": Parameter(kinds.day, "First day."),
    "to": Parameter(kinds.day, "Last day."),
    "dates": Parameter(kinds.one_of("meet", "within"), "meet: it may have been then; within: all its stated days are.", "meet"),
    "undated": Parameter(kinds.flag, "0: without events that no day is stated for.", "1"),
    "timed": Parameter(kinds.flag, "1: only events with words or a date for when.", "0"),
    "entity": Parameter(kinds.entity, "Id of an entity that fills any role."),
    "actor": Parameter(kinds.entity, "Id of an entity that acts."),
    "acted": Parameter(kinds.entity, "Id of an entity that is acted on."),
    "counted": Parameter(kinds.entity, "Id of an entity that figures count."),
    "maybe": Parameter(kinds.flag, "0: without entities that may be the same.", "1"),
    "parts": Parameter(kinds.flag, "1: also entities that are part of it.", "0"),
    "source": Parameter(kinds.entity, "Id of an entity: reported by it, directly or in the claim of another."),
    "speaker": Parameter(kinds.entity, "Id of an entity: the source of the innermost claim, or the outlet where no claim is."),
    "unnamed": Parameter(kinds.flag, "1: only what rests on unnamed sources alone.", "0"),
    "modality": Parameter(kinds.codes, "Modalities of the innermost claim."),
    "evidence": Parameter(kinds.codes, "Kinds of evidence of the innermost claim."),
    "reliability": Parameter(kinds.codes, "Reliability of the source, A to F."),
    "credibility": Parameter(kinds.codes, "Credibility of the statement, 1 to 6."),
    "measure": Parameter(kinds.codes, "Codes of measures that events cite."),
    "paragraph": Parameter(kinds.words, "Paragraph of a measure, as it is cited."),
    "verdict": Parameter(
        kinds.one_of("required", "falls_under", "after_deadline", "not_required", "before", "after", "open"),
        "What the paragraph says of the event by the register: it requires such events, is about them, or neither (not_required); "
        "after_deadline: it is about them, and its deadline had passed; before, after: it was not in force; open: a day, a type or a value "
        "is not stated.",
    ),
    "chain": Parameter(kinds.event, "Id of an event: what led to it and what it led to, from end to end."),
    "mark": Parameter(kinds.figure_mark, "Id of a figure: the pairs that it is one of."),
    "by": Parameter(kinds.columns(COLUMNS, ALIASES), f"One or two of {', '.join(COLUMNS)}."),
    "code": Parameter(
        kinds.codes, "Codes of checks: FIG-05, FIG-06, DERIVED, LEGAL, MEA-02, MEA-03, MEA-04, FALLS-UNDER, DEADLINE."
    ),
    "result": Parameter(kinds.codes, "Results of checks: ok, warning, info, note."),
    "q": Parameter(
        word_kinds.pattern,
        "Words next to each other: * any letters, ? one letter, a|b either, ..3 up to three words between. Spaces between Chinese, "
        "Japanese and Korean characters count for nothing.",
    ),
    "case": Parameter(kinds.flag, "1: upper and lower case differ.", "0"),
    "on": Parameter(
        word_kinds.marks,
        "Marks that are all of this: label:, type:, status:, polarity:, entity:, source:, attr:name:value, with commas between. "
        "With q: words inside such marks.",
    ),
    "with": Parameter(word_kinds.words_or_marks, "Words as in q, or marks as in on, that are near."),
    "near": Parameter(
        word_kinds.near, "How near: in the same sentence, paragraph or article, or up to so many words away.", "paragraph"
    ),
    "sample": Parameter(word_kinds.number_up_to(MOST_SAMPLED), "So many lines, drawn at random."),
    "seed": Parameter(word_kinds.number_up_to(2**31 - 1, least=0), "Another seed draws other lines; the same one the same.", "0"),
    "outlet": Parameter(kinds.words, "Name of an outlet."),
    "language": Parameter(kinds.codes, "Languages of articles (BCP 47)."),
    "published_from": Parameter(kinds.day, "Articles published on that day or later."),
    "published_to": Parameter(kinds.day, "Articles published on that day or earlier."),
    "article": Parameter(kinds.entity, "Id of an article."),
    "whose": Parameter(kinds.annotators, "Annotators: best, gold, mine, all, or by:NAME.", "best"),
    "basis": Parameter(
        kinds.some_of(*BASES.values),
        "What lines of evidence rest on: rows with such a line, and `bases` in each row. agreed: of a gold, or by several readings; reading: "
        "of one annotator alone; any: all rows, with `bases`.",
    ),
    "copies": Parameter(kinds.flag, "1: copies and later tellings are rows of their own.", "0"),
    "part": Parameter(kinds.codes, "The part of the answer.", "counted"),
    "order": Parameter(
        kinds.one_of("text", "left", "right"),
        "Of words: by the text, or by the words on the left or right of up to 1,000 lines. Of counts: by the count, or by the value.",
        "text",
    ),
}


class Ledger(NamedTuple):
    """`defaults` and `kinds`: those that differ from what the parameters say."""

    name: str
    title: str
    parameters: frozenset[str]
    defaults: dict[str, str]
    kinds: dict[str, Kind] = {}

    def default(self, name: str) -> str:
        return self.defaults.get(name, PARAMETERS[name].default)


EVENT = "type status polarity certainty attr".split()
FIGURE = "label use unit currency approximate vague value_min value_max".split()
WHERE = "place tie unplaced".split()
WHEN = "from to dates undated timed".split()
WHO = "entity actor acted counted maybe parts".split()
CLAIMED = "source unnamed modality evidence reliability credibility".split()
EVERYWHERE = "outlet language published_from published_to article whose copies part".split()
WORDS = "q case on with near sample seed order".split()
ENTRY = [*EVENT, *WHERE, *WHEN, *WHO, *CLAIMED, *EVERYWHERE]

LEDGERS = {
    ledger.name: ledger
    for ledger in (
        Ledger(
            "events",
            "Events",
            frozenset([*EVENT, "filter", "figure", *WHERE, *WHEN, *WHO, *CLAIMED, "speaker", "measure", "basis", *EVERYWHERE]),
            {"status": COUNTED, "polarity": POSITIVE},
        ),
        Ledger(
            "figures",
            "Figures",
            frozenset([*EVENT, *FIGURE, *WHERE, *WHEN, *WHO, *CLAIMED, "speaker", "basis", *EVERYWHERE]),
            {"use": "reported"},
        ),
        Ledger(
            "disputes",
            "Disputed figures",
            frozenset(["type", "certainty", "attr", *FIGURE, *WHERE, *WHEN, *WHO, *CLAIMED, "mark", *EVERYWHERE])
            - {"use", "part"},
            {},
        ),
        Ledger("sources", "Sources and claims", frozenset(ENTRY), {}),
        Ledger("causes", "Causes", frozenset([*ENTRY, "chain"]), {}),
        Ledger("law", "Legal measures", frozenset([*ENTRY, "measure", "paragraph", "verdict"]), {}),
        Ledger("findings", "Findings", frozenset(["code", "result", *EVERYWHERE]) - {"part"}, {}),
        Ledger("screening", "Screening", frozenset(["entity", "maybe", "parts", "part"]), {"part": ANY}),
        Ledger("words", "Words", frozenset([*WORDS, *EVERYWHERE]) - {"part"}, {}),
        Ledger("network", "Network", frozenset(ENTRY), {}),
        Ledger(
            "counts",
            "Counts",
            frozenset([*ENTRY, *FIGURE, "speaker", "by", "order"]),
            {"by": "label", "order": "count"},
            {"order": kinds.one_of("count", "value")},
        ),
    )
}
