"""The clause of an event: the first pattern of its type that fits what is known, with everything known put into it.

Pure. A pattern fits when its `when` agrees with the event's own attributes and each of its slots is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from annotations.derived.document_view import DocumentView
from annotations.grammar import verbs
from annotations.grammar.patterns import INFINITIVE, NAME_ALONE, OPEN, PLACE, PRICE, Part, PatternSlot, parse, slots
from annotations.grammar.verbs import EventState, Verb, knows
from annotations.native.view import Object
from annotations.scheme.view import UnknownLabel
from annotations.statements.names import Phrase, is_plural, listed, noun_phrase, takes
from annotations.statements.needs import missing
from annotations.statements.values import amount
from annotations.unstated.answers import NOT_STATED, is_stated

Json = Mapping[str, Any]
NOTHING = (None, "", "none", "unspecified", "other", "unclear", NOT_STATED)  # values with which an attribute says nothing
DEPTH = 3  # an order to order an order: no sentence can be read that goes further down
GERUND, AS_INFINITIVE, FINITE = "gerund", "infinitive", "finite"


@dataclass(frozen=True)
class Clause:
    """An event, told of with one figure or with all of its own. `depth`: in how many others it stands."""

    view: DocumentView
    event: Object
    figure: Object | None = None
    modality: str = ""
    depth: int = 0

    # What the scheme and the event say

    @cached_property
    def patterns(self) -> Json:
        patterns: Json = (self.view.scheme.sentences.get("types") or {}).get(self.event["type"]) or {}
        return patterns

    @cached_property
    def state(self) -> EventState:
        codes = (self.event.get(name) for name in ("status", "polarity", "certainty"))
        status, polarity, certainty = (spelled(code) for code in codes)
        # Who denies says that it did not happen: one "not" is in the verb already.
        denied = "positive" if self.is_denied_negative else polarity
        return EventState(status if knows(status) else "", denied, certainty, self.modality)

    @property
    def is_denied_negative(self) -> bool:
        return self.modality == "denied" and self.event.get("polarity") == "negative"

    def attribute(self, code: str) -> Any:
        return (self.event.get("attributes") or {}).get(code)

    def agrees(self, when: Json) -> bool:
        """Every attribute has one of the values; "open" stands for all that say nothing."""
        return all(self.has(code, value if isinstance(value, list) else [value]) for code, value in when.items())

    def has(self, code: str, values: list[Any]) -> bool:
        value = self.attribute(code)
        return value in values or (OPEN in values and value in NOTHING)

    # Patterns

    def text(self, form: str = FINITE, *, without: Sequence[str] = ()) -> str:
        """The words. `without`: whom an infinitive need not name again."""
        parts, subject = self.chosen
        head = "".join(self.words(part, form, subject) for part in parts)
        if form == AS_INFINITIVE:
            head = self.shortened(head, subject, without)
        return " ".join([head.strip(), *self.pieces(head)])

    @cached_property
    def chosen(self) -> tuple[tuple[Part, ...], Phrase | None]:
        parts, _ = self.pattern
        return parts, self.subject(parts)

    @property
    def is_vague(self) -> bool:
        """Whether the attribute that tells one thing from its opposite is open: hiring from dismissing, granting from refusing."""
        return self.pattern[1]

    @cached_property
    def pattern(self) -> tuple[tuple[Part, ...], bool]:
        """The first one that fits, and whether its clause only mentions what it is about."""
        frames = self.patterns.get("frames") or []
        noun = parse(f"{self.fallback} [take|took|taken] place"), any(frame.get("mentions") for frame in frames)
        return next((candidate for candidate in self.candidates() if self.fits(candidate[0])), noun)

    @property
    def has_infinitive(self) -> bool:
        """Whether it ends with another event."""
        patterns = [self.chosen[0], *map(parse, self.patterns.get("pieces") or [])]
        return any(slot.kind == INFINITIVE and self.filled(slot) for parts in patterns for slot in slots(parts))

    def candidates(self) -> Iterator[tuple[tuple[Part, ...], bool]]:
        for frame in self.patterns.get("frames") or []:
            if self.agrees(frame.get("when") or {}):
                pattern = (frame.get("whole") or {}).get(f"{self.state.status}.{self.state.polarity}")
                yield from ((parse(text), bool(frame.get("mentions"))) for text in (pattern, frame["clause"]) if text)

    @property
    def fallback(self) -> str:
        """For a scheme without patterns, and for an event of which nothing is known."""
        noun = self.patterns.get("noun")
        return str(noun) if noun else f"an event of the kind “{label_name(self.view, self.event)}”"

    def fits(self, parts: tuple[Part, ...]) -> bool:
        return all(self.filled(slot) for slot in slots(parts))

    def subject(self, parts: tuple[Part, ...]) -> Phrase | None:
        """What the verb agrees with: the first slot, unless other words than an article stand before it."""
        first = next((part for part in parts if not (isinstance(part, str) and part.strip().lower() in ("", "the"))), None)
        if isinstance(first, str):
            return Phrase(first, is_plural(self.view, first, ""))
        return self.filled(first) if isinstance(first, PatternSlot) else None

    def words(self, part: Part, form: str, subject: Phrase | None) -> str:
        if isinstance(part, Verb):
            return self.verb(part, form, bool(subject and subject.plural))
        if isinstance(part, str):
            return part
        return filler.text if (filler := self.filled(part)) else ""

    def verb(self, verb: Verb, form: str, plural: bool) -> str:
        if self.is_vague:
            return verb.gerund
        if form == FINITE:
            return verbs.finite(verb, self.state, plural=plural)
        return verbs.gerund(verb, self.state) if form == GERUND else verbs.infinitive(verb, self.state)

    def shortened(self, head: str, subject: Phrase | None, without: Sequence[str]) -> str:
        """ "to end the contracts" for "factory owners to end the contracts", where these are named already."""
        if subject and subject.key and subject.key in without:
            return head.strip().removeprefix(subject.text).strip()
        return f"for {head.strip()}"

    def pieces(self, head: str) -> Iterator[str]:
        """What stands behind, each with its preposition, as far as it is filled and is not part of the text."""
        text = head
        shared = self.view.scheme.sentences.get("pieces") or []
        for pattern in (*(self.patterns.get("pieces") or []), *shared):
            parts = parse(pattern)
            if self.fits(parts) and not (self.is_told(parts, text) or self.is_used(parts)):
                piece = "".join(self.words(part, FINITE, None) for part in parts)
                text += f" {piece}"
                yield piece

    def is_told(self, parts: tuple[Part, ...], text: str) -> bool:
        """A place or an amount that another phrase has in it."""
        fillers = [(slot, self.filled(replace(slot, kind=""))) for slot in slots(parts)]
        return any(
            phrase and (slot.kind == PLACE or self.is_figure(phrase.key)) and re.search(rf"\b{re.escape(phrase.noun)}\b", text)
            for slot, phrase in fillers
        )

    def is_figure(self, pk: str) -> bool:
        mention = self.view.span(pk)
        return mention is not None and self.view.scheme.kind(mention["layer"]) == "figure"

    def is_used(self, parts: tuple[Part, ...]) -> bool:
        used = {name for slot in slots(self.chosen[0]) for name in self.taken(slot)}
        return any(name in used for slot in slots(parts) for name in slot.names)

    def taken(self, slot: PatternSlot) -> list[str]:
        """The role that fills it, and the one whose noun the figure of that role took."""
        return [name for name in slot.names if self.role(name) or self.attribute_words(name)][: 2 if len(slot.names) > 1 else 1]

    # Slots

    @cached_property
    def phrases(self) -> dict[PatternSlot, Phrase | None]:
        """Of the slots that were asked for: many patterns have the same."""
        return {}

    def filled(self, slot: PatternSlot) -> Phrase | None:
        if slot not in self.phrases:
            self.phrases[slot] = self.filler_of(slot)
        return self.phrases[slot]

    def filler_of(self, slot: PatternSlot) -> Phrase | None:
        for index, name in enumerate(slot.names):
            of = next(filter(None, (self.role(other) or self.attribute_words(other) for other in slot.names[index + 1 :])), None)
            phrase = self.role(name, of, slot.kind) or self.attribute_words(name)
            if phrase:
                before = self.at(name) if slot.kind == PLACE else self.before_price(name, phrase) if slot.kind == PRICE else ""
                return replace(phrase, text=f"{before} {phrase.text}") if before else phrase
        return None

    def at(self, role: str) -> str:
        first: Object = next((argument for argument in self.event["arguments"] if argument["role"] == role), {})
        return "at" if takes(self.view, "at", self.kind(first)) else "in"

    def before_price(self, role: str, price: Phrase) -> str:
        """Sold for a sum of money, but at so much a tonne; for at most so much."""
        figures = [
            self.view.span(argument.get("mention")) or {} for argument in self.event["arguments"] if argument["role"] == role
        ]
        is_per_unit = any((figure.get("attributes") or {}).get("per_unit") for figure in figures)
        return "at" if is_per_unit and not price.text.startswith("at ") else "for"

    def kind(self, argument: Object) -> str:
        mention = self.view.span(argument.get("mention")) or {}
        return str(mention.get("label") or self.view.meant(argument).get("type") or "")

    def role(self, role: str, of: Phrase | None = None, kind: str = "") -> Phrase | None:
        arguments = [argument for argument in self.event["arguments"] if argument["role"] == role]
        if self.figure and any(argument.get("mention") == self.figure["id"] for argument in arguments):
            return amount(self.view, self.figure, of, self.marks)
        fillers = [self.filler(argument, of, kind) for argument in arguments]
        return with_conversions(self.view, [phrase for phrase in fillers if phrase])

    @cached_property
    def marks(self) -> frozenset[str]:
        return frozenset(str(argument.get("mention")) for argument in self.event["arguments"])

    def filler(self, argument: Object, of: Phrase | None, kind: str) -> Phrase | None:
        if argument.get("event"):
            return self.other(str(argument["event"]), infinitive=kind == INFINITIVE)
        if argument.get("measure_ref"):
            return cited(self.view, self.view.citation(argument["measure_ref"]), with_paragraph=kind != NAME_ALONE)
        mention = self.view.span(argument.get("mention"))
        if mention and self.is_figure(mention["id"]):
            return amount(self.view, mention, of, self.marks)
        return without_trigger(self.view, self.event, mention) or noun_phrase(self.view, argument)

    def other(self, pk: str, *, infinitive: bool) -> Phrase | None:
        """Another event in this one: "to end the contracts", "the advice of the Chinese government"."""
        event = self.view.event(pk)
        if event is None or self.depth >= DEPTH:
            return None
        inner = Clause(self.view, event, depth=self.depth + 1)
        if not infinitive:
            return inner.phrase("nouns") or Phrase(f"“{self.view.trigger_words(event)}”", key=pk)
        if not inner.state.polarity or inner.is_vague:
            return None
        before = [phrase.key for role in self.patterns.get("doers") or [] if (phrase := self.role(role))]
        return Phrase(inner.text(AS_INFINITIVE, without=before), key=pk)

    def as_thing(self, text: str) -> str:
        """ "the listing of a bank", or `text`, where the type has no such words."""
        phrase = self.phrase("things")
        return " ".join([phrase.text, *self.pieces(phrase.text)]) if phrase else text

    @property
    def missing(self) -> str:
        """Of an event without a participant that its type needs, what is asked: "who owns what?"."""
        return missing(self.view.scheme, self.event)

    def phrase(self, name: str) -> Phrase | None:
        """The first of the type's `nouns` or `behind` that fits."""
        for entry in self.patterns.get(name) or []:
            parts = parse(entry["phrase"])
            if self.agrees(entry.get("when") or {}) and self.fits(parts):
                return Phrase("".join(self.words(part, FINITE, None) for part in parts), key=str(self.event["id"]))
        return None

    def attribute_words(self, code: str) -> Phrase | None:
        value, words = self.attribute(code), (self.patterns.get("words") or {}).get(code) or {}
        if isinstance(value, list):
            return listed([Phrase(str(each), key=str(each)) for each in value])
        text = (
            words.get(str(value)) or words.get("*")
            if words
            else value
            if isinstance(value, str) and value not in NOTHING
            else None
        )
        return Phrase(text, is_plural(self.view, text, "")) if text else None


def with_conversions(view: DocumentView, phrases: list[Phrase]) -> Phrase | None:
    """Amounts that only restate another one stand behind it in brackets."""
    main = [phrase for phrase in phrases if phrase.key not in view.conversions]
    if not main:
        return listed(phrases)
    joint, restated = listed(main), listed(phrase for phrase in phrases if phrase.key in view.conversions)
    return replace(joint, text=f"{joint.text} ({restated.text})") if joint and restated else joint


def without_trigger(view: DocumentView, event: Object, mention: Object | None) -> Phrase | None:
    """ "workers" of "repatriated workers", whose "repatriated" is the event itself; None where it is not in there."""
    if mention is None or len(mention["fragments"]) > 1:
        return None
    start, end = mention["fragments"][0]["start"], mention["fragments"][0]["end"]
    for pk in event.get("triggers") or []:
        first = (view.span(pk) or mention)["fragments"][0]
        if pk != mention["id"] and start == first["start"] and first["end"] < end:
            rest = view.text[first["end"] : end].strip()
            return Phrase(
                rest,
                is_plural(view, rest, str(mention["label"])),
                rest,
                str(view.meant({"mention": mention["id"]}).get("id") or ""),
            )
    return None


def cited(view: DocumentView, citation: Object | None, *, with_paragraph: bool = True) -> Phrase | None:
    """ "paragraph 11 (inferred) of S/RES/2371 (2017)"; the text's own words for a measure that is not in the register."""
    if citation is None:
        return None
    measure = view.measure(citation.get("measure"))
    name = str((measure or {}).get("symbol") or citation.get("measure") or f"“{view.quote(citation['fragments'])}”")
    if citation.get("paragraph") and with_paragraph:
        basis = spelled(citation.get("paragraph_basis")) or "basis not recorded"
        name = f"paragraph {citation['paragraph']}{'' if basis == 'stated' else f' ({basis})'} of {name}"
    return Phrase(name, key=name)


def spelled(code: Any) -> str:
    """A code that says something; empty for one that nobody chose, and for what the text does not say."""
    return str(code) if is_stated(code) else ""


def label_name(view: DocumentView, event: Object) -> str:
    try:
        name = str(view.scheme.event_label(event["type"])["name"])
    except UnknownLabel:
        return str(event["type"])
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
