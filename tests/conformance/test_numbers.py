"""Figures of public test sets in English, Korean and Chinese, by language and kind."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from annotations.figures import FigureReading, read
from annotations.scheme.view import SchemeView
from tests.conformance.number_cases import SECONDS, Case, cases

pytestmark = pytest.mark.others("data", "numbers", instead="tests/annotations/pure/figures/test_phrases_nobody_tuned_on.py")

SCHEME = SchemeView(json.loads((Path(__file__).parents[2] / "domain" / "scheme.json").read_text("utf-8")))
# The data have no unit for years of age that are bounds.
AGE = re.compile(r"\d\s*(?:살|세)|[가-힣] 살")
Cell = tuple[str, str]

# (right, of how many that the scheme can hold). What is here is what was measured; it may rise and not fall.
# The data call 二十幾萬 200,000, which is read as 210,000 to 290,000. Of 17 cases of Chinese money one is ￥300, which stays open: the sign is that of two currencies.
FLOORS: dict[Cell, tuple[int, int]] = {
    ("en", "money"): (79, 80), ("en", "counts"): (131, 136), ("en", "ranges"): (50, 50),
    ("en", "percentages"): (8, 8), ("en", "durations"): (34, 34), ("en", "quantities"): (30, 31),
    ("ko", "money"): (42, 44), ("ko", "counts"): (141, 141), ("ko", "ranges"): (68, 70),
    ("ko", "percentages"): (14, 14), ("ko", "durations"): (8, 8),
    ("zh", "money"): (16, 17), ("zh", "counts"): (190, 191), ("zh", "ranges"): (36, 39),
    ("zh", "percentages"): (78, 78), ("zh", "durations"): (9, 9),
}  # fmt: skip
# Cases that the scheme cannot hold, by the reason; number_cases.py says what each means.
OUT: dict[Cell, int] = {
    ("en", "more digits than a value has"): 3,
    ("en", "no currency of the scheme"): 19,
    ("en", "no number"): 12,
    ("en", "no unit of the scheme"): 75,
    ("ko", "more digits than a value has"): 3,
    ("ko", "no currency of the scheme"): 11,
    ("ko", "no number"): 3,
    ("ko", "no unit of the scheme"): 1,
    ("zh", "more digits than a value has"): 2,
    ("zh", "no currency of the scheme"): 2,
    ("zh", "no number"): 2,
    ("zh", "two units without a common one"): 1,
}


def right(case: Case, reading: FigureReading) -> bool:
    """Bounds and comparator, and what they are counted in. A part of a whole may be read as a percentage."""
    low, high, comparator = number(reading.low), number(reading.high), reading.comparator
    if case.comparator is None and comparator != "between":
        low = high = low if high is None else high
        comparator = None
    if case.seconds is not None and case.unit is None:
        return reading.unit in SECONDS and low is not None and same(low * SECONDS[reading.unit], case.seconds)
    if (case.currency, case.comparator) != (reading.currency, comparator):
        return False
    if case.unit is None and reading.unit == "%":
        return share(low, case.low) and share(high, case.high)
    counted = case.unit or ("a" if AGE.search(case.words) else None)
    return reading.unit in (case.unit, counted) and same(low, case.low) and same(high, case.high)


def number(value: object) -> float | None:
    return None if value is None else float(str(value))


def same(ours: float | None, theirs: float | None) -> bool:
    """The data have 15 digits, a value six decimals."""
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs) <= max(1e-9 * abs(theirs), 6e-7)


def share(ours: float | None, theirs: float | None) -> bool:
    """Shares in words are read to the hundredth of a percent: two thirds are 66.67 %."""
    if ours is None or theirs is None:
        return ours is theirs
    return abs(ours - theirs * 100) <= 0.005


def line(case: Case, reading: FigureReading) -> str:
    wanted = f"{case.comparator or ''} {case.low:g}" if case.low == case.high else f"{case.comparator} {case.low}–{case.high}"
    found = (
        f"{reading.comparator} {reading.low}–{reading.high} {reading.currency or reading.unit or ''} {' '.join(reading.warnings)}"
    )
    return f"{case.language} {case.kind}: {case.words!r} is {wanted.strip()} {case.currency or case.unit or ''}, read {found.strip()}"


@pytest.fixture(scope="module")
def measured() -> tuple[dict[Cell, tuple[int, int]], Counter[Cell], list[str]]:
    """(cell → (right, held), what the scheme cannot hold by reason, lines about the failures)."""
    held: Counter[Cell] = Counter()
    good: Counter[Cell] = Counter()
    out: Counter[Cell] = Counter()
    failures = []
    for case in cases(SCHEME):
        if case.out:
            out[case.language, case.out] += 1
            continue
        held[case.language, case.kind] += 1
        reading = read(case.words, SCHEME, case.language)
        if right(case, reading):
            good[case.language, case.kind] += 1
        else:
            failures.append(line(case, reading))
    return {cell: (good[cell], count) for cell, count in held.items()}, out, failures


def test_no_language_and_kind_falls_below_what_it_reached(measured, tmp_path) -> None:
    table, out, failures = measured
    report = tmp_path / "numbers.txt"
    rows = [f"{language} {kind}: {good} of {held}" for (language, kind), (good, held) in table.items()]
    outside = [f"{language}, {reason}: {count}" for (language, reason), count in sorted(out.items())]
    report.write_text("\n".join([*rows, "", "Not right:", *failures, "", "The scheme cannot hold:", *outside, ""]), "utf-8")
    print(*rows, *failures, f"also in {report}", sep="\n")
    assert {cell: held for cell, (_, held) in table.items()} == {cell: held for cell, (_, held) in FLOORS.items()}
    assert [cell for cell, (good, _) in table.items() if good < FLOORS[cell][0]] == []


def test_of_the_english_cases_95_percent_are_right(measured) -> None:
    table, _, _ = measured
    english = [counts for (language, _), counts in table.items() if language == "en"]
    assert sum(good for good, _ in english) >= 0.95 * sum(held for _, held in english)
    assert all(good >= 0.95 * held for good, held in english)


def test_no_case_is_set_aside_without_being_counted(measured) -> None:
    _, out, _ = measured
    assert dict(out) == OUT


def test_what_the_scheme_lacks_is_not_read_as_something_else() -> None:
    """Words without a number have no value; a Canadian dollar is no dollar of the United States."""
    read_anyway = [
        (case.language, case.words, reading.currency)
        for case in cases(SCHEME)
        for reading in [read(case.words, SCHEME, case.language)]
        if (case.out == "no number" and reading.comparator) or (case.out == "no currency of the scheme" and reading.currency)
    ]
    assert read_anyway == []
