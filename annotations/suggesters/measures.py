"""Measures: words that name an entry of the register, or a resolution by its number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotations.models import Assignment
from annotations.suggesters.suggestion import ScannedText, Suggestion
from corpus.words.tokens import tokens
from registry.models import Measure

KINDS = ("citation",)
VERSION = "1"
CODE = "measures"
KNOWN, UNKNOWN = 0.9, 0.5
RESOLUTION = re.compile(
    r"(?:(?:\bU\.?N\.?(?:\s?S\.?C\.?)?|\bUnited Nations|\bSecurity Council|\bUNSC)\s+){0,2}\b[Rr]esolutions?\s+(?:[Nn]o\.?\s*)?(?P<en>\d{3,4})\b(?:\s*\(\d{4}\))?"
    r"|\bS/RES/(?P<symbol>\d{3,4})\b(?:\s*\(\d{4}\))?"
    r"|(?:안보리\s?)?(?:대북\s?)?(?:제재\s?)?결의(?:안)?\s?(?:제\s?)?(?P<ko>\d{3,4})\s?호?"
    r"|第?(?P<zh>\d{3,4})[号號]?(?:[（(]\d{4}[）)])?[号號]?(?:决议|決議)"
    r"|(?:决议|決議)第?(?P<ja>\d{3,4})[号號]?"
)
NUMBER = re.compile(r"(?<!\d)\d+\Z")
SHORTEST_NAME = 4


class NamedMeasure(NamedTuple):
    start: int
    end: int
    code: str | None


def offered(reading: Assignment, read: ScannedText) -> Iterator[Suggestion]:
    register = list(Measure.objects.order_by("adopted", "code").values_list("code", "symbol", "aliases"))
    for each in measures_in(read.text, [(code, [code, symbol, *aliases]) for code, symbol, aliases in register]):
        why = f"names {each.code}" if each.code else "a resolution that the register does not have"
        score = KNOWN if each.code else UNKNOWN
        yield Suggestion("citation", "", "", ((each.start, each.end),), CODE, VERSION, score, why, {"measure": each.code})


def measures_in(text: str, register: Iterable[tuple[str, list[str]]]) -> Iterator[NamedMeasure]:
    """`register`: code → names. The longer name first where two overlap."""
    numbers: dict[str, list[str]] = defaultdict(list)
    names: dict[tuple[str, ...], str] = {}
    for code, called in register:
        if number := NUMBER.search(code):
            numbers[number[0]].append(code)
        names |= {tuple(token.text for token in tokens(name)): code for name in called if len(name) >= SHORTEST_NAME}
    measures = [*by_name(text, names)]
    for match in RESOLUTION.finditer(text):
        codes = numbers.get(match[match.lastgroup or 0], [])
        measures.append(NamedMeasure(*match.span(), codes[0] if len(codes) == 1 else None))
    behind = 0
    for each in sorted(measures, key=lambda one: (one.start, -one.end, one.code is None)):
        if each.start >= behind:
            behind = each.end
            yield each


def by_name(text: str, names: dict[tuple[str, ...], str]) -> Iterator[NamedMeasure]:
    row = tokens(text)
    sizes = sorted({len(name) for name in names if name}, reverse=True)
    words = [token.text for token in row]
    for first in range(len(row)):
        for size in sizes:
            if (code := names.get(tuple(words[first : first + size]))) and first + size <= len(row):
                yield NamedMeasure(row[first].start, row[first + size - 1].end, code)
                break
