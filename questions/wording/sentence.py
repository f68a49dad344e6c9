"""A question as a sentence of pieces, each of which can be taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from questions.address.kinds import ANY
from questions.address.parameters import PARAMETERS
from questions.address.question import Question
from questions.wording.code_names import CodeNames
from questions.wording.line_words import LINES, line_words
from questions.wording.times import span

ENTITIES = ("place", "entity", "actor", "acted", "counted", "source", "speaker")
PERIODS = (("from", "to", "{}"), ("published_from", "published_to", "published {}"))
DAYS = {name for *names, _ in PERIODS for name in names}
OF_ENTITIES = {
    "place": "place: {}",
    "entity": "with {}",
    "actor": "by {}",
    "acted": "acting on {}",
    "counted": "counting {}",
    "source": "according to {}",
    "speaker": "stated by {}",
}
GO_ALONG = ("case", "near", "seed")  # with the words, the condition or the sample that they speak of
# What counts even where nothing is asked.
ALWAYS = ("status", "polarity", "use")
CODED = {
    "type",
    "filter",
    "status",
    "polarity",
    "certainty",
    "label",
    "use",
    "modality",
    "evidence",
    "tie",
    "code",
    "result",
    "verdict",
}
NAMED = {
    "polarity": "polarity {}",
    "certainty": "certainty {}",
    "modality": "modality {}",
    "evidence": "evidence: {}",
    "tie": "place is {}",
    "reliability": "reliability {}",
    "credibility": "credibility {}",
    "currency": "in {}",
    "unit": "unit {}",
    "value_min": "{} or more",
    "value_max": "{} or less",
    "measure": "under {}",
    "paragraph": "paragraph {}",
    "verdict": "by the paragraph: {}",
    "outlet": "in {}",
    "language": "language {}",
    "by": "by {}",
    "code": "check: {}",
    "result": "result: {}",
    "basis": "basis: {}",
    "part": "part: {}",
    "article": "of one article",
    "chain": "chain of one event",
    "mark": "with one figure",
}
FLAGS = {
    ("figure", "1"): "with figures",
    ("use", "reported"): "only actual counts (no caps, no “per …”)",
    ("approximate", "1"): "approximate",
    ("approximate", "0"): "not approximate",
    ("vague", "1"): "vague",
    ("vague", "0"): "not vague",
    ("unplaced", "1"): "or place not stated",
    ("dates", "within"): "stated days within",
    ("undated", "0"): "dated",
    ("timed", "1"): "with words or a date for when",
    ("maybe", "0"): "without entities that may be the same",
    ("parts", "1"): "with their parts",
    ("unnamed", "1"): "unnamed sources only",
    ("basis", "any"): "with their basis",
    ("copies", "1"): "with copies and later tellings",
    ("whose", "gold"): "gold alone",
    ("whose", "mine"): "my readings",
    ("whose", "all"): "all annotators",
}


class AskedPiece(NamedTuple):
    """`names`: the parameters that it stands for."""

    names: tuple[str, ...]
    words: str


def in_words(listed: Iterable[AskedPiece]) -> str:
    """The pieces as one line."""
    return " · ".join(piece.words for piece in listed) or "Everything"


def pieces(question: Question, names: CodeNames, entities: Mapping[str, str], today: date) -> list[AskedPiece]:
    """Of all that is asked and of what counts unless it is asked otherwise, in the order of an address. `entities`: by parameter, what it names."""
    listed: list[AskedPiece] = []
    for name in PARAMETERS:
        if name in question.given or (name in ALWAYS and question[name]):
            words = piece_words(question, name, names, entities)
            listed += [AskedPiece(LINES.get(name, (name,)), words)] if words and name not in (*DAYS, *GO_ALONG) else []
    return [*listed, *periods(question, today)]


def piece_words(question: Question, name: str, names: CodeNames, entities: Mapping[str, str]) -> str:
    value = question[name]
    if name in LINES:
        return line_words(question, name, names, entities)
    if (name, value) in FLAGS:
        return FLAGS[name, value]
    if (value == ANY and name not in question.given) or (question["filter"] and name in ("status", "polarity")):
        return ""
    if value == ANY:
        return f"any {name}"
    if name in ENTITIES:
        return OF_ENTITIES[name].format(entities.get(name, "an entity"))
    return NAMED.get(name, "{}").format(value_words(name, value, names))


def value_words(name: str, value: str, names: CodeNames) -> str:
    if name == "attr":
        return ", ".join(names.pair(*part.split(":", 1)) for part in value.split(","))
    if name == "whose":
        return f"annotated by {value.removeprefix('by:')}"
    if name == "figure":
        return f"with {', '.join(names.of('label', code) for code in value.split(','))}"
    if name in CODED:
        return ", ".join(names.of(name, code) for code in value.split(","))
    return value.replace(",", ", ")


def periods(question: Question, today: date) -> list[AskedPiece]:
    """Windows of time: two parameters are one piece."""
    listed = []
    for first, last, form in PERIODS:
        if question[first] or question[last]:
            words = span(question.day(first, today), question.day(last, today))
            listed.append(AskedPiece((first, last), form.format(words)))
    return listed
