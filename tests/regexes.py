"""Whether a regular expression takes more than linear time: it is run on inputs that are made from itself.

A hostile text is what the pattern begins with, then one thing that a part of it matches again and again, then an end that fails.
A pattern is flagged when four times the text takes much more than four times as long, or is not done after LIMIT seconds.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import islice, product
from math import isqrt
from typing import Any, NamedTuple

FEW = 3_000  # characters
STEPS = 8_000_000  # of a pattern that reads on from each unit to the end of the text, twice over: a millisecond at the least
SHORT = range(16, 65, 4)  # units: enough for a pattern that doubles its time with each
LIMIT = 0.5  # seconds of processor time
SUSPECT = 0.001
GROWTH = 9  # of time over four times the length: linear 4, quadratic 16
MOST = 50  # units of a pattern
parser: Any = re._parser  # type: ignore[attr-defined]
MANY = parser.MAXREPEAT
# What is asked of a pattern, and how that goes through a text: from its beginning, all of it, or from everywhere.
KINDS = {"match": "match", "fullmatch": "fullmatch"} | dict.fromkeys(
    ("search", "findall", "finditer", "sub", "subn", "split"), "search"
)
ENDS = ("", "\n\x00!")
USUAL = " a1\n<"


class Endless(Exception):
    """A match that is not done within its time."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """The engine looks for signals while it goes back and forth."""

    def stop(*_: object) -> None:
        raise Endless

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class Texts(NamedTuple):
    """Of a pattern: what may come before a repeated part, and what may be repeated."""

    heads: list[str]
    units: list[str]


def slow_input(pattern: re.Pattern[Any], methods: Iterable[str]) -> str:
    """The first input on which it takes more than linear time, in words; blank where there is none."""
    return slow_input_of_kinds(pattern, frozenset(KINDS[method] for method in methods))


@cache  # many modules import the same patterns
def slow_input_of_kinds(pattern: re.Pattern[Any], kinds: frozenset[str]) -> str:
    texts = texts_of(pattern)
    for kind, head, unit, end in product(sorted(kinds), texts.heads, texts.units, ENDS):
        use, text = use_of(pattern, kind), partial(text_of, pattern, head, unit, end)
        if grows(use, text, few(unit)) or explodes(use, text, unit):
            return f"{kind} of {head!r} + {unit!r} * n + {end!r}"
    return ""


def text_of(pattern: re.Pattern[Any], head: str, unit: str, end: str, n: int) -> Any:
    text = head + unit * (n // len(unit) + 1) + end
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


def use_of(pattern: re.Pattern[Any], kind: str) -> Callable[[Any], object]:
    if kind == "search":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    return getattr(pattern, kind)  # type: ignore[no-any-return]


def few(unit: str) -> int:
    """Characters of the shorter text: more for a longer unit, so that as many steps come of it."""
    return max(FEW, isqrt(STEPS * len(unit)))


def grows(use: Callable[[Any], object], text: Callable[[int], Any], length: int) -> bool:
    try:
        if seconds(use, text(length)) < SUSPECT:
            return False
        return all(ratio(use, text, length) > GROWTH for _ in range(3))  # a busy machine is slow once
    except Endless:
        return True


def ratio(use: Callable[[Any], object], text: Callable[[int], Any], length: int) -> float:
    """Of the times that four times the length and the length take."""
    one, four = (min(seconds(use, text(n)) for _ in range(3)) for n in (length, 4 * length))
    return four / one


def explodes(use: Callable[[Any], object], text: Callable[[int], Any], unit: str) -> bool:
    """A counted repeat of what may be empty is endless on a text of its own length, and quick on a longer one."""
    try:
        with at_most(LIMIT):
            for units in SHORT:
                use(text(units * len(unit) - 1))
    except Endless:
        return True
    return False


def seconds(use: Callable[[Any], object], text: Any) -> float:
    with at_most(LIMIT):
        began = time.thread_time()
        use(text)
        return time.thread_time() - began


# What a pattern matches


def texts_of(pattern: re.Pattern[Any]) -> Texts:
    tree = parser.parse(pattern.pattern, pattern.flags)
    heads, units = {""}, dict.fromkeys(USUAL)
    for head, body in repeats(list(tree), ""):
        samples = list(islice(samples_of(body), 6))
        units |= dict.fromkeys(samples) | dict.fromkeys(head + one for one in samples) | {head: None}
        heads.add(head)
    own = letters(list(tree))
    units |= dict.fromkeys(own) | dict.fromkeys(one + other for one in own[:7] for other in own[:7])
    chosen = [unit for unit in units if unit][:MOST]
    return Texts(sorted(heads, key=len)[:8], chosen)


def repeats(items: list[Any], head: str) -> Iterator[tuple[str, list[Any]]]:
    """What stands before it, and the body of each part that may be there many times."""
    for op, value in items:
        name = str(op)
        if name.endswith("_REPEAT"):
            _, high, body = value
            if high == MANY or high >= FEW:
                yield head, list(body)
            yield from repeats(list(body), head)
        else:
            for inner in inside(name, value):
                yield from repeats(list(inner), head)
        head += next(samples_of([(op, value)]), "")


def inside(name: str, value: Any) -> list[Any]:
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "BRANCH":
        return list(value[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    if name == "ATOMIC_GROUP":
        return [value]
    return []


def samples_of(items: list[Any]) -> Iterator[str]:
    """Texts that these parts match one after the other, the plainest first."""
    if not items:
        yield ""
        return
    first, *rest = items
    tails = list(islice(samples_of(rest), 3))
    for one in sample(*first):
        for tail in tails:
            yield one + tail


def sample(op: Any, value: Any) -> list[str]:
    name = str(op)
    if name.endswith("_REPEAT"):
        low, _, body = value
        many = [one * max(1, low) for one in islice(samples_of(list(body)), 4)]
        return many if low else [*many, ""]
    if name == "BRANCH":
        return [one for branch in value[1] for one in islice(samples_of(list(branch)), 2)]
    if name in ("SUBPATTERN", "ATOMIC_GROUP"):
        return list(islice(samples_of(list(inside(name, value)[0])), 4))
    return letters([(op, value)])[:4] or [""]


def letters(items: list[Any]) -> list[str]:
    """Characters that the parts name, and one or two of each class."""
    found: list[str] = []
    for op, value in items:
        name = str(op)
        if name == "LITERAL":
            found.append(chr(value))
        elif name == "NOT_LITERAL":
            found.append("a" if value != ord("a") else "b")
        elif name == "ANY":
            found += ["a", "<"]
        elif name == "IN":
            found += of_class(value)
        elif name.endswith("_REPEAT"):
            found += letters(list(value[2]))
        else:
            found += [one for inner in inside(name, value) for one in letters(list(inner))]
    return list(dict.fromkeys(found))


def of_class(value: list[Any]) -> list[str]:
    """Characters that are in it: its own, or for one that leaves out, usual ones."""
    one = parser.SubPattern(parser.State(), [(parser.IN, value)])
    test = re._compiler.compile(one)  # type: ignore[attr-defined]
    named = [chr(part[1][0] if isinstance(part[1], tuple) else part[1]) for part in value if str(part[0]) in ("LITERAL", "RANGE")]
    return [char for char in [*named, *'a <"1\n-.;é한'] if test.fullmatch(char)][:6]
