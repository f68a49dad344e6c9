"""A text cut into passages: nothing of a pattern is lost between two of them, and nothing is counted twice."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words.passages import LONGEST_PASSAGE, MOST_POSITIONS, passages, quoted, whole_text
from corpus.words.patterns import LONGEST_PATTERN, occurrences, read_pattern
from corpus.words.tokens import LONGEST_WORD, tokens


def cut(text, *segments):
    return list(passages(text, segments or [(0, len(text))]))


def hits(text, asked):
    """As a search finds them: in each passage by itself, each where it begins."""
    pattern = read_pattern(asked)
    for passage in cut(text):
        row = tokens(text, passage.start, passage.end)
        for first, last in occurrences(pattern, row):
            if row[first].start < passage.next:
                yield row[first].start, row[last].end


def test_a_passage_is_a_segment():
    text = "Workers sent home\n\n170 went"
    one, other = cut(text, (0, 17), (19, 27))
    assert (one.start, one.end, one.next) == (0, 17, 17)
    assert text[other.start : other.end] == "170 went"
    assert one.vector == "'workers':1 'sent':2 'home':3"
    assert one.words == ["workers", "sent", "home"]


def test_characters_are_kept_alone_and_two_by_two():
    (passage,) = cut("A社は北 朝")
    assert passage.positions == {"a": [1], "社": [2], "は": [3], "社は": [2], "北": [4], "は北": [3], "朝": [5], "北朝": [4]}
    assert passage.words == ["a"]


def test_what_no_segment_holds_is_a_passage_too():
    assert list(whole_text([(3, 5), (8, 9)], 12)) == [(0, 3), (3, 5), (5, 8), (8, 9), (9, 12)]
    assert list(whole_text([], 4)) == [(0, 4)]
    assert cut("… ! \n") == []


def test_passages_of_a_long_segment_overlap_by_the_longest_pattern():
    text = " ".join(f"w{n}" for n in range(1_000))
    rows = cut(text)
    assert len(rows) == 4
    for one, other in itertools.pairwise(rows):
        assert one.next == other.start
        assert len(tokens(text, other.start, one.end)) == LONGEST_PATTERN
    assert rows[-1].next == rows[-1].end == len(text)


def test_an_occurrence_in_an_overlap_is_counted_once():
    text = " ".join(f"w{n}" for n in range(1_000))
    for n in range(990):
        start = text.index(f"w{n} ")
        end = text.index(f" w{n + 5}")
        assert list(hits(text, f"w{n} ..5 w{n + 4}")) == [(start, end)], n


def test_the_longest_pattern_is_found_wherever_it_begins():
    text = " ".join(f"w{n}" for n in range(700))
    asked = "w{} ..20 w{} ..20 w{} ..20 w{} ..20 w{} ..20 w{} ..20 w{} ..20 w{}"
    for n in range(0, 550, 7):
        words = [n + 21 * step for step in range(8)]
        assert len(list(hits(text, asked.format(*words)))) == 1, n


@pytest.mark.parametrize("text", ["a " * 5_000, "人" * 5_000, "人a" * 2_500, "x" * 100_000, "か\u0301\u0302" * 3_000])
def test_hostile_texts_stay_within_what_postgresql_keeps(text):
    rows = cut(text)
    size = max(len(row) for passage in rows for row in passage.positions.values())
    assert size <= MOST_POSITIONS
    assert all(len(tokens(text, passage.start, passage.end)) <= LONGEST_PASSAGE for passage in rows)
    assert all(len(word) <= LONGEST_WORD for passage in rows for word in passage.positions)
    assert rows[-1].end == len(text.rstrip())
    assert len(rows) < 100


def test_every_occurrence_of_a_word_that_repeats_is_found_once():
    assert len(list(hits("a " * 5_000, "a"))) == 5_000
    assert len(list(hits("人" * 5_000, "人人"))) == 4_999


@given(
    st.text("ab人 \n", max_size=900).map(lambda text: text * 3), st.sampled_from(["a", "a b", "a ..3 b", "人人", "a|人 ..20 b"])
)
def test_cutting_changes_nothing_of_what_is_found(text, asked):
    row = tokens(text)
    whole = [(row[first].start, row[last].end) for first, last in occurrences(read_pattern(asked), row)]
    assert list(hits(text, asked)) == whole


def test_quotation_marks_and_backslashes_stay_letters():
    assert quoted(r"it's\x") == r"'it''s\\x'"
