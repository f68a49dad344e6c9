"""How wide an interval of agreement will be with so many articles, as it looks from those that are there."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from annotations.agreement.bootstrap import LEAST_ARTICLES

NORMAL = 1.96  # of a 95 % interval


def expected_half_width(articles: Sequence[tuple[float, float]], number: int) -> float | None:
    """Of a ratio of sums: what the articles scatter around it, by the usual linearisation. `articles`: numerator and denominator of each;
    None: too few of them, or nothing to be measured."""
    numerators, denominators = (sum(each[side] for each in articles) for side in (0, 1))
    if len(articles) < LEAST_ARTICLES or not denominators or number < 1:
        return None
    ratio, mean = numerators / denominators, denominators / len(articles)
    scatter = sum((above - ratio * below) ** 2 for above, below in articles) / (len(articles) - 1)
    return NORMAL * sqrt(scatter / number) / mean
