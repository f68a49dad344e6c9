"""What is proposed for the words of a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from annotations.text import edtf as times

# From sure to unsure: an interval is as sure as its less sure end.
STATED, RESOLVED, INFERRED = BASES = ("stated", "resolved", "inferred")
OPEN = "open"


@dataclass(frozen=True)
class Moment:
    """`edtf` is None for words without a date ("soon", basis open). `basis` is a choice of the scheme's `time` (scheme.md 6):
    *stated* where each year, month and day of `edtf` stands in the words."""

    edtf: str | None
    basis: str


@dataclass(frozen=True)
class Term:
    """A date or interval with what it rests on."""

    edtf: str
    basis: str

    @property
    def first(self) -> date | None:
        return times.bounds(self.edtf)[0]

    @property
    def last(self) -> date | None:
        return times.bounds(self.edtf)[1]

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends of an interval; a date is both itself."""
        lower, _, upper = self.edtf.partition("/")
        return lower, upper or lower


def less_sure(*bases: str) -> str:
    return max(bases, key=BASES.index)
