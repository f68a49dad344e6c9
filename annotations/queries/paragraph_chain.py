"""The paragraphs that replace and tighten each other, as a line of dates."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from registry.models import Paragraph

PIECES = re.compile(r"(\d+)")
RELATIONS = {"replaces": "replaces", "replaced_by": "replaced by", "tightened_by": "tightened by"}


class ChainLink(NamedTuple):
    """`relations`: (words, the other paragraph), as the register has them from this side."""

    paragraph: Paragraph
    day: date
    relations: list[tuple[str, Paragraph]]


def chain_of(row: Paragraph) -> list[ChainLink]:
    """All that is tied to it, directly or through others, from the earliest on; nothing where it stands alone."""
    related = Paragraph.objects.select_related("measure").exclude(replaces=[], replaced_by=[], tightened_by=[])
    known = {key_of(each): each for each in related}
    ties: dict[str, set[str]] = defaultdict(set)
    # Those that are only named by others have no relation of their own: they are asked for by what names them.
    named = {code for each in known.values() for code in related_codes(each)} - set(known)
    known |= {key_of(each): each for each in by_code(named)}
    for code, each in known.items():
        for other in related_codes(each):
            ties[code].add(other)
            ties[other].add(code)
    reached, waiting = set(), [key_of(row)]
    while waiting:
        code = waiting.pop()
        if code in known and code not in reached:
            reached.add(code)
            waiting += ties[code]
    links = [link(known[code], known) for code in reached]
    return sorted(links, key=lambda each: (each.day, each.paragraph.measure.code, in_number_order(each.paragraph)))


def link(row: Paragraph, known: dict[str, Paragraph]) -> ChainLink:
    relations = [(words, known[code]) for name, words in RELATIONS.items() for code in getattr(row, name) if code in known]
    return ChainLink(row, row.in_force_from or row.measure.in_force_from or row.measure.adopted, relations)


def key_of(row: Paragraph) -> str:
    """As other paragraphs name it."""
    return f"{row.measure.code} {row.number}"


def related_codes(row: Paragraph) -> list[str]:
    return [code for name in RELATIONS for code in getattr(row, name)]


def by_code(codes: set[str]) -> list[Paragraph]:
    measures = {code.partition(" ")[0] for code in codes}
    rows = Paragraph.objects.select_related("measure").filter(measure__code__in=measures)
    return [row for row in rows if key_of(row) in codes]


def in_number_order(row: Paragraph) -> list[tuple[int, Any]]:
    """8 before 11, 8(a) before 8(d)."""
    return [(0, int(piece)) if piece.isdecimal() else (1, piece) for piece in PIECES.split(row.number) if piece]
