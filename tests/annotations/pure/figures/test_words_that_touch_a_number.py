"""A number that is marked without its hedge has the value that its words have with it."""

import pytest

from annotations.figures import read, touching, words_of

# Text, with the mark in brackets; how the value reads; the hedges that belong to the mark.
CASES = [
    ("en", "more than [70] workers left", "gt 70", ["more than"]),
    ("en", "Nearly [400] people", "eq 400 ~", ["nearly"]),
    ("en", "at least [24] vessels", "ge 24", ["at least"]),
    ("en", "some [3,000] tons", "eq 3000 t ~", ["some"]),
    ("en", "up to about [300] workers", "le 300 ~", ["up to", "about"]),
    ("en", "no more than [60] crew", "le 60", ["no more than"]),
    ("en", "did not exceed [60] tonnes", "le 60 t", ["not exceed"]),
    ("en", "an average of [1,500] tonnes", "eq 1500 t mean", ["an average of"]),
    ("en", "they marched, over the hill, and [70] fell", "eq 70", []),
    ("en", "[20] workers or more", "ge 20", ["or more"]),
    ("en", "[600] or so", "eq 600 ~", ["or so"]),
    ("en", "[1.2] million barrels", "eq 1200000 [bbl_us]", []),
    ("en", "for $[45] million", "eq 45000000 USD", []),
    ("en", "sold coal at [$590] a tonne", "eq 590 USD/t", []),
    ("en", "sold it for [17 dollars] per barrel", "eq 17 USD/[bbl_us]", []),
    ("en", "[45,000] workers over two years", "eq 45000", []),
    ("en", "The ship left. More than\n[70] stayed", "eq 70", []),
    ("ko", "노동자 [70]여 명이", "gt 70", ["여"]),
    ("ko", "약 [400]명", "eq 400 ~", ["약"]),
    ("ko", "[50]명 이상이", "ge 50", ["이상"]),
    ("ko", "[60]톤 미만", "lt 60 t", ["미만"]),
    ("ko", "최대 [300]명", "le 300", ["최대"]),
    ("ko", "[120]명이 넘는", "gt 120", ["이 넘"]),
    ("ko", "계약 [70]건", "eq 70", []),
    ("ko", "[300]명 최대 규모", "eq 300", []),
    ("ko", "톤당 [590달러]에", "eq 590 USD/t", ["톤당"]),
    ("zh", "超过[70]名工人", "gt 70", ["超过"]),
    ("zh", "[70]多名工人", "gt 70", ["多"]),
    ("zh", "约[400]人", "eq 400 ~", ["约"]),
    ("zh", "[50]人以上", "ge 50", ["以上"]),
    ("zh", "[2000]人左右", "eq 2000 ~", ["左右"]),
    ("zh", "附近[70]人", "eq 70", []),
    ("zh", "50岁以上[70]人", "eq 70", []),
    ("zh", "每吨[590美元]", "eq 590 USD/t", ["每吨"]),
]


def marked(words):
    start, end = words.index("["), words.rindex("]") - 1
    text = words.replace("[", "", 1)
    text = text[:end] + text[end + 1 :]
    return text, [{"start": start, "end": end, "quote": text[start:end]}]


def as_words(reading):
    bounds = {"lt": [reading.high], "le": [reading.high], "between": [reading.low, reading.high]}
    numbers = " ".join(f"{number:f}" for number in bounds.get(reading.comparator, [reading.low]))
    unit = reading.currency or reading.unit or ""
    unit = f"{unit}/{reading.per_unit}" if reading.per_unit else unit
    statistic = "" if reading.statistic == "none" else reading.statistic
    return " ".join(filter(None, (reading.comparator, numbers, unit, "~" if reading.approximate else "", statistic)))


@pytest.mark.parametrize(("language", "words", "value", "hedges"), CASES, ids=[case[1] for case in CASES])
def test_the_value_has_them(scheme, language, words, value, hedges):
    text, fragments = marked(words)
    assert as_words(read(words_of(text, fragments, scheme), scheme, language)) == value
    assert list(touching(text, fragments, scheme).hedges) == hedges
