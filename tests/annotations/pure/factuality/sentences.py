"""Sentences of our own with what they say of an event, and whether a reading is right about them."""

from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parents[3] / "fixtures" / "factuality"
OPEN, OFFER = "open", "offer:"
BOOLEANS = {"true": True, "false": False}


class Sentence(NamedTuple):
    """`expected`: attribute → value, `open`, or `offer:` and the value that comes first. Every second line was shut."""

    name: str
    language: str
    label: str
    text: str
    trigger: tuple[int, int]
    expected: dict[str, str]
    is_shut: bool


def sentences():
    return [
        sentence(path.stem, number, line)
        for path in sorted(FIXTURES.glob("*.tsv"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:])
    ]


def sentence(name, number, line):
    language, label, marked, status, polarity, certainty, own = line.split("\t")
    start, end = marked.index("["), marked.index("]") - 1
    stated = dict(pair.split("=") for pair in own.split(";") if pair)
    return Sentence(
        f"{name}:{number + 2}",
        language,
        label,
        marked.replace("[", "").replace("]", ""),
        (start, end),
        {"status": status, "polarity": polarity, "certainty": certainty, **stated},
        is_shut=number % 2 == 1,
    )


def verdict(expected, reading):
    """right: read as expected. wrong: something else is read. first: offered first as expected. other: another is first. silent: nothing."""
    truth = expected.removeprefix(OFFER)
    truth = BOOLEANS.get(truth, truth)
    if reading is not None and reading.value is not None:
        return "right" if reading.value == truth and not expected.startswith(OFFER) else "wrong"
    if reading is None or not reading.offers:
        return "silent"
    return "first" if reading.offers[0].value == truth else "other"
