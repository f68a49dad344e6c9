"""Lines page by page, in bounded work: what a request has no time for is left to the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import Any, NamedTuple

from questions.address.question import AddressError
from questions.asking import time_limits
from questions.asking.asker import Asker
from questions.concordance.breakdown import of_candidates, of_lines, total, totals_of
from questions.concordance.candidates import Candidate, CandidateQuery, LineKey, LineQuestion, candidates_for
from questions.concordance.context import in_order
from questions.concordance.lines import LineReader, WordLine
from questions.concordance.numbers import MOST_COUNTED, LineCounts, counted_candidates

MOST_CANDIDATES, MOST_READ_TOGETHER = 2_000, 200  # passages, or marks, that a request reads
MOST_SORTED, MOST_SURE = 1_000, 1_000
# So many passages are sorted in the time in which a page is filled from 100,000 articles, one after the other; of fewer articles sooner.
COMMON = 1_500
LineOrder = tuple[str, LineKey]


class LinePage(NamedTuple):
    """`after`: the words by which lines are sorted, if they are, and the key of the line behind which the next page begins.

    `whole`: all lines, where they were read for it, or those of the sample.
    """

    lines: list[WordLine]
    after: LineOrder | None
    whole: list[WordLine] | None = None


class ReadLines(NamedTuple):
    """`is_whole`: there are no others."""

    lines: list[WordLine]
    is_whole: bool


@dataclass(frozen=True)
class Concordance:
    """The lines that answer a question."""

    asker: Asker

    @cached_property
    def line_question(self) -> LineQuestion:
        return LineQuestion(self.asker)

    @property
    def reader(self) -> LineReader:
        return LineReader(self.line_question)

    @cached_property
    def candidates(self) -> CandidateQuery:
        return candidates_for(self.line_question)

    def page(self, limit: int, after: LineOrder | None) -> LinePage:
        question = self.asker.question
        if not question["sample"] and question["order"] == "text":
            return self.cut(limit, after and after[1]) or self.walked(limit, after and after[1])
        lines = self.sample() if question["sample"] else self.all_lines()
        rows = [each for each in in_order(question["order"], lines) if after is None or each[:2] > after]
        following = rows[limit - 1][:2] if len(rows) > limit else None
        return LinePage([each.line for each in rows[:limit]], following, lines)

    def cut(self, limit: int, after: LineKey | None) -> LinePage | None:
        """Out of the lines that were read to be counted, if they are enough for a page."""
        if self.read is None:
            return None
        rows = [line for line in self.read.lines if after is None or line.key > after]
        if len(rows) > limit:
            return LinePage(rows[:limit], ("", rows[limit - 1].key))
        return LinePage(rows, None) if self.read.is_whole else None

    def walked(self, limit: int, after: LineKey | None) -> LinePage:
        """In the order of the texts, until the page is full or enough is read."""
        lines: list[WordLine] = []
        left = MOST_CANDIDATES
        # A candidate that surely has a line is enough for a line.
        most = min(limit + 1, left) if self.reader.is_exact else left
        while left:
            batch = self.candidates.first(most, after, is_common=self.is_common)
            for chunk in self.chunks(batch):
                lines += [line for line in self.reader.lines(chunk) if after is None or line.key > after]
                if len(lines) > limit:
                    return LinePage(lines[:limit], ("", lines[limit - 1].key))
            if len(batch) < most:
                return LinePage(lines, None)
            after, left = batch[-1].behind, left - len(batch)
            most = left
        return LinePage(lines, after and ("", after))

    @cached_property
    def count(self) -> LineCounts | None:
        return counted_candidates(self.candidates, MOST_SURE)

    @cached_property
    def read(self) -> ReadLines | None:
        """The lines of up to 1,000 candidates, or those for which there is time; None where there are more, or nobody counts."""
        if not self.asker.counts or self.count is None or self.count.candidates > MOST_SURE:
            return None
        lines: list[WordLine] = []
        end = monotonic() + time_limits.COUNTING_SECONDS
        for chunk in self.chunks(self.candidates.first(MOST_SURE, with_text=True)):
            if monotonic() > end:
                return ReadLines(lines, is_whole=False)
            lines += self.reader.lines(chunk)
        return ReadLines(lines, is_whole=True)

    @property
    def is_common(self) -> bool:
        """Whether so many passages have the words that the first texts have enough of them."""
        return self.reader.is_exact and (self.count is None or self.count.candidates > COMMON)

    def chunks(self, candidates: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
        """What can be read together, one after the other."""
        first = 0
        while first < len(candidates):
            chunk = candidates[first : first + MOST_READ_TOGETHER]
            chunk = chunk[: self.reader.affordable(chunk)]
            yield chunk
            first += len(chunk)

    def sample(self) -> list[WordLine]:
        """Of candidates in random order the first lines, as many as are asked for."""
        size, seed = int(self.asker.question["sample"]), int(self.asker.question["seed"])
        lines: list[WordLine] = []
        for chunk in self.chunks(self.candidates.drawn(MOST_CANDIDATES, seed)):
            lines += self.reader.lines(chunk)
            if len(lines) >= size:
                break
        return lines[:size]

    def all_lines(self) -> list[WordLine]:
        """What is sorted by words is read whole. Raises AddressError where that is too much."""
        lines: list[WordLine] = []
        batch = self.candidates.first(MOST_CANDIDATES + 1)
        for chunk in self.chunks(batch if len(batch) <= MOST_CANDIDATES else ()):
            lines += self.reader.lines(chunk)
        if len(batch) > MOST_CANDIDATES or len(lines) > MOST_SORTED:
            raise AddressError(
                "order", f"by words on the left or right is of up to {MOST_SORTED:,} lines: add a condition or a sample"
            )
        return lines

    # How many there are

    def totals(self, page: LinePage, *, is_first: bool) -> dict[str, int] | None:
        """`lines` and `articles`, or `more_than_lines` and `more_than_articles`; None where counting takes too long."""
        if not self.asker.question["sample"]:
            return self.counted(page, is_first=is_first)
        drawn = page.whole or []
        counted = self.counted(LinePage(drawn, None), is_first=False)
        return counted and counted | {"sampled": len(drawn)}

    def counted(self, page: LinePage, *, is_first: bool) -> dict[str, int] | None:
        """By the index alone, or of the lines that were read."""
        count = None if page.whole is not None else self.count
        if count and self.counts_marks:
            is_known = count.candidates <= MOST_COUNTED
            return total("lines", count.lines, is_known=is_known) | total("articles", count.articles, is_known=is_known)
        read = self.lines_for_numbers(page, is_first=is_first)
        if read:
            return totals_of(read.lines, is_known=read.is_whole)
        if count is None:
            return None
        articles = total("articles", count.articles, is_known=count.candidates <= MOST_COUNTED)
        return total("lines", count.lines, is_known=False) | articles

    def breakdown(self, page: LinePage, *, is_first: bool) -> dict[str, Any] | None:
        """Of the lines that are counted; of a sample, of its own lines."""
        read = self.lines_for_numbers(page, is_first=is_first)
        if read:
            return of_lines(self.line_question, read.lines, is_known=read.is_whole)
        return self.count and of_candidates(self.count, is_known=self.counts_marks and self.count.candidates <= MOST_COUNTED)

    @property
    def counts_marks(self) -> bool:
        """Whether each line is a mark, which the index counts as it is."""
        return self.line_question.words is None and self.reader.is_exact

    def lines_for_numbers(self, page: LinePage, *, is_first: bool) -> ReadLines | None:
        """Those that all numbers are made of; None where the index alone knows them."""
        if page.whole is not None:
            return ReadLines(page.whole, is_whole=True)
        if is_first and page.after is None:
            return ReadLines(page.lines, is_whole=True)
        return self.read or (None if self.reader.is_exact or self.count is None else ReadLines(page.lines, is_whole=False))
