"""One event's triggers in, one reading for each attribute out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotations.factuality import eastern, english
from annotations.factuality.groups import NEGATIONS, is_adverb
from annotations.factuality.lexicon import BE, DO, GET, HAVE, MODALS
from annotations.factuality.own import read_own
from annotations.factuality.reading import FactualityReading, Span, agreed, with_kind
from annotations.factuality.tables import Cues, cues_of
from annotations.factuality.words import TextWord, sentence_around, words_of

if TYPE_CHECKING:
    from annotations.scheme.view import SchemeView

AUXILIARIES = BE | HAVE | DO | MODALS | GET | NEGATIONS | {"to"}


def read(
    text: str, triggers: Sequence[Sequence[Span]], scheme: SchemeView, label: str, language: str
) -> dict[str, FactualityReading]:
    """What the words around an event's triggers say, by attribute; those of which they say nothing are absent.

    `triggers` holds the fragments of each in code points of `text`; `label` is the type of the event. A language for which
    the scheme has no tables says nothing."""
    tongue = language.lower().replace("_", "-").partition("-")[0]
    if tongue not in scheme.factuality:
        return {}
    by_trigger = [read_trigger(text, fragments, scheme, label, tongue) for fragments in triggers]
    codes = dict.fromkeys(code for readings in by_trigger for code in readings)
    known = {**scheme.attributes(scheme.layer_of("event"), label)}
    joined = with_kind(
        {code: agreed([readings[code] for readings in by_trigger if code in readings]) for code in codes if code in known}
    )
    return {code: reading for code, reading in joined.items() if reading.value is not None or reading.offers}


def read_trigger(
    text: str, fragments: Sequence[Span], scheme: SchemeView, label: str, language: str
) -> dict[str, FactualityReading]:
    sentence = sentence_around(text, fragments[0][0], fragments[-1][1])
    if eastern.is_eastern(scheme, language):
        return eastern.read(text, sentence, fragments, scheme, label, language)
    words = words_of(text, sentence)
    trigger = [n for n, word in enumerate(words) if any(start < word.end and word.start < end for start, end in fragments)]
    if not trigger:
        return {}
    cues = cues_of(scheme, language)
    head = head_of(words, trigger, cues)
    saying = english.read_verb(words, head, cues)
    readings = english.readings(saying) or ({} if saying.negations else english.read_noun(words, head, cues))
    return readings | read_own(words, trigger, saying.governors, cues, label, readings.get("polarity", FactualityReading()))


def head_of(words: Sequence[TextWord], trigger: Sequence[int], cues: Cues) -> int:
    """The place of the word that carries the meaning: behind auxiliaries, negations and governors that were marked along."""
    for number, index in enumerate(trigger):
        rest = trigger[number + 1 :]
        if not rest:
            return index
        if words[index].low in AUXILIARIES or is_adverb(words[index]):
            continue
        if any(words[n].low == "to" for n in rest[:1]) and cues.governors.ending(words, index) and len(rest) > 1:
            continue
        return index
    return trigger[0]
