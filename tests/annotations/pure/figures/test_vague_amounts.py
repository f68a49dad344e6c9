import pytest

from annotations.figures import read
from annotations.scheme.view import SchemeView


def vague_words(scheme):
    return {entry["word"]: entry for entry in scheme.layer("FIGURE")["vague_words"]}


def test_every_word_of_the_table_has_the_bounds_of_the_table(scheme):
    for word, entry in vague_words(scheme).items():
        reading = read(word, scheme)
        assert (float(reading.low), float(reading.high)) == (entry["low"], entry["high"]), word
        assert reading.comparator == entry["comparator"], word
        assert reading.vague is entry["vague"], word
        assert reading.unit == entry.get("unit"), word


def test_vague_words_are_approximate(scheme):
    for word, entry in vague_words(scheme).items():
        assert read(word, scheme).approximate is entry["vague"]


def test_a_scheme_may_move_the_bounds(scheme_body):
    words = scheme_body["layers"][1]["vague_words"]
    next(entry for entry in words if entry["word"] == "dozens").update(low=20, high=60)
    reading = read("dozens", SchemeView(scheme_body))
    assert (reading.low, reading.high) == (20, 60)


def test_a_range_of_vague_words_reaches_from_the_lowest_to_the_highest(value):
    assert value("dozens to hundreds") == ("between", 24, 999)
    assert value("hundreds to thousands") == ("between", 200, 9999)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("several hundred", 200, 999),
        ("a few dozen", 24, 99),
        ("several thousand", 2000, 9999),
        ("tens of thousands", 20000, 99999),
        ("hundreds of thousands", 200000, 999999),
        ("tens of millions", 20000000, 99999999),
        ("hundreds of millions", 200000000, 999999999),
        ("数百", 200, 999),
        ("数十", 20, 99),
        ("数十人", 20, 99),
        ("几百", 200, 999),
        ("수백", 200, 999),
        ("수천", 2000, 9999),
    ],
)
def test_kindred_words_have_kindred_bounds(says, words, low, high):
    found = says(words)
    assert (found["low"], found["high"]) == (low, high)
    assert found["vague"] is True
    assert found["approximate"] is True


def test_more_than_a_vague_word_starts_at_its_lowest(says):
    found = says("more than dozens")
    assert (found["comparator"], found["low"], "high" in found) == ("gt", 24, False)
    assert found["vague"] is True


def test_a_dozen_is_a_number(says):
    assert says("a dozen") == {"low": 12, "high": 12, "comparator": "eq"}
    assert says("more than a dozen") == {"low": 12, "comparator": "gt"}
    assert says("two dozen")["low"] == 24


@pytest.mark.parametrize("words", ["many", "some", "several", "a few", "most", "all"])
def test_quantifiers_without_a_number_are_no_figure(says, words):
    assert says(words) == {}
