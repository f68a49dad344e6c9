import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import fragments

TEXT = "They are sending their workers back home."
SENDING, BACK = {"start": 9, "end": 16, "quote": "sending"}, {"start": 31, "end": 35, "quote": "back"}


def part(start, end, quote=""):
    return {"start": start, "end": end, "quote": quote}


STRETCHES = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: part(pair[0], pair[0] + pair[1]))


def characters(stretch):
    return set(range(stretch["start"], stretch["end"]))


def test_the_quote_of_a_mark_shows_its_gaps():
    assert fragments.quote_of([SENDING]) == "sending"
    assert fragments.quote_of([SENDING, BACK]) == "sending … back"


def test_bounds_become_fragments_with_the_words_of_the_text():
    assert fragments.quoted(TEXT, [(9, 16), (31, 35)]) == [SENDING, BACK]


def test_the_envelope_reaches_from_the_first_to_the_last_character():
    assert fragments.envelope([SENDING, BACK]) == (9, 35)
    assert fragments.envelope([BACK, SENDING]) == (9, 35)


@given(STRETCHES, STRETCHES)
def test_two_stretches_lie_as_their_characters_do(a, b):
    ours, theirs = characters(a), characters(b)
    assert fragments.overlaps(a, b) == bool(ours & theirs)
    assert fragments.contains(a, b) == (ours >= theirs)
    assert fragments.nests(a, b) == (ours >= theirs or ours <= theirs)
    assert fragments.crosses(a, b) == bool(ours & theirs and ours - theirs and theirs - ours)


@given(STRETCHES, STRETCHES)
def test_two_stretches_are_apart_or_nest_or_cross(a, b):
    apart = not fragments.overlaps(a, b)
    assert [apart, fragments.nests(a, b), fragments.crosses(a, b)].count(True) == 1


def test_stretches_that_meet_are_apart():
    assert not fragments.overlaps(part(0, 5), part(5, 9))
    assert not fragments.crosses(part(0, 5), part(5, 9))


def test_a_claim_holds_a_mark_if_every_fragment_lies_in_its_content():
    content = [part(0, 20), part(30, 40)]
    assert fragments.holds(content, [SENDING, BACK])
    assert not fragments.holds(content[:1], [SENDING, BACK])
    assert not fragments.holds(content, [part(18, 32)])


def test_fragments_in_order_leave_a_gap():
    assert fragments.in_order([SENDING, BACK])
    assert not fragments.in_order([BACK, SENDING])
    assert not fragments.in_order([part(0, 5), part(5, 9)])
    assert fragments.touch([part(0, 5), part(5, 9)])
    assert not fragments.touch([part(0, 5), part(6, 9)])


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 3), (0, 42)])
def test_a_fragment_lies_inside_the_text_and_is_not_empty(start, end):
    assert not fragments.within(TEXT, part(start, end))


def test_a_fragment_may_be_the_whole_text():
    assert fragments.within(TEXT, part(0, len(TEXT)))


def test_a_quote_that_is_not_in_the_text_is_found():
    wrong = part(9, 16, "Sending")
    assert list(fragments.misquoted(TEXT, [SENDING, BACK])) == []
    assert list(fragments.misquoted(TEXT, [wrong, BACK])) == [wrong]
    assert list(fragments.misquoted(TEXT, [part(40, 50, ".")])) == [part(40, 50, ".")]


@pytest.mark.parametrize(("start", "end", "loose"), [(9, 16, False), (8, 16, True), (9, 17, True), (4, 5, True)])
def test_white_space_at_an_end_is_found(start, end, loose):
    assert fragments.has_loose_space(TEXT, part(start, end)) is loose


def test_a_no_break_space_is_white_space():
    assert fragments.has_loose_space("20\u00a0", part(0, 3))


def test_the_places_where_a_fragment_cuts_are_named():
    assert list(fragments.cut_at(TEXT, SENDING)) == []
    assert list(fragments.cut_at(TEXT, part(10, 14))) == [(10, "word"), (14, "word")]


def test_a_fragment_has_the_segment_in_which_it_lies_wholly():
    segments = [part(0, 10), part(12, 41)]
    assert fragments.segment_of(segments, BACK) == segments[1]
    assert fragments.segment_of(segments, SENDING) is None
    assert fragments.segment_of([], BACK) is None


def test_zones_under_a_fragment_are_those_that_share_a_character():
    credit, marker = part(34, 40), part(0, 1)
    assert fragments.zones_under([credit, marker], BACK) == [credit]
    assert fragments.zones_under([part(35, 40)], BACK) == []
