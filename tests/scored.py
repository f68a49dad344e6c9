"""Pairs of readings as the worker has counted them, without readings that anybody has written."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from annotations.agreement.pair_counts import METHOD, pair_counts
from annotations.agreement.reading import ReadingView
from annotations.models import PairScore
from corpus.models import Corpus
from tests import factories

EMPTY: dict[str, Any] = {name: [] for name in ("mentions", "events", "attributions", "measure_refs", "relations", "entities")} | {
    "default_attribution": {"source_entity": None}
}
LAYERS = {"ACTOR": "actor", "FIGURE": "figure", "EVENT": "event"}


def counts_of(**labels: tuple[int, int, int]) -> dict[str, Any]:
    """LAYER__LABEL → marks of the left and of the right reading, and how many of both are the same."""
    view = ReadingView(EMPTY, LAYERS)
    counts = pair_counts(view, view, 100)
    for name, (left, right, same) in labels.items():
        layer, label = name.split("__")
        part = counts["layers"][layer]
        part["labels"][label] = [left, right, same, same]
        for key, number in (("left", left), ("right", right), ("exact", same), ("overlap", same)):
            part[key] += number
    return counts


def scored(corpus: Corpus, people: tuple[Any, Any], counts: dict[str, Any], at: datetime | None = None) -> PairScore:
    """Two submitted readings of a text of its own."""
    text, when = factories.document("Nothing.", corpus=corpus), at or timezone.now()
    closed = {"status": "submitted", "submitted": when, "independent": 1, "revision": 1}
    left, right = (factories.assignment(text, person, **closed) for person in people)
    return PairScore.objects.create(
        left=left, left_revision=1, right=right, right_revision=1, method=METHOD, counts=counts, at=when
    )


def weeks_ago(number: int) -> datetime:
    """The Wednesday of that week."""
    now = timezone.now()
    return now - timedelta(days=now.weekday() - 2, weeks=number)
