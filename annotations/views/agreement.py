"""Agreement of a corpus: measures, labels, readers beside each other, articles, and where two readings differ."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from annotations.agreement.bootstrap import LEAST_ARTICLES
from annotations.agreement.summary import AgreementMeasure
from annotations.approval.verdicts import is_approvable
from annotations.guidelines.agreement_by_version import version_lines
from annotations.models import GuidelineVersion, PairScore
from annotations.queries.chosen_articles import choices_of
from annotations.scoring.differences import differences
from annotations.scoring.looks import look_counts
from annotations.scoring.report import AgreementReport
from annotations.scoring.score_rows import LayerWeek, ReaderPair
from annotations.scoring.tables import TABLES
from annotations.scoring.targets import TargetLine, target_lines
from annotations.templatetags.codes import words
from annotations.templatetags.notices import count_unread
from annotations.views.agreement_filters import filters_of, query_of, report_of
from annotations.views.page_tag import if_unchanged, page_tag, with_tag
from corpus.accounts.signed_in import SignedIn
from corpus.db.compiled_queries import RepeatedRows, Slot
from corpus.models import Corpus, Membership
from corpus.plots.bars import CountBar, bars
from corpus.plots.curves import DayCurve, Level, curves
from corpus.plots.dots import Dot, dots
from corpus.plots.elements import SvgElement, markup

PAGE = 50
SHARE = 10  # per cent of articles read twice, as an example
TENTHS, ROUNDING = 10, 1e-9  # 0.3 is a little less than three tenths
# In this order: name, and whether each layer has a number of its own.
MEASURES = {
    "exact": "Marks: same words, same label (F1)",
    "overlap": "Marks: overlapping words, same label (F1)",
    "exact_precision": "Marks: same words, same label (precision of the reading)",
    "exact_recall": "Marks: same words, same label (recall of the gold)",
    "overlap_precision": "Marks: overlapping words, same label (precision of the reading)",
    "overlap_recall": "Marks: overlapping words, same label (recall of the gold)",
    "alpha_u": "Marked stretches (Krippendorff’s α_U)",
    "gamma": "Marked stretches with labels, of drawn pairs (γ)",
    "alpha_label": "Labels of the same words (Krippendorff’s α)",
    "alpha_all": "Labels of the same words, all readers together (Krippendorff’s α)",
    "alpha_u_all": "Marked stretches, all readers together (Krippendorff’s α_U)",
    "value": "Figures: equal values, of overlapping figures",
    "value_f1": "Figures: equal values (F1)",
    "figure_label": "Figures: same label",
    "figure_low": "Figures: same lower bound",
    "figure_high": "Figures: same upper bound",
    "figure_comparator": "Figures: same comparator",
    "figure_unit": "Figures: same unit",
    "figure_currency": "Figures: same currency",
    "figure_per_currency": "Figures: same currency of the rate",
    "figure_per_period": "Figures: same period",
    "figure_per_count": "Figures: same number of what it is counted by",
    "figure_approximate": "Figures: same flag “approximate”",
    "figure_vague": "Figures: same flag “vague”",
    "figure_statistic": "Figures: same statistic",
    "figure_use": "Figures: same use",
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
# What Krippendorff asks of an alpha: below the first, nothing should be concluded; below the second, tentatively at most.
TENTATIVE, RELIABLE = 0.667, 0.8
LEFT_OUT = {
    "texts_read_once": "Articles with one reading only",
    "not_independent": "Readings by annotators who could see the gold, or as reviewers other readings",
    "texts_pending": "Articles with three or more readings, not counted together yet",
    "pending": "Pairs not counted yet; the worker counts them every minute",
}


def versions() -> QuerySet[Any, Any]:
    """Of the guidelines of a corpus, in the order of time."""
    rows = GuidelineVersion.objects.filter(guideline__corpus=Slot("corpus"))
    return rows.order_by("at", "pk").values_list("at", "title", "number")


VERSIONS = RepeatedRows(versions)


class MeasureLine(NamedTuple):
    """A row of the table: of some measures one number for each layer. `reach`: of an alpha, which of the usual lines it reaches, in words."""

    name: str
    layer: str
    measure: AgreementMeasure
    reach: str = ""


class MatrixCell(NamedTuple):
    """Two readers, and the address of agreement between them."""

    pair: ReaderPair | None
    query: str


class MatrixLine(NamedTuple):
    reader: str
    cells: list[MatrixCell]


class DistributionLine(NamedTuple):
    """How many pairs have an exact F1 from `low` on and below `high`; the last one with 1."""

    low: float
    high: float
    pairs: int


class LayerLine(NamedTuple):
    """A week, and of each layer what there is of it."""

    week: date
    cells: list[tuple[str, LayerWeek | None]]


@require_safe
def agreement(request: SignedIn, slug: str) -> HttpResponse:
    """Needs the role reviewer. An address that names a reader or an outlet that the corpus does not have shows all."""
    corpus = corpus_for(request, slug)
    choices = choices_of(corpus)
    report = report_of(request, corpus, choices)
    unread = count_unread(request.user)
    shown = facts_of(report) | filters_of(report, choices)
    tag = page_tag(request, unread, [str(corpus), corpus.shown_role(request.user), report.key, *shown.values()])
    if answer := if_unchanged(request, tag):
        return answer
    shown |= {"corpus": corpus, "report": report, "unread": unread, **plots_and_tables(report, shown)}
    shown["page"] = Paginator(report.worked_out.scores, PAGE).get_page(request.GET.get("page"))
    return with_tag(render(request, "annotations/agreement.html", shown), tag)


def facts_of(report: AgreementReport) -> dict[str, Any]:
    """Of the page, all for which the database is asked, but for what the report has worked out under its key."""
    return {
        "left_out": [(LEFT_OUT[name], count) for name, count in report.left_out.items()],
        "targets": target_lines(report),
        "looks": look_counts(report),
        "versions": version_lines(report),
        "days": guideline_days(report.corpus),
        "unequal": report.weighted or report.has_unequal_chances,
        "example": "" if report.current.keys else example_of(report),
    }


def example_of(report: AgreementReport) -> str:
    """How many pairs a plan would give; empty where there are too few articles for one."""
    texts = report.corpus.articles.filter(deletion=None, copy_of=None, documents__isnull=False).distinct().count()
    pairs = texts * SHARE // 100
    return f"A plan with {SHARE} % of {texts:,} articles read twice would give {counted_pairs(pairs)}." if pairs else ""


def counted_pairs(pairs: int) -> str:
    return f"{pairs:,} pair{'' if pairs == 1 else 's'}"


def plots_and_tables(report: AgreementReport, shown: dict[str, Any]) -> dict[str, Any]:
    """What follows from it."""
    measures, made = lines(report), report.worked_out
    distribution = distribution_of(report)
    has_weeks = len(made.weeks) > 1
    return {
        "query": query_of(report),
        "distribution": distribution,
        "distribution_plot": markup(drawn_distribution(distribution)),
        "measures": measures,
        "alphas": markup(drawn_alphas(measures)) if any(line.reach for line in measures) else "",
        "labels": sorted(made.summary.labels, key=lambda row: (row.layer, row.f1_overlap, row.label)),
        "confusions": made.summary.confusions[:PAGE],
        "columns": sorted({pair.right for pair in made.readers}),
        "matrix": matrix(report),
        "trend": markup(drawn_weeks(report, shown["days"])) if has_weeks else "",
        "layer_trend": markup(drawn_layers(report, shown["targets"], shown["days"])) if has_weeks and made.layer_weeks else "",
        "layer_names": layers_of(report),
        "layer_rows": layer_rows(report),
        "drift": made.drift,
        "tables": [*TABLES],
        "least": LEAST_ARTICLES,
    }


@require_safe
def pair(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Where two readings of a text differ."""
    corpus = corpus_for(request, slug)
    rows = PairScore.objects.for_user(request.user).filter(left__document__corpus=corpus)
    score = get_object_or_404(rows.select_related("left", "right__document__article").defer("right__document__text"), pk=pk)
    shown: dict[str, Any] = differences(score, AgreementReport(corpus, request.user).names)
    shown |= {"corpus": corpus, "score": score, "article": score.right.document.article}
    sides = ((shown["left"], score.left), (shown["right"], score.right))
    shown["approvable"] = [side for side in sides if is_approvable(side[1], request.user)]
    return render(request, "annotations/agreement_pair.html", shown)


def drawn_weeks(report: AgreementReport, events: list[tuple[date, str]]) -> SvgElement:
    """Marks by week, with the versions of guidelines as lines."""
    names = {"overlap": "Overlapping words, same label (F1)", "exact": "Same words, same label (F1)"}
    lines = [
        DayCurve(
            name,
            [
                (row.week, getattr(row, f1), f"Week of {row.week}: {getattr(row, f1):.3f}, {row.pairs} pairs")
                for row in report.worked_out.weeks
            ],
        )
        for f1, name in names.items()
    ]
    return curves(lines, "Agreement of marks by week", top=1, events=events)


def drawn_layers(report: AgreementReport, lines: list[TargetLine], events: list[tuple[date, str]]) -> SvgElement:
    """Each layer by week, and the targets of layers as lines."""
    points: dict[str, list[tuple[date, float, str]]] = {}
    for row in report.worked_out.layer_weeks:
        point = (row.week, row.exact, f"Week of {row.week}: {row.exact:.3f}, {row.marks} marks")
        points.setdefault(row.layer, []).append(point)
    drawn = [DayCurve(layer_name(layer), values) for layer, values in points.items()]
    targets = [line for line in lines if not line.label]
    levels = [Level(line.least / 100, f"Target, {layer_name(line.layer).lower()}: {line.least} %") for line in targets]
    return curves(drawn, "Agreement of each layer by week", top=1, events=events, levels=levels)


def layers_of(report: AgreementReport) -> list[str]:
    return list(dict.fromkeys(row.layer for row in report.worked_out.layer_weeks))


def layer_rows(report: AgreementReport) -> list[LayerLine]:
    """The same as a table, with a column for each layer."""
    known = {(row.week, row.layer): row for row in report.worked_out.layer_weeks}
    layers = layers_of(report)
    return [LayerLine(week, [(layer, known.get((week, layer))) for layer in layers]) for week in report.worked_out.by_week]


def layer_name(code: str) -> str:
    return words(code).capitalize()


def guideline_days(corpus: Corpus) -> list[tuple[date, str]]:
    """Versions of its guidelines."""
    return [(at.date(), f"{title}, version {number}") for at, title, number in VERSIONS.all(corpus=corpus.pk)]


def corpus_for(request: SignedIn, slug: str) -> Corpus:
    """Raises Http404 for outsiders, PermissionDenied for members below reviewers."""
    corpus: Corpus = get_object_or_404(Corpus.objects.for_user(request.user), slug=slug)
    corpus.require(request.user, Membership.Role.REVIEWER)
    return corpus


def lines(report: AgreementReport) -> list[MeasureLine]:
    """Fields of figures only where there are figures to be compared."""
    order = list(MEASURES)
    measures = [each for each in report.worked_out.measures if each.n or not each.measure.startswith("figure_")]
    rows = [MeasureLine(MEASURES[each.measure], each.layer, each, reach_of(each)) for each in measures]
    return sorted(rows, key=lambda row: order.index(row.measure.measure))


def reach_of(measure: AgreementMeasure) -> str:
    """Empty: it is no alpha, or has no value."""
    if not measure.measure.startswith("alpha") or measure.value is None:
        return ""
    if measure.value >= RELIABLE:
        return "reaches 0.800"
    return "reaches 0.667, not 0.800" if measure.value >= TENTATIVE else "below 0.667"


def drawn_alphas(rows: list[MeasureLine]) -> SvgElement:
    """Every alpha with its interval, and the usual lines."""
    drawn = [
        Dot(
            name_of(row),
            row.measure.value,
            row.measure.low,
            row.measure.high,
            f"{name_of(row)}: {row.measure.value:.3f}, {row.reach}",
        )
        for row in rows
        if row.reach and row.measure.value is not None
    ]
    levels = [Level(TENTATIVE, "0.667: tentative conclusions"), Level(RELIABLE, "0.800: reliable")]
    return dots(drawn, "Krippendorff’s α beside 0.667 and 0.800", levels)


def name_of(row: MeasureLine) -> str:
    """With its layer in front, since long names are cut in the drawing."""
    name = row.name.partition(" (")[0]
    return f"{layer_name(row.layer)}: {name[0].lower()}{name[1:]}" if row.layer else name


def matrix(report: AgreementReport) -> list[MatrixLine]:
    known = {(pair.left, pair.right): pair for pair in report.worked_out.readers}
    names = set(report.names.values())

    def cell(left: str, right: str) -> MatrixCell:
        # Beside the gold one of the two is no reader; a person beside themselves is one.
        readers = [name for name in dict.fromkeys((left, right)) if name in names]
        return MatrixCell(known.get((left, right)), query_of(report, reader=readers))

    columns = sorted({right for _, right in known})
    return [MatrixLine(left, [cell(left, right) for right in columns]) for left in sorted({left for left, _ in known})]


def distribution_of(report: AgreementReport) -> list[DistributionLine]:
    """Of the pairs, by tenths."""
    counts = [0] * TENTHS
    for row in report.worked_out.scores:
        counts[min(TENTHS - 1, int(row.exact * TENTHS + ROUNDING))] += 1
    return [DistributionLine(at / TENTHS, (at + 1) / TENTHS, count) for at, count in enumerate(counts)]


def drawn_distribution(lines: list[DistributionLine]) -> SvgElement:
    named = [(f"{line.low:.1f}–{line.high:.1f}", line.pairs) for line in lines]
    return bars([CountBar(name, pairs, f"{name}: {pairs} pairs", "#articles") for name, pairs in named], "Pairs by exact F1")
