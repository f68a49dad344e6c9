"""Krippendorff's alpha of all readers of a text together, who may be more than two; not all of them need have marked the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from annotations.agreement.alpha import Coincidences, alpha, coincidences, labels_of_same_words
from annotations.agreement.bootstrap import LEAST_ARTICLES, RESAMPLES, drawn_sums, intervals, percentiles
from annotations.agreement.pair_counts import Counts
from annotations.agreement.reading import ReadingView
from annotations.agreement.summary import SEED, AgreementMeasure
from annotations.agreement.unitising import disagreements, units_of

Interval = tuple[float, float]


def reader_counts(readings: Sequence[ReadingView], length: int) -> Counts:
    """Layer → `units`: the labels that the readers have given to the same words, and how often; `unitising`: as of a pair."""
    layers: Counts = {}
    for layer in readings[0].kinds:
        marks = [reading.layers[layer] for reading in readings]
        units = Counter(tuple(sorted(labels)) for labels in labels_of_same_words(marks))
        stretches = disagreements([units_of(each) for each in marks], length)
        layers[layer] = {
            "units": [[list(labels), count] for labels, count in sorted(units.items())],
            "unitising": {label: list(both) for label, both in stretches.items()},
        }
    return layers


def as_readers(pair: Counts) -> Counts:
    """The counts of a text with two readers, who are one pair."""
    return {
        layer: {"units": [[labels, count] for *labels, count in part["same_words"]], "unitising": part["unitising"]}
        for layer, part in pair["layers"].items()
    }


def all_reader_measures(texts: Sequence[Counts]) -> list[AgreementMeasure]:
    """`texts`: what `reader_counts` gives for each. `n`: labels of words that several readers have marked; of stretches, texts."""
    layers = list(dict.fromkeys(layer for counts in texts for layer in counts))
    return [
        measure
        for layer in layers
        for measure in (label_measure(layer, texts), stretch_measure(layer, [each[layer] for each in texts if layer in each]))
    ]


def label_measure(layer: str, texts: Iterable[Counts]) -> AgreementMeasure:
    counted = [text for counts in texts if (text := text_coincidences(counts.get(layer, {"units": []})["units"]))]
    sums: Counter[tuple[str, str]] = Counter()
    for each in counted:
        sums.update(each)
    low, high = alpha_interval(counted) if len(counted) >= LEAST_ARTICLES else (None, None)
    return AgreementMeasure("alpha_all", layer, alpha([sums]), round(sum(sums.values())), low, high)


def text_coincidences(units: Sequence[tuple[Sequence[str], int]]) -> Coincidences:
    sums: Counter[tuple[str, str]] = Counter()
    for labels, count in units:
        for key, one in coincidences([labels]).items():
            sums[key] += count * one
    return sums


def alpha_interval(texts: Sequence[Coincidences]) -> Interval:
    """Percentile bootstrap that draws texts. Chance is worked out anew for each sample, from how often it has each label."""
    labels = sorted({label for counts in texts for label, _ in counts})
    column = {label: number for number, label in enumerate(labels, start=1)}
    table = np.zeros((len(texts), len(labels) + 1))
    for row, counts in zip(table, texts, strict=True):
        for (one, other), count in counts.items():
            row[column[one]] += count
            row[0] += count * (one != other)
    sums = np.concatenate(list(drawn_sums(table, RESAMPLES, SEED)))
    total = sums[:, 1:].sum(axis=1)
    expected = (total**2 - (sums[:, 1:] ** 2).sum(axis=1)) / np.maximum(total - 1, 1)
    return percentiles(expected - sums[:, 0], expected, 0.95)


def stretch_measure(layer: str, texts: Sequence[Mapping[str, Counts]]) -> AgreementMeasure:
    rows = [[sum(both[side] for both in text["unitising"].values()) for side in (0, 1)] for text in texts]
    rows = [row for row in rows if row[1]]
    observed, expected = (sum(row[side] for row in rows) for side in (0, 1))
    low, high = (
        intervals([[(row[1] - row[0], row[1])] for row in rows], seed=SEED)[0] if len(rows) >= LEAST_ARTICLES else (None, None)
    )
    return AgreementMeasure("alpha_u_all", layer, 1 - observed / expected if expected else None, len(rows), low, high)
