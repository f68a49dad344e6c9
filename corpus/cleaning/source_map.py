r"""From the clean text to the raw one and back.

A source map is a list of *runs* that tile both texts in order: run k + 1 begins, in either text,
where run k ends. A run with op `copy` has equal text on both sides. Every other run stands for
one change and has no inside: its raw characters are, together, its clean characters.

                raw   C h i n a ,\n i n      clean   C h i n a , _ i n
                      └── copy ──┘ └┬┘ copy          └── copy ──┘└┬┘ copy
                                  rejoin                        rejoin

An offset may mean two things, so there are two questions. `to_raw` and `to_clean` take the place
*before* a character; inside a changed run they answer with the run's beginning. `range_to_raw` and
`range_to_clean` take a half-open range and answer with the smallest range of whole characters and
whole changed runs that covers it, so a mark's quote is found again. All count code points; all
are monotone; all take O(log n) of the number of runs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

COPY = "copy"

_by_clean: Callable[[Run], int] = attrgetter("clean_start")
_by_raw: Callable[[Run], int] = attrgetter("raw_start")


@dataclass(frozen=True, slots=True)
class Run:
    """`clean[clean_start:clean_end]` stands for `raw[raw_start:raw_end]`. Code points."""

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int
    op: str

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The runs, in order. Build it with `of`, which refuses runs that do not tile."""

    runs: tuple[Run, ...]

    @classmethod
    def of(cls, runs: Iterable[Run]) -> SourceMap:
        """Raises ValueError if the runs leave a gap, overlap, or a copy changes its length."""
        kept = tuple(runs)
        clean = raw = 0
        for run in kept:
            if (run.clean_start, run.raw_start) != (clean, raw):
                raise ValueError(f"source map: a run does not begin at {clean} (raw {raw}): {run}")
            clean, raw = run.clean_end, run.raw_end
            width, raw_width = clean - run.clean_start, raw - run.raw_start
            if min(width, raw_width) < 0 or (run.op == COPY and width != raw_width):
                raise ValueError(f"source map: a run has impossible lengths: {run}")
        return cls(kept)

    def as_dicts(self) -> list[dict[str, Any]]:
        return [run.as_dict() for run in self.runs]

    @property
    def clean_length(self) -> int:
        return self.runs[-1].clean_end if self.runs else 0

    @property
    def raw_length(self) -> int:
        return self.runs[-1].raw_end if self.runs else 0

    def to_raw(self, offset: int) -> int:
        """Where in the raw text the character before which `offset` stands begins.

        Inside a changed run: where the run's raw text begins. The end of the clean text gives
        the end of the raw text. Raises ValueError outside 0 … clean_length.
        """
        _within(offset, self.clean_length)
        if not self.runs:
            return 0
        run = self.runs[bisect_right(self.runs, offset, key=_by_clean) - 1]
        if offset >= run.clean_end:
            return run.raw_end
        return run.raw_start + (offset - run.clean_start if run.op == COPY else 0)

    def to_clean(self, offset: int) -> int:
        """Where in the clean text the raw character at `offset` went.

        Inside a changed run: where the run's clean text begins; for a dropped character: the
        place where it would have been. The end of the raw text gives the end of the clean text,
        before a final newline that cleaning has added. So `to_clean(to_raw(c)) == c` for every c
        except inside and after characters made of nothing and inside a changed run.
        Raises ValueError outside 0 … raw_length.
        """
        _within(offset, self.raw_length)
        if not self.runs:
            return 0
        run = self.runs[bisect_right(self.runs, offset, key=_by_raw) - 1]
        if run.raw_start == run.raw_end:
            return run.clean_start
        if offset >= run.raw_end:
            return run.clean_end
        return run.clean_start + (offset - run.raw_start if run.op == COPY else 0)

    def range_to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw range of `clean[start:end]`. Raises ValueError unless start ≤ end in range."""
        _ordered(start, end, self.clean_length)
        if start == end:
            return self.to_raw(start), self.to_raw(start)
        last = self.runs[bisect_right(self.runs, end - 1, key=_by_clean) - 1]
        stop = last.raw_start + end - last.clean_start if last.op == COPY else last.raw_end
        return self.to_raw(start), stop

    def range_to_clean(self, start: int, end: int) -> tuple[int, int]:
        """The clean range of `raw[start:end]`; empty if all of it was dropped.

        Raises ValueError unless start ≤ end in range.
        """
        _ordered(start, end, self.raw_length)
        if start == end:
            return self.to_clean(start), self.to_clean(start)
        last = self.runs[self._last_with_raw(end - 1)]
        stop = last.clean_start + end - last.raw_start if last.op == COPY else last.clean_end
        return self.to_clean(start), stop

    def _last_with_raw(self, offset: int) -> int:
        return bisect_right(self.runs, offset, key=_by_raw) - 1


def _within(offset: int, length: int) -> None:
    if not 0 <= offset <= length:
        raise ValueError(f"offset {offset} is outside 0 … {length}")


def _ordered(start: int, end: int, length: int) -> None:
    _within(start, length)
    _within(end, length)
    if start > end:
        raise ValueError(f"range {start}–{end} ends before it begins")


def identity(length: int) -> SourceMap:
    """The map of a text on itself."""
    return SourceMap((Run(0, length, 0, length, COPY),) if length else ())
