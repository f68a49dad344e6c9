"""Patterns of clauses: text with slots for roles and attributes, and one verb.

Pure. "{agent} [force] {count|people} to return": a slot names roles or attributes, and takes the first that is filled;
"{content:to}" is an event as an infinitive ("to end the contracts"), "{place:in}" a place with "in" or "at", "{price:for}" an
amount with "for", or with "at" where it is per unit, "{measure:name}" a measure without its paragraph. A verb stands in square brackets, as `verbs` has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from annotations.grammar.verbs import BadVerb, Verb, verb

PART = re.compile(r"\{([^{}\[\]]*)\}|\[([^{}\[\]]*)\]")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
INFINITIVE, PLACE, NAME_ALONE, PRICE = "to", "in", "name", "for"
OPEN = "open"  # in `when`: any value that says nothing
BRACKETS = re.compile(r"[{}\[\]]")


class BadPattern(ValueError):
    """Says what is wrong with a pattern, and what to write."""


@dataclass(frozen=True)
class PatternSlot:
    """`names`: roles or attributes, the first that is filled counts."""

    names: tuple[str, ...]
    kind: str = ""


Part = str | PatternSlot | Verb


@lru_cache(maxsize=2048)
def parse(pattern: str) -> tuple[Part, ...]:
    """Raises BadPattern."""
    parts: list[Part] = []
    end = 0
    for match in PART.finditer(pattern):
        parts += [pattern[end : match.start()], slot(match[1]) if match[2] is None else verb_in(match[2])]
        end = match.end()
    parts.append(pattern[end:])
    if any(isinstance(part, str) and BRACKETS.search(part) for part in parts):
        raise BadPattern(f"{pattern!r} has an unmatched bracket")
    return tuple(part for part in parts if part != "")


def slot(written: str) -> PatternSlot:
    body, _, kind = written.partition(":")
    names = body.split("|")
    if kind not in ("", INFINITIVE, PLACE, NAME_ALONE, PRICE):
        raise BadPattern(
            f"slot {{{written}}} ends with :{kind}; there is :to for an event, :in for a place, :name for a measure, :for for a price"
        )
    if not all(NAME.fullmatch(name) for name in names):
        raise BadPattern(f"slot {{{written}}} should name a role or attribute, like {{agent}} or {{count|people}}")
    return PatternSlot(tuple(names), kind)


def verb_in(written: str) -> Verb:
    try:
        return verb(written)
    except BadVerb as error:
        raise BadPattern(str(error)) from None


def slots(parts: Iterable[Part]) -> list[PatternSlot]:
    return [part for part in parts if isinstance(part, PatternSlot)]


def verbs(parts: Iterable[Part]) -> list[Verb]:
    return [part for part in parts if isinstance(part, Verb)]
