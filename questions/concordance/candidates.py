"""Where lines may be: passages that the index of words names, or marks; in the order of the texts, or drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from corpus.db.round_trip import Rows, Statement, round_trip
from corpus.models import Corpus
from corpus.passages.search import query_for
from corpus.words.patterns import Pattern, PatternError, read_pattern
from corpus.words.queries import WordQuery
from questions.address.question import AddressError
from questions.address.word_kinds import is_of_marks
from questions.asking.asker import Asker
from questions.asking.condition import Condition, both
from questions.asking.filters import fits
from questions.concordance.marked import MARKS, fitting_marks

NO_MARK = UUID(int=0)
LineKey = tuple[datetime, UUID, int, int, UUID]


class PublishedArticle(NamedTuple):
    """An article with the id of its outlet, and the years of the first and the last day on which it may have been published."""

    id: UUID
    outlet: int | None
    first: int | None
    last: int | None


class Candidate(NamedTuple):
    """A passage, or a mark with its id. `next`: lines begin before it; `behind`: the key behind which the next candidate's lines are.

    `is_annotated`: whether anybody has begun to annotate its document; `text`: of a passage, if it was asked for.
    """

    created: datetime
    document: UUID
    start: int
    end: int
    next: int
    mark: UUID
    article: PublishedArticle
    is_annotated: bool
    text: str | None

    @property
    def behind(self) -> LineKey:
        if self.mark == NO_MARK:
            return self.created, self.document, self.next, 0, NO_MARK
        return self.created, self.document, self.start, self.end, self.mark


class WordSearch(NamedTuple):
    """A pattern with the query by which the index finds passages that may hold it."""

    pattern: Pattern
    query: WordQuery


class OfCorpus(NamedTuple):
    """What lines and their numbers need of the corpus, read at once. `not_indexed`: articles whose words no search finds yet."""

    outdated: list[UUID]
    outlets: dict[int | None, str]
    not_indexed: int


@dataclass(frozen=True)
class LineQuestion:
    """What is asked of lines, looked up once."""

    asker: Asker

    @cached_property
    def words(self) -> WordSearch | None:
        """None where lines are marks."""
        return word_search(self.asker, "q") if self.asker.question["q"] else None

    @cached_property
    def marks(self) -> Condition | None:
        """On which the words are, or which are the lines."""
        return fitting_marks(self.asker, "on") if self.asker.question["on"] else None

    @cached_property
    def near_words(self) -> WordSearch | None:
        other = self.asker.question["with"]
        return word_search(self.asker, "with") if other and not is_of_marks(other) else None

    @cached_property
    def near_marks(self) -> Condition | None:
        other = self.asker.question["with"]
        return fitting_marks(self.asker, "with") if is_of_marks(other) else None

    @cached_property
    def of_corpus(self) -> OfCorpus:
        outdated, outlets, ((not_indexed,),) = self.asker.of_lines or round_trip(corpus_statements(self.asker.corpus))
        return OfCorpus([pk for (pk,) in outdated], dict(outlets), not_indexed)

    @property
    def is_near(self) -> bool:
        """Whether something must be near."""
        return bool(self.asker.question["with"])


def corpus_statements(corpus: Corpus) -> list[Statement]:
    """To be sent with others; `LineQuestion.of_corpus` reads their rows."""
    return [(sql, [corpus.pk]) for sql in (OUTDATED, OUTLETS, NOT_INDEXED)]


def word_search(asker: Asker, parameter: str) -> WordSearch:
    """Raises AddressError where a wildcard stands for too many words."""
    pattern = read_pattern(asker.question[parameter], is_folded=not asker.question.is_on("case"))
    try:
        return WordSearch(pattern, query_for(asker.corpus, pattern))
    except PatternError as error:
        raise AddressError(parameter, f"cannot be searched for. {error}") from None


# The newest text of each article is searched, if the words need not be on a mark. Few articles have more than one.
OUTDATED = """SELECT o.id FROM corpus_document n JOIN corpus_document o ON o.article_id = n.article_id AND o.version < n.version
    WHERE n.corpus_id = $1 AND n.version > 1"""
OUTLETS = "SELECT id, name FROM corpus_outlet WHERE corpus_id = $1"
NOT_INDEXED = "SELECT count(DISTINCT article_id) FROM corpus_unindexedarticle WHERE corpus_id = $1"
# Not of a title. By IS NOT NULL, PostgreSQL would read the index of all texts.
OF_TEXT = f"p.document_id <> '{NO_MARK}'::uuid"
ORIGINALS = "NOT EXISTS (SELECT FROM corpus_article c WHERE c.id = {alias}.article_id AND c.copy_of_id IS NOT NULL)"
NOWHERE = Condition("false")
ON_MARK = (
    f'EXISTS (SELECT FROM {MARKS} WHERE a.document_id = p.document_id AND s.start < p."end" AND p.start < s."end" AND {{fit}})'
)
MARK_IN_TEXT = f"EXISTS (SELECT FROM {MARKS} WHERE a.document_id = {{alias}}.document_id AND {{fit}})"
# The text of a mark under names that marks near it do not have.
OUTSIDE = "CROSS JOIN LATERAL (SELECT d.id AS document_id, d.article_id) k"
WORDS_IN_TEXT = """EXISTS (SELECT FROM corpus_searchpassage o WHERE o.article_id = {alias}.article_id AND o.document_id = {alias}.document_id
    AND o.words @@ %(with_words)s::tsquery)"""


# PostgreSQL would read all articles of the corpus for those of some thousand passages.
LOOKED_UP = "corpus_searchpassage p CROSS JOIN LATERAL (SELECT * FROM corpus_article a WHERE a.id = p.article_id OFFSET 0) x"
# PostgreSQL would sort all passages that have a common word before it gives the first ones.
WALKED = """corpus_article x CROSS JOIN LATERAL (SELECT * FROM corpus_searchpassage o WHERE o.article_id = x.id OFFSET 0) p"""


# For each passage that is asked for: PostgreSQL would read all assignments before it reads the first.
ANNOTATED = """EXISTS (SELECT FROM annotations_assignment r WHERE r.document_id = p.document_id AND r.status IN ('open', 'submitted')
    OFFSET 0)"""
PUBLISHED = "x.id, x.outlet_id, date_part('year', x.published_earliest)::int, date_part('year', x.published_latest)::int"


@dataclass(frozen=True)
class CandidateQuery:
    """`columns` are those of a candidate, but for its article and text; `order` and `position` tell which comes first and which begins behind a line."""

    columns: str
    annotated: str
    tables: str
    condition: Condition
    order: str
    position: str
    types: str
    hash_of: str
    sure: str
    article: str
    counted: str
    walked: str = ""
    text: str = ""

    def first(
        self, most: int, after: LineKey | None = None, *, is_common: bool = False, with_text: bool = False
    ) -> list[Candidate]:
        """In the order of the texts, those whose lines may be behind one. Of common words, text by text until there are enough."""
        following = self.beyond(after)
        rest = f"{self.condition.sql} AND {following.sql} ORDER BY {self.order} LIMIT %(most)s"
        if is_common and self.walked:
            return self.read(f"x.corpus_id = %(corpus)s AND {rest}", most, following.values, tables=self.walked)
        return self.read(rest, most, following.values, text=self.text if with_text else "")

    def drawn(self, most: int, seed: int) -> list[Candidate]:
        """At random; the same for the same seed."""
        order = f"hashtextextended({self.hash_of}, %(seed)s::bigint), {self.order}"
        return self.read(f"{self.condition.sql} ORDER BY {order} LIMIT %(most)s", most, {"seed": seed})

    def beyond(self, after: LineKey | None) -> Condition:
        if after is None:
            return Condition("true")
        count = self.position.count(",") + 1
        values = {f"after{number}": value for number, value in enumerate(after[:count])}
        keys = ", ".join(f"%(after{number})s::{kind}" for number, kind in enumerate(self.types.split()))
        # The first comparison is the one that an index of articles can answer.
        return Condition(f"x.created >= %(after0)s AND ({self.position}) > ({keys})", values)

    def read(self, rest: str, most: int, values: dict[str, Any], *, tables: str = "", text: str = "") -> list[Candidate]:
        columns = f"{self.columns}, {PUBLISHED}, {self.annotated}, {text or 'NULL'}"
        sql = f"SELECT {columns} FROM {tables or self.tables} WHERE {rest}"  # noqa: S608 - of our own words
        rows = run(sql, self.condition.values | values | {"most": most})
        return [candidate(*row) for row in rows]


def candidate(
    created: datetime, document: UUID, start: int, end: int, following: int, mark: UUID | None, article: UUID, outlet: int | None,
    first: int | None, last: int | None, is_annotated: bool, text: str | None,
) -> Candidate:  # fmt: skip
    published = PublishedArticle(article, outlet, first, last)
    return Candidate(created, document, start, end, following, mark or NO_MARK, published, is_annotated, text)


def run(sql: str, values: dict[str, Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: Rows = cursor.fetchall()
        return rows


def candidates_for(asked: LineQuestion) -> CandidateQuery:
    return passages_with(asked, asked.words) if asked.words else marks_that_fit(asked)


def passages_with(asked: LineQuestion, search: WordSearch) -> CandidateQuery:
    """Passages that may hold the words; with `on`, those that such a mark is in."""
    own = [Condition("p.corpus_id = %(corpus)s", {"corpus": asked.asker.corpus.pk})]
    own.append(matching(search.query))
    own.append(Condition(ON_MARK.format(fit=asked.marks.sql), asked.marks.values) if asked.marks else newest(asked))
    return CandidateQuery(
        columns='x.created, p.document_id, p.start, p."end", p.next, NULL::uuid',
        annotated=ANNOTATED,
        tables=LOOKED_UP,
        condition=both([*own, *of_article(asked.asker, "p"), *with_other(asked, "p")]),
        order="x.created, p.document_id, p.start",
        position="x.created, p.document_id, p.next",
        types="timestamptz uuid int",
        hash_of="p.document_id::text || ' ' || p.start",
        # What begins in the overlap of two passages is counted in the second.
        sure='p.next = p."end"',
        article="p.article_id",
        counted="corpus_searchpassage p",
        walked=WALKED,
        text='(SELECT substr(d.text, p.start + 1, p."end" - p.start) FROM corpus_document d WHERE d.id = p.document_id)',
    )


def marks_that_fit(asked: LineQuestion) -> CandidateQuery:
    own = [Condition("x.corpus_id = %(corpus)s", {"corpus": asked.asker.corpus.pk}), asked.marks or NOWHERE]
    order = 'x.created, a.document_id, s.start, s."end", s.id'
    tables = f"{MARKS} JOIN corpus_article x ON x.id = d.article_id {OUTSIDE}"
    return CandidateQuery(
        columns='x.created, a.document_id, s.start, s."end", s."end", s.id',
        annotated="true",
        tables=tables,
        condition=both([*own, *of_article(asked.asker, "k"), *with_other(asked, "k")]),
        order=order,
        position=order,
        types="timestamptz uuid int int uuid",
        hash_of="s.id::text",
        sure="true",
        article="x.id",
        counted=tables,
    )


def newest(asked: LineQuestion) -> Condition:
    """Texts that no newer one of their article replaces."""
    outdated = asked.of_corpus.outdated
    is_new = " AND p.document_id <> ALL(%(outdated)s::uuid[])" if outdated else ""
    return Condition(f"{OF_TEXT}{is_new}", {"outdated": outdated})


def of_article(asker: Asker, alias: str) -> list[Condition]:
    """What is asked of the article; copies of articles are asked for by name."""
    asked = [Condition(each.of(alias), each.values) for each in fits(asker)]
    return asked if asker.question.is_on("copies") else [*asked, Condition(ORIGINALS.format(alias=alias))]


def with_other(asked: LineQuestion, alias: str) -> list[Condition]:
    """The text has what must be near: where in it is looked at later."""
    if asked.near_marks:
        return [Condition(MARK_IN_TEXT.format(fit=asked.near_marks.sql, alias=alias), asked.near_marks.values)]
    if asked.near_words:
        query = asked.near_words.query.text
        return [Condition(WORDS_IN_TEXT.format(alias=alias), {"with_words": query}) if query else NOWHERE]
    return []


def matching(query: WordQuery) -> Condition:
    return Condition("p.words @@ %(q_words)s::tsquery", {"q_words": query.text}) if query.text else NOWHERE
