"""Agreement of a corpus, as the person who asks may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotations.agreement.pair_counts import Counts
from annotations.agreement.summary import AgreementSummary, summary
from annotations.models import Assignment, PairScore
from annotations.scoring.pairs import count_pending, current
from corpus.models import Corpus, Membership

EACH, GOLD = "each", "gold"
AGAINST = {EACH: "Each other", GOLD: "The gold"}
COLUMNS = (
    "id", "left_id", "right_id", "counts", "right__document__article_id", "right__document__article__title",
    "left__annotator_id", "right__annotator_id",
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


@dataclass(frozen=True)
class AgreementReport:
    """`against`: EACH or GOLD; `reader`: one reader's pairs only, by the name that `names` gives."""

    corpus: Corpus
    user: Any
    against: str = EACH
    reader: str = ""

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
        rows = PairScore.objects.for_user(self.user).filter(pk__in=current(self.corpus.pk))
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
        return ScoreRow(values["id"], values["right__document__article_id"], title, left, right, values["counts"])

    @cached_property
    def summary(self) -> AgreementSummary:
        return summary((row.article, row.counts) for row in self.scores)

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
        submitted = rows.filter(status=Assignment.Status.SUBMITTED, independent=None).count()
        counted = rows.filter(independent__isnull=False).order_by().values("document").annotate(n=Count("pk"))
        return {
            "texts_read_once": counted.filter(n=1).count(),
            "not_independent": submitted,
            "pending": count_pending(self.corpus.pk),
        }


def reader_pair(left: str, right: str, rows: Iterable[ScoreRow]) -> ReaderPair:
    rows = list(rows)
    layers = [part for row in rows for part in row.counts["layers"].values()]
    size = sum(part["left"] + part["right"] for part in layers)
    exact, overlap = (2 * sum(part[pairs] for part in layers) / size if size else 1.0 for pairs in ("exact", "overlap"))
    return ReaderPair(left, right, len({row.article for row in rows}), size, exact, overlap)


def letters(number: int) -> str:
    """A, B, … Z, AA, AB, …"""
    rest, last = divmod(number, len(ascii_uppercase))
    return (letters(rest - 1) if rest else "") + ascii_uppercase[last]
