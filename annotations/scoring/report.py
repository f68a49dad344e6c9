"""Agreement of a corpus, as the person who asks may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import batched
from string import ascii_uppercase
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.agreement.all_readers import all_reader_measures, as_readers
from annotations.agreement.pair_counts import Counts
from annotations.agreement.summary import AgreementMeasure, AgreementSummary, summary
from annotations.models import Assignment, PairScore
from annotations.queries.chosen_articles import ChosenArticles
from annotations.scoring.pairs import AT_ONCE, count_pending, current, views_at
from corpus.models import Corpus, Membership

EACH, GOLD = "each", "gold"
EVERY = ChosenArticles()
AGAINST = {EACH: "Each other", GOLD: "The gold"}
COLUMNS = (
    "id", "left_id", "right_id", "left_revision", "right_revision", "counts", "right__document_id",
    "right__document__article_id", "right__document__article__title", "left__annotator_id", "right__annotator_id", "left__submitted", "right__submitted",
)  # fmt: skip


@dataclass(frozen=True)
class ScoreRow:
    """Two readings of one article, or the gold (`left`, without a reader's name) and one."""

    pk: int
    article: UUID
    title: str
    left: str
    right: str
    counts: Counts
    week: date | None = None  # in which the later reading was submitted; None where one is open again
    document: UUID | None = None
    readings: tuple[tuple[str, str], ...] = ()  # of both, id and revision

    def f1(self, pairs: str) -> float:
        """Of the marks of all layers; `pairs`: exact or overlap."""
        layers = self.counts["layers"].values()
        size = sum(part["left"] + part["right"] for part in layers)
        return 2 * sum(part[pairs] for part in layers) / size if size else 1.0

    @property
    def exact(self) -> float:
        return self.f1("exact")

    @property
    def overlap(self) -> float:
        return self.f1("overlap")

    @property
    def marks(self) -> int:
        return sum(part["left"] + part["right"] for part in self.counts["layers"].values())


@dataclass(frozen=True)
class ReaderPair:
    """All articles that two readers have in common."""

    left: str
    right: str
    articles: int
    marks: int
    exact: float
    overlap: float


class WeekAgreement(NamedTuple):
    """Of pairs whose later reading was submitted in the week of this Monday; F1 of the marks of all layers."""

    week: date
    pairs: int
    articles: int
    marks: int
    exact: float
    overlap: float


class LayerWeek(NamedTuple):
    """The same of one layer, for marks with the same words and the same label."""

    week: date
    layer: str
    marks: int
    exact: float


class MarkUnit(NamedTuple):
    """A stretch of text that one reader has marked, as programs for agreement take it. `start`, `end`: in code points."""

    article: UUID
    reader: str
    layer: str
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class AgreementReport:
    """`against`: EACH or GOLD; `reader`: one reader's pairs only, by the name that `names` gives; `articles`: pairs of these only."""

    corpus: Corpus
    user: Any
    against: str = EACH
    reader: str = ""
    articles: ChosenArticles = EVERY

    @cached_property
    def names(self) -> dict[int, str]:
        """Managers see user names, reviewers letters: of all members who have submitted a reading, in the order of their accounts."""
        rows = Assignment.objects.live().filter(document__corpus=self.corpus, role=Assignment.Role.ANNOTATION)
        rows = rows.filter(independent__isnull=False)
        readers = dict(rows.order_by("annotator_id").values_list("annotator_id", "annotator__username").distinct())
        if self.corpus.allows(self.user, Membership.Role.MANAGER):
            return readers
        return {pk: letters(number) for number, pk in enumerate(readers)}

    def rows(self) -> QuerySet[PairScore]:
        rows = PairScore.objects.for_user(self.user).filter(
            self.articles.of_texts("right__document"), pk__in=current(self.corpus.pk)
        )
        role = Assignment.Role.ADJUDICATION if self.against == GOLD else Assignment.Role.ANNOTATION
        rows = rows.filter(left__role=role)
        if self.reader:
            keys = [pk for pk, name in self.names.items() if name == self.reader]
            own = Q(right__annotator__in=keys)
            rows = rows.filter(own if self.against == GOLD else own | Q(left__annotator__in=keys))
        return rows.order_by("pk")

    @cached_property
    def scores(self) -> list[ScoreRow]:
        return [self.row(values) for values in self.rows().values(*COLUMNS)]

    def row(self, values: dict[str, Any]) -> ScoreRow:
        left = "Gold" if self.against == GOLD else self.names.get(values["left__annotator_id"], "")
        right = self.names.get(values["right__annotator_id"], "")
        title = values["right__document__article__title"]
        week = week_of(values["left__submitted"], values["right__submitted"], self.against)
        readings = tuple((str(values[f"{side}_id"]), str(values[f"{side}_revision"])) for side in ("left", "right"))
        article, text = values["right__document__article_id"], values["right__document_id"]
        return ScoreRow(values["id"], article, title, left, right, values["counts"], week, text, readings)

    @cached_property
    def by_week(self) -> dict[date, list[ScoreRow]]:
        """The oldest week first."""
        groups: dict[date, list[ScoreRow]] = defaultdict(list)
        for row in self.scores:
            if row.week:
                groups[row.week].append(row)
        return dict(sorted(groups.items()))

    @cached_property
    def weeks(self) -> list[WeekAgreement]:
        return [week_agreement(week, rows) for week, rows in self.by_week.items()]

    @cached_property
    def layer_weeks(self) -> list[LayerWeek]:
        """Of weeks in which somebody has marked in the layer."""
        sums: dict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0])
        for week, rows in self.by_week.items():
            for layer, part in (each for row in rows for each in row.counts["layers"].items()):
                sums[week, layer][0] += part["left"] + part["right"]
                sums[week, layer][1] += 2 * part["exact"]
        return [LayerWeek(*key, marks, both / marks) for key, (marks, both) in sums.items() if marks]

    def units(self) -> Iterator[MarkUnit]:
        """What each reading of the pairs has marked, at the revision that counts: each fragment by itself, in the order of the text."""
        sides = ("left", "right")
        columns = [f"{side}_{name}" for side in sides for name in ("id", "revision", "_annotator_id", "_role")]
        readings: dict[UUID, tuple[int, UUID, str]] = {}
        for values in self.rows().values("right__document__article_id", *columns):
            for side in sides:
                is_gold = values[f"{side}__role"] == Assignment.Role.ADJUDICATION
                name = "Gold" if is_gold else self.names.get(values[f"{side}__annotator_id"], "")
                readings[values[f"{side}_id"]] = (values[f"{side}_revision"], values["right__document__article_id"], name)
        for some in batched(readings.items(), AT_ONCE):
            views, _ = views_at({pk: revision for pk, (revision, *_) in some})
            for pk, (_, article, name) in some:
                marks = views[pk].native["mentions"]
                yield from sorted(
                    MarkUnit(article, name, mark["layer"], mark["label"], part["start"], part["end"])
                    for mark in marks
                    for part in mark["fragments"]
                )

    @cached_property
    def summary(self) -> AgreementSummary:
        return summary((row.article, row.counts) for row in self.scores)

    @cached_property
    def texts(self) -> list[Counts | None]:
        """What all readers of each text have marked; None: not counted yet. Of all readers only, and not against the gold."""
        if self.reader or self.against == GOLD:
            return []
        by_text: dict[UUID | None, list[ScoreRow]] = defaultdict(list)
        for row in self.scores:
            by_text[row.document].append(row)
        return [all_readers_of(rows) for rows in by_text.values()]

    @cached_property
    def measures(self) -> list[AgreementMeasure]:
        return [*self.summary.measures, *all_reader_measures([text for text in self.texts if text is not None])]

    @cached_property
    def readers(self) -> list[ReaderPair]:
        groups: dict[tuple[str, str], list[ScoreRow]] = defaultdict(list)
        for row in self.scores:
            groups[row.left, row.right].append(row)
        return [reader_pair(*names, rows) for names, rows in sorted(groups.items())]

    @cached_property
    def left_out(self) -> dict[str, int]:
        """What no pair is made of, and what is not counted yet."""
        rows = Assignment.objects.live().filter(document__corpus=self.corpus, role=Assignment.Role.ANNOTATION)
        rows = rows.filter(self.articles.of_texts("document"))
        submitted = rows.filter(status=Assignment.Status.SUBMITTED, independent=None).count()
        counted = rows.filter(independent__isnull=False).order_by().values("document").annotate(n=Count("pk"))
        return {
            "texts_read_once": counted.filter(n=1).count(),
            "not_independent": submitted,
            "texts_pending": sum(text is None for text in self.texts),
            "pending": count_pending(self.corpus.pk),
        }


def all_readers_of(rows: list[ScoreRow]) -> Counts | None:
    """`rows`: the pairs of a text."""
    if len(rows) == 1:
        return as_readers(rows[0].counts)
    of = dict(reading for row in rows for reading in row.readings)
    whole = next((readers for row in rows if (readers := row.counts.get("readers")) and readers["of"] == of), None)
    return whole and whole["layers"]


def reader_pair(left: str, right: str, rows: Iterable[ScoreRow]) -> ReaderPair:
    rows = list(rows)
    layers = [part for row in rows for part in row.counts["layers"].values()]
    size = sum(part["left"] + part["right"] for part in layers)
    exact, overlap = (2 * sum(part[pairs] for part in layers) / size if size else 1.0 for pairs in ("exact", "overlap"))
    return ReaderPair(left, right, len({row.article for row in rows}), size, exact, overlap)


def week_of(left: datetime | None, right: datetime | None, against: str) -> date | None:
    """The Monday. Against the gold, of the reading: when somebody adjudicates says nothing of how it was read."""
    if right is None or (left is None and against == EACH):
        return None
    day = (right if against == GOLD or left is None else max(left, right)).date()
    return day - timedelta(days=day.weekday())


def week_agreement(week: date, rows: list[ScoreRow]) -> WeekAgreement:
    pair = reader_pair("", "", rows)
    return WeekAgreement(week, len(rows), pair.articles, pair.marks, pair.exact, pair.overlap)


def letters(number: int) -> str:
    """A, B, … Z, AA, AB, …"""
    rest, last = divmod(number, len(ascii_uppercase))
    return (letters(rest - 1) if rest else "") + ascii_uppercase[last]
