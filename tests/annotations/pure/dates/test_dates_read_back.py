"""A phrase that was made from a date or an interval reads back as it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.dates import Moment, Published, resolve
from annotations.text.edtf import bounds

DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
NEVER = Published(None, None)
ENGLISH = [
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day.day} {day:%B} {day.year}",
    lambda day: f"the {day.day}th of {day:%B}, {day.year}",
    lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    lambda day: f"{day.day:02}-{day:%b}-{day.year}",
    lambda day: day.isoformat(),
    lambda day: f"{day:%b}. {day.day} {day.year}",
]
OTHERS = [
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}년 {day.month}월 {day.day}일",
    lambda day: f"{day.year}.{day.month}.{day.day}",
]
FROM_TO = ["from {} to {}", "between {} and {}", "{} – {}", "{} to {}", "{} through {}"]
MONTHS = st.tuples(st.integers(1950, 2049), st.integers(1, 12))


@given(DAYS, st.sampled_from(ENGLISH + OTHERS))
def test_a_day_in_any_writing_is_stated(day, written):
    assert resolve(written(day), NEVER) == Moment(day.isoformat(), "stated")


@given(DAYS, st.integers(1, 4000), st.sampled_from(ENGLISH), st.sampled_from(FROM_TO))
def test_two_days_are_an_interval(first, days, written, joined):
    last = first + timedelta(days)
    assert resolve(joined.format(written(first), written(last)), NEVER) == Moment(f"{first}/{last}", "stated")


@given(MONTHS, st.integers(1, 40), st.sampled_from(["from {} to {}", "between {} and {}", "{} to {}"]))
def test_two_months_are_an_interval_and_a_year_said_once_binds_both(first, months, joined):
    year, month = divmod(first[0] * 12 + first[1] - 1 + months, 12)
    one, other = date(*first, 1), date(year, month + 1, 1)
    wanted = f"{one:%Y-%m}/{other:%Y-%m}"
    assert resolve(joined.format(f"{one:%B %Y}", f"{other:%B %Y}"), NEVER) == Moment(wanted, "stated")
    if one.year == other.year:
        assert resolve(joined.format(f"{one:%B}", f"{other:%B %Y}"), NEVER) == Moment(wanted, "stated")
        assert resolve(f"{one.year}年{one.month}月から{other.month}月", NEVER) == Moment(wanted, "stated")
        assert resolve(f"{one.year}년 {one.month}월부터 {other.month}월까지", NEVER) == Moment(wanted, "stated")
        assert resolve(f"{one.year}年{one.month}月至{other.month}月", NEVER) == Moment(wanted, "stated")


@given(st.integers(1950, 2049), st.integers(1, 4))
def test_a_quarter_has_its_code(year, number):
    wanted = Moment(f"{year}-{32 + number}", "stated")
    ordinal = ("first", "second", "third", "fourth")[number - 1]
    for words in (
        f"in the {ordinal} quarter of {year}",
        f"Q{number} {year}",
        f"{year}년 {number}분기",
        f"{year}年第{number}四半期",
    ):
        assert resolve(words, NEVER) == wanted


@given(DAYS, st.integers(1, 12), st.sampled_from(["day", "week"]), st.sampled_from(["after", "before"]))
def test_a_length_of_time_after_a_day_is_counted(day, count, unit, side):
    moved = day + timedelta(count * (7 if unit == "week" else 1) * (1 if side == "after" else -1))
    assert resolve(f"{count} {unit}s {side} {day:%B} {day.day}, {day.year}", NEVER) == Moment(moved.isoformat(), "resolved")


@pytest.mark.parametrize("weekday", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
@given(day=DAYS)
def test_next_and_coming_lie_after_publication_and_last_before(weekday, day):
    published = Published(day, day)
    for word in ("next", "coming", "this coming"):
        assert bounds(resolve(f"{word} {weekday}", published).edtf)[0] > day
    for word in ("last", "past"):
        assert bounds(resolve(f"{word} {weekday}", published).edtf)[1] < day


@given(
    st.lists(
        st.sampled_from(
            "next last from to between and since until by before after 2019 May 5 20th Monday weeks two ago the quarter first half of "
            "early end will closed 年 3月 작년 부터 まで 去年 三 日".split()
        ),
        max_size=8,
    ),
    DAYS,
)
def test_any_heap_of_such_words_gives_edtf_or_nothing(words, day):
    moment = resolve(" ".join(words), Published(day, day))
    if moment and moment.edtf:
        bounds(moment.edtf)
