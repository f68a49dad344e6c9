"""Agreement of a corpus: measures, labels, readers beside each other, articles, and where two readings differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.agreement.bootstrap import LEAST_ARTICLES
from annotations.agreement.summary import AgreementMeasure
from annotations.approval.verdicts import is_approvable
from annotations.models import GuidelineVersion, PairScore
from annotations.queries.chosen_articles import choices_of, chosen_by
from annotations.scoring.differences import differences
from annotations.scoring.drift import drift_lines
from annotations.scoring.looks import look_counts
from annotations.scoring.report import AGAINST, EACH, AgreementReport, LayerWeek, ReaderPair
from annotations.scoring.tables import TABLES
from annotations.scoring.targets import target_lines
from annotations.templatetags.codes import words
from corpus.models import Corpus, Membership
from corpus.plots.curves import DayCurve, Level, curves
from corpus.plots.elements import SvgElement, markup

PAGE = 50
# In this order: name, and whether each layer has a number of its own.
MEASURES = {
    "exact": "Marks: same words, same label (F1)",
    "overlap": "Marks: overlapping words, same label (F1)",
    "alpha_u": "Marked stretches (Krippendorff’s α_U)",
    "gamma": "Marked stretches with labels, of drawn pairs (γ)",
    "alpha_label": "Labels of the same words (Krippendorff’s α)",
    "alpha_all": "Labels of the same words, all readers together (Krippendorff’s α)",
    "alpha_u_all": "Marked stretches, all readers together (Krippendorff’s α_U)",
    "value": "Figures: equal values, of overlapping figures",
    "value_f1": "Figures: equal values (F1)",
    "alpha_ratio": "Figures: numbers of one unit (Krippendorff’s α, ratio)",
    "events_f1": "Events with overlapping triggers (F1)",
    "event_type": "Events: same type",
    "event_status": "Events: same status",
    "event_polarity": "Events: same polarity",
    "event_certainty": "Events: same certainty",
    "arguments_f1": "Arguments: same role, same filler (F1)",
    "source": "Sources of figures and events",
    "entity_precision": "Entities: left groups within right ones (B³ precision)",
    "entity_recall": "Entities: right groups within left ones (B³ recall)",
}
LEFT_OUT = {
    "texts_read_once": "Texts with one reading only",
    "not_independent": "Readings by annotators who could see the gold",
    "texts_pending": "Texts with three or more readings, not counted together yet",
    "pending": "Pairs not counted yet; the worker counts them every minute",
}


class MeasureLine(NamedTuple):
    """A row of the table: of some measures one number for each layer."""

    name: str
    layer: str
    measure: AgreementMeasure


class MatrixLine(NamedTuple):
    reader: str
    cells: list[ReaderPair | None]


class LayerLine(NamedTuple):
    """A week, and of each layer what there is of it."""

    week: date
    cells: list[tuple[str, LayerWeek | None]]


@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Needs the role reviewer. An address that names a reader or an outlet that the corpus does not have shows all."""
    corpus = corpus_for(request, slug)
    against, reader = request.GET.get("against", EACH), request.GET.get("reader", "")
    report = AgreementReport(corpus, request.user, against if against in AGAINST else EACH)
    choices = choices_of(corpus)
    chosen = chosen_by(request.GET, choices)
    report = replace(report, reader=reader if reader in report.names.values() else "", articles=chosen)
    named = {"against": report.against, "reader": report.reader, **chosen.values()}
    shown = {
        "corpus": corpus,
        "report": report,
        "against": AGAINST.items(),
        "readers": sorted(set(report.names.values())),
        "filters": [(name, getattr(chosen, name), values.items()) for name, values in choices.items() if values],
        "query": urlencode({name: value for name, value in named.items() if value}),
        "measures": lines(report),
        "labels": sorted(report.summary.labels, key=lambda row: (row.layer, row.f1_overlap, row.label)),
        "confusions": report.summary.confusions[:PAGE],
        "columns": sorted({pair.right for pair in report.readers}),
        "matrix": matrix(report.readers),
        "page": Paginator(sorted(report.scores, key=lambda row: (row.overlap, row.exact, row.pk)), PAGE).get_page(request.GET.get("page")),
        "left_out": [(LEFT_OUT[name], count) for name, count in report.left_out.items()],
        "trend": markup(drawn_weeks(report)) if len(report.weeks) > 1 else "",
        "layer_trend": markup(drawn_layers(report)) if len(report.weeks) > 1 and report.layer_weeks else "",
        "layer_names": layers_of(report),
        "layer_rows": layer_rows(report),
        "targets": target_lines(report),
        "looks": look_counts(report),
        "drift": drift_lines(report),
        "tables": [*TABLES],
        "least": LEAST_ARTICLES,
    }  # fmt: skip
    return render(request, "annotations/agreement.html", shown)


@require_safe
def pair(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Where two readings of a text differ."""
    corpus = corpus_for(request, slug)
    rows = PairScore.objects.for_user(request.user).filter(left__document__corpus=corpus)
    score = get_object_or_404(rows.select_related("left", "right__document__article").defer("right__document__text"), pk=pk)
    shown: dict[str, Any] = differences(score, AgreementReport(corpus, request.user).names)
    shown |= {"corpus": corpus, "score": score, "article": score.right.document.article}
    sides = ((shown["left"], score.left), (shown["right"], score.right))
    shown["approvable"] = [side for side in sides if is_approvable(side[1], request.user)]
    return render(request, "annotations/agreement_pair.html", shown)


def drawn_weeks(report: AgreementReport) -> SvgElement:
    """Marks by week, with the versions of guidelines as lines."""
    names = {"overlap": "Overlapping words, same label (F1)", "exact": "Same words, same label (F1)"}
    lines = [
        DayCurve(
            name,
            [
                (row.week, getattr(row, f1), f"Week of {row.week}: {getattr(row, f1):.3f}, {row.pairs} pairs")
                for row in report.weeks
            ],
        )
        for f1, name in names.items()
    ]
    return curves(lines, "Agreement of marks by week", top=1, events=guideline_days(report.corpus))


def drawn_layers(report: AgreementReport) -> SvgElement:
    """Each layer by week, and the targets of layers as lines."""
    points: dict[str, list[tuple[date, float, str]]] = {}
    for row in report.layer_weeks:
        point = (row.week, row.exact, f"Week of {row.week}: {row.exact:.3f}, {row.marks} marks")
        points.setdefault(row.layer, []).append(point)
    drawn = [DayCurve(layer_name(layer), values) for layer, values in points.items()]
    targets = [line for line in target_lines(report) if not line.label]
    levels = [Level(line.least / 100, f"Target, {layer_name(line.layer).lower()}: {line.least} %") for line in targets]
    events = guideline_days(report.corpus)
    return curves(drawn, "Agreement of each layer by week", top=1, events=events, levels=levels)


def layers_of(report: AgreementReport) -> list[str]:
    return list(dict.fromkeys(row.layer for row in report.layer_weeks))


def layer_rows(report: AgreementReport) -> list[LayerLine]:
    """The same as a table, with a column for each layer."""
    known = {(row.week, row.layer): row for row in report.layer_weeks}
    layers = layers_of(report)
    return [LayerLine(week, [(layer, known.get((week, layer))) for layer in layers]) for week in report.by_week]


def layer_name(code: str) -> str:
    return words(code).capitalize()


def guideline_days(corpus: Corpus) -> list[tuple[date, str]]:
    """Versions of its guidelines."""
    versions = GuidelineVersion.objects.filter(guideline__corpus=corpus).order_by("at", "pk").values_list("at", "title", "number")
    return [(at.date(), f"{title}, version {number}") for at, title, number in versions]


def corpus_for(request: HttpRequest, slug: str) -> Corpus:
    """Raises Http404 for outsiders, PermissionDenied for members below reviewers."""
    corpus: Corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, Membership.Role.REVIEWER)
    return corpus


def lines(report: AgreementReport) -> list[MeasureLine]:
    order = list(MEASURES)
    rows = [MeasureLine(MEASURES[each.measure], each.layer, each) for each in report.measures]
    return sorted(rows, key=lambda row: order.index(row.measure.measure))


def matrix(pairs: list[ReaderPair]) -> list[MatrixLine]:
    known = {(pair.left, pair.right): pair for pair in pairs}
    columns = sorted({right for _, right in known})
    return [MatrixLine(left, [known.get((left, right)) for right in columns]) for left in sorted({left for left, _ in known})]
