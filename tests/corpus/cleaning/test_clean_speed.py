"""Cleaning takes processor time in proportion to the text, whatever the text is."""

from __future__ import annotations

import time

import pytest

from corpus.cleaning.clean import clean

UNITS = {
    "blanks before a letter": " ",
    "an address that never ends": "a.",
    "letters": "a",
    "open tags": "<a ",
    "line ends": "\n",
    "short lines": "a\n",
    "full lines": "word " * 15 + "\n",
    "markers": "▲ a\n\n",
    "credit words": "Image: ",
    "credit lines": "Photo by a of \n\n",
    "leads of UTF-8": "Ã",
    "pairs of UTF-8": "Ã© ",
    "quotes cut short": "â€",
    "signs": "¡ã ",
    "controls": "\x80a",
    "Korean": "노동자들이 ",
    "Korean read as Latin-1": "³ëµ¿ÀÚµéÀÌ ",
    "brackets": "(",
}


def seconds(text: str) -> float:
    started = time.process_time()
    clean(text)
    return time.process_time() - started


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_eight_times_the_text_takes_at_most_twenty_times_as_long(unit: str) -> None:
    def text(size: int) -> str:
        return unit * (size // len(unit)) + "x"

    short = min(seconds(text(5_000)) for _ in range(3))
    assert min(seconds(text(40_000)) for _ in range(2)) < 20 * short + 0.1


def test_refusing_many_repairs_takes_about_as_long_as_making_them() -> None:
    text = "Ã© x " * 30_000
    keys = [repair.key for repair in clean(text).repairs[::3]]
    started = time.process_time()
    refused = clean(text, refuse=keys)
    assert time.process_time() - started < 3 * seconds(text) + 0.1
    assert len(refused.repairs) == 20_000
