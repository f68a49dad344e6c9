"""Files of any format as native documents, one after the other, by a mapping of their words to ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, BinaryIO

from annotations.formats import FORMATS
from annotations.formats.base import Losses, Unreadable
from annotations.formats.files import strict_json
from annotations.formats.middle.flat import Flat
from annotations.formats.middle.lift import lift
from annotations.formats.middle.mapping import PARTS, Dictionary, Mapping, guessed, vocabulary
from annotations.models import FormatMapping
from annotations.scheme.view import SchemeView
from annotations.schemes.of_corpus import scheme_for
from annotations.schemes.stored import compiled
from corpus.models import Corpus

Object = dict[str, Any]
NATIVE = "native"
LONGEST_KEY = 100


def readers() -> dict[str, ModuleType]:
    """The formats that can be loaded."""
    return {name: module for name, module in FORMATS.items() if hasattr(module, "read")}


class Meaningless(ValueError):
    """A mapping that leads to what the scheme does not have."""


@dataclass
class Reading:
    """A file being read. `words` counts those that it uses, `losses` what the mapping or the scheme has no place for."""

    format: str
    view: SchemeView
    mapping: Mapping = field(default_factory=Mapping)
    losses: Losses = field(default_factory=Losses)
    words: dict[str, Counter[str]] = field(default_factory=lambda: {part: Counter() for part in PARTS})
    options: dict[str, str] = field(default_factory=dict)  # those of annotations/formats/options.py

    @classmethod
    def into(cls, corpus: Corpus, name: str, mapping: Mapping | None = None, options: dict[str, str] | None = None) -> Reading:
        """With the words of the corpus for the format, and those of `mapping` before them. Raises Meaningless."""
        view, chosen = compiled(scheme_for(corpus)).view, mapping or Mapping()
        for part, word, meaning in meaningless(chosen, view):
            raise Meaningless(f"{part}: “{word}” is mapped to “{meaning}”, which is not in the scheme")
        known = FormatMapping.of(corpus, name).to_dict()
        for part, word, _ in list(meaningless(Mapping(**known), view)):
            del known[part][word]
        return cls(name, view, over(Mapping(**known), chosen), options=options or {})

    def outcomes(self, file: BinaryIO, name: str) -> Iterator[tuple[str, Object | Flat | Unreadable]]:
        """(location, document as the file has it or why there is none)."""
        if self.format == NATIVE:
            yield from strict_json.values(file, name)
            return
        for each in carefully(FORMATS[self.format].read(file, name, self.options), name):
            yield with_location(each, name) if isinstance(each, Unreadable) else (each.location or name, each)

    def documents(self, file: BinaryIO, name: str) -> Iterator[tuple[str, Object | Unreadable]]:
        """(location, native document or why there is none)."""
        return self.native(self.outcomes(file, name))

    def native(self, outcomes: Iterable[tuple[str, Object | Flat | Unreadable]]) -> Iterator[tuple[str, Object | Unreadable]]:
        return ((location, self.lifted(each) if isinstance(each, Flat) else each) for location, each in outcomes)

    def lifted(self, flat: Flat) -> Object | Unreadable:
        for part, counted in vocabulary([flat]).items():
            self.words[part] += counted
        try:
            body = lift(flat, self.view, self.mapping, self.losses)
        except (Unreadable, RecursionError) as error:
            return Unreadable(str(error) or "nested too deeply")
        body["document"].setdefault("key", flat.key[:LONGEST_KEY] or None)
        return body | {"text": flat.text}

    def meanings(self) -> Mapping:
        """What each word of the file that was read so far is taken to mean."""
        return guessed(self.words, self.view, self.mapping)


def meanings_of(view: SchemeView) -> dict[str, set[str]]:
    """What words can mean, by the parts of a mapping."""
    book = Dictionary(view, Mapping())
    words = {"marks": book.mark_words, "ties": book.tie_words, "roles": book.role_words, "attributes": book.attribute_words}
    return {part: set(words[part].values()) for part in PARTS}


def meaningless(mapping: Mapping, view: SchemeView) -> Iterator[tuple[str, str, str]]:
    """(part, word, meaning) of those that mean nothing in the scheme."""
    known = meanings_of(view)
    for part, words in mapping.to_dict().items():
        yield from (
            (part, word, meaning) for word, meaning in words.items() if meaning is not None and meaning not in known[part]
        )


def over(known: Mapping, chosen: Mapping) -> Mapping:
    """Both; what `chosen` says goes before what was known."""
    first, then = known.to_dict(), chosen.to_dict()
    return Mapping(**{part: first[part] | then[part] for part in PARTS})


def with_location(error: Unreadable, name: str) -> tuple[str, Unreadable]:
    """ "a.zip: doc1.ann line 3: …" is at the location that it names itself."""
    message = str(error)
    location, colon, _ = message.partition(": ")
    return (location, error) if colon and location.startswith(name) else (name, Unreadable(f"{name}: {message}"))


def carefully(outcomes: Iterable[Flat | Unreadable], name: str) -> Iterator[Flat | Unreadable]:
    """What a reader did not expect ends its file, with the documents before it read."""
    try:
        yield from outcomes
    except (ValueError, RecursionError, KeyError, OSError) as error:
        yield Unreadable(f"{name}: is not a valid file of this format: {error}")


def guess(file: BinaryIO, name: str) -> str:
    """The format in which the first document of a file can be read; native where none is."""
    ending = name.lower()
    fitting = sorted(readers(), key=lambda each: (not ending.endswith(FORMATS[each].EXTENSION), each != NATIVE, each))
    for candidate in fitting:
        file.seek(0)
        if candidate == NATIVE:
            _, first = next(strict_json.values(file, name))
            is_match = isinstance(first, dict) and str(first.get("format", "")).startswith("sanctions-gold/")
        else:
            flat = next(carefully(FORMATS[candidate].read(file, name, {}), name), None)
            is_match = isinstance(flat, Flat) and bool(flat.marks or flat.frames)
        if is_match:
            file.seek(0)
            return candidate
    file.seek(0)
    return NATIVE
