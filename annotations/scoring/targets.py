"""How agreement in a layer or label stands to its target: F1 of marks with the same words and the same label, as on the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from annotations.agreement.bootstrap import LEAST_ARTICLES
from annotations.models import AgreementTarget
from annotations.scoring.report import AgreementReport, ScoreRow


class CodeAgreement(NamedTuple):
    """`marks`: of both readings of each pair."""

    articles: int
    marks: int
    exact: float

    @property
    def is_enough(self) -> bool:
        """Below, one odd article decides."""
        return self.articles >= LEAST_ARTICLES

    def is_under(self, least: int) -> bool:
        """`least`: in per cent."""
        return 100 * self.exact < least


class TargetLine(NamedTuple):
    """A target, and what there is of its layer or label; `least` in per cent."""

    layer: str
    label: str
    least: int
    articles: int
    marks: int
    exact: float | None
    state: str


def target_lines(report: AgreementReport) -> list[TargetLine]:
    targets = AgreementTarget.of(report.corpus)
    present = agreement_by_code(report.scores) if targets else {}
    return [target_line(code, least, present.get(code)) for code, least in targets.items()]


def target_line(code: str, least: int, agreement: CodeAgreement | None) -> TargetLine:
    layer, _, label = code.partition(".")
    if agreement is None:
        return TargetLine(layer, label, least, 0, 0, None, "not annotated")
    state = "too few articles" if not agreement.is_enough else "under" if agreement.is_under(least) else "reached"
    return TargetLine(layer, label, least, *agreement, state)


def agreement_by_code(rows: Iterable[ScoreRow]) -> dict[str, CodeAgreement]:
    """LAYER and LAYER.LABEL, as far as somebody has marked it."""
    articles: dict[str, set[UUID]] = defaultdict(set)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for layer, part in row.counts["layers"].items():
            labels = {f"{layer}.{label}": numbers for label, numbers in part["labels"].items()}
            for code, (left, right, exact, _) in {layer: (part["left"], part["right"], part["exact"], 0), **labels}.items():
                if left + right:
                    articles[code].add(row.article)
                    sums[code][0] += left + right
                    sums[code][1] += 2 * exact
    return {code: CodeAgreement(len(articles[code]), marks, both / marks) for code, (marks, both) in sums.items()}
