"""Lines page by page, in bounded work: what a request has no time for is left to the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic
from typing import NamedTuple

from questions.address.question import AddressError
from questions.asking.answer import COUNTING_SECONDS
from questions.asking.asker import Asker
from questions.concordance.candidates import (
    MOST_COUNTED,
    Candidate,
    CandidateCount,
    CandidateQuery,
    LineKey,
    LineQuestion,
    candidates_for,
)
from questions.concordance.context import in_order
from questions.concordance.lines import LineReader, WordLine

MOST_CANDIDATES, MOST_READ_TOGETHER = 2_000, 200  # passages, or marks, that a request reads
MOST_SORTED, MOST_SURE = 1_000, 1_000
COMMON = 3_000  # of 100,000 articles: to sort so many passages, and to look at articles until a page is full, takes the same time
LineOrder = tuple[str, LineKey]


class LinePage(NamedTuple):
    """`after`: the words by which lines are sorted, if they are, and the key of the line behind which the next page begins.

    `whole`: all lines, where they were read for it, or those of the sample.
    """

    lines: list[WordLine]
    after: LineOrder | None
    whole: list[WordLine] | None = None


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
            return self.walked(limit, after and after[1])
        lines = self.sample() if question["sample"] else self.all_lines()
        rows = [each for each in in_order(question["order"], lines) if after is None or each[:2] > after]
        following = rows[limit - 1][:2] if len(rows) > limit else None
        return LinePage([each.line for each in rows[:limit]], following, lines)

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
    def count(self) -> CandidateCount | None:
        return self.candidates.count()

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
        if page.whole is not None and not self.asker.question["sample"]:
            return totals_of(page.whole, is_known=True)
        if is_first and page.after is None and page.whole is None:
            return totals_of(page.lines, is_known=True)
        counted = self.counted(page)
        return counted and counted | ({} if page.whole is None else {"sampled": len(page.whole)})

    def counted(self, page: LinePage) -> dict[str, int] | None:
        """By the index alone, or by reading what is little enough."""
        count = self.count
        if count is None:
            return None
        is_exact, is_whole = self.reader.is_exact, count.candidates <= MOST_COUNTED
        if self.line_question.words is None and is_exact:
            return total("lines", count.lines, is_known=is_whole) | total("articles", count.articles, is_known=is_whole)
        if count.candidates <= MOST_SURE:
            return self.read_totals()
        if is_exact:
            return total("lines", count.lines, is_known=False) | total("articles", count.articles, is_known=is_whole)
        return totals_of(page.lines, is_known=False)

    def read_totals(self) -> dict[str, int]:
        """Of all lines, or of those for which there is time."""
        lines: list[WordLine] = []
        end = monotonic() + COUNTING_SECONDS
        for chunk in self.chunks(self.candidates.first(MOST_SURE)):
            if monotonic() > end:
                return totals_of(lines, is_known=False)
            lines += self.reader.lines(chunk)
        return totals_of(lines, is_known=True)


def totals_of(lines: Sequence[WordLine], *, is_known: bool) -> dict[str, int]:
    articles = {line.article for line in lines}
    return total("lines", len(lines), is_known=is_known) | total("articles", len(articles), is_known=is_known)


def total(name: str, number: int, *, is_known: bool) -> dict[str, int]:
    """`number`: else at least so many."""
    return {name: number} if is_known else {f"more_than_{name}": max(number - 1, 0)}
