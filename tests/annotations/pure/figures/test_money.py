import pytest

from annotations.figures.currency import words_of
from annotations.scheme.view import SchemeView


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("45,000 RMB", "CNY"),
        ("45,000 yuan", "CNY"),
        ("45,000 renminbi", "CNY"),
        ("RMB45,000", "CNY"),
        ("45000CNY", "CNY"),
        ("4万5000元", "CNY"),
        ("4.5万人民币", "CNY"),
        ("4만5000위안", "CNY"),
        ("7,800,000 KPW", "KPW"),
        ("7,800,000 North Korean won", "KPW"),
        ("800,000 South Korean won", "KRW"),
        ("約76万3000円", "JPY"),
        ("500 yen", "JPY"),
        ("US$5 million", "USD"),
        ("5 million US dollars", "USD"),
        ("5 million U.S. dollars", "USD"),
        ("USD 45", "USD"),
        ("300美元", "USD"),
        ("HK$1.2m", "HKD"),
        ("€3.5bn", "EUR"),
        ("20 euros", "EUR"),
        ("£2m", "GBP"),
        ("5,000 roubles", "RUB"),
        ("5,000 rubles", "RUB"),
        ("20 Swiss francs", "CHF"),
    ],
)
def test_a_currency_that_is_named_in_full_is_stated(says, words, currency):
    found = says(words)
    assert (found["currency"], found["currency_basis"]) == (currency, "stated")


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("$120,000", "USD"),
        ("500 dollars", "USD"),
        ("300달러", "USD"),
        ("300ドル", "USD"),
        ("20 pounds", "GBP"),
    ],
)
def test_a_currency_that_is_named_in_part_is_inferred(says, words, currency):
    found = says(words)
    assert (found["currency"], found["currency_basis"]) == (currency, "inferred")


@pytest.mark.parametrize(
    ("words", "language", "warning"),
    [
        ("1,200 won", "en", "won may be KPW or KRW"),
        ("₩2 trillion", "en", "₩ may be KRW or KPW"),
        ("¥500", "en", "¥ may be JPY or CNY"),
        ("¥300", "zh", "¥ may be JPY or CNY"),
        ("￥300", "ja", "¥ may be JPY or CNY"),
        ("5억 원", "ko", "원 may be KRW or KPW"),
        ("173 won to the yuan", "en", "won may be KPW or KRW"),
    ],
)
def test_a_word_of_several_currencies_is_the_money_of_none(says, words, language, warning):
    found = says(words, language)
    assert "currency" not in found
    assert found["warnings"] == (warning,)


def test_letters_inside_a_word_are_no_currency(says):
    assert "currency" not in says("300 wonders")
    assert "currency" not in says("300 eurozone members")


def test_m_and_bn_are_scales_beside_a_currency(says):
    assert says("$1.2m")["low"] == 1200000
    assert says("€3bn")["low"] == 3000000000


def test_money_has_no_unit(says):
    assert "unit" not in says("$120m")


def test_a_currency_that_the_scheme_lacks_is_not_read(says, scheme_body):
    assert "currency" not in says("300 baht")
    scheme_body["currencies"].remove("CHF")
    assert all(code != "CHF" for code, _ in words_of(SchemeView(scheme_body)).values())


def test_a_currency_that_a_scheme_adds_is_read(scheme_body):
    scheme_body["currencies"].append("THB")
    scheme_body["currency_aliases"]["baht"] = "THB"
    words = words_of(SchemeView(scheme_body))
    assert words["baht"] == ("THB", True)
    assert words["thb"] == ("THB", True)


@pytest.mark.parametrize(
    ("words", "currency", "per"),
    [
        ("173 North Korean won to the yuan", "KPW", "CNY"),
        ("173 KPW per CNY", "KPW", "CNY"),
        ("8,000 KPW to the dollar", "KPW", "USD"),
        ("6.5 yuan for one dollar", "CNY", "USD"),
        ("173.33 KPW/CNY", "KPW", "CNY"),
    ],
)
def test_a_rate_has_two_currencies(says, words, currency, per):
    found = says(words)
    assert (found["currency"], found["per_currency"], found["label"]) == (currency, per, "RATE")
    assert "warnings" not in found


def test_two_currencies_that_are_no_rate_are_told(says):
    found = says("5 yuan or dollars")
    assert found["currency"] == "CNY"
    assert found["warnings"] == ("more than one currency",)


def test_the_same_currency_twice_is_one(says):
    found = says("5 dollars to 7 dollars")
    assert (found["low"], found["high"], found["currency"]) == (5, 7, "USD")
    assert "warnings" not in found


def test_an_amount_of_money_is_guessed_to_be_money(says):
    assert says("45,000 RMB")["label"] == "MONEY"
    assert says("dozens to hundreds of dollars")["label"] == "MONEY"
