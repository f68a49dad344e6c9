"""An earlier state of the log, as an answer names it: a number of the change log and a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from annotations.models import Change
from annotations.models.change import SETTLED, settled, settled_number
from corpus.db.round_trip import Rows, round_trip
from questions.address.question import AddressError

AT, MOMENT = "at", "moment"
PARAMETERS = (AT, MOMENT)
LONGEST = 18  # digits of a number of the log


class LogCut(NamedTuple):
    """`number` says which annotations there were; `moment` which assignments, and which of them were submitted: that is in no change."""

    number: int
    moment: datetime

    @property
    def query(self) -> dict[str, str]:
        """The parameters by which an address asks for it."""
        return {AT: str(self.number), MOMENT: self.moment.astimezone(UTC).isoformat().replace("+00:00", "Z")}


class Past(NamedTuple):
    """A cut with the assignments that somebody may see: as of today, whatever the cut. `unchecked`: those whose findings are not put back."""

    cut: LogCut
    seen: list[UUID]
    unchecked: frozenset[UUID] = frozenset()


def present() -> LogCut:
    """Up to where everything is stored. To be asked before the snapshot of an answer is taken, which then has all of it: asked afterwards,
    it could name what was stored in between."""
    return present_of(round_trip(SETTLED))


def present_of(answers: Sequence[Rows]) -> LogCut:
    """The same of the answers to SETTLED."""
    return LogCut(settled_number(answers), timezone.now())


def read_cut(at: str, moment: str) -> LogCut | None:
    """None where none is asked for; without a moment, when the last change up to the number was made. Raises AddressError."""
    if not at:
        if moment:
            raise AddressError(MOMENT, "is asked for together with a number: at=")
        return None
    if not (at.isascii() and at.isdecimal() and len(at) <= LONGEST):
        raise AddressError(AT, "takes a number of the change log")
    if int(at) > (complete := settled()):
        raise AddressError(AT, f"takes a number up to {complete}: there the change log ends")
    return LogCut(int(at), read_moment(moment) if moment else moment_of(int(at)))


def read_moment(words: str) -> datetime:
    """Raises AddressError."""
    try:
        moment: datetime | None = parse_datetime(words)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise AddressError(MOMENT, "takes a day and a time with its zone, such as 2026-11-27T05:40:00Z")
    return moment


def moment_of(number: int) -> datetime:
    """Raises AddressError."""
    times = Change.objects.filter(number__lte=number).order_by("-number").values_list("at", flat=True)
    moment: datetime | None = times.first()
    if moment is None:
        raise AddressError(AT, "lies before the first change of the log")
    return moment
