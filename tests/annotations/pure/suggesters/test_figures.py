"""Where numbers are found, in four languages, and what the reader makes of them."""

import pytest

from annotations.suggesters.figures import figures_in
from tests.annotations.pure.conftest import GOLD, TEXT, VIEW
from tests.regexes import seconds

MOST_SECONDS = 0.5


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "There used to be 300 North Korean workers here.", [("300", "PEOPLE")]),
        (
            "en",
            "They earn more than 45,000 RMB per month, about 20% of it in cash.",
            [("more than 45,000 RMB per month", "MONEY"), ("about 20%", "SHARE")],
        ),
        ("en", "On 11 September 2017 resolution 2375 was adopted; in 2018 nothing changed.", []),
        ("en", "A third of them, one of the best, left.", [("A third", "SHARE")]),
        ("en", "Dozens of ships and at least five trucks.", [("Dozens", "ITEMS"), ("at least five", "ITEMS")]),
        (
            "ko",
            "북한 노동자 170명이 단둥에서 돌아갔다. 월급은 약 4만5000위안이다.",
            [("170명", "PEOPLE"), ("약 4만5000위안", "MONEY")],
        ),
        (
            "ko",
            "공장 3곳, 최소 300여 명, 열두 명. 2017년 8월 결의 2371호.",
            [("3곳", "ITEMS"), ("최소 300여 명", "PEOPLE"), ("열두 명", "PEOPLE")],
        ),
        (
            "zh",
            "至少三百名朝鲜工人，每月工资约2500元，出口下降了30%。一个人走了。",
            [("至少三百名", "PEOPLE"), ("约2500元", "MONEY"), ("30%", "SHARE")],
        ),
        ("zh", "2017年9月11日第2375号决议，价值1.5亿美元，12艘船。", [("1.5亿美元", "MONEY"), ("12艘", "ITEMS")]),
        ("en", "💩 45,000 RMB", [("45,000 RMB", "MONEY")]),
        ("en", "", []),
    ],
)
def test_numbers_with_their_labels(language, text, expected):
    assert [(text[each.start : each.end], each.label) for each in figures_in(text, VIEW, language)] == expected


def test_what_is_counted_and_not_said_is_unsure():
    [sure, unsure] = figures_in("170 workers and 12 widgets", VIEW)
    assert (sure.is_sure, unsure.is_sure) == (True, False)


def test_the_numbers_of_the_seed():
    """By the floors that a program without a scheme at hand reached: of 13 figures all are found, 12 with their exact words and values."""
    gold = {(each["start"], each["fragments"][0]["end"]): each for each in GOLD["mentions"] if each["layer"] == "FIGURE"}
    seen = {(each.start, each.end): each for each in figures_in(TEXT, VIEW)}
    reached = [place for place in gold if any(place[0] < end and start < place[1] for start, end in seen)]
    exact = [place for place in gold if place in seen]
    right = [place for place in exact if all(value == said(seen[place], name) for name, value in of(gold[place]).items())]
    labels = [place for place in exact if seen[place].label == gold[place]["label"]]
    assert (len(gold), len(seen)) == (13, 13)
    assert (len(reached), len(exact), len(right), len(labels)) == (13, 12, 12, 10)


@pytest.mark.parametrize(
    "piece", ["1", "one ", "1, ", "at least ", "dozens of ", "1 to ", "四", "3만 ", "일", "약 ", "$", "per month "]
)
def test_hostile_words_end(piece):
    text = piece * (50_000 // len(piece))
    assert seconds(lambda each: list(figures_in(each, VIEW, "ko")), text) < MOST_SECONDS


def of(mark):
    return {name: mark["attributes"].get(name) for name in ("low", "high", "comparator", "currency")}


def said(figure, name):
    value = getattr(figure.reading, name)
    return float(value) if name in ("low", "high") and value is not None else value
