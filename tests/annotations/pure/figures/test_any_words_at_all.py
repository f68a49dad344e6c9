"""Whatever is marked, the reader answers, and what it says obeys the rules of figures."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.figures import read
from annotations.rules.figures import PERIOD, agree
from tests.annotations.pure.conftest import VIEW

PIECES = (
    "a half of third two three hundred thousand million and to between 5 300 45,000 4万 5000 元 % percent per month every $ won yuan more than "
    "about dozens 年 月 日 9 … - / . , 割 百分之 十 one in ten ² ๓ 1⁄3 ½ 0 × dozen tens millions k m bn or so + ~ 여 約 人 first 第 at least up minus "
    "May Resolution no. 12:30 a year (etc.) "
    "万 亿 分之 点 余 几 个 成 半 이십 두 세 천 억 점 분의 과 반 달러 센트 ^ e cents dollars hundred point over quarter thirds twenty x 10"
).split()
PHRASES = st.lists(st.sampled_from(PIECES), max_size=9).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda joint: joint.join(words))
)


def check(words):
    reading = read(words, VIEW)
    if reading.comparator is None:
        assert reading.low is reading.high is None
        assert not reading.approximate
        return
    assert agree(reading.low, reading.high, reading.comparator)
    assert reading.approximate or not reading.vague
    assert reading.currency in (None, *VIEW.currencies)
    assert reading.per_currency in (None, *VIEW.currencies)
    assert (reading.currency is None) == (reading.currency_basis is None)
    assert reading.unit in (None, *VIEW.units)
    assert reading.per_period is None or PERIOD.fullmatch(reading.per_period)
    assert reading.label is None or VIEW.has_label("FIGURE", reading.label)


@settings(max_examples=300)
@given(PHRASES)
def test_phrases_of_figures_are_read_by_the_rules(words):
    check(words)


@given(st.text(max_size=60))
def test_any_text_is_read_by_the_rules(words):
    check(words)


def test_a_long_text_is_read_quickly():
    for words in (
        "9 " * 5000,
        "one " * 5000,
        "百" * 5000,
        "万" * 5000,
        "1e" * 5000,
        "9" * 5000,
        "half a " * 5000,
        "-" * 5000,
        "1/" * 5000,
    ):
        check(words)
