"""What conformance is measured on: data beside the checkout, or, where they are not there, small cases of our own in the same form."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from config.environment import ROOT

SHARED = ROOT.parent / "shared"
OWN = Path(__file__).with_name("own")
REPEATED = re.compile(r"\{\{REPEAT:(.+?):\s*(\d+)\}\}", re.DOTALL)
MANY_KEYS = re.compile(r"\{\{MANYKEYS:(\d+)\}\}")


class Case(NamedTuple):
    id: str
    expect: str
    payload: str


def material(*parts: str) -> Path:
    """A file or a folder of them."""
    beside = SHARED.joinpath(*parts)
    return beside if beside.exists() else OWN.joinpath(*parts)


def rows(name: str) -> list[list[str]]:
    """The lines of a catalogue of attacks: id, kind, what is expected, a string as JSON, a note."""
    lines = material("attack", name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def cases(name: str, **words: str) -> list[Case]:
    """The same with what they stand for: repetitions written out, and `words` in the place of their names in braces."""
    return [Case(row[0], row[2], expanded(json.loads(row[3]), words)) for row in rows(name)]


def expanded(payload: str, words: dict[str, str]) -> str:
    payload = REPEATED.sub(lambda match: match[1] * int(match[2]), payload)
    payload = MANY_KEYS.sub(lambda match: "{" + ",".join(f'"k{number}":1' for number in range(int(match[1]))) + "}", payload)
    for name, word in words.items():
        payload = payload.replace(f"{{{name}}}", word)
    return payload
