"""Drift: a planted change is flagged two weeks later, and of runs without one only few are."""

import numpy as np
import pytest

from annotations.agreement.drift import ArticleScore, SeriesTable, SplitSeries, drifts

LABELS = {
    "ACTOR.PERSON": 6,
    "ACTOR.COMPANY": 4,
    "FIGURE.PEOPLE": 3,
    "EVENT.PAY": 3,
    "EVENT.TRADE": 2,
}  # marks of an article, on average
READERS = 4


def run(seed, weeks=8, per_week=12, change=None):
    """Articles of so many weeks, each read by two of the readers. `change`: label → agreement from week 6 on."""
    chance = np.random.default_rng(seed)
    articles = []
    for week in range(1, weeks + 1):
        for _ in range(per_week):
            ratios = {}
            hard = chance.beta(17, 3)  # articles differ
            for label, marks in LABELS.items():
                count = chance.poisson(marks)
                rate = (change or {}).get(label, hard) if week >= 6 else hard
                if count:
                    ratios[label] = (2.0 * chance.binomial(count, rate), 2.0 * count)
            both = [sum(side) for side in zip(*ratios.values(), strict=True)] or [0, 0]
            ratios = {("label", name): each for name, each in ratios.items()}
            ratios |= {("reader", str(number)): tuple(both) for number in chance.choice(READERS, 2, replace=False) if both[1]}
            articles.append(ArticleScore(week, ratios))
    return articles


def test_of_a_hundred_runs_without_a_change_at_most_eight_are_flagged():
    flagged = sum(bool(drifts(run(seed), shuffles=199)) for seed in range(100))
    assert 1 <= flagged <= 8


def test_a_change_at_week_six_is_flagged_by_week_eight():
    names = []
    for seed in range(20):
        rows = {row.series: row for row in drifts(run(1_000 + seed, change={"ACTOR.COMPANY": 0.5}), shuffles=199)}
        if row := rows.get(("label", "ACTOR.COMPANY")):
            names.append(row.week)
            assert row.before > row.after
    assert len(names) >= 19
    assert sorted(names)[len(names) // 2] == 6, "and mostly at its week"


def test_a_flagged_series_says_what_it_was_before_and_after():
    rows = drifts(run(5, per_week=20, change={"FIGURE.PEOPLE": 0.3}))
    [row] = [row for row in rows if row.series[1] == "FIGURE.PEOPLE"]
    assert (row.week, row.articles_before > 60, row.articles_after > 40) == (6, True, True)
    assert row.before_interval[0] <= row.before <= row.before_interval[1]
    assert row.after_interval[1] < row.before_interval[0]


@pytest.mark.parametrize("articles", [[], run(1, weeks=1), run(1, per_week=1), [ArticleScore(week, {}) for week in range(9)]])
def test_too_little_is_no_change(articles):
    assert drifts(articles) == []


def week_of_articles(week, count, same):
    return [ArticleScore(week, {("label", "X"): (2.0 * same, 20.0)})] * count


def test_a_series_before_and_after_a_week_between_its_neighbours():
    articles = [*week_of_articles(1, 5, 1), *week_of_articles(3, 25, 5), *week_of_articles(5, 9, 0), *week_of_articles(7, 30, 9)]
    articles += [*week_of_articles(9, 5, 1), ArticleScore(7, {("label", "Y"): (1.0, 1.0)})]
    table = SeriesTable(articles)
    split = table.split(SplitSeries(("label", "X"), 5, since=2, until=8))
    assert (split.articles_before, split.articles_after, split.before, split.after) == (25, 30, 0.5, 0.9)
    assert split.before_interval == (0.5, 0.5)
    whole = table.split(SplitSeries(("label", "X"), 5))
    assert (whole.articles_before, whole.articles_after) == (30, 35)
    assert table.split(SplitSeries(("label", "X"), 1)) is None, "nothing before"
    assert table.split(SplitSeries(("label", "Z"), 5)) is None
    assert SeriesTable([]).split(SplitSeries(("label", "X"), 5)) is None
