"""How agreement in a layer or label stands to its target: F1 of marks with the same words and the same label, as on the page."""

from __future__ import annotations

from typing import NamedTuple

from annotations.models import AgreementTarget
from annotations.scoring.report import AgreementReport
from annotations.scoring.score_rows import CodeAgreement


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
    present = report.worked_out.codes
    return [target_line(code, least, present.get(code)) for code, least in targets.items()]


def target_line(code: str, least: int, agreement: CodeAgreement | None) -> TargetLine:
    layer, _, label = code.partition(".")
    if agreement is None:
        return TargetLine(layer, label, least, 0, 0, None, "not annotated")
    state = "too few articles" if not agreement.is_enough else "under" if agreement.is_under(least) else "reached"
    return TargetLine(layer, label, least, *agreement, state)
