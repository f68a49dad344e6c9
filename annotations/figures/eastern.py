"""Numerals of Chinese, Japanese and Korean, written as digits: 4万5000 → 45000, 三分之一 → 33.33%, 이십만 → 200000."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from annotations.figures.lexicon import ALL
from annotations.figures.lexicon import numerals as table
from annotations.figures.numerals import DIGITS, HUGE, from_digits, plain, rounded
from annotations.figures.spelled import percent

HAN_ONES = "".join(table.HAN_DIGITS)
HAN_SCALES = "".join([*table.HAN_SMALL, *table.HAN_LARGE])
HAN = HAN_ONES + HAN_SCALES
HANGUL_ONES = "".join(table.HANGUL_DIGITS)
HANGUL_SCALES = "".join([*table.HANGUL_SMALL, *table.HANGUL_LARGE])
DIGIT = table.HAN_DIGITS | table.HANGUL_DIGITS
SMALL = table.HAN_SMALL | table.HANGUL_SMALL
LARGE = table.HAN_LARGE | table.HANGUL_LARGE

EASTERN = re.compile(r"[\u3400-\u9fff가-힣]")
NUMBER = rf"(?:{DIGITS.pattern})"
# Chinese may be set with spaces between its characters.
SPACED = re.compile(r"(?<=[\u3400-\u9fff])[ \t]+(?=[\u3400-\u9fff])")
SPACED_DIGITS = re.compile(rf"(?<=\d)[ \t]+(?=[{HAN_SCALES}{table.HAN_ODD}分])|(?<=[{HAN_SCALES}分之又])[ \t]+(?=\d)")
HAN_NUMBER = re.compile(
    rf"(?:{NUMBER}(?=[{HAN_SCALES}{table.HAN_ODD}]))?(?:[{HAN}]|(?<=[\d{HAN}])[{table.HAN_ODD}](?=[{HAN}])|(?<=[{HAN_SCALES}零〇])\d+(?:\.\d+)?)+"
    rf"(?:[{table.HAN_POINTS}][{HAN_ONES}\d]+)?(?:(?<=[{HAN}])[{table.HAN_ODD}](?![{table.HAN_ODD}]))?",
    re.VERBOSE,
)
GROUP = rf"(?:(?:{NUMBER}\s?|[{HANGUL_ONES}]\s?)?[{HANGUL_SCALES}]+)"
BESIDE = ("분의", "점", "개월", "년", "주일", "주", "퍼센트", "달러", "위안", "원", "%")
AFTER_FRACTION = r"(?<=분의)|(?<=분의\s)"
HANGUL_TOKEN = re.compile(rf"(?P<digits>{NUMBER})|(?P<char>[{HAN}{HANGUL_ONES}{HANGUL_SCALES}])", re.VERBOSE)
FRACTION = re.compile(
    rf"(?:(?P<w>{NUMBER})\s*(?:又|과|와)\s*)?(?P<s>-)?(?P<b>{NUMBER})\s*(?:分\s*[之の]|분\s*의)\s*(?P<t>-)?(?P<a>{NUMBER})(?P<k>k\b)?",
    re.VERBOSE,
)
TENTHS = re.compile(
    rf"(?P<n>{NUMBER}|半)\s*(?P<of>成|割)(?![员員年])(?:\s*(?P<bu>\d|半)(?:\s*分)?(?!\d))?|(?P<d>\d\s?\d?|\d\.\d+)\s*折",
    re.VERBOSE,
)
BOTH_TENTHS = re.compile(rf"(?P<a>{NUMBER})\s*[~〜～至到-]\s*(?P<b>{NUMBER})\s*(?P<of>[成割])", re.VERBOSE)
# 四五千 is 4,000 to 5,000, 两三个 two or three; 二〇一七 and 四五二 are digits of one number.
PAIR = re.compile(
    rf"(?<![\d{HAN}])(?P<a>[一二两兩三四五六七八])、?(?P<b>[二两兩三四五六七八九])(?P<scale>[{HAN_SCALES}]*)(?=[成个個人名年月天周岁歳か艘辆輛架吨噸桶只隻条條家份张張次件])"
)
# 十几艘 are 11 to 19.
TEENS = re.compile(
    rf"(?<![\d{HAN}])(?P<n>[二三四五六七八九]?十|[1-9]0)[几幾](?P<scale>[百千万萬亿億]?)(?![{HAN}{table.HAN_ODD}])"
)
PAIR_KO = re.compile(rf"(?<![가-힣])(?:{'|'.join(table.NATIVE_PAIRS)})(?=\s)")
PIECE_AND_HALF = re.compile(r"(?P<n>\d+)[个個]半(?P<unit>月|小时|小時|钟头|星期)")
MINUS = re.compile(rf"(?:{'|'.join([*table.HAN_MINUS, *table.HANGUL_MINUS])})\s*(?=[\d{HAN}{HANGUL_ONES}{HANGUL_SCALES}])")
HALF_MORE = re.compile(
    r"(?P<n>\d+)\s*(?P<unit>年|个月|個月|か月|カ月|小时|小時|時間|天|周|吨|噸|公里|公斤|년|개월|시간|달|주|톤)\s*(?:半|반)(?![가-힣])"
)
# Ranks and points are neither people nor things.
POINTS = re.compile(r"(?<=\d)\s?[등점](?=에서|과|\s|$)")
DOZENS = re.compile(r"(?P<n>\d+)\s*打|\b다스")
COMPARED = re.compile(rf"比\s*(?P<n>{NUMBER})\s*[还還更要]?\s*(?:(?P<more>[大多高长長晚])|[小少低短早])", re.VERBOSE)
MANY_KO = re.compile(rf"(?P<n>{NUMBER})\s?여\s?(?=[{HANGUL_SCALES}])", re.VERBOSE)
# Numerals within a name: 千克 is no thousand. A Sino-Korean number before 세 counts years: 사십 세 is no 43.
NAMES = {
    "过半数": "超过一半",
    "過半數": "超过一半",
    "過半数": "超过一半",
    "过半": "超过一半",
    "過半": "超过一半",
    "과반수": "절반 초과",
    "과반": "절반 초과",
    "세제곱": "입방",
    "반년": "0.5년",
    "반 년": "0.5년",
    "반달": "0.5달",
    "千克": "公斤",
    "千米": "公里",
    "千瓦时": "kwh",
    "兆瓦时": "mwh",
    "千瓦": "kw",
    "兆瓦": "mw",
    "半百": "五十",
}
NAMED = re.compile("|".join(NAMES))
# 300至500万 are both in ten thousands.
SHARED = re.compile(
    rf"(?<![\d.,{HAN_SCALES}{HANGUL_SCALES}])(?P<a>\d+(?:\.\d+)?)\s*(?P<to>[至到~〜～–—-])\s*(?P<b>\d+(?:\.\d+)?)\s?(?P<scale>[{HAN_SCALES}{HANGUL_SCALES}]+)"
)
# 만 18세 is a full eighteen years, 上千 is a thousand at least.
FULL_AGE = re.compile(r"(?<![\d가-힣])만\s?(?=\d+\s?(?:세|살))")
UP_TO = re.compile(r"(?<![\u4e00-\u9fff])上(?=[百千万萬亿億])")
AGED = re.compile(rf"(?<=[{HANGUL_ONES}{HANGUL_SCALES}\d])\s?세(?=\s|$|이상|이하|미만|초과|가|의|인|부터|까지|에서)")
WITHIN_DAYS = re.compile(r"(?<=\d)日(?=之?[内內]|以[内內])")
DAYS = {word: days for days, words in table.DAYS.items() for word in words}
DAYS_KO = re.compile(rf"(?<![가-힣])(?:{'|'.join(sorted(DAYS, key=len, reverse=True))})(?![가-힣]*[가-힣]{{3}})")
# 열 명 중 네 명: four out of ten.
AMONG = re.compile(
    r"(?P<b>\d+)\s?(?:명|개|척|곳|대|건|회|번|사람|가구)?\s*(?:중|가운데)\s*(?P<a>\d+)\s?(?:명|개|척|곳|대|건|회|번|사람|가구)?"
)
AMONG_ZH = re.compile(r"(?P<b>\d+)[个個名]?人?(?:之中|当中|當中|中|里)有?(?P<a>\d+)(?:[个個名艘家]人?|人|$)")
# 삼분의 일 초과: one of three, and no second.
PART_KO = re.compile(rf"(?<=분의)\s*(?P<n>[{HANGUL_ONES}])(?=\s|$)")
HALF_KO = re.compile(r"(?<![가-힣\d])반\s?(?=톤|킬로|시간|리터|배럴|헥타르)")
TENTHS_KO = re.compile(r"(?P<n>\d+)\s?할(?:\s?(?P<bu>\d)\s?푼)?(?![가-힣]{2})")
HALF = re.compile(r"半(?=吨|噸|公斤|公里|个月|個月|年|天|小时|小時|个|個|日)")


def in_digits(text: str, language: str) -> str:
    if not EASTERN.search(text):
        return text
    text = NAMED.sub(lambda match: NAMES[match[0]], SPACED_DIGITS.sub("", SPACED.sub("", text)))
    text = SHARED.sub(with_scale, text)
    text = WITHIN_DAYS.sub("天", text)
    text = DAYS_KO.sub(lambda match: f"{DAYS[match[0]]}일", AGED.sub("살", FULL_AGE.sub("", UP_TO.sub("至少", text))))
    text = HALF_KO.sub("0.5", PART_KO.sub(lambda match: f" {DIGIT[match['n']]}", text))
    text = MANY_KO.sub(r"超过\g<n>", text)
    text = PAIR_KO.sub(lambda match: "{}~{}".format(*table.NATIVE_PAIRS[match[0]]), text)
    text = TEENS.sub(teens, text)
    text = MINUS.sub("-", native(PAIR.sub(pair, text)))
    text = hangul().sub(lambda match: match["kept"] or written(match[0], language), text)
    text = protected(HAN_NUMBER).sub(lambda match: match["kept"] or han(match[0], language), text)
    text = FRACTION.sub(fraction, text)
    text = BOTH_TENTHS.sub(r"\g<a>\g<of>~\g<b>\g<of>", text)
    text = TENTHS.sub(tenths, text)
    text = POINTS.sub("", text)
    text = AMONG_ZH.sub(
        among, AMONG.sub(among, TENTHS_KO.sub(lambda match: f"{int(match['n']) * 10 + int(match['bu'] or 0)}%", text))
    )
    text = DOZENS.sub(lambda match: f"{match['n'] or ''} dozen", text)
    text = COMPARED.sub(lambda match: f"{'超过' if match['more'] else '少于'}{match['n']}", text)
    text = HALF_MORE.sub(lambda match: f"{match['n']}.5{match['unit']}", text)
    text = PIECE_AND_HALF.sub(r"\g<n>.5个\g<unit>", text)
    return HALF.sub("0.5", text)


def pair(match: re.Match[str]) -> str:
    low, high = DIGIT[match["a"]], DIGIT[match["b"]]
    return f"{low}{match['scale']}~{high}{match['scale']}" if high == low + 1 else match[0]


def teens(match: re.Match[str]) -> str:
    tens = int(value(match["n"]))
    return f"{tens + 1}{match['scale']}~{tens + 9}{match['scale']}"


@lru_cache(maxsize=8)
def protected(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Words of the lexicons that have numerals in them are not read as numbers: 一半, 数十万."""
    words = sorted(with_numerals(), key=len, reverse=True)
    return re.compile(
        rf"(?P<kept>{'|'.join(map(re.escape, words))}|(?<![\d{HAN}])[{table.HAN_ODD}][{HAN}]+)|{pattern.pattern}", re.VERBOSE
    )


def with_numerals() -> Iterable[str]:
    words = {*ALL.fractions, *ALL.vague, *ALL.percent, *ALL.approximate}
    words |= {word for entries in (ALL.comparators, ALL.statistics, ALL.periods) for group in entries.values() for word in group}
    numerals = set(HAN + HANGUL_ONES + HANGUL_SCALES)
    return [word for word in words if len(word) > 1 and numerals & set(word)]


def han(words: str, language: str) -> str:
    """A trailing digit stands for the next lower scale in Chinese: 二百五 is 250."""
    odd = set(words) & set(table.HAN_ODD)
    bare = "".join(char for char in words if char not in table.HAN_ODD)
    return ("超过" if odd else "") + written(bare, language)


def written(words: str, language: str) -> str:
    head, *decimals = re.split(f"[{table.HAN_POINTS}{table.HANGUL_POINT}]", words)
    number = f"{plain(value(head, short=language.startswith('zh') and words[-1] in HAN_ONES)):f}"
    if not decimals:
        return number
    digits = "".join(
        char if char.isdigit() and char not in DIGIT else str(DIGIT[char]) for char in re.sub(r"\s", "", decimals[0])
    )
    return f"{number}.{digits}"


def value(words: str, *, short: bool = False) -> Decimal:
    """三百二十 → 320, 四万亿 → 4,000,000,000,000, 二〇一七 → 2017."""
    total = section = digit = Decimal(0)
    seen, last, largest = False, 1, 0
    for token in HANGUL_TOKEN.finditer(words):
        char = token["char"]
        if token["digits"]:
            digit, seen, last = from_digits(token["digits"]), True, 1
        elif char in DIGIT:
            digit, seen = digit * 10 + DIGIT[char], True
            last = 1 if not DIGIT[char] or digit > 9 else last
        elif char in SMALL:
            section += (digit if seen and digit else Decimal(1)) * SMALL[char]
            digit, seen, last = Decimal(0), False, SMALL[char]
        else:
            section += digit
            if LARGE[char] >= largest and total:
                total = (total + section) * LARGE[char]
            else:
                total += (section or 1) * LARGE[char]
            largest = last = LARGE[char]
            section, digit, seen = Decimal(0), Decimal(0), False
        if total > HUGE or digit > HUGE:
            return HUGE
    return total + section + (digit * last / 10 if short and last >= 100 else digit)


# Korean


@lru_cache(maxsize=1)
def followers() -> str:
    words = [*ALL.people, *ALL.items, *ALL.occasions, *ALL.units, *ALL.currencies, *ALL.shared, *table.AFTER_NUMBER]
    hangul = {word for word in words if "가" <= word[0] <= "힣"}
    return "|".join(sorted(map(re.escape, hangul), key=len, reverse=True))


@lru_cache(maxsize=1)
def native_pattern() -> re.Pattern[str]:
    tens, ones = "|".join(table.NATIVE_TENS), "|".join(sorted(table.NATIVE_ONES, key=len, reverse=True))
    return re.compile(
        rf"(?<![가-힣])(?P<h>[{HANGUL_ONES}]?백)?\s?(?:(?P<t>{tens})\s?(?P<o>{ones})?|(?P<one>{ones}))(?=\s|$|[^가-힣]|{followers()})"
    )


def native(text: str) -> str:
    """스물여섯 → 26."""
    return native_pattern().sub(counted, text)


def counted(match: re.Match[str]) -> str:
    hundreds = value(match["h"]) if match["h"] else Decimal(0)
    ones = table.NATIVE_ONES.get(match["o"] or match["one"] or "", 0)
    number = int(hundreds) + table.NATIVE_TENS.get(match["t"] or "", 0) + ones
    return f" {number}"


@lru_cache(maxsize=1)
def hangul() -> re.Pattern[str]:
    """Numbers, followed by what may follow one; 이상 and 일본 begin with digits and are none."""
    group = rf"{GROUP}(?:\s*{GROUP})*(?:\s*(?:\d+(?:\.\d+)?|[{HANGUL_ONES}]))?"
    # One syllable by itself (이, 사, 오) is more often another word.
    first = rf"(?:(?<=^)|(?<=-)|(?<=-\s)|(?<=[과와]\s)|{AFTER_FRACTION})"
    single = rf"{first}[{HANGUL_ONES}](?=\s*$|\s?(?:{'|'.join(BESIDE)})|(?:{followers()}))"
    several = rf"(?:(?<![가-힣\d.,])|{AFTER_FRACTION})(?:{group})"
    decimals = rf"(?:{table.HANGUL_POINT}\s*[{HANGUL_ONES}\d\s]*[{HANGUL_ONES}\d](?![가-힣]))?"
    kept = "|".join(sorted((re.escape(word) for word in with_numerals() if "가" <= word[0] <= "힣"), key=len, reverse=True))
    # Whatever follows 2천400 and 900만 belongs to another word: 2천400정, 900만홍콩달러; but 300만큼 is "as much as 300".
    mixed = rf"(?<![가-힣\d.,])\d[\d.,]*(?:[{HANGUL_SCALES}]+\d+)+(?=[가-힣])"
    scaled = rf"(?<![가-힣\d.,])\d[\d.,]*\s?(?:[{HANGUL_SCALES}\d])*[{''.join(table.HANGUL_LARGE)}](?=[가-힣])(?!큼)(?<!조(?=선))"
    return re.compile(
        rf"(?P<kept>{kept})|(?:{single}|{several}){decimals}(?=\s|$|[^가-힣\d]|{followers()})|{mixed}|{scaled}",
        re.VERBOSE,
    )


# Parts


def fraction(match: re.Match[str]) -> str:
    """三分之一 → 33.33%, 3又二分之一 → 3.5."""
    over, under = from_digits(match["a"]), from_digits(match["b"])
    if not under:
        return match[0]
    over *= 1000 if match["k"] else 1
    sign = "-" if bool(match["s"]) != bool(match["t"]) else ""
    if match["w"]:
        return f"{sign}{plain(rounded(from_digits(match['w']) + over / under)):f}"
    return f"{sign}{percent(over, under)}%"


def with_scale(match: re.Match[str]) -> str:
    low, to, high, scale = match.group("a", "to", "b", "scale")
    return f"{low}{scale}{to}{high}{scale}" if Decimal(low) < Decimal(high) else match[0]


def among(match: re.Match[str]) -> str:
    part, whole = int(match["a"]), int(match["b"])
    return f"{percent(Decimal(part), Decimal(whole))}%" if 0 < part <= whole else match[0]


def tenths(match: re.Match[str]) -> str:
    """九成 and 3割 are tenths; so is a price of 九折, while one of 85折 is 85 %."""
    if match["d"]:
        price = Decimal(re.sub(r"\s", "", match["d"]))
        return f"{plain(price * 10 if price < 10 else price):f}%"
    number = Decimal("0.5") if match["n"] == "半" else from_digits(match["n"])
    return f"{plain(number * 10 + Decimal({'半': 5, None: 0}.get(match['bu'], match['bu']))):f}%"
