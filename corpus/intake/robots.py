"""What the robots.txt of a host asks of programs (RFC 9309), and for how long that is remembered.

The parser of Python's library ends with an error at some lines, takes the first rule that fits in place of the longest, and knows no `*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

ROBOT = "attest"
MOST_BYTES = 500_000
DAY_SECONDS, SOON_SECONDS = 86_400, 600
MOST_DELAY_SECONDS = 60.0
NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
TOKEN = re.compile(r"[a-z_-]*")


@dataclass
class RobotsGroup:
    """The rules for some programs: (whether it allows, pattern of paths)."""

    agents: set[str] = field(default_factory=set)
    rules: list[tuple[bool, str]] = field(default_factory=list)
    delay: float = 0.0
    is_begun: bool = False
    """It has a line besides those that name programs: the next of those begins another group."""


@dataclass(frozen=True)
class Rules:
    """The file as it was read; blank where the host has none. `is_shut`: its server failed, so nothing is asked of it for now."""

    text: str = ""
    is_shut: bool = False

    def allow(self, path: str) -> bool:
        """Whether we may fetch it: of the rules that fit the longest decides, and of two as long the one that allows."""
        decoded = unquote(path)
        fitting = [
            (len(pattern), allows) for group in self.groups for allows, pattern in group.rules if path_matches(pattern, decoded)
        ]
        return not self.is_shut and max(fitting, default=(0, True))[1]

    @property
    def delay(self) -> float:
        """Seconds between two requests that it asks for, at most a minute: more would be a way to say no, and there is one."""
        return min(max((group.delay for group in self.groups), default=0.0), MOST_DELAY_SECONDS)

    @property
    def life(self) -> int:
        """Seconds until it is asked for again."""
        return SOON_SECONDS if self.is_shut else DAY_SECONDS

    @cached_property
    def groups(self) -> list[RobotsGroup]:
        """Those that name us, or else those for everybody."""
        groups = list(groups_of(self.text))
        return [one for one in groups if ROBOT in one.agents] or [one for one in groups if "*" in one.agents]


def groups_of(text: str) -> Iterator[RobotsGroup]:
    group = RobotsGroup(is_begun=True)
    for line in text.splitlines():
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        if key.lower() == "user-agent":
            if group.is_begun:
                group = RobotsGroup()
                yield group
            group.agents.add("*" if value == "*" else match[0] if (match := TOKEN.match(value.lower())) else "")
        elif key:
            group.is_begun = True
            add_rule(group, key.lower(), value)


def add_rule(group: RobotsGroup, key: str, value: str) -> None:
    if key in ("allow", "disallow") and value:
        group.rules.append((key == "allow", unquote(value)))
    elif key == "crawl-delay" and (match := NUMBER.match(value)):
        group.delay = float(match[0])


def path_matches(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says: `*` is anything, `$` at its end the end. In a time that grows with their lengths only."""
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at, ends = len(first), pattern.endswith("$")
    last = others.pop() if ends and others else None
    for part in others:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    if last is not None:
        return path.endswith(last) and len(path) - len(last) >= at
    return not ends or at == len(path)
