"""Compare names of all kinds and scripts with each other, beside `token_sort_ratio` of rapidfuzz over the same pairs.

Names are analysed once, as they are when they are stored; how long that takes, and their keys, has rows of its own.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from itertools import combinations

from rapidfuzz.fuzz import token_sort_ratio

from benchmarks.report import Row
from registry.names import compare_analysed, keys
from registry.names.tokens import AnalysedName, analyse

FAMILIES = "Kim Pak Ri Choe Jong Kang".split()
GIVEN = "Ye Je|Yeje|Mun Kil|Chol Su|Yong-ho|Song Hui".split("|")
WRITTEN = [
    *"김예제 리문길 金例題 李文吉 王小明".split(),
    "Иван Образцов",
    "Юрий Щукин",
    "محمد المثال",
    "حسن المثال",
    "Wang Xiaoming",
]
PEOPLE = [f"{family} {given}" for family in FAMILIES for given in GIVEN] + WRITTEN
SUBJECTS = "Exampel Muster Specimen Beispiel Obrazets Mithal".split()
FORMS = "Trading Corporation|Shipping Co., Ltd.|Bank AG|Bank No. 2|Industrial Development LLC|General Bureau 39|Holdings".split(
    "|"
)
BODIES = [f"{subject} {form}" for subject in SUBJECTS for form in FORMS] + ["예제무역회사", "例題有限公司", "ООО «Образец»"]


def measure(host: object, rounds: int) -> Iterator[Row]:
    rounds = max(3, rounds // 40)
    groups = [[analyse(name, "person") for name in PEOPLE], [analyse(name, "body") for name in BODIES]]
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    texts = [(name.text.casefold(), other.text.casefold()) for name, other in pairs]
    yardstick = a_second("token_sort_ratio", len(pairs), lambda: [token_sort_ratio(*pair) for pair in texts], rounds)
    yield yardstick
    yield a_second(
        "names compared and explained",
        len(pairs),
        lambda: [compare_analysed(*pair) for pair in pairs],
        rounds,
        yardstick.median,
        5_000,
    )
    names = [name for group in groups for name in group]
    yield a_second("  analysed", len(names), lambda: analyse_anew(names), rounds)
    yield a_second("  keys made", len(names), lambda: [keys(name) for name in names], rounds)


def analyse_anew(names: list[AnalysedName]) -> None:
    for name in names:
        analyse.__wrapped__(name.text, name.kind)


def a_second(
    name: str, count: int, work: Callable[[], object], rounds: int, yardstick: float | None = None, limit: float | None = None
) -> Row:
    """How many a second of processor time, which other programs on the machine do not change."""
    work()
    rates = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        rates.append(count / (time.process_time() - began))
    rates.sort()
    return Row(name, "a second", rates[0], statistics.median(rates), rates[-1], limit, yardstick, more_is_better=True)
