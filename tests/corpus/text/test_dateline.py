"""Outlet and day in the first words of a report."""

import pytest

from corpus.text.dateline import dateline_of


@pytest.mark.parametrize(
    ("text", "outlet", "published"),
    [
        ("SEOUL, March 14, 2019 (Pacific Wire) — A ship left.", "Pacific Wire", "2019-03-14"),
        ("Ship leaves port\n\nSEOUL, 14 March 2019 (Pacific Wire) – A ship left.", "Pacific Wire", "2019-03-14"),
        ("UNITED NATIONS, Sept. 3 (Pacific Wire) - A ship left.", "Pacific Wire", ""),
        ("DANDONG, China (Harbour Press) — A ship left.", "Harbour Press", ""),
        ("NAMPO (Harbour Press) - A ship left.", "Harbour Press", ""),
        ("[서울=한빛통신] 기자 = 배가 떠났다.", "한빛통신", ""),
        ("(단둥=한빛통신) 기자 = 배가 떠났다.", "한빛통신", ""),
        ("东方社平壤3月14日电 一艘船离开。", "东方社", ""),
        ("东方社平壤2019年3月14日电 一艘船离开。", "东方社", "2019-03-14"),
        ("SEOUL, February 30, 2019 (Pacific Wire) — A ship left.", "Pacific Wire", ""),
    ],
)
def test_a_dateline_names_its_outlet_and_its_day(text, outlet, published):
    found = dateline_of(text)
    assert (found.outlet, found.published) == (outlet, published)
    assert found.words in text


@pytest.mark.parametrize(
    "text",
    [
        "The ship left Seoul on March 14, 2019 (local time) — nobody saw it.",
        "A ship (Pacific Star) left.",
        "[표1] 수출",
        "x" * 700 + "\nSEOUL, March 14, 2019 (Pacific Wire) — A ship left.",
        "",
    ],
)
def test_other_words_are_no_dateline(text):
    assert dateline_of(text) is None
