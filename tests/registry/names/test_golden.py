"""A score that somebody saw can be had again: the golden table holds as long as the matcher has its number."""

from registry.names import MATCHER
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
