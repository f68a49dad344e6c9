"""Triggers: words that the scheme gives as examples of an event type, in any form of theirs. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from annotations.scheme.view import SchemeView
from annotations.suggesters.suggestion import ScannedText, Suggestion
from corpus.words.tokens import each_token, is_character, tokens

KINDS = ("event",)
VERSION = "1"
CODE = "triggers"
SCORE = 0.5
SHORTEST_STEM = 4
ENDINGS = ("ations", "ation", "ing", "ies", "ied", "ed", "es", "s", "e")
Words = tuple[str, ...]


def stem(word: str) -> str:
    """English: returned, returning → return."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def suggest(read: ScannedText) -> Iterator[Suggestion]:
    examples, layer = examples_of(read.scheme), next((str(each["code"]) for each in read.scheme.layers_of("event")), "")
    longest = max(map(len, examples), default=0)
    for segment in read.segments or [{"start": 0, "end": len(read.text)}]:
        row = list(each_token(read.text, segment["start"], segment["end"]))
        forms = [stem(token.text) for token in row]
        at = 0
        while at < len(row):
            size = next(
                (size for size in range(min(longest, len(row) - at), 0, -1) if tuple(forms[at : at + size]) in examples), 0
            )
            if size:
                label = examples[tuple(forms[at : at + size])]
                yield trigger(layer, label, row[at].start, row[at + size - 1].end, read.scheme)
            at += size or 1


def trigger(layer: str, label: str, start: int, end: int, scheme: SchemeView) -> Suggestion:
    why = f"an example of {scheme.label(layer, label)['name']}"
    return Suggestion("event", layer, label, ((start, end),), CODE, VERSION, SCORE, why[:300], {"type": label, "arguments": []})


@lru_cache(maxsize=8)
def examples_of(scheme: SchemeView) -> dict[Words, str]:
    """Stems of an example → its type; without what stands for several types, and without single characters."""
    types: dict[Words, set[str]] = defaultdict(set)
    for layer in scheme.layers_of("event")[:1]:
        for label in layer["labels"]:
            for example in () if label.get("retired") else label.get("trigger_examples") or ():
                types[tuple(stem(token.text) for token in tokens(example))].add(str(label["code"]))
    alone = {words: each for words, each in types.items() if len(each) == 1 and is_telling(words)}
    return {words: next(iter(each)) for words, each in alone.items()}


def is_telling(words: Words) -> bool:
    return len(words) > 1 or (bool(words) and not is_character(words[0]))
