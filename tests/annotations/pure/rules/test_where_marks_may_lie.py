"""SPAN-01 to SPAN-06."""

import pytest

from annotations.rules.finding import MOST_NAMED
from annotations.scheme.view import SchemeView

# SPAN-01


@pytest.mark.parametrize(("start", "end"), [(411, 414), (413, 416), (0, 3), (3370, 3373)])
def test_span_01_other_words_at_the_offsets_are_refused(refused, of_gold, start, end):
    of_gold("F01")["fragments"][0].update(start=start, end=end)
    assert "SPAN-01" in refused("span", of_gold("F01"))


@pytest.mark.parametrize(("start", "end"), [(-3, 0), (412, 412), (415, 412), (3372, 3375)])
def test_span_01_offsets_outside_the_text_are_refused(refused, of_gold, start, end):
    of_gold("F01")["fragments"][0].update(start=start, end=end)
    assert "SPAN-01" in refused("span", of_gold("F01"))


def test_span_01_says_what_the_text_has_instead(reasons, of_gold):
    of_gold("F01")["fragments"][0]["quote"] = "301"
    assert reasons("span", of_gold("F01")) == ["the text has '300' at 412–415, not '301'"]


def test_span_01_holds_for_every_fragment(refused, of_gold):
    of_gold("F08")["fragments"][1]["quote"] = "per year"
    assert refused("span", of_gold("F08")) == ["SPAN-01"]


@pytest.mark.parametrize(
    ("kind", "pk", "field"), [("claim", "Q2", "content"), ("claim", "Q2", "cue"), ("citation", "R1", "fragments")]
)
def test_span_01_holds_for_claims_and_citations(refused, of_gold, kind, pk, field):
    of_gold(pk)[field][0]["quote"] += "x"
    assert refused(kind, of_gold(pk)) == ["SPAN-01"]


def test_span_01_holds_for_the_words_of_a_time(refused, of_gold):
    of_gold("EV16")["time"]["start"] += 1
    assert refused("event", of_gold("EV16")) == ["SPAN-01"]


def test_span_01_a_time_has_both_offsets_or_none(refused, of_gold):
    of_gold("EV16")["time"]["end"] = None
    assert refused("event", of_gold("EV16")) == ["SPAN-01"]


# SPAN-02


@pytest.mark.parametrize(("start", "end"), [(411, 415), (412, 416)])
def test_span_02_white_space_at_an_end_is_refused(refused, of_gold, move, start, end):
    move(of_gold("F01"), (start, end))
    assert refused("span", of_gold("F01")) == ["SPAN-02"]


def test_span_02_white_space_is_refused_in_claims_and_citations(refused, of_gold, text):
    of_gold("R1")["fragments"][0].update(end=265, quote=text[244:265])
    of_gold("Q2")["cue"][0].update(start=761, quote=text[761:766])
    assert refused("citation", of_gold("R1")) == ["SPAN-02"]
    assert refused("claim", of_gold("Q2")) == ["SPAN-02"]


@pytest.mark.parametrize(("start", "end"), [(523, 525), (524, 526)])
def test_span_02_a_cut_number_may_be_written_and_is_an_error(refused, codes, of_gold, move, start, end):
    move(of_gold("F02"), (start, end))
    assert refused("span", of_gold("F02")) == []
    assert codes() == {"SPAN-02"}


def test_span_02_a_cut_word_is_an_error(codes, of_gold, move):
    move(of_gold("A02"), (37, 40))
    assert codes() == {"SPAN-02"}


# SPAN-03


@pytest.mark.parametrize(
    ("pk", "start", "words"),
    [
        ("A03", 65, "a sewing factory"),
        ("A50", 2009, "their North Korean workers"),
        ("A44", 1709, "various factories"),
        ("A51", 2048, "The North Korean authorities"),
    ],
)
def test_span_03_an_article_possessive_or_quantifier_is_a_warning(found, of_gold, move, text, pk, start, words):
    assert text[start : start + len(words)] == words
    move(of_gold(pk), (start, start + len(words)))
    assert ("SPAN-03", "warning", (pk,)) in found()


def test_span_03_a_possessive_ending_is_a_warning(found, of_gold, move):
    move(of_gold("A08"), (212, 219))
    assert ("SPAN-03", "warning", ("A08",)) in found()


def test_span_03_closing_punctuation_is_a_warning(found, of_gold, move):
    move(of_gold("A11"), (359, 371))
    assert ("SPAN-03", "warning", ("A11",)) in found()


def test_span_03_a_comparator_is_no_quantifier(found):
    # F10 "more than half" is a figure of the gold.
    assert not [entry for entry in found() if entry[0] == "SPAN-03"]


def test_span_03_says_nothing_of_triggers(found, of_gold, move):
    move(of_gold("T23"), (1949, 1967))
    assert not [entry for entry in found() if entry[0] == "SPAN-03"]


# SPAN-04


def test_span_04_a_mark_over_two_paragraphs_is_an_error(codes, of_gold, move):
    move(of_gold("T01"), (45, 64))
    assert "SPAN-04" in codes()


def test_span_04_fragments_in_two_paragraphs_are_an_error(codes, of_gold, move):
    move(of_gold("T01"), (45, 56), (58, 64))
    assert {"SPAN-04", "SPAN-06"} <= codes()


def test_span_04_an_image_credit_is_not_marked(codes, of_gold, move):
    move(of_gold("A12"), (202, 210))
    assert codes() == {"SPAN-04"}


def test_span_04_a_zone_may_be_open_to_marks(codes, of_gold, move, scheme_body):
    move(of_gold("A12"), (202, 210))
    next(zone for zone in scheme_body["zone_kinds"] if zone["code"] == "credit")["annotate"] = True
    assert codes(scheme=SchemeView(scheme_body)) == set()


def test_span_04_holds_for_citations(codes, of_gold, move):
    move(of_gold("R1"), (195, 210))
    assert codes() == {"SPAN-04"}


# SPAN-05


def copied(gold, of_gold, pk, new):
    other = {**of_gold(pk), "id": new, "attributes": dict(of_gold(pk).get("attributes") or {})}
    gold["mentions"].append(other)
    return other


def test_span_05_the_same_words_twice_in_a_layer_are_an_error(found, gold, of_gold):
    copied(gold, of_gold, "A02", "A99")
    assert ("SPAN-05", "error", ("A02", "A99")) in found()


def test_span_05_marks_that_cross_in_a_layer_are_an_error(found, gold, of_gold, move):
    move(copied(gold, of_gold, "A01", "A99"), (19, 36))
    assert ("SPAN-05", "error", ("A01", "A99")) in found()


def test_span_05_a_name_inside_a_longer_name_is_a_warning(found, gold, of_gold, move):
    move(copied(gold, of_gold, "A02", "A99"), (5, 10))
    assert ("SPAN-05", "warning", ("A01", "A99")) in found()


def test_span_05_a_name_two_levels_deep_is_an_error(found, gold, of_gold, move):
    move(copied(gold, of_gold, "A02", "A98"), (5, 17))
    move(copied(gold, of_gold, "A02", "A99"), (5, 10))
    assert {("SPAN-05", "warning", ("A01", "A98")), ("SPAN-05", "error", ("A98", "A99"))} <= found()


def test_span_05_many_marks_in_one_place_are_named_by_a_few_others_each(found, gold, of_gold):
    for number in range(100):
        copied(gold, of_gold, "A02", f"X{number}")
    at_fault = [names for rule, _, names in found() if rule == "SPAN-05"]
    assert {name for names in at_fault for name in names} == {"A02", *(f"X{number}" for number in range(100))}
    assert len(at_fault) < 100 * (MOST_NAMED + 1)


def test_span_05_a_figure_inside_a_figure_is_an_error(found, gold, of_gold, move):
    move(copied(gold, of_gold, "F01", "F99"), (1672, 1676))
    assert ("SPAN-05", "error", ("F06", "F99")) in found()


def test_span_05_layers_may_overlap(gold):
    # EVENT T32 "repatriated" lies inside ACTOR A58 "repatriated workers".
    inner = next(item for item in gold["mentions"] if item["id"] == "T32")
    outer = next(item for item in gold["mentions"] if item["id"] == "A58")
    assert outer["start"] <= inner["start"] < inner["end"] <= outer["end"]


def test_span_05_a_figure_may_lie_in_the_gap_of_another(gold):
    inner = next(item for item in gold["mentions"] if item["id"] == "F09")
    outer = next(item for item in gold["mentions"] if item["id"] == "F08")
    assert outer["start"] < inner["start"] < inner["end"] < outer["end"]


# SPAN-06


def test_span_06_fragments_in_the_wrong_order_are_refused(refused, of_gold):
    of_gold("F08")["fragments"].reverse()
    assert refused("span", of_gold("F08")) == ["SPAN-06"]


def test_span_06_fragments_that_touch_are_refused(refused, of_gold, move):
    move(of_gold("A12"), (372, 377), (377, 380))
    assert "SPAN-06" in refused("span", of_gold("A12"))


def test_span_06_fragments_that_overlap_are_refused(refused, of_gold, move):
    move(of_gold("A12"), (372, 377), (375, 380))
    assert "SPAN-06" in refused("span", of_gold("A12"))


def test_span_06_fragments_in_two_sentences_are_refused(refused, of_gold, move):
    move(of_gold("T07"), (542, 548), (633, 642))
    assert refused("span", of_gold("T07")) == ["SPAN-06"]


def test_span_06_the_content_of_a_claim_may_run_over_sentences(refused, of_gold):
    assert ". But" in of_gold("Q2")["content"][0]["quote"]
    assert refused("claim", of_gold("Q2")) == []


def test_span_06_the_parts_of_a_claim_are_in_order(refused, of_gold, text):
    of_gold("Q2")["content"] = [{"start": a, "end": b, "quote": text[a:b]} for a, b in ((500, 520), (395, 441))]
    assert refused("claim", of_gold("Q2")) == ["SPAN-06"]
