"""Counts of agreement that are kept, against what the readings come to when they are counted again. Of many, a sample."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotations.agreement.pair_counts import METHOD, pair_counts
from annotations.models import Assignment, PairScore
from annotations.queries.integrity.fault import Fault, reading
from annotations.scoring.pairs import ReadingPair, gamma_of, readers_of, views_of
from corpus.models import Corpus

SAMPLE = 50


def faults(corpus: Corpus | None = None, *, whole: bool = False) -> Iterator[Fault]:
    """`whole`: every pair is counted, however long it takes. Pairs of an earlier way of counting wait to be counted anew."""
    rows = PairScore.objects.filter(method=METHOD)
    rows = rows.filter(left__document__corpus=corpus) if corpus else rows
    if not whole:
        rows = PairScore.objects.filter(pk__in=list(rows.order_by("?").values_list("pk", flat=True)[:SAMPLE]))
    for row in rows.order_by("pk").iterator():
        now = recounted(row)
        if wrong := sorted(name for name in row.counts.keys() | now.keys() if row.counts.get(name) != now.get(name)):
            subject = f"agreement of {reading(row.left_id)} and {reading(row.right_id)}"
            yield Fault("pair score", subject, f"{', '.join(wrong)}: the readings come to other counts")


def recounted(row: PairScore) -> dict[str, Any]:
    pair = ReadingPair(row.left_id, row.left_revision, row.right_id, row.right_revision)
    views, lengths = views_of([pair])
    counts = pair_counts(views[pair.left], views[pair.right], lengths[pair.left])
    if "gamma" in row.counts:
        counts["gamma"] = gamma_of(pair)
    if "readers" in row.counts:
        of = row.counts["readers"]["of"]
        ids = Assignment.objects.filter(pk__in=of).order_by("annotator").values_list("pk", flat=True)
        counts["readers"] = readers_of({str(pk): int(of[str(pk)]) for pk in ids})
    return dict(json.loads(json.dumps(counts)))
