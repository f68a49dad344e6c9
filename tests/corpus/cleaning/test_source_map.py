"""The way from the clean text to the raw one and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning.source_map import COPY, Run, SourceMap, identity

# raw   "ab\n\u00a0cd¡ãe"  ->  clean  "ab cd▲e\n"
MAP = SourceMap.of(
    [
        Run(0, 2, 0, 2, COPY),
        Run(2, 3, 2, 4, "rejoin"),
        Run(3, 5, 4, 6, COPY),
        Run(5, 6, 6, 8, "mojibake"),
        Run(6, 7, 8, 9, COPY),
        Run(7, 8, 9, 9, "final_newline"),
    ]
)


@pytest.mark.parametrize(("clean", "raw"), [(0, 0), (1, 1), (2, 2), (3, 4), (4, 5), (5, 6), (6, 8), (7, 9), (8, 9)])
def test_a_clean_offset_goes_to_the_raw_character_it_stands_before(clean: int, raw: int) -> None:
    assert MAP.to_raw(clean) == raw


@pytest.mark.parametrize(
    ("raw", "clean"),
    [(0, 0), (2, 2), (3, 2), (4, 3), (6, 5), (7, 5), (8, 6), (9, 7)],
)
def test_a_raw_offset_inside_a_repair_goes_to_its_beginning(raw: int, clean: int) -> None:
    assert MAP.to_clean(raw) == clean


@pytest.mark.parametrize(
    ("clean", "raw"),
    [
        ((0, 2), (0, 2)),  # ends before the repair, so no part of it is in
        ((1, 4), (1, 5)),  # over it
        ((2, 3), (2, 4)),  # it alone
        ((5, 6), (6, 8)),
        ((4, 7), (5, 9)),
        ((7, 8), (9, 9)),  # what was made of nothing
        ((3, 3), (4, 4)),
    ],
)
def test_a_range_covers_whole_characters_and_whole_repairs(clean: tuple[int, int], raw: tuple[int, int]) -> None:
    assert MAP.range_to_raw(*clean) == raw


@pytest.mark.parametrize(
    ("raw", "clean"),
    [((0, 2), (0, 2)), ((3, 5), (2, 4)), ((7, 8), (5, 6)), ((6, 9), (5, 7)), ((4, 4), (3, 3))],
)
def test_a_raw_range_comes_back_as_a_clean_one(raw: tuple[int, int], clean: tuple[int, int]) -> None:
    assert MAP.range_to_clean(*raw) == clean


def test_what_was_dropped_has_an_empty_clean_range() -> None:
    dropped = SourceMap.of([Run(0, 1, 0, 1, COPY), Run(1, 1, 1, 3, "leading_space"), Run(1, 2, 3, 4, COPY)])
    assert dropped.range_to_clean(1, 3) == (1, 1)
    assert dropped.range_to_raw(0, 1) == (0, 1)
    assert dropped.range_to_raw(1, 2) == (3, 4)


@pytest.mark.parametrize("offset", [-1, 9])
def test_a_clean_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match=f"offset {offset} is outside 0 … 8"):
        MAP.to_raw(offset)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        MAP.range_to_raw(3, 2)
    with pytest.raises(ValueError, match="outside"):
        MAP.range_to_clean(3, 10)


@pytest.mark.parametrize(
    "runs",
    [
        [Run(1, 2, 0, 1, COPY)],
        [Run(0, 1, 0, 1, COPY), Run(1, 2, 2, 3, COPY)],
        [Run(0, 2, 0, 1, COPY)],
        [Run(0, 1, 0, 1, COPY), Run(1, 0, 1, 2, "rejoin")],
    ],
)
def test_runs_that_do_not_tile_are_refused(runs: list[Run]) -> None:
    with pytest.raises(ValueError, match="source map"):
        SourceMap.of(runs)


def test_the_json_form_comes_back_as_the_same_map() -> None:
    assert SourceMap.of(Run(**run) for run in MAP.as_dicts()) == MAP
    assert MAP.as_dicts()[1] == {
        "clean_start": 2,
        "clean_end": 3,
        "raw_start": 2,
        "raw_end": 4,
        "op": "rejoin",
    }


def test_the_map_of_an_empty_text_has_one_offset() -> None:
    assert identity(0).runs == ()
    assert identity(0).to_raw(0) == identity(0).to_clean(0) == 0
    assert identity(0).range_to_raw(0, 0) == (0, 0)


def test_the_identity_moves_nothing() -> None:
    assert [identity(3).to_raw(n) for n in range(4)] == [0, 1, 2, 3]
    assert identity(3).range_to_clean(1, 3) == (1, 3)


@st.composite
def maps(draw: st.DrawFn) -> SourceMap:
    runs: list[Run] = []
    clean = raw = 0
    for _ in range(draw(st.integers(0, 12))):
        wide, raw_wide = draw(st.integers(0, 4)), draw(st.integers(0, 4))
        op = COPY if wide == raw_wide and draw(st.booleans()) else "repair"
        if wide or raw_wide:
            runs.append(Run(clean, clean + wide, raw, raw + raw_wide, op))
            clean, raw = clean + wide, raw + raw_wide
    return SourceMap.of(runs)


@given(maps())
def test_both_ways_are_monotone_and_stay_inside(a_map: SourceMap) -> None:
    raws = [a_map.to_raw(n) for n in range(a_map.clean_length + 1)]
    cleans = [a_map.to_clean(n) for n in range(a_map.raw_length + 1)]
    assert raws == sorted(raws)
    assert cleans == sorted(cleans)
    assert all(0 <= raw <= a_map.raw_length for raw in raws)
    assert all(0 <= clean <= a_map.clean_length for clean in cleans)


@given(maps())
def test_a_copied_character_goes_there_and_back(a_map: SourceMap) -> None:
    for run in a_map.runs:
        if run.op == COPY:
            for clean in range(run.clean_start, run.clean_end):
                assert a_map.to_clean(a_map.to_raw(clean)) == clean


@given(maps(), st.data())
def test_a_range_covers_what_its_raw_range_gives_back(a_map: SourceMap, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, a_map.clean_length))
    end = data.draw(st.integers(start, a_map.clean_length))
    raw_start, raw_end = a_map.range_to_raw(start, end)
    assert raw_start <= raw_end
    if raw_start < raw_end:
        back_start, back_end = a_map.range_to_clean(raw_start, raw_end)
        copies = [n for run in a_map.runs if run.op == COPY for n in range(run.clean_start, run.clean_end)]
        assert all(back_start <= n < back_end for n in copies if start <= n < end)
