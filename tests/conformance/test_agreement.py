"""Agreement of three readings of the seed article, against the numbers that the packages of the field give."""

import itertools
import json

import pytest

from annotations.agreement.all_readers import all_reader_measures, reader_counts
from annotations.agreement.alpha import alpha, coincidences, labels_of_same_words, ratio
from annotations.agreement.bootstrap import intervals
from annotations.agreement.gamma import gamma
from annotations.agreement.marks import same_words
from annotations.agreement.pair_counts import pair_counts
from annotations.agreement.reading import ReadingView
from annotations.agreement.unitising import alpha_u, disagreements, units_of
from annotations.agreement.values import alpha_ratio
from annotations.scoring.differences import rows_of
from config.environment import ROOT

SHARED = ROOT.parent / "shared"
TEAMS, DOMAIN = SHARED / "teams", SHARED / "domain"
pytestmark = pytest.mark.others("teams", instead="tests/annotations/agreement/test_measures.py")

KINDS = {"ACTOR": "actor", "FIGURE": "figure", "EVENT": "event"}
PAIRS = ["AB", "AC", "BC"]
close = pytest.approx


@pytest.fixture(scope="module")
def expected():
    return json.loads((TEAMS / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def readings():
    files = {"A": DOMAIN / "gold_seed.json", "B": TEAMS / "reading_b.json", "C": TEAMS / "reading_c.json"}
    return {name: ReadingView(json.loads(file.read_text("utf-8")), KINDS) for name, file in files.items()}


@pytest.fixture(scope="module")
def counts(readings, expected):
    return {names: pair_counts(*(readings[name] for name in names), expected["length"]) for names in PAIRS}


def f1(tp, left, right):
    return 2 * tp / (left + right)


@pytest.mark.parametrize(("names", "layer"), [*itertools.product(PAIRS, KINDS)])
def test_marks_of_a_pair(names, layer, counts, expected):
    actual, wanted = counts[names]["layers"][layer], expected["layers"][names][layer]
    assert {key: actual[key] for key in wanted["counts"]} == wanted["counts"]
    assert f1(actual["exact"], actual["left"], actual["right"]) == close(wanted["f1_exact"])
    assert f1(actual["overlap"], actual["left"], actual["right"]) == close(wanted["f1_overlap"])
    assert sum(count for *_, count in actual["same_words"]) == wanted["same_words"]
    met = coincidences([labels for *labels, count in actual["same_words"] for _ in range(count)])
    assert alpha([met]) == close(wanted["alpha_label"])
    assert alpha_u(map(tuple, actual["unitising"].values())) == close(wanted["alpha_u"])


@pytest.mark.parametrize(("names", "layer"), [*itertools.product(PAIRS, KINDS)])
def test_gamma_of_a_pair(names, layer, readings, expected):
    left, right = (units_of(readings[name].layers[layer]) for name in names)
    actual, wanted = gamma(left, right, samples=300), expected["layers"][names][layer]
    assert actual.observed / ((len(left) + len(right)) / 2) == close(wanted["disorder"], abs=1e-6)
    assert 1 - actual.observed / actual.expected == close(wanted["gamma"], abs=0.01)


@pytest.mark.parametrize("names", PAIRS)
def test_intervals_with_segments_as_articles(names, readings, expected):
    segments = readings["A"].native["segments"]
    for layer in KINDS:
        rows = []
        for segment in segments:
            left, right = ([m for m in readings[n].layers[layer] if m["segment"] == segment["id"]] for n in names)
            rows.append([(2 * len(same_words(left, right)), len(left) + len(right))])
        [interval] = intervals(rows, resamples=9_999)
        assert interval == close(tuple(expected["layers"][names][layer]["interval_exact"]), abs=0.02)


@pytest.mark.parametrize("layer", KINDS)
def test_three_readings(layer, readings, expected):
    wanted = expected["layers"]["ABC"][layer]
    marks = [reading.layers[layer] for reading in readings.values()]
    labels = labels_of_same_words(marks)
    assert len(labels) == wanted["same_words"]
    assert alpha([coincidences(labels)]) == close(wanted["alpha_label"])
    assert alpha_u(disagreements([units_of(each) for each in marks], expected["length"]).values()) == close(wanted["alpha_u"])
    counts = {layer: reader_counts([*readings.values()], expected["length"])[layer]}
    assert [each.value for each in all_reader_measures([counts])] == close([wanted["alpha_label"], wanted["alpha_u"]])


@pytest.mark.parametrize("names", PAIRS)
def test_values_events_sources_and_entities_of_a_pair(names, counts, expected):
    actual, wanted = counts[names], expected["pairs"][names]
    assert {key: actual["figures"][key] for key in ("pairs", "right", "fields")} == {
        key: wanted["figures"][key] for key in ("pairs", "right", "fields")
    }
    assert alpha_ratio(actual["numbers"]) == close(wanted["alpha_ratio"])
    by_unit = {unit: alpha([coincidences(pairs)], ratio) for unit, pairs in actual["numbers"].items()}
    assert {unit: value for unit, value in by_unit.items() if value is not None} == close(
        {unit: value for unit, value in wanted["alpha_ratio_by_unit"].items() if value is not None}
    )
    assert by_unit.keys() == wanted["alpha_ratio_by_unit"].keys()
    assert actual["events"] == wanted["events"]
    assert {key: actual["arguments"][key] for key in ("left", "right", "tp")} == {
        key: wanted["arguments"][key] for key in ("left", "right", "tp")
    }
    assert actual["sources"] == {key: wanted["sources"][key] for key in ("pairs", "same")}
    entities = actual["entities"]
    assert (entities["precision"] / entities["marks"], entities["recall"] / entities["marks"]) == close(
        (wanted["b_cubed"]["precision"], wanted["b_cubed"]["recall"])
    )


PLANTED = {
    "B": {
        ("mark", "words", "170"), ("mark", "label", "Chinese factories"), ("mark", "only left", "Liaoning Province"), ("mark", "only right", "they"),
        ("value", "low, high", "approximately one million KPW"), ("value", "approximate", "approximately 5000 to 7000"),
        ("mark", "words", "sending … back"), ("mark", "label", "leave"), ("event", "type", "leave"), ("argument", "worker", "leave"),
        ("argument", "origin", "return"), ("argument", "recipient", "pay"), ("source", "source", "about 7,800,000 KPW"),
        ("source", "source", "hardship"),
    },
    "C": {
        ("mark", "words", "170"), ("mark", "label", "factories"), ("mark", "only left", "Liaoning Province"),
        ("mark", "words", "newly-affluent middle class citizens"), ("value", "high", "dozens to hundreds of dollars"),
        ("mark", "only right", "jeopardy"), ("event", "status", "sent back"), ("argument", "count", "used to be"), ("source", "source", "bribe"),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_each_planted_difference_is_listed_and_a_reading_has_none_with_itself(name, readings):
    left, right = readings["A"], readings[name]
    listed = {(row.kind, row.outcome, row.quote) for row in rows_of(left, right)}
    assert PLANTED[name] - listed == set()
    assert ("entity" in {kind for kind, *_ in listed}) == (name == "B")
    assert rows_of(left, left) == []
