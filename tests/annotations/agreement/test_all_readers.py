"""Alpha of several readers together, against the published example, and its interval against resampling step by step."""

import numpy as np
import pytest

from annotations.agreement.all_readers import all_reader_measures, as_readers
from annotations.agreement.alpha import alpha, coincidences
from tests.scored import counts_of

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part C: four observers, twelve units, some not judged by all.
OBSERVERS = ["123321412...", "12332241 25.3".replace(" ", ""), ".33323422 51.".replace(" ", ""), "123324412 51.".replace(" ", "")]
UNITS = [[value for value in values if value != "."] for values in zip(*OBSERVERS, strict=True)]


def test_four_observers_with_missing_values_equal_the_published_value():
    units = [[labels, 1] for labels in UNITS if len(labels) > 1]
    [labels, _] = all_reader_measures([{"ACTOR": {"units": units, "unitising": {}}}])
    assert (labels.measure, labels.n, round(labels.value, 3)) == ("alpha_all", 40, 0.743)


def test_texts_add_up_to_the_whole():
    halves = [[[labels, 1] for labels in some if len(labels) > 1] for some in (UNITS[:5], UNITS[5:])]
    [labels, _] = all_reader_measures([{"ACTOR": {"units": units, "unitising": {}}} for units in halves])
    assert round(labels.value, 3) == 0.743
    assert labels.low is None, "two texts have no interval"


def test_two_readers_are_as_their_pair():
    counts = counts_of(ACTOR__PERSON=(3, 3, 3))
    counts["layers"]["ACTOR"]["same_words"] = [["PERSON", "PERSON", 3], ["GROUP", "PERSON", 1]]
    counts["layers"]["ACTOR"]["unitising"] = {"PERSON": [10, 40]}
    labels, stretches = all_reader_measures([as_readers(counts)])[:2]
    assert labels.value == pytest.approx(alpha([coincidences(["pp", "pp", "pp", "gp"])]))
    assert (labels.n, stretches.value, stretches.n) == (8, 0.75, 1)


def test_the_interval_draws_texts_and_works_chance_out_anew():
    chance = np.random.default_rng(7)
    units = [[["".join(chance.choice(list("aab"), 3)), 2], ["".join(chance.choice(list("ab"), 2)), 1]] for _ in range(20)]
    units = [[[list(labels), count] for labels, count in text] for text in units]
    [labels, stretches] = all_reader_measures([{"ACTOR": {"units": text, "unitising": {"a": [1, 2]}}} for text in units])
    drawn = np.random.default_rng(1).integers(20, size=(2_000, 20), dtype=np.int64)
    values = sorted(alpha([met_in(units[number] for number in sample)]) or 0 for sample in drawn)
    assert (labels.low, labels.high) == pytest.approx((values[50], values[1950]))
    assert labels.value == pytest.approx(alpha([met_in(units)]))
    assert (stretches.low, stretches.value, stretches.high) == (0.5, 0.5, 0.5)


def met_in(texts):
    return coincidences([labels for text in texts for labels, count in text for _ in range(count)])
