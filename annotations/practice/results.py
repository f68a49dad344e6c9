"""A submitted reading of a practice or test article is scored against the gold; who has passed enough tests is qualified.

The line holds for each layer alone: a reader who finds all actors and no events has not passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User

from annotations.agreement.pair_counts import layer_counts
from annotations.models import Assignment, Plan, PracticeArticle, PracticeResult, TeamSettings
from annotations.notices.events import notify_of_tests
from annotations.scoring.differences import PairDifference, rows_of
from annotations.scoring.pairs import views_at
from corpus.models import Corpus, Membership

KEPT = ("left", "right", "exact", "overlap")


class LayerScore(NamedTuple):
    """Marks of the gold and of the reading in a layer, and how alike they are in per cent."""

    layer: str
    gold: int
    own: int
    exact: float
    overlap: float
    passed: bool


def kind_of(document: UUID) -> str:
    """Of a text in a plan: practice, test, or empty. As practice where plans differ, since its gold is open then."""
    return str(PracticeArticle.objects.filter(document=document).order_by("kind").values_list("kind", flat=True).first() or "")


def score_reading(reading: Assignment) -> PracticeResult | None:
    """Store how it compares with the gold, if its text is for practice or a test; once for each revision."""
    kind = kind_of(reading.document_id)
    gold = Assignment.objects.gold().without_drafts().filter(document=reading.document_id).first() if kind else None
    if gold is None:
        return None
    views, lengths = views_at({gold.pk: gold.revision, reading.pk: reading.revision})
    left, right = views[gold.pk], views[reading.pk]
    layers = {}
    for layer in left.kinds:
        counts = layer_counts(left.layers[layer], right.layers.get(layer, []), lengths[gold.pk])
        if counts["left"] or counts["right"]:
            layers[layer] = {name: counts[name] for name in KEPT}
    least = TeamSettings.of(reading.document.corpus).practice_least
    values = {"gold": gold, "gold_revision": gold.revision, "kind": kind, "layers": layers, "least": least}
    passed = all(score.passed for score in scores_of(layers, least))
    made, _ = PracticeResult.objects.get_or_create(
        assignment=reading, revision=reading.revision, defaults=values | {"passed": passed}
    )
    if is_last_test(made, reading):
        notify_of_tests(reading)
    return made


def is_last_test(result: PracticeResult, reading: Assignment) -> bool:
    """Whether its annotator has passed enough tests with it, and had not before."""
    if result.kind != PracticeArticle.Kind.TEST or not result.passed or reading.results.filter(passed=True).count() > 1:
        return False
    corpus = reading.document.corpus
    return qualification(reading.annotator, corpus, corpus.role_of(reading.annotator)).is_just_reached


def scores_of(layers: dict[str, dict[str, int]], least: int) -> list[LayerScore]:
    return [score_of(layer, counts, least) for layer, counts in layers.items()]


def score_of(layer: str, counts: dict[str, int], least: int) -> LayerScore:
    size = counts["left"] + counts["right"]
    exact, overlap = (200 * counts[name] / size for name in ("exact", "overlap"))
    return LayerScore(layer, counts["left"], counts["right"], exact, overlap, overlap >= least)


def differences_of(result: PracticeResult) -> list[PairDifference]:
    """Between the gold (left) and the reading (right), both as they were scored."""
    views, _ = views_at({result.gold_id: result.gold_revision, result.assignment_id: result.revision})
    return rows_of(views[result.gold_id], views[result.assignment_id])


@dataclass(frozen=True)
class Qualification:
    """How many tests of a corpus a member has to pass, and has passed."""

    corpus: Corpus
    needed: int
    passed: int

    @property
    def is_reached(self) -> bool:
        return self.passed >= self.needed

    @property
    def is_just_reached(self) -> bool:
        return bool(self.needed) and self.passed == self.needed

    def __str__(self) -> str:
        return f"Tests passed: {self.passed} of {self.needed}"


def unqualified(user: User) -> list[Qualification]:
    """Where somebody annotates beside a running plan and has not passed enough tests."""
    members = Membership.objects.filter(user=user, paused=False, role=Membership.Role.ANNOTATOR)
    running = members.filter(corpus__in=Plan.objects.running().values("corpus"))
    asking = running.filter(corpus__in=TeamSettings.objects.filter(practice_tests__gt=0).values("corpus"))
    rows = asking.select_related("corpus").order_by("corpus__name")
    every = [qualification(user, member.corpus, member.role) for member in rows]
    return [each for each in every if not each.is_reached]


def qualification(user: User | int, corpus: Corpus, role: str | None, settings: TeamSettings | None = None) -> Qualification:
    """Of reviewers and managers nothing is asked. `settings`: those of the corpus, where they are known."""
    needed = (settings or TeamSettings.of(corpus)).practice_tests if role == Membership.Role.ANNOTATOR else 0
    if not needed:
        return Qualification(corpus, 0, 0)
    results = PracticeResult.objects.filter(assignment__annotator=user, assignment__document__corpus=corpus)
    passed = results.filter(kind=PracticeArticle.Kind.TEST, passed=True).order_by().values("assignment").distinct().count()
    return Qualification(corpus, needed, passed)
