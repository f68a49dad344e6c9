"""Lines in candidates: where the words are, on which marks, and whether what must be near is near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

from corpus.words.matches import matches
from corpus.words.patterns import Pattern
from questions.asking.condition import Condition
from questions.concordance.candidates import NO_MARK, Candidate, LineKey, LineQuestion, PublishedArticle, WordSearch, run
from questions.concordance.marked import MARKS
from questions.concordance.near import ARTICLE, PARAGRAPH, Partner, StretchText, is_near
from questions.concordance.texts import Stretch, Stretches, texts

MOST_PARTNERS = 2_000  # passages that are read at a time for what must be near
FRAGMENTS = """SELECT a.document_id, s.id, s.fragments FROM {marks} WHERE a.document_id = ANY(%(documents)s::uuid[]) AND {fit}"""
# PostgreSQL would look the words up in all articles, and then each passage of these.
BY_DOCUMENT = """SELECT {columns} FROM unnest(%(documents)s::uuid[], %(articles)s::uuid[]) AS w (document, article)
    CROSS JOIN LATERAL (SELECT * FROM corpus_searchpassage o
        WHERE o.article_id = w.article AND o.document_id = w.document AND o.words @@ %(words)s::tsquery OFFSET 0) p"""


class WordLine(NamedTuple):
    """`mark`: of a line that is a mark; `is_annotated`: whether anybody has begun to annotate its document."""

    created: datetime
    document: UUID
    start: int
    end: int
    mark: UUID
    article: PublishedArticle
    is_annotated: bool

    @property
    def key(self) -> LineKey:
        return self.created, self.document, self.start, self.end, self.mark


@dataclass(frozen=True)
class LineReader:
    """Reads what the lines of a question are in candidates."""

    asked: LineQuestion

    @property
    def is_exact(self) -> bool:
        """Whether every candidate has a line."""
        words = self.asked.words
        return not self.asked.is_near and (words is None or (words.query.is_exact and not self.asked.marks))

    def lines(self, candidates: Sequence[Candidate]) -> list[WordLine]:
        """Those that fit, in the order of the candidates."""
        lines = list(self.with_words(candidates))
        if self.asked.words and self.asked.marks:
            fragments = fragments_of(self.asked.marks, {line.document for line in lines})
            lines = [line for line in lines if is_inside(line, fragments[line.document])]
        return self.with_partner(lines) if lines and self.asked.is_near else lines

    def with_words(self, candidates: Sequence[Candidate]) -> Iterator[WordLine]:
        words = self.asked.words
        if words is None:
            yield from (WordLine(c.created, c.document, c.start, c.end, c.mark, c.article, c.is_annotated) for c in candidates)
            return
        for candidate, text in zip(candidates, texts_of(candidates), strict=True):
            for start, end in matches_in_passage(words.pattern, text, candidate.start, candidate.next):
                yield WordLine(
                    candidate.created, candidate.document, start, end, NO_MARK, candidate.article, candidate.is_annotated
                )

    def affordable(self, candidates: Sequence[Candidate]) -> int:
        """How many of the first ones can be read together: one at least."""
        words = self.asked.near_words
        if words is None:
            return len(candidates)
        articles = {each.document: each.article.id for each in candidates}
        sql = BY_DOCUMENT.format(columns="w.document, count(*)") + " GROUP BY 1"
        counts: dict[UUID, int] = dict(run(sql, partner_values(articles, words)))
        totals = accumulate(counts.pop(each.document, 0) for each in candidates)
        return max(1, sum(1 for total in totals if total <= MOST_PARTNERS))

    def with_partner(self, lines: Sequence[WordLine]) -> list[WordLine]:
        """Those that have what must be near, which is not themselves."""
        near = self.asked.asker.question["near"]
        articles = {line.document: line.article.id for line in lines}
        partners = self.partners(articles)
        stretches = Stretches(articles)
        own = [stretches.at(line.document, line.start) for line in lines]
        read = {} if near in (ARTICLE, PARAGRAPH) else stretch_texts(own)
        return [
            line
            for line, stretch in zip(lines, own, strict=True)
            if is_near(near, (line.start, line.end), others(line, partners[line.document]), stretch, read.get(stretch))
        ]

    def partners(self, articles: Mapping[UUID, UUID]) -> Mapping[UUID, list[Partner]]:
        """By text, all that lines may have to be near to."""
        if self.asked.near_words:
            return words_in(articles, self.asked.near_words)
        return fragments_of(self.asked.near_marks, articles) if self.asked.near_marks else {}


def texts_of(candidates: Sequence[Candidate]) -> Sequence[str]:
    """Those that came with them, or are read now."""
    known = [each.text for each in candidates if each.text is not None]
    if len(known) == len(candidates):
        return known
    return texts([Stretch(each.document, each.start, each.end) for each in candidates])


def words_in(articles: Mapping[UUID, UUID], search: WordSearch) -> Mapping[UUID, list[Partner]]:
    rows = run(BY_DOCUMENT.format(columns='p.document_id, p.start, p."end", p.next'), partner_values(articles, search))
    partners: defaultdict[UUID, list[Partner]] = defaultdict(list)
    read = texts([Stretch(document, start, end) for document, start, end, _ in rows])
    for (document, start, _, following), text in zip(rows, read, strict=True):
        partners[document] += [Partner(NO_MARK, *bounds) for bounds in matches_in_passage(search.pattern, text, start, following)]
    return partners


def partner_values(articles: Mapping[UUID, UUID], search: WordSearch) -> dict[str, object]:
    return {"documents": list(articles), "articles": list(articles.values()), "words": search.query.text}


def fragments_of(fit: Condition, documents: Iterable[UUID]) -> Mapping[UUID, list[Partner]]:
    """By text, those of the marks that fit."""
    sql = FRAGMENTS.format(marks=MARKS, fit=fit.sql)
    fragments: defaultdict[UUID, list[Partner]] = defaultdict(list)
    for document, mark, parts in run(sql, fit.values | {"documents": list(documents)}):
        fragments[document] += [Partner(mark, start, end) for start, end in parts]
    return fragments


def matches_in_passage(pattern: Pattern, text: str, start: int, following: int) -> Iterator[tuple[int, int]]:
    """Where a passage has the pattern, in code points of the document; what begins in the next passage is counted there."""
    for first, end in matches(pattern, text):
        if start + first < following:
            yield start + first, start + end


def is_inside(line: WordLine, fragments: Sequence[Partner]) -> bool:
    return any(each.start <= line.start and line.end <= each.end for each in fragments)


def others(line: WordLine, partners: Sequence[Partner]) -> list[Partner]:
    """Without the line itself: the same mark, or the same words as words."""
    if line.mark != NO_MARK:
        return [each for each in partners if each.mark != line.mark]
    return [each for each in partners if each != (NO_MARK, line.start, line.end)]


def stretch_texts(stretches: Iterable[Stretch]) -> dict[Stretch, StretchText]:
    distinct = list(dict.fromkeys(stretches))
    return {stretch: StretchText(stretch, text) for stretch, text in zip(distinct, texts(distinct), strict=True)}
