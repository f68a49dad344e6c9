"""The cross products of the tables: each negation with each bound, each dollar and won, each scale with each unit."""

from itertools import product

import pytest

from annotations.figures import read
from annotations.figures.lexicon import LEXICONS, currencies
from annotations.figures.lexicon.numerals import HAN_LARGE, HANGUL_LARGE

TURNED = {"gt": "le", "lt": "ge"}
ENGLISH, CHINESE, KOREAN = LEXICONS["en"], LEXICONS["zh"], LEXICONS["ko"]


def comparator(words, scheme, language="en"):
    return read(words, scheme, language).comparator


@pytest.mark.parametrize(("code", "words"), [("gt", ENGLISH.over), ("lt", ENGLISH.under)])
def test_a_denied_bound_is_its_opposite_in_english(scheme, code, words):
    for word in words:
        assert comparator(f"{word} 300 tonnes", scheme) == code, word
        for negation in ("not", "never", "must not be", "did not", "cannot", "without", "can't", "has never", "may not at any"):
            assert comparator(f"{negation} {word} 300 tonnes", scheme) == TURNED[code], (negation, word)


@pytest.mark.parametrize(("code", "words"), [("gt", CHINESE.over), ("lt", CHINESE.under)])
def test_a_denied_bound_is_its_opposite_in_chinese(scheme, code, words):
    for word in words:
        assert comparator(f"{word}300吨", scheme, "zh") == code, word
        for negation in ("不", "没有", "未", "不得", "不能", "不会", "从未", "未曾", "不应", "不许"):
            assert comparator(f"{negation}{word}300吨", scheme, "zh") == TURNED[code], (negation, word)


@pytest.mark.parametrize(
    ("code", "stem"),
    [
        ("gt", "을 초과"),
        ("gt", "을 넘"),
        ("gt", "을 웃돌"),
        ("lt", "을 밑돌"),
        ("gt", "보다 많"),
        ("lt", "보다 적"),
        ("gt", "보다 높"),
    ],
)
def test_a_denied_bound_is_its_opposite_in_korean(scheme, code, stem):
    verb = "하" if stem.endswith("초과") else ""
    endings = {"초과": "하는", "돌": "는"}
    plain = next((ending for end, ending in endings.items() if stem.endswith(end)), "은")
    assert comparator(f"300톤{stem}{plain}", scheme, "ko") == code
    for negation in ("지 않는", "지 않았다", "지 못한다", "지는 않는다", "지도 않았다"):
        assert comparator(f"300톤{stem}{verb}{negation}", scheme, "ko") == TURNED[code], negation


def test_what_denies_and_is_not_understood_leaves_the_figure_open(scheme):
    for words, language in (("not at least 300 workers", "en"), ("not 300", "en"), ("并非300人", "zh"), ("300명은 아니다", "ko")):
        reading = read(words, scheme, language)
        assert (reading.comparator, reading.warnings) == (None, ("a negation",)), words


def rows(*nouns):
    return [row for row in currencies.table(currencies.ROWS) if row[1] in nouns]


@pytest.mark.parametrize("row", rows("dollar", "won", "pound", "franc", "rupee", "peso"), ids=lambda row: row[0])
def test_the_money_of_each_country_is_its_own_in_three_scripts(scheme, row):
    code, noun, english, korean, chinese = row
    names = {form: cells for form, _, *cells in currencies.table(currencies.NOUNS)}[noun]
    plural = noun if noun == "won" else f"{noun}s"
    phrases = [(f"9 million {who} {plural}", "en") for who in english.split(", ")]
    phrases += [(f"900만 {who}{gap}{names[0].split()[0]}", "ko") for who in korean.split() for gap in ("", " ")]
    phrases += [(f"900만{who}{names[0].split()[0]}", "ko") for who in korean.split()]
    phrases += [(f"900万{who}{names[1].split()[0]}", "zh") for who in chinese.split()]
    phrases += (
        [(f"{code} 9 million", "en"), (f"{code}9 million", "en"), (f"9 million {code}", "en")] if code in currencies.CODES else []
    )
    for words, language in phrases:
        reading = read(words, scheme, language)
        assert (reading.low, reading.comparator) == (9_000_000, "eq"), words
        if code in scheme.currencies:
            assert reading.currency == code, words
        else:
            assert (reading.currency, bool(reading.warnings)) == (None, True), words


@pytest.mark.parametrize("letters", ["r", "zz", "ab", "qw", "xyz"])
def test_letters_that_touch_a_sign_make_it_foreign_unless_they_are_known(scheme, letters):
    reading = read(f"{letters.upper()}$9 million", scheme)
    assert (reading.low, reading.currency, reading.warnings) == (9_000_000, None, ("a currency that the scheme lacks",))


@pytest.mark.parametrize("words", ["300 Ruritanian dollars", "루리타니아달러 300", "300루리타니아달러", "300卢里塔尼亚元"])
def test_the_money_of_a_country_that_nobody_knows_stays_open(scheme, words):
    reading = read(words, scheme, "en" if words.isascii() else "zh" if "元" in words else "ko")
    assert (reading.low, reading.currency, bool(reading.warnings)) == (300, None, True)


@pytest.mark.parametrize(
    ("words", "language"), [("직원 300명", "ko"), ("원유 30만 배럴", "ko"), ("불법 노동자 300명", "ko"), ("公元300年", "zh")]
)
def test_syllables_of_other_words_are_no_money(scheme, words, language):
    assert read(words, scheme, language).currency is None


SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "m": 10**6, "mn": 10**6, "k": 10**3}
UNITS = {"tonnes": "t", "barrels": "[bbl_us]", "litres": "L", "hectares": "har", "kilograms": "kg", "days": "d"}


@pytest.mark.parametrize(("scale", "unit"), list(product(SCALES, UNITS)))
def test_each_scale_goes_with_each_unit(scheme, scale, unit):
    gap = " " if len(scale) > 2 else ""
    reading = read(f"3{gap}{scale} {unit} of it", scheme)
    assert (reading.low, reading.unit, reading.comparator) == (3 * SCALES[scale], UNITS[unit], "eq")


@pytest.mark.parametrize(
    ("scale", "unit"),
    list(product(("万", "亿"), (("吨", "t"), ("桶", "[bbl_us]"), ("公斤", "kg"), ("千克", "kg"), ("海里", "[nmi_i]")))),
)
def test_each_scale_goes_with_each_unit_in_chinese(scheme, scale, unit):
    reading = read(f"3{scale}{unit[0]}", scheme, "zh")
    assert (reading.low, reading.unit) == (3 * HAN_LARGE[scale], unit[1])


@pytest.mark.parametrize(
    ("scale", "unit"), list(product(("만", "억"), (("톤", "t"), ("배럴", "[bbl_us]"), ("킬로그램", "kg"), ("해리", "[nmi_i]"))))
)
def test_each_scale_goes_with_each_unit_in_korean(scheme, scale, unit):
    reading = read(f"3{scale} {unit[0]}", scheme, "ko")
    assert (reading.low, reading.unit) == (3 * HANGUL_LARGE[scale], unit[1])


@pytest.mark.parametrize("unit", ["miles", "gallons", "knots", "square feet", "boe", "troy ounces"])
def test_a_unit_that_no_scheme_has_stays_open(scheme, unit):
    reading = read(f"about 4,000 {unit}", scheme)
    assert (reading.low, reading.unit, reading.warnings) == (4000, None, ("a unit that the scheme lacks",))


@pytest.mark.parametrize("words", ["twice the quota", "2.5배", "三倍", "doubled to 300", "three times as many"])
def test_how_often_another_number_is_no_value(scheme, words):
    assert read(words, scheme, "en").comparator is None


@pytest.mark.parametrize("age", range(10, 100, 10))
def test_a_korean_age_in_tens_is_no_ten_and_three(scheme, age):
    tens = dict(zip(range(10, 100, 10), "십 이십 삼십 사십 오십 육십 칠십 팔십 구십".split(), strict=True))
    for words, wanted in (
        (f"{tens[age]} 세 미만", ("lt", None, age)),
        (f"{tens[age]}세 이상", ("ge", age, None)),
        (f"만 {age}세", ("eq", age, age)),
    ):
        reading = read(words, scheme, "ko")
        assert (reading.comparator, reading.low, reading.high, reading.unit) == (*wanted, "a"), words
