"""A score that somebody saw can be had again: the golden table holds as long as the matcher has its number."""

from itertools import batched, pairwise

import pytest

from registry.names import MATCHER, analyse, compare_analysed, may_reach
from tests.registry.names import golden


def test_each_line_is_as_it_was():
    changed = [
        row
        for row, line in zip(golden.rows(), golden.FILE.read_text("utf-8").splitlines(), strict=True)
        if golden.line_of(row.kind, row.name, row.other) != line
    ]
    assert changed == [], f"{len(changed)} lines differ: a matcher that gives other scores has another number"


def test_the_table_is_the_one_of_this_number():
    assert golden.digest(golden.FILE.read_text("utf-8")) == golden.DIGESTS[MATCHER]


def test_the_table_holds_600_lines_of_all_kinds_and_bands():
    rows = golden.rows()
    assert len(rows) == len({(row.kind, row.name, row.other) for row in rows}) == 600
    assert {row.kind for row in rows} == {"person", "body", "craft", "any"}
    bands = [sum(low <= row.score < high for row in rows) for low, high in ((0, 72), (72, 85), (85, 95), (95, 101))]
    assert min(bands) >= 40


def test_every_way_stands_in_the_table():
    ways = "same letters sound romanisation initial_sound hanja simplified chinese_reading consonants cyrillic joined split initial acronym number form"
    text = golden.FILE.read_text("utf-8")
    assert [way for way in ways.split() if f"={way}" not in text] == []


@pytest.mark.parametrize("least", [60, 72, 85])
def test_no_pair_that_reaches_a_score_is_said_to_be_out_of_reach(least):
    """Each pinned pair, and each name beside others that share words with it."""
    names = [(row.kind, analyse(each, row.kind)) for row in golden.rows() for each in (row.name, row.other)]
    pairs = [(one, other) for (kind, one), (kind_of_other, other) in pairwise(sorted(names, key=str)) if kind == kind_of_other]
    pairs += [(one, other) for (_, one), (_, other) in batched(names, 2)]
    pairs.append((analyse("Abt Cend Efl Ghop", "person"), analyse("Abtcendeflghop", "person")))  # no words that answer each other
    out_of_reach = [(one, other) for one, other in pairs if not may_reach(one, other, least)]
    assert len(out_of_reach) > 50
    assert [both for both in out_of_reach if compare_analysed(*both).score >= least] == []
