"""Agreement of a corpus, as the person who asks may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import batched
from string import ascii_uppercase
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet, Value

from annotations.models import Assignment, PairScore, PlanArticle
from annotations.queries.chosen_articles import ChosenArticles
from annotations.scoring.chosen_scores import ScoreForm, chosen_scores, digest_of
from annotations.scoring.pairs import AT_ONCE, CurrentScores, current, views_at
from annotations.scoring.score_rows import AGAIN, EACH, GOLD, ScoreRow, week_of
from annotations.scoring.worked_out import WorkedOut, worked_out
from corpus.db.compiled_queries import RepeatedRows, Slot
from corpus.models import Corpus, Membership

EVERY = ChosenArticles()
AGAINST = {EACH: "Each other", GOLD: "The gold", AGAIN: "The same annotator again"}
LEFT_OUT = "SELECT count(*) FILTER (WHERE n = 1), coalesce(sum(others), 0)::int FROM ({}) texts"
COLUMNS = (
    "id", "left_id", "right_id", "left_revision", "right_revision", "counts", "right__document_id",
    "right__document__article_id", "right__document__article__title", "left__annotator_id", "right__annotator_id", "left__submitted", "right__submitted",
)  # fmt: skip


def names() -> QuerySet[Any, Any]:
    """Of all who have submitted a reading, in the order of their accounts."""
    rows = Assignment.objects.live().filter(document__corpus=Slot("corpus"), role=Assignment.Role.ANNOTATION)
    rows = rows.filter(independent__isnull=False).order_by("annotator_id")
    return rows.values_list("annotator_id", "annotator__username").distinct()


def chances() -> QuerySet[Any, Any]:
    """Of texts that plans drew to be read more than once, the plan that started last at the end."""
    drawn = PlanArticle.objects.filter(
        plan__corpus=Slot("corpus"), plan__readings__gt=1, needed__gt=1, plan__started__isnull=False
    )
    return drawn.order_by("plan__started").values_list("document", "chance")


NAMES, CHANCES = RepeatedRows(names), RepeatedRows(chances)


@cache
def left_out_texts(articles: ChosenArticles) -> RepeatedRows:
    """How many texts have one reading only, and how many submitted readings are not independent."""
    rows = Assignment.objects.live().filter(document__corpus=Slot("corpus"), role=Assignment.Role.ANNOTATION)
    texts = rows.filter(articles.of_texts("document")).order_by().values("document")
    submitted, independent = Q(status=Assignment.Status.SUBMITTED), Q(independent__isnull=False)
    counted = {"n": Count("pk", filter=independent), "others": Count("pk", filter=submitted & ~independent)}
    return RepeatedRows(lambda: texts.annotate(**counted), LEFT_OUT)


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
    """`against`: EACH, GOLD or AGAIN; `readers`: by the names that `names` gives, of one the pairs of this reader, of more those among them;
    `articles`: pairs of these only; `code`: marks of this layer or LAYER.LABEL only; `since`, `until`: days on which the later reading was
    submitted; `weighted`: articles weigh 1 / the chance with which a plan drew them."""

    corpus: Corpus
    user: User
    against: str = EACH
    readers: tuple[str, ...] = ()
    articles: ChosenArticles = EVERY
    code: str = ""
    since: date | None = None
    until: date | None = None
    weighted: bool = False

    @cached_property
    def names(self) -> dict[int, str]:
        """Managers see user names, reviewers letters: of all members who have submitted a reading, in the order of their accounts."""
        readers: dict[int, str] = dict(NAMES.all(corpus=self.corpus.pk))
        if self.corpus.allows(self.user, Membership.Role.MANAGER):
            return readers
        return {pk: letters(number) for number, pk in enumerate(readers)}

    @cached_property
    def chosen_readers(self) -> list[str]:
        """Without names that nobody has here."""
        return [name for name in self.readers if name in self.names.values()]

    @cached_property
    def current(self) -> CurrentScores:
        return current(self.corpus.pk)

    @property
    def form(self) -> ScoreForm:
        return ScoreForm(self.against, min(2, len(self.chosen_readers)), self.articles, bool(self.since), bool(self.until))

    @property
    def values(self) -> dict[str, Any]:
        keys = [pk for pk, name in self.names.items() if name in self.chosen_readers]
        return {"keys": self.current.keys, "readers": keys, "since": self.since, "until": self.until}

    def rows(self) -> QuerySet[PairScore]:
        lists = {name: Value(self.values[name]) for name in ("keys", "readers")}
        return chosen_scores(self.user, self.form, self.values | lists)

    @cached_property
    def key(self) -> tuple[Any, ...]:
        """Names all that is worked out: a digest of the rows, and the names of readers."""
        return (
            digest_of(self.user, self.form, self.values),
            self.against,
            *self.chosen_readers,
            self.code,
            tuple(sorted(self.names.items())),
            tuple(sorted(self.chances.items())) if self.weighted else None,
        )

    @cached_property
    def chances(self) -> dict[UUID, float]:
        """With which the plan that started last drew a text to be read more than once; of texts that a plan drew so."""
        return dict(CHANCES.all(corpus=self.corpus.pk))

    @property
    def has_unequal_chances(self) -> bool:
        if len({1.0, *self.chances.values()}) < 2:
            return False
        texts = self.rows().order_by().values_list("right__document", flat=True).distinct()
        return len({self.chances.get(text, 1.0) for text in texts}) > 1

    @cached_property
    def worked_out(self) -> WorkedOut:
        return worked_out(self.key, self.work_out)

    def work_out(self) -> WorkedOut:
        rows = [self.row(values) for values in self.rows().values(*COLUMNS)]
        # Of all readers of a text together there is no weighted measure.
        together = not self.chosen_readers and self.against == EACH and not self.weighted
        return WorkedOut(rows, self.against, is_together=together, code=self.code, is_weighted=self.weighted)

    def row(self, values: dict[str, Any]) -> ScoreRow:
        left = "Gold" if self.against == GOLD else self.names.get(values["left__annotator_id"], "")
        right = self.names.get(values["right__annotator_id"], "")
        title = values["right__document__article__title"]
        week = week_of(values["left__submitted"], values["right__submitted"], self.against)
        readings = tuple((str(values[f"{side}_id"]), str(values[f"{side}_revision"])) for side in ("left", "right"))
        article, text = values["right__document__article_id"], values["right__document_id"]
        weight = 1 / self.chances.get(text, 1.0) if self.weighted else 1.0
        return ScoreRow(values["id"], article, title, left, right, values["counts"], week, text, readings, weight)

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
                    if self.code in ("", mark["layer"], f"{mark['layer']}.{mark['label']}")
                    for part in mark["fragments"]
                )

    @cached_property
    def left_out(self) -> dict[str, int]:
        """What no pair is made of, and what is not counted yet."""
        articles = self.articles
        ((once, dependent),) = left_out_texts(articles.slots()).all(corpus=self.corpus.pk, **articles.values())
        return {
            "texts_read_once": once,
            "not_independent": dependent,
            "texts_pending": self.worked_out.texts_pending,
            "pending": self.current.pending,
        }


def letters(number: int) -> str:
    """A, B, … Z, AA, AB, …"""
    rest, last = divmod(number, len(ascii_uppercase))
    return (letters(rest - 1) if rest else "") + ascii_uppercase[last]
