"""What a reading is offered: of all suggesters, without what it has marked or decided already, the better one where two overlap."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from types import ModuleType
from typing import Any, NamedTuple

from annotations.kinds.outcome import suggestion_key
from annotations.models import (
    Assignment,
    Citation,
    Claim,
    PracticeArticle,
    Span,
    SuggestionOutcome,
    SuggestionsShown,
    TeamSettings,
)
from annotations.schemes.stored import compiled
from annotations.suggesters import measures, memory, register, sums
from annotations.suggesters.arms import CONTROL, OFF, ON
from annotations.suggesters.of_text import RULES, of_text
from annotations.suggesters.suggestion import ScannedText, Suggestion, is_sound
from annotations.text.fragments import quoted
from corpus.models.document import parts_of, text_of

Object = dict[str, Any]
MOST = 400  # that are served
MOST_SHOWN = 20  # answers of a reading that are kept
# Where two overlap, the first of these wins.
ORDER = ("register", "memory", "measures", "figures", "triggers", "claims", "crf")
ASKED: tuple[ModuleType, ...] = (register, memory, measures, sums)


class OfferedSuggestions(NamedTuple):
    """`held`: how many are not served, since there are more than MOST."""

    arm: str
    suggestions: list[Object]
    held: int = 0

    @property
    def digest(self) -> str:
        content = [self.arm, self.held, self.suggestions]
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def native(self) -> Object:
        modules = (*ASKED, *RULES) if self.arm == ON else ()
        return {
            "arm": self.arm,
            "digest": self.digest,
            "held": self.held,
            "suggesters": [{"code": each.CODE, "version": each.VERSION} for each in modules],
            "suggestions": self.suggestions,
        }


def answer(reading: Assignment) -> OfferedSuggestions:
    """`reading` with its text, article and scheme (`Assignment.whole`)."""
    arm = arm_of(reading)
    if arm != ON:
        return OfferedSuggestions(arm, [])
    read = read_text(reading)
    asked = (each for module in ASKED for each in module.offered(reading, read))
    best = without_overlaps(joined([*of_text(reading, read), *(each for each in asked if is_sound(each, read))]))
    marks = marks_of(reading)
    served, held = chosen(reading, read, [each for each in best if not each.is_marked(marks)])
    return OfferedSuggestions(ON, served, held)


def arm_of(reading: Assignment) -> str:
    """Nothing is offered in a gold, a rereading, a practice or test article, or in what is no longer annotated."""
    if reading.role != Assignment.Role.ANNOTATION or reading.status != Assignment.Status.OPEN:
        return OFF
    if not TeamSettings.of(reading.document.corpus_id).suggestions:
        return OFF
    if reading.document.article.practice or PracticeArticle.objects.filter(document=reading.document_id).exists():
        return OFF
    return ON if reading.suggesting else CONTROL


def read_text(reading: Assignment) -> ScannedText:
    parts = parts_of(reading.document_id)
    language = reading.document.article.language or "en"
    return ScannedText(text_of(reading.document_id), parts["segments"], parts["zones"], language, compiled(reading.scheme).view)


# One offer for the same words under the same label

Marks = dict[tuple[str, str], list[tuple[tuple[int, int], ...]]]


class Joined(NamedTuple):
    """`first`: of those who offer the same, the one that goes before the others."""

    first: Suggestion
    all: list[Suggestion]

    @property
    def score(self) -> float:
        return max(each.score for each in self.all)

    @property
    def exclusive(self) -> tuple[str, str]:
        """Of what two may not lie over each other: layer by layer; claims and links have none."""
        return self.first.kind if self.first.kind in ("claim", "citation", "link") else "mark", self.first.layer

    def is_marked(self, marks: Marks) -> bool:
        """A claim may hold others, but not the same words."""
        there = marks.get(self.exclusive, ())
        if self.exclusive[0] in ("claim", "link"):
            return self.first.ranges in there
        return any(
            start < behind and first < end for ranges in there for start, end in ranges for first, behind in self.first.ranges
        )


def rank(each: Suggestion) -> tuple[int, float, int]:
    order = ORDER.index(each.suggester) if each.suggester in ORDER else len(ORDER)
    return order, -each.score, each.extent[0] - each.extent[1]


def joined(suggestions: Iterable[Suggestion]) -> list[Joined]:
    groups: dict[Any, list[Suggestion]] = defaultdict(list)
    for each in suggestions:
        groups[each.content].append(each)
    return [Joined(min(group, key=rank), sorted(group, key=rank)) for group in groups.values()]


def without_overlaps(offers: Iterable[Joined]) -> list[Joined]:
    """Of one layer, in the order of the text."""
    taken: Marks = defaultdict(list)
    best: list[Joined] = []
    for each in sorted(offers, key=lambda offer: (rank(offer.first), offer.first.ranges)):
        if not each.is_marked(taken):
            best.append(each)
            taken[each.exclusive].append(each.first.ranges)
    return sorted(best, key=lambda offer: (offer.first.ranges, offer.first.content))


def marks_of(reading: Assignment) -> Marks:
    marks: Marks = defaultdict(list)
    spans = Span.objects.filter(assignment=reading).values_list("label__layer__code", "fragments")
    for layer, ranges in spans:
        marks["mark", layer].append(pairs(ranges))
    for kind, rows in (("claim", Claim.objects), ("citation", Citation.objects)):
        name = "content" if kind == "claim" else "fragments"
        for ranges in rows.filter(assignment=reading).values_list(name, flat=True):
            marks[kind, ""].append(pairs(ranges))
    return marks


def pairs(ranges: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in ranges)


# As it is served


def chosen(reading: Assignment, read: ScannedText, offers: list[Joined]) -> tuple[list[Object], int]:
    """Without what was decided, in the order of the text; and how many are too many."""
    decided = {str(key) for key in SuggestionOutcome.objects.filter(assignment=reading).values_list("key", flat=True)}
    sha256 = reading.document.sha256
    keyed = [(suggestion_key(sha256, *each.first.content), each) for each in offers]
    waiting = [(key, each) for key, each in keyed if key not in decided]
    best = sorted(waiting, key=lambda pair: -pair[1].score)[:MOST]
    keys = {key for key, _ in best}
    return [native(key, each, read) for key, each in waiting if key in keys], len(waiting) - len(best)


def native(key: str, offer: Joined, read: ScannedText) -> Object:
    first = offer.first
    return {
        "key": key,
        "kind": first.kind,
        "layer": first.layer,
        "label": first.label,
        "fragments": quoted(read.text, first.ranges),
        "score": offer.score,
        "why": first.why,
        "by": [{"suggester": each.suggester, "version": each.version, "score": each.score} for each in offer.all],
        **first.fields,
    }


def keep_shown(reading: Assignment, digest: str) -> None:
    """What a person has been shown, once for each different answer. Nothing of one that is out of date."""
    made = answer(reading)
    there = set(SuggestionsShown.objects.filter(assignment=reading).values_list("digest", flat=True))
    if made.digest != digest or not made.suggestions or digest in there or len(there) >= MOST_SHOWN:
        return
    items = [
        {"key": each["key"], "layer": each["layer"], "label": each["label"], "by": [one["suggester"] for one in each["by"]]}
        for each in made.suggestions
    ]
    row = SuggestionsShown(assignment=reading, digest=made.digest, items=items)
    SuggestionsShown.objects.bulk_create([row], ignore_conflicts=True)
