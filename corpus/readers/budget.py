"""How much one upload may unfold into, counted on the bytes that come out, whatever a header says; and how long it may take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time

from corpus.readers.extracted import UnreadableError

MEGABYTE = 1_000_000
ALL, EACH, MEMBERS, DEPTH, RATIO = 200 * MEGABYTE, 50 * MEGABYTE, 5_000, 2, 200
SECONDS = 600  # of processor time
CPU_SECONDS = 20  # of the process that reads, from one record to the next
# Below this size a high ratio does no harm: a page of spaces is small whatever it was packed into.
HARMLESS = 2 * MEGABYTE


class SpentError(UnreadableError):
    """The whole upload is too much: nothing more of it is read. `name`: the first thing that is not."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{why}: this and everything after it was not read")
        self.name = name


@dataclass
class Budget:
    """Of one upload; archives inside archives draw on the same one."""

    all: int = ALL
    members: int = MEMBERS
    depth: int = DEPTH
    used: int = 0
    seen: Counter[bool] = field(default_factory=Counter)
    level: int = 0
    seconds: float = SECONDS
    began: float = field(default_factory=process_time)

    def take(self, data: bytes, name: str, *, is_container: bool = False) -> None:
        """Raises SpentError when this thing is one too many, or too much. As many things are taken as containers of things."""
        self.seen[is_container] += 1
        self.used += len(data)
        if self.seen[is_container] > self.members:
            raise SpentError(name, f"more than {self.members:,} files in one upload")
        if self.used > self.all:
            raise SpentError(name, f"the upload expands to more than {self.all // MEGABYTE} MB")

    def check_time(self, name: str) -> None:
        """To be asked after each text. Raises SpentError when reading the upload has taken too long."""
        if process_time() - self.began > self.seconds:
            minutes = f"{self.seconds / 60:g} minutes"
            raise SpentError(name, f"reading the upload took more than {minutes} of processor time")

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """One level deeper. Raises UnreadableError below the deepest one."""
        if self.level >= self.depth:
            raise UnreadableError(f"archives are nested more than {self.depth} levels deep")
        self.level += 1
        try:
            yield
        finally:
            self.level -= 1


def check_growth(packed: int, unpacked: int) -> None:
    """To be asked while something is unpacked. Raises UnreadableError as soon as it is too much."""
    if unpacked > EACH:
        raise UnreadableError(f"it expands to more than {EACH // MEGABYTE} MB")
    if unpacked > HARMLESS and unpacked > RATIO * max(1, packed):
        raise UnreadableError(f"it expands to more than {RATIO} times its size, like a ZIP bomb")
