"""The cue tables of a scheme, ready to be looked up: phrase → row, by the first word or the last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from annotations.factuality.verbs import inflected
from annotations.factuality.words import TextWord

if TYPE_CHECKING:
    from annotations.scheme.view import SchemeView

Row = Mapping[str, Any]
Phrase = tuple[str, ...]


class Phrases:
    """Rows by their phrases, found at a place of a sentence; the longest counts."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.forward: dict[str, list[tuple[Phrase, Row]]] = {}
        self.backward: dict[str, list[tuple[Phrase, Row]]] = {}
        for row in rows:
            for phrase in phrases_of(row):
                words = tuple(phrase.lower().split())
                self.forward.setdefault(words[0], []).append((words, row))
                self.backward.setdefault(words[-1], []).append((words, row))
        for table in (self.forward, self.backward):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    def starting(self, words: Sequence[TextWord], index: int) -> list[tuple[int, Row]]:
        """(place behind the phrase, row) of every phrase that begins here, the longest first."""
        candidates = self.forward.get(words[index].low, ())
        return [(index + len(phrase), row) for phrase, row in candidates if is_at(words, index, phrase)]

    def ending(self, words: Sequence[TextWord], index: int) -> list[tuple[int, Row]]:
        """(place of its first word, row) of every phrase that ends with the word here, the longest first."""
        if index < 0:
            return []
        candidates = self.backward.get(words[index].low, ())
        firsts = ((index - len(phrase) + 1, phrase, row) for phrase, row in candidates)
        return [(first, row) for first, phrase, row in firsts if first >= 0 and is_at(words, first, phrase)]


def is_at(words: Sequence[TextWord], index: int, phrase: Phrase) -> bool:
    return index + len(phrase) <= len(words) and all(words[index + n].low == part for n, part in enumerate(phrase))


def phrases_of(row: Row) -> Iterable[str]:
    yield from row.get("words", ())
    for verb in row.get("verbs", ()):
        yield from inflected(verb)


class Cues:
    """The tables of one language in which verbs form groups."""

    def __init__(self, body: Row) -> None:
        self.constructions: Row = body.get("constructions", {})
        self.modals = {word: row for row in body.get("modals", ()) for word in row.get("words", ())}
        self.governors = Phrases(body.get("governors", ()))
        self.subjects, self.clauses, self.openers, self.adverbs, self.nouns = (
            Phrases(body.get(part, ())) for part in ("subjects", "clauses", "openers", "adverbs", "nouns")
        )
        # What a kind of governing word says where the word itself is not the one that says it (“could not confirm”).
        self.kinds = {row["kind"]: row for row in reversed(body.get("clauses", ()))}
        self.own: dict[str, list[tuple[Row, Phrases]]] = {}
        for row in body.get("own", ()):
            self.own.setdefault(row["label"], []).append((row, Phrases([row])))


@lru_cache(maxsize=16)
def cues_of(scheme: SchemeView, language: str) -> Cues:
    return Cues(scheme.factuality.get(language, {}))
