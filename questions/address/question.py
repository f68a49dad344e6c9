"""A question: a ledger and what is asked of it, read from an address and written back in one form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from questions.address.kinds import ANY, resolved
from questions.address.parameters import LEDGERS, PARAMETERS, Ledger
from questions.address.word_kinds import is_of_marks

COUNTING = ("status", "polarity", "use")


class AddressError(ValueError):
    """A parameter that cannot be read; `name` says which."""

    def __init__(self, name: str, rule: str) -> None:
        super().__init__(f"{name} {rule}")
        self.name = name
        self.rule = rule


class UnknownParameter(AddressError):
    """One that the ledger does not have: the link is wrong, or of an earlier version."""

    def __init__(self, name: str, ledger: Ledger) -> None:
        super().__init__(name[:100], f"is not a parameter of this ledger; it has: {', '.join(sorted(ledger.parameters))}")
        self.ledger = ledger


@dataclass(frozen=True)
class Question:
    """`given`: what differs from the defaults of the ledger, each as it is written in an address."""

    ledger: Ledger
    given: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """As an address has it, or as the default has it; empty where nothing is asked, or the ledger does not know it.

        Raises KeyError for what is no parameter: templates look here before they look for an attribute.
        """
        if name not in PARAMETERS:
            raise KeyError(name)
        return self.given.get(name) or (self.ledger.default(name) if name in self.ledger.parameters else "")

    def codes(self, name: str) -> list[str]:
        """The codes asked for; none where any will do."""
        return [] if self[name] in ("", ANY) else self[name].split(",")

    def is_on(self, name: str) -> bool:
        return self[name] == "1"

    def day(self, name: str, today: date) -> date | None:
        return resolved(self[name], today) if self[name] else None

    @property
    def query(self) -> str:
        """The one form of it: parameters in their order, without defaults."""
        return urlencode({name: self.given[name] for name in PARAMETERS if name in self.given}, safe=",:*")

    def without(self, *names: str) -> Question:
        return Question(self.ledger, {name: value for name, value in self.given.items() if name not in names})

    def opened(self, *names: str) -> Question:
        """The same without what these ask; of what counts unless it is asked otherwise, any counts then."""
        fewer = self.without(*names)
        counted = {name: ANY for name in names if name in COUNTING and fewer[name]}
        return fewer.having(**counted) if counted else fewer

    def having(self, **values: str) -> Question:
        return read(self.ledger.name, [*self.without(*values).given.items(), *values.items()])


def read(ledger: str, pairs: Iterable[tuple[str, str]]) -> Question:
    """Raises AddressError: for a parameter that the ledger does not know, that is there twice, or whose value cannot be read."""
    known = LEDGERS[ledger]
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in known.parameters:
            raise UnknownParameter(name, known)
        if name in given:
            raise AddressError(name, "is given more than once")
        try:
            given[name] = known.kinds.get(name, PARAMETERS[name].kind)(value)
        except ValueError as error:
            raise AddressError(name, str(error)) from None
    differing = {name: value for name, value in given.items() if value != known.default(name)}
    return Question(known, differing)


def check_together(question: Question, today: date) -> None:
    """What no parameter can tell by itself. Raises AddressError."""
    for name, other in (("from", "to"), ("published_from", "published_to")):
        first, last = question.day(name, today), question.day(other, today)
        if first and last and first > last:
            raise AddressError(name, f"is later than {other}")
    for name in ("tie", "unplaced"):
        if name in question.given and not question["place"]:
            raise AddressError(name, "needs a place")
    if question["value_min"] and question["value_max"] and Decimal(question["value_min"]) > Decimal(question["value_max"]):
        raise AddressError("value_min", "is larger than value_max")
    check_words(question)


def entities_of_marks(question: Question) -> dict[str, str]:
    """By parameter and kind, as `on:entity`, the ids that conditions on marks name."""
    conditions = [(name, part) for name in ("on", "with") if is_of_marks(question[name]) for part in question[name].split(",")]
    kinds = ((name, *part.partition(":")) for name, part in conditions)
    return {f"{name}:{kind}": value for name, kind, _, value in kinds if kind in ("entity", "source")}


# What is asked of lines, and what each of it goes with.
GOES_WITH = {"near": ("with",), "seed": ("sample",), "case": ("q", "with")}


def check_words(question: Question) -> None:
    """There is something to look for. Raises AddressError."""
    if question.ledger.name == "words" and not (question["q"] or question["on"]):
        raise AddressError("q", "or on is needed: words, or what marks are")
    for name, others in GOES_WITH.items():
        if name in question.given and not any(question[other] for other in others):
            raise AddressError(name, f"needs {' or '.join(others)}")
