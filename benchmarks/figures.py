"""Read the values of figures from their words, beside finding nothing but their digits in the same words."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator

from annotations.figures import read
from annotations.scheme.view import SchemeView
from benchmarks.report import Row, times
from config.environment import ROOT

DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
EASTERN = ("4万5000元", "約76万3000円", "三百五十多人", "이십만 이천 달러", "수백 명", "1시간 30분")


def measure(host: object, rounds: int) -> Iterator[Row]:
    scheme = SchemeView(json.loads((ROOT / "domain" / "scheme.json").read_text("utf-8")))
    gold = json.loads((ROOT / "domain" / "gold_seed.json").read_text("utf-8"))
    words = [item["quote"] for item in gold["mentions"] if item["layer"] == "FIGURE"]
    yardstick = times("find the digits of 13 figures", seconds(lambda: [DIGITS.findall(each) for each in words], rounds))
    yield yardstick
    yield times(
        "read the values of the 13 figures of the gold",
        seconds(lambda: [read(each, scheme) for each in words], rounds),
        limit=13,
        yardstick=yardstick.median,
    )
    yield times(
        "  6 figures in Chinese, Japanese and Korean",
        seconds(lambda: [read(each, scheme, "zh") for each in EASTERN], rounds),
        limit=6,
        yardstick=yardstick.median * len(EASTERN) / len(words),
    )


def seconds(work: Callable[[], object], rounds: int) -> list[float]:
    """The first time makes the patterns, which stay; a server has them after its first figure."""
    work()
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken
