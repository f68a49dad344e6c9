"""What a lake lacks: which versions of lists were screened in how many of its parts, and what gave no page."""

from __future__ import annotations

from typing import Any, NamedTuple

from lake.files.addresses import LakeFiles
from lake.files.parts import live_parts, manifests
from lake.queries.database import NAMES, READ

UNREAD = "SELECT stage, why, count(*) FROM unread GROUP BY ALL ORDER BY 3 DESC, 1, 2"


class Screenings(NamedTuple):
    """`parts`: those of pages; `screened`: how many of these, by list with version."""

    parts: int
    screened: dict[str, int]

    @property
    def newest(self) -> dict[str, str]:
        """Of each list the version with the highest number, as a list with its version."""
        return {code_of(key): key for key in sorted(self.screened, key=number_of)}


def screenings(lake: LakeFiles) -> Screenings:
    live = {part["part"] for part in live_parts(lake, READ)}
    pairs = {(part["source"], part["sha256"]) for run in manifests(lake, NAMES) for part in run["parts"]}
    screened: dict[str, int] = {}
    for key, of_pages in sorted(pairs):
        screened[key] = screened.get(key, 0) + (of_pages in live)
    return Screenings(len(live), {key: count for key, count in screened.items() if count})


def code_of(key: str) -> str:
    return key.rpartition(" ")[0]


def number_of(key: str) -> int:
    return int(key.rpartition(" ")[2])


class UnreadReason(NamedTuple):
    """Why things gave no page, and how many these are."""

    stage: str
    why: str
    things: int


def unread_reasons(connection: Any) -> list[UnreadReason]:
    """The most frequent ones first."""
    return [UnreadReason(*row) for row in connection.execute(UNREAD).fetchall()]
