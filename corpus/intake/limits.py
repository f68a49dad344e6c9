"""What one fetch session may cost, and how it is told that it came to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from corpus.intake.deadline import Deadline


class FetchError(ValueError):
    """Why there is no page, in words for people."""


class Later(Exception):
    """It is not the turn of this host yet, and will not be for longer than one waits in a slot."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"the next request to the host is allowed at {moment}")
        self.moment = moment


@dataclass(frozen=True)
class Limits:
    """What one fetch session may cost. Whoever fetches something larger than pages says so by limits of its own."""

    bytes: int = 20_000_000
    """Of the page, unpacked."""
    seconds: float = 60.0
    """For everything together: names, robots.txt, redirects, waiting for one's turn."""
    read_seconds: float = 20.0
    """Between two pieces of an answer."""
    connect_seconds: float = 10.0
    """To look up a name, and to connect."""
    pace_seconds: float = 1.0
    """Between two requests to one host, at least."""
    patience_seconds: float = 5.0
    """How long a turn is waited for before Later is raised."""

    @property
    def too_large(self) -> str:
        return f"the page has more than {self.bytes // 1_000_000} MB"

    @property
    def too_long(self) -> str:
        return f"it took more than {self.seconds:.0f} seconds"

    def deadline(self) -> Deadline:
        """Bytes on the wire: a page that is not packed, and what is said around it."""
        return Deadline(self.seconds, self.bytes + 1_000_000, self.read_seconds)


PAGE = Limits()
