"""Every phrase of the first list of wrong readings (bounds, money, millions, ages), with what it says."""

from decimal import Decimal

import pytest

from annotations.figures import read


@pytest.mark.parametrize(
    ("language", "words", "wanted"),
    [
        # A denied bound is its opposite.
        ("en", "fines not to exceed $20 million", "le 20000000 USD"),
        ("en", "did not exceed 400 workers", "le 400"),
        ("en", "no higher than 12 percent", "le 12 %"),
        ("en", "no greater than 50", "le 50"),
        ("en", "not above 50", "le 50"),
        ("en", "never more than 60 workers", "le 60"),
        ("en", "not below 50", "ge 50"),
        ("en", "not more than 50", "le 50"),
        ("en", "not exceeding 50", "le 50"),
        ("en", "no fewer than 50", "ge 50"),
        ("zh", "不高于12%", "le 12 %"),
        ("zh", "没有超过400人", "le 400"),
        ("zh", "未超过50", "le 50"),
        ("zh", "不大于50", "le 50"),
        ("zh", "不超过50", "le 50"),
        ("zh", "不少于50", "ge 50"),
        ("ko", "400명을 초과하지 않는", "le 400"),
        ("ko", "400명을 넘지 않는다", "le 400"),
        # The money of other countries is not that of the scheme's.
        ("en", "HK $9 million", "eq 9000000 HKD"),
        ("en", "SG$9 million", "eq 9000000 SGD"),
        ("en", "CA$9 million", "eq 9000000 ?"),
        ("en", "AUD$ 9 million", "eq 9000000 ?"),
        ("en", "R$9 million", "eq 9000000 ?"),
        ("en", "TWD$300", "eq 300 ?"),
        ("en", "300 Fijian dollars", "eq 300 ?"),
        ("en", "300 Zimbabwean dollars", "eq 300 ?"),
        ("ko", "900만 홍콩달러", "eq 9000000 HKD"),
        ("ko", "호주달러 300", "eq 300 ?"),
        ("ko", "300북한원", "eq 300 KPW"),
        ("zh", "900万澳元", "eq 9000000 ?"),
        ("zh", "900万加元", "eq 9000000 ?"),
        ("zh", "900万新加坡元", "eq 9000000 SGD"),
        ("zh", "300朝元", "eq 300 KPW"),
        ("zh", "900万瑞士法郎", "eq 9000000 CHF"),
        ("ko", "900만 스위스프랑", "eq 9000000 CHF"),
        ("en", "SGD$30", "eq 30 SGD"),
        ("en", "CNY¥30", "eq 30 CNY"),
        # Million as m.
        ("en", "3.1m barrels of oil", "eq 3100000 [bbl_us]"),
        ("en", "6m tonnes of coal", "eq 6000000 t"),
        ("en", "7MM barrels", "eq 7000000 [bbl_us]"),
        ("en", "$7MM", "eq 7000000 USD"),
        ("en", "95 cents a barrel", "eq 0.95 USD"),
        ("en", "$5m", "eq 5000000 USD"),
        ("en", "10m euros", "eq 10000000 EUR"),
        ("en", "5M barrels", "eq 5000000 [bbl_us]"),
        # Korean ages.
        ("ko", "사십 세 미만", "lt 40 a"),
        ("ko", "육십 세 이상", "ge 60 a"),
        ("ko", "30세 이상", "ge 30 a"),
        ("ko", "사십 명 이상", "ge 40"),
        # Bounds that were missed.
        ("en", "600 or higher", "ge 600"),
        ("en", "300 or greater", "ge 300"),
        ("en", "topped 4,000 tons", "gt 4000 t"),
        ("en", "surpassed 3000", "gt 3000"),
        ("en", "north of 300", "gt 300"),
        ("ko", "120명 아래", "lt 120"),
        ("ko", "120명 밑", "lt 120"),
        ("zh", "三百或更多", "ge 300"),
        ("zh", "比170低", "lt 170"),
        ("zh", "小于 或 等于100", "le 100"),
        ("en", "a 12- to 15-year sentence", "between 12 15 a"),
        ("en", "8- to 10-ton", "between 8 10 t"),
        ("ko", "20부터 100까지", "between 20 100"),
        ("zh", "三成半", "eq 35 %"),
        ("zh", "半百", "eq 50"),
        ("ko", "셋 중 하나", "eq 33.33 %"),
        ("ko", "소총 1천200정", "eq 1200"),
        ("ko", "기관총 3천25정", "eq 3025"),
        ("ko", "1만2천여t", "gt 12000 t"),
        ("ko", "최장 9시간", "le 9 h"),
        ("ko", "한화 130억 원", "eq 13000000000 KRW"),
        ("en", "$5 million from 2019 to 2024", "eq 5000000 USD"),
    ],
)
def test_it_is_read_as_it_says(scheme, language, words, wanted):
    reading = read(words, scheme, language)
    comparator, *numbers = [
        part for part in wanted.split() if part[0].isdigit() or part in ("eq", "gt", "ge", "lt", "le", "between")
    ]
    unit = wanted.split()[-1] if wanted.split()[-1] not in (comparator, *numbers) else None
    bounds = [bound for bound in dict.fromkeys((reading.low, reading.high)) if bound is not None]
    assert (reading.comparator, bounds) == (comparator, [Decimal(number) for number in numbers])
    said = reading.currency or reading.unit
    assert said == (None if unit == "?" else unit)
    assert unit != "?" or reading.warnings


@pytest.mark.parametrize("words", ["2.5×10−3 kg", "16/5", "행정명령 13382호", "0645 hours"])
def test_what_is_not_understood_is_warned_of(scheme, words):
    assert read(words, scheme).warnings
