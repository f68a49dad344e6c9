"""Memory: words that are marked in other articles, of the readings that this one may rest on.

It keeps no table. The newest readings are asked for marks whose words stand in the text, and a few of their texts for how often the words
stand there without a mark.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Count, Func, TextField, Value

from annotations.models import Assignment, Span
from annotations.suggesters.sources import sources
from annotations.suggesters.suggestion import ScannedText, Suggestion
from corpus.models import Document

KINDS = ("span", "event")
VERSION = "1"
CODE = "memory"
MOST_READINGS = 300  # the newest
LEAST_SHARE = 0.3  # of the places of the words that are marked; below it, a suggestion costs more time than it saves
MOST_TEXTS, TEXTS_OF_EACH, LONGEST = 40, 3, 100_000  # that are read for the share; code points


@dataclass
class MarkedWords:
    """Words under the labels of one layer: how often each, and in which texts."""

    layer: str
    kind: str
    labels: Counter[str] = field(default_factory=Counter)
    marks: Counter[UUID] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        """The label that most marks have; of equals, the first by its code."""
        return min(self.labels, key=lambda code: (-self.labels[code], code))

    def share(self, places: dict[UUID, int]) -> float:
        """`places`: text → how often the words stand in it, of those texts that were read."""
        read = [document for document in self.marks if places.get(document)]
        seen = sum(places[document] for document in read)
        under_label = self.labels[self.label] / self.labels.total()
        return min(1.0, sum(self.marks[document] for document in read) / seen) * under_label if seen else 0.0


def offered(reading: Assignment, read: ScannedText) -> Iterator[Suggestion]:
    """The longer words first where two overlap in a layer."""
    standing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for ranges in read.runs.values():
        for start, end in ranges:
            standing[read.text[start:end]].append((start, end))
    remembered = marked_words(reading, read, standing)
    seen = places_of(remembered)
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (words, layer), each in sorted(remembered.items(), key=lambda item: (-len(item[0][0]), item[0])):
        share = each.share(seen[words])
        if share < LEAST_SHARE or not read.scheme.has_label(layer, each.label):
            continue
        for start, end in places_in(words, standing):
            if not any(start < behind and first < end for first, behind in taken[layer]):
                taken[layer].append((start, end))
                yield offer(read, each, start, end, share)


def offer(read: ScannedText, marked: MarkedWords, start: int, end: int, share: float) -> Suggestion:
    name = read.scheme.label(marked.layer, marked.label)["name"]
    times, articles = marked.labels[marked.label], len(marked.marks)
    why = f"marked {name} {times} time{'s' * (times != 1)} in {articles} other article{'s' * (articles != 1)}"
    is_event = marked.kind == "event"
    fields: dict[str, Any] = {"type": marked.label, "arguments": []} if is_event else {}
    kind = "event" if is_event else "span"
    return Suggestion(kind, marked.layer, marked.label, ((start, end),), CODE, VERSION, round(share, 3), why[:300], fields)


def marked_words(reading: Assignment, read: ScannedText, standing: Iterable[str]) -> dict[tuple[str, str], MarkedWords]:
    """Words and layer → their marks. A pronoun is another one's in each text: it is not remembered."""
    pronoun = read.scheme.mention_forms.get("pronoun", "")
    newest = sources(reading).order_by("-submitted", "pk").values("pk")[:MOST_READINGS]
    forms = Value([form for words in standing for form in both_forms(words)], output_field=ArrayField(TextField()))
    is_one = Func("quote", forms, template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=BooleanField())
    marks = Span.objects.filter(is_one, assignment__in=newest, kind__in=("actor", "event"))
    if pronoun:
        marks = marks.exclude(mention_type=pronoun)
    columns = ("quote", "kind", "label__layer__code", "label__code", "assignment__document")
    rows = marks.order_by().values_list(*columns).annotate(Count("pk"))
    words: dict[tuple[str, str], MarkedWords] = {}
    for quote, kind, layer, label, document, count in rows:
        each = words.setdefault((quote, layer), MarkedWords(layer, kind))
        each.labels[label] += count
        each.marks[document] += count
    return words


def places_of(remembered: dict[tuple[str, str], MarkedWords]) -> dict[str, dict[UUID, int]]:
    """Words → text → how often they stand in it."""
    wanted: dict[UUID, set[str]] = defaultdict(set)
    for (words, _), each in remembered.items():
        for document in sorted(each.marks)[:TEXTS_OF_EACH]:
            wanted[document].add(words)
    most = sorted(wanted, key=lambda document: (-len(wanted[document]), document))[:MOST_TEXTS]
    texts = Document.objects.filter(pk__in=most, length__lte=LONGEST)
    seen: dict[str, dict[UUID, int]] = defaultdict(dict)
    for document, text in texts.values_list("pk", "text"):
        for words in wanted[document]:
            seen[words][document] = text.count(words)
    return seen


def places_in(words: str, standing: dict[str, list[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    for form in both_forms(words):
        yield from standing.get(form, ())


def both_forms(words: str) -> set[str]:
    """As written, and with the first letter in the other case: a sentence may begin with the words."""
    return {words, words[:1].swapcase() + words[1:]}
