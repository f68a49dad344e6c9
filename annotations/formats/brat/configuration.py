"""The annotation.conf of what was written: brat shows only what it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MOST = 200  # values of an attribute that are listed; brat draws the others all the same
PLAIN = re.compile(r"[\w.+\-]{1,40}")


class Configuration:
    def __init__(self) -> None:
        self.entities: dict[str, None] = {}
        self.relations: dict[str, bool] = {}
        self.events: dict[str, set[str]] = {}
        self.attributes: dict[str, dict[str, None]] = {}

    def mark(self, name: str, *, trigger: bool) -> None:
        if not trigger:
            self.entities[name] = None

    def relation(self, name: str, *, symmetric: bool) -> None:
        self.relations[name] = symmetric

    def event(self, name: str, roles: Iterable[str]) -> None:
        self.events.setdefault(name, set()).update(roles)

    def attribute(self, name: str, value: str | None) -> None:
        values = self.attributes.setdefault(name, {})
        if value is not None and len(values) < MOST and PLAIN.fullmatch(value):
            values[value] = None

    def text(self) -> str:
        return "\n".join(self.lines()) + "\n"

    def lines(self) -> Iterator[str]:
        yield "[entities]"
        yield from self.entities
        yield "[relations]"
        for name, symmetric in self.relations.items():
            kind = ", <REL-TYPE>:symmetric-transitive" if symmetric else ""
            yield f"{name}\tArg1:<ANY>, Arg2:<ANY>{kind}"
        yield "[events]"
        for name, roles in self.events.items():
            yield f"{name}\t{', '.join(f'{role}*:<ANY>' for role in sorted(roles))}"
        yield "[attributes]"
        for name, values in self.attributes.items():
            yield f"{name}\tArg:<ANY>" + (f", Value:{'|'.join(values)}" if values else "")
