"""An answer, held against the texts that it is about: what may be offered of it, and what is refused, where and why. Pure."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from annotations.figures.reader import read as read_figure
from annotations.figures.strangers import non_figure_kind
from annotations.native.validators import Misshapen
from annotations.scheme.view import UnknownLabel
from annotations.suggesters.answers import shapes
from annotations.suggesters.answers.places import Range, UnfitWords, located_range
from annotations.suggesters.figures import NO_FIGURES, values_of
from annotations.suggesters.suggestion import ScannedText, Suggestion, refused
from annotations.text.fragments import quote_of, quoted
from corpus.text.offsets import Offsets

Object = dict[str, Any]
UNRATED = 0.5  # score of what comes without one
MOST_KEPT = 1_000  # of a text: more are never offered
# Of so many suggestions a tenth with wrong offsets means that they are counted otherwise, and the others fit by chance.
ENOUGH, DRIFTING_SHARE = 10, 0.1
DRIFTING = ("offset-unit", "quote-differs", "outside")
ENDINGS = ("’s", "'s")
PUNCTUATION = tuple(",;:!?…’'")


class RefusedAnswer(ValueError):
    """Nothing of an answer can be used. The message says why, in words that its sender understands."""


class RefusedSuggestion(NamedTuple):
    path: str
    reason: str


@dataclass(frozen=True)
class CheckedAnswer:
    """Of one text."""

    taken: list[Suggestion]
    refused: list[RefusedSuggestion]

    @property
    def dropped(self) -> dict[str, int]:
        """How many for each reason."""
        return dict(Counter(each.reason.partition(":")[0] for each in self.refused))


@dataclass(frozen=True)
class AskedText:
    read: ScannedText

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.read.text.encode()).hexdigest()

    @cached_property
    def offsets(self) -> Offsets:
        return Offsets(self.read.text)


def verify(answer: Any, asked: Mapping[str, AskedText], suggester: str) -> tuple[str, dict[str, CheckedAnswer]]:
    """Version, and text by text what may be offered. Raises RefusedAnswer. `asked`: texts by the ids that the answer has for them."""
    try:
        whole = shapes.WHOLE(answer)
    except Misshapen as error:
        raise RefusedAnswer(f"malformed: {error}") from None
    checked: dict[str, CheckedAnswer] = {}
    for index, each in enumerate(whole["documents"]):
        if each["id"] not in asked or each["id"] in checked:
            raise RefusedAnswer(f"documents[{index}].id: not a text that was asked for, or the same one again")
        text = asked[each["id"]]
        if each["sha256"] != text.sha256:
            raise RefusedAnswer(f"documents[{index}].sha256: of another text")
        checked[each["id"]] = of_text(each["suggestions"], text, f"documents[{index}].suggestions", suggester, whole["version"])
    refuse_drifting(list(checked.values()))
    return whole["version"], checked


def refuse_drifting(answers: list[CheckedAnswer]) -> None:
    reasons = Counter(each.reason for answer in answers for each in answer.refused if each.reason in DRIFTING)
    count = sum(len(answer.taken) + len(answer.refused) for answer in answers)
    if count >= ENOUGH and sum(reasons.values()) > count * DRIFTING_SHARE:
        unit = "it counts in UTF-16, not in code points" if reasons["offset-unit"] else "its offsets do not fit its quotes"
        raise RefusedAnswer(f"{sum(reasons.values())} of {count} suggestions are not where it says: {unit}")


def of_text(suggestions: list[Any], text: AskedText, where: str, suggester: str, version: str) -> CheckedAnswer:
    taken: list[tuple[str, Suggestion]] = []
    out: list[RefusedSuggestion] = []
    for index, each in enumerate(suggestions):
        at = f"{where}[{index}]"
        try:
            taken.append((at, one(each, text, at, suggester, version, out)))
        except Misshapen as error:
            out.append(RefusedSuggestion(at, f"malformed: {error}"))
        except UnfitWords as error:
            out.append(RefusedSuggestion(at, str(error)))
    return CheckedAnswer(list(best(taken, out)), out)


def one(value: Any, text: AskedText, at: str, suggester: str, version: str, out: list[RefusedSuggestion]) -> Suggestion:
    """Raises Misshapen, or UnfitWords with the reason. What is refused of its parts is added to `out`, and left out."""
    body = shapes.suggestion(value)
    kind, scheme = body["kind"], text.read.scheme
    layer, label = body.get("layer", ""), body.get("label", "")
    fields: Object = {}
    if kind == "event":
        layer, label = event_layer(text.read, body["type"]), body["type"]
        fields = {"type": label, "arguments": list(arguments(body.get("arguments", []), label, text, at, out))}
    elif kind == "claim":
        fields = dict(claim_parts(body, text, at, out))
    elif not scheme.has_label(layer, label) or scheme.kind(layer) == "event":
        raise UnfitWords("unknown-label")
    made = Suggestion(
        kind=kind,
        layer=layer,
        label=label,
        ranges=words(body["content" if kind == "claim" else "fragments"], text),
        suggester=suggester,
        version=version,
        score=body.get("score", UNRATED),
        why=body.get("why", ""),
        fields=fields,
    )
    if reason := refused(made, text.read):
        raise UnfitWords(reason)
    return typed(trimmed(made, text.read), text.read) if kind == "span" else made


def words(parts: list[Object], text: AskedText) -> tuple[Range, ...]:
    return tuple(located_range(text.offsets, part) for part in parts)


def event_layer(read: ScannedText, code: str) -> str:
    try:
        read.scheme.event_label(code)
    except UnknownLabel:
        raise UnfitWords("unknown-label") from None
    return next(str(layer["code"]) for layer in read.scheme.layers_of("event") if read.scheme.has_label(layer["code"], code))


# Parts: a filler, cue or speaker that does not fit goes; the event or claim stays


def part(value: list[Object], text: AskedText, kind: str) -> list[Object]:
    ranges = words(value, text)
    if reason := refused(Suggestion(kind, "", "", ranges, "", "", 0, ""), text.read):
        raise UnfitWords(reason)
    return quoted(text.read.text, ranges)


def arguments(values: list[Object], label: str, text: AskedText, at: str, out: list[RefusedSuggestion]) -> Iterator[Object]:
    roles = text.read.scheme.roles(label)
    for index, each in enumerate(values):
        try:
            yield filler(each, roles, text)
        except UnfitWords as error:
            out.append(RefusedSuggestion(f"{at}.arguments[{index}]", str(error)))


def filler(value: Object, roles: Mapping[str, Any], text: AskedText) -> Object:
    """Raises UnfitWords."""
    if value["role"] not in roles:
        raise UnfitWords("unknown-role")
    if "label" in value and not any(value["label"] in each.get("labels", ()) for each in roles[value["role"]]["fillers"]):
        raise UnfitWords("unknown-label")
    return value | {"fragments": part(value["fragments"], text, "argument")}


def claim_parts(body: Object, text: AskedText, at: str, out: list[RefusedSuggestion]) -> Iterator[tuple[str, list[Object]]]:
    for name in ("cue", "speaker"):
        try:
            if name in body:
                yield name, part(body[name], text, "claim")
        except UnfitWords as error:
            out.append(RefusedSuggestion(f"{at}.{name}", str(error)))


# As the scheme would have a mark


def trimmed(made: Suggestion, read: ScannedText) -> Suggestion:
    """Without an article or possessive in front, and without ’s or punctuation behind (SPAN-03)."""
    leading = (read.scheme.rule("SPAN-03").get("leading") or {}).get(made.layer)
    if leading is None:
        return made
    (start, end), *others = made.ranges
    first, space, rest = read.text[start:end].partition(" ")
    while space and first.lower() in leading:
        start = end - len(rest.lstrip())
        first, space, rest = read.text[start:end].partition(" ")
    ranges = [(start, end), *others]
    start, end = ranges[-1]
    for ending in (*ENDINGS, *PUNCTUATION):
        if end - len(ending) > start and read.text[start:end].endswith(ending):
            end -= len(ending)
            break
    ranges[-1] = (start, end)
    shorter = replace(made, ranges=tuple(ranges))
    return made if refused(shorter, read) else shorter


def typed(made: Suggestion, read: ScannedText) -> Suggestion:
    """A figure with what the reader reads from its words, whatever was sent. Raises UnfitWords for no figure, and for an adjective alone."""
    quote = quote_of(quoted(read.text, made.ranges))
    if read.scheme.kind(made.layer) != "figure":
        rule = read.scheme.rule("ACT-03")
        if made.label in rule.get("labels", ()) and quote in rule.get("adjectives", ()):
            raise UnfitWords("adjective")
        return made
    reading = read_figure(quote, read.scheme, read.language)
    if reading.comparator is None or NO_FIGURES.intersection(reading.warnings):
        raise UnfitWords("no-figure")
    if any(non_figure_kind(read.text, *each) for each in made.ranges):
        raise UnfitWords("no-figure")
    return replace(made, fields={"attributes": values_of(reading)})


# One for the same words


def best(taken: list[tuple[str, Suggestion]], out: list[RefusedSuggestion]) -> Iterator[Suggestion]:
    """Of two marks of a layer that overlap the one with the higher score, of equal ones the longer; the same once. Claims may overlap."""
    there: dict[tuple[str, str], list[Range]] = defaultdict(list)
    known: set[Any] = set()
    for at, each in sorted(taken, key=lambda pair: (-pair[1].score, pair[1].extent[0] - pair[1].extent[1], pair[1].ranges)):
        others = there["mark", each.layer] if each.kind != "claim" else []
        if each.content in known:
            out.append(RefusedSuggestion(at, "repeated"))
        elif any(lies_over(others, *extent) for extent in each.ranges):
            out.append(RefusedSuggestion(at, "overlaps"))
        elif len(known) >= MOST_KEPT:
            out.append(RefusedSuggestion(at, "too-many"))
        else:
            known.add(each.content)
            for extent in each.ranges:
                insort(others, extent)
            yield each


def lies_over(others: list[Range], start: int, end: int) -> bool:
    """`others` in order, none over another."""
    at = bisect_left(others, (start, end))
    return any(first < end and start < behind for first, behind in others[max(at - 1, 0) : at + 1])
