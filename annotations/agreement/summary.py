"""Measures of many pairs of readings: every score is a ratio of sums over articles, with an interval that draws articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, NamedTuple

from annotations.agreement.alpha import Coincidences, alpha, coincidences, ratio
from annotations.agreement.bootstrap import LEAST_ARTICLES, intervals
from annotations.agreement.pair_counts import Counts
from annotations.agreement.values import FIELDS

Key = tuple[str, str]  # the measure, and the layer or an empty text
Ratio = tuple[float, float]
ScoredPair = tuple[Hashable, Counts]  # article and counts
Weights = Mapping[Any, float]  # by article
WeightedCounts = tuple[Counts, float]

SEED = 1
LABEL = "label"  # its ratios are kept apart, since they are of labels
# Two readings without any of it agree; a share of nothing is no number.
# Their denominators are no number of anything: an area, and a disorder.
NUMBERLESS = {"alpha_u", "gamma"}
FULL_IF_EMPTY = {"exact", "overlap", "value_f1", "events_f1", "arguments_f1"}


class AgreementMeasure(NamedTuple):
    """`n`: what the ratio counts: marks, pairs or arguments of both readings, for gamma pairs of readings; `low` and `high` where there are enough articles."""

    measure: str
    layer: str
    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


class LabelAgreement(NamedTuple):
    layer: str
    label: str
    left: int
    right: int
    exact: int
    overlap: int
    low: float | None = None  # of the interval of `f1_exact`
    high: float | None = None
    weighted: tuple[float, float, float, float] | None = None  # left, right, exact, overlap, each article by its weight

    def weighing(self, sums: Sequence[float]) -> LabelAgreement:
        left, right, exact, overlap = sums
        return LabelAgreement(*self[:6], self.low, self.high, (left, right, exact, overlap))

    def within(self, measure: AgreementMeasure) -> LabelAgreement:
        """With the interval of its F1."""
        return LabelAgreement(*self[:6], measure.low, measure.high, self.weighted)

    @property
    def sums(self) -> tuple[float, float, float, float]:
        return self.weighted or (self.left, self.right, self.exact, self.overlap)

    @property
    def precision(self) -> float | None:
        """Of the right reading, if the left one is the gold."""
        _, right, exact, _ = self.sums
        return exact / right if right else None

    @property
    def recall(self) -> float | None:
        left, _, exact, _ = self.sums
        return exact / left if left else None

    @property
    def f1_exact(self) -> float:
        left, right, exact, _ = self.sums
        return 2 * exact / (left + right)

    @property
    def f1_overlap(self) -> float:
        left, right, _, overlap = self.sums
        return 2 * overlap / (left + right)


@dataclass(frozen=True)
class Confusion:
    """How often words that both have marked have these two different labels."""

    layer: str
    left: str
    right: str
    count: int


class AgreementSummary(NamedTuple):
    articles: int
    pairs: int
    measures: list[AgreementMeasure]
    labels: list[LabelAgreement]
    confusions: list[Confusion]


def summary(
    pairs: Iterable[ScoredPair], *, is_gold: bool = False, label: str = "", weights: Weights | None = None
) -> AgreementSummary:
    """`is_gold`: the left reading is the gold; `label`: whose marks alone are counted, if they are of one; `weights`: of articles that were
    drawn with unequal chances, 1 / chance each. Numbers of marks and pairs stay what was counted."""
    if weights:
        mean = fmean(weights.values())
        weights = {article: weight / mean for article, weight in weights.items()}
    by_article: dict[Hashable, Counter[tuple[Key, int]]] = defaultdict(Counter)
    every: list[WeightedCounts] = []
    for article, counts in pairs:
        every.append((counts, weights[article] if weights else 1))
        sums = by_article[article]
        for key, (numerator, denominator) in (ratios(counts, is_gold=is_gold) | label_ratios(counts)).items():
            sums[key, 0] += numerator  # type: ignore[assignment]
            sums[key, 1] += denominator  # type: ignore[assignment]
    measures = measured(list(by_article.values()), [weights[name] if weights else 1 for name in by_article]) if every else []
    of_labels = {each.layer: each for each in measures if each.measure == LABEL}
    measures = [each for each in measures if each.measure != LABEL]
    # Words that are chosen by a label say nothing of how labels are told apart.
    measures += alphas(every) if every and not label else []
    # Gamma is of drawn pairs only: n is their number.
    drawn = Counter(layer for counts, _ in every for layer in counts.get("gamma", {}))
    measures = [
        AgreementMeasure(*each[:3], drawn[each.layer], *each[4:]) if each.measure == "gamma" else each for each in measures
    ]
    labels = [row.within(of_labels[code_of(row.layer, row.label)]) for row in labels_of(every)]
    return AgreementSummary(len(by_article), len(every), measures, labels, confusions_of(every))


def code_of(layer: str, label: str) -> str:
    return f"{layer}.{label}"


def label_ratios(counts: Counts) -> dict[Key, Ratio]:
    """F1 of the same words and the same label, label by label."""
    return {
        (LABEL, code_of(layer, label)): (2 * exact, left + right)
        for layer, part in counts["layers"].items()
        for label, (left, right, exact, _) in part["labels"].items()
    }


def ratios(counts: Counts, *, is_gold: bool = False) -> dict[Key, Ratio]:
    """Numerator and denominator of what is a ratio, of one pair."""
    rows: dict[Key, Ratio] = {}
    for layer, part in counts["layers"].items():
        size = part["left"] + part["right"]
        rows["exact", layer] = (2 * part["exact"], size)
        rows["overlap", layer] = (2 * part["overlap"], size)
        for pairs in ("exact", "overlap") if is_gold else ():
            rows[f"{pairs}_precision", layer] = (part[pairs], part["right"])
            rows[f"{pairs}_recall", layer] = (part[pairs], part["left"])
        observed, expected = (sum(pair[side] for pair in part["unitising"].values()) for side in (0, 1))
        rows["alpha_u", layer] = (expected - observed, expected)
    for layer, (observed, expected) in counts.get("gamma", {}).items():
        rows["gamma", layer] = (expected - observed, expected)
    return rows | value_ratios(counts) if "figures" in counts else rows


def value_ratios(counts: Counts) -> dict[Key, Ratio]:
    """Of figures, events, arguments, sources and entities."""
    rows: dict[Key, Ratio] = {}
    figures, events, arguments = counts["figures"], counts["events"], counts["arguments"]
    rows["value", ""] = (figures["right"], figures["pairs"])
    for field in FIELDS:
        rows[f"figure_{field}", ""] = (figures["fields"][field], figures["pairs"])
    rows["value_f1", ""] = (2 * figures["right"], figures["left"] + figures["right_count"])
    rows["events_f1", ""] = (2 * events["pairs"], events["left"] + events["right"])
    for field in ("type", "status", "polarity", "certainty"):
        rows[f"event_{field}", ""] = (events[field], events["pairs"])
    rows["arguments_f1", ""] = (2 * arguments["tp"], arguments["left"] + arguments["right"])
    rows["source", ""] = (counts["sources"]["same"], counts["sources"]["pairs"])
    rows["entity_precision", ""] = (counts["entities"]["precision"], counts["entities"]["marks"])
    rows["entity_recall", ""] = (counts["entities"]["recall"], counts["entities"]["marks"])
    return rows


def measured(articles: Sequence[Mapping[tuple[Key, int], float]], weights: Sequence[float]) -> list[AgreementMeasure]:
    keys = list(dict.fromkeys(key for sums in articles for key, _ in sums))
    weighted = list(zip(articles, weights, strict=True))
    rows = [[(each * sums.get((key, 0), 0), each * sums.get((key, 1), 0)) for key in keys] for sums, each in weighted]
    ranges = intervals(rows, seed=SEED) if len(articles) >= LEAST_ARTICLES else [None] * len(keys)
    measures = []
    for n, (key, drawn) in enumerate(zip(keys, ranges, strict=True)):
        numerator, denominator = (sum(row[n][side] for row in rows) for side in (0, 1))
        value = numerator / denominator if denominator else (1.0 if key[0] in FULL_IF_EMPTY else None)
        counted = 0 if key[0] in NUMBERLESS else round(sum(sums.get((key, 1), 0) for sums in articles))
        low, high = drawn if drawn and denominator else (None, None)
        measures.append(AgreementMeasure(*key, value, counted, low, high))
    return measures


def alphas(every: Sequence[WeightedCounts]) -> list[AgreementMeasure]:
    """Of labels on the same words, layer by layer, and of numbers in one unit: chance needs all articles together, so that they have no
    interval here."""
    met, sizes = defaultdict[str, Counter[tuple[str, str]]](Counter), Counter[str]()
    numbers, bounds = defaultdict[str, Counter[tuple[float, float]]](Counter), 0
    for counts, weight in every:
        for layer, part in counts["layers"].items():
            for left, right, count in part["same_words"]:
                met[layer][left, right] += count * weight
                sizes[layer] += count
        for unit, pairs in counts.get("numbers", {}).items():
            bounds += len(pairs)
            for low, high in pairs:
                numbers[unit][low, high] += weight  # type: ignore[assignment]
    measures = [AgreementMeasure("alpha_label", layer, alpha([both_ways(pairs)]), sizes[layer]) for layer, pairs in met.items()]
    if all("numbers" not in counts for counts, _ in every):
        return measures
    return [*measures, AgreementMeasure("alpha_ratio", "", alpha(map(both_ways, numbers.values()), ratio), bounds)]


def both_ways[Value](pairs: Mapping[tuple[Value, Value], float]) -> Coincidences:
    """Of units with two values: `coincidences` without a step for each unit."""
    sums: Counter[tuple[Value, Value]] = Counter()
    for (left, right), count in pairs.items():
        for key, one in coincidences([(left, right)]).items():
            sums[key] += count * one  # type: ignore[assignment]
    return sums


def labels_of(every: Iterable[WeightedCounts]) -> list[LabelAgreement]:
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    weighted: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for counts, weight in every:
        for layer, part in counts["layers"].items():
            for label, numbers in part["labels"].items():
                sums[layer, label] = [a + b for a, b in zip(sums[layer, label], numbers, strict=True)]
                weighted[layer, label] = [a + weight * b for a, b in zip(weighted[layer, label], numbers, strict=True)]
    return [
        LabelAgreement(layer, label, left, right, exact, overlap).weighing(weighted[layer, label])
        for (layer, label), (left, right, exact, overlap) in sums.items()
    ]


def confusions_of(every: Iterable[WeightedCounts]) -> list[Confusion]:
    sums: Counter[tuple[str, str, str]] = Counter()
    for counts, _ in every:
        for layer, part in counts["layers"].items():
            for left, right, count in part["same_words"]:
                if left != right:
                    sums[layer, left, right] += count
    return [Confusion(*key, count) for key, count in sums.most_common()]
