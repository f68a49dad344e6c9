"""Krippendorff's alpha of all readers of a text together, who may be more than two; not all of them need have marked the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from annotations.agreement.alpha import labels_of_same_words
from annotations.agreement.bootstrap import LEAST_ARTICLES, RESAMPLES, Numbers, drawn_sums, percentiles
from annotations.agreement.pair_counts import Counts
from annotations.agreement.reading import ReadingView
from annotations.agreement.summary import SEED, AgreementMeasure
from annotations.agreement.unitising import disagreements, units_of

# Sums of a text that are no label's.
DIFFERENT, OBSERVED, EXPECTED = SUMS = ("/different", "/observed", "/expected")
LEVEL = 0.95


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
    rows = [{layer: text_sums(part) for layer, part in counts.items()} for counts in texts]
    columns = columns_of(rows)
    table = np.zeros((len(texts), len(columns)))
    for row, counted in zip(table, rows, strict=True):
        for layer, part in counted.items():
            for name, number in part.items():
                row[columns[layer, name]] += number
    sums = np.concatenate(list(drawn_sums(table, RESAMPLES, SEED))) if len(texts) >= LEAST_ARTICLES else None
    measures = []
    for layer in dict.fromkeys(layer for layer, _ in columns):
        own = [number for (other, name), number in columns.items() if other == layer and name not in SUMS]
        labels = [columns[layer, DIFFERENT], *own]
        stretches = [columns[layer, OBSERVED], columns[layer, EXPECTED]]
        for measure, chosen, parts, filled in (
            ("alpha_all", labels, label_parts, own),
            ("alpha_u_all", stretches, stretch_parts, stretches[1:]),
        ):
            texts_with = int((table[:, filled].sum(axis=1) > 0).sum())
            n = round(table[:, own].sum()) if parts is label_parts else texts_with
            value, interval = estimated(table, sums if texts_with >= LEAST_ARTICLES else None, chosen, parts)
            measures.append(AgreementMeasure(measure, layer, value, n, *interval))
    return measures


def columns_of(rows: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[tuple[str, str], int]:
    """(layer, sum or label) → column of the table."""
    names = {(layer, name) for counted in rows for layer, part in counted.items() for name in part}
    return {name: number for number, name in enumerate(sorted(names))}


def text_sums(part: Mapping[str, Any]) -> dict[str, float]:
    """Of a layer of one text: how often each label was given, how much of it meets another one, and disorder of stretches."""
    sums: dict[str, float] = dict.fromkeys(SUMS, 0.0)
    for labels, count in part["units"]:
        for label in labels:
            sums[label] = sums.get(label, 0.0) + count
        alike = sum(labels.count(label) for label in labels)
        sums[DIFFERENT] += count * (len(labels) ** 2 - alike) / (len(labels) - 1)
    for observed, expected in part["unitising"].values():
        sums[OBSERVED] += observed
        sums[EXPECTED] += expected
    return sums


def label_parts(sums: Numbers) -> tuple[Numbers, Numbers]:
    """Agreement beyond chance, and the most there can be. Chance is worked out anew for each row, from how often it has each label."""
    total = sums[:, 1:].sum(axis=1)
    expected = (total**2 - (sums[:, 1:] ** 2).sum(axis=1)) / np.maximum(total - 1, 1)
    return expected - sums[:, 0], expected


def stretch_parts(sums: Numbers) -> tuple[Numbers, Numbers]:
    return sums[:, 1] - sums[:, 0], sums[:, 1]


def estimated(
    table: Numbers, sums: Numbers | None, columns: Sequence[int], parts: Callable[[Numbers], tuple[Numbers, Numbers]]
) -> tuple[float | None, tuple[float | None, float | None]]:
    """The value of all texts, and its percentile interval in drawn ones."""
    above, most = parts(table[:, columns].sum(axis=0)[None, :])
    value = float(above[0] / most[0]) if most[0] > 0 else None
    interval = (None, None) if sums is None or value is None else percentiles(*parts(sums[:, columns]), LEVEL)
    return value, interval
