"""What Chinese, Japanese and Korean have in common: 2019年3月5日, 2019년 3월 5일, numerals, lengths of time."""

from __future__ import annotations

import re

from annotations.dates.tokens import STOP, DateToken, Make, Rule, any_of, number, rule, table

DIGITS = {char: str(n) for n, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "两": "2", "兩": "2", "元": "1"}
COUNTED = "年月日天号號周週个個かカ季"
NUMERAL = re.compile(rf"[〇零一二两兩三四五六七八九十]{{1,4}}(?=(?:[{COUNTED}]|四半期|星期)(?!昨))")
DASH = r" ?[-–—~〜∼至到] ?"
A_YEAR = r"(?:1[5-9]|20)\d\d"
COUNT_UNITS = {
    "天": "day", "日": "day", "일": "day", "周": "week", "週": "week", "週間": "week", "星期": "week", "个星期": "week", "주": "week", "주일": "week",
    "个月": "month", "個月": "month", "か月": "month", "カ月": "month", "ヶ月": "month", "ヵ月": "month", "개월": "month", "달": "month",
    "年": "year", "년": "year",
}  # fmt: skip


def in_digits(text: str) -> str:
    """Numerals before the name of a unit of time: 二〇一九年三月 → 2019年3月."""
    return NUMERAL.sub(lambda match: value(match[0]), text)


def value(numeral: str) -> str:
    if "十" not in numeral:
        return "".join(DIGITS[char] for char in numeral)
    tens, _, ones = numeral.partition("十")
    return f"{DIGITS.get(tens, '1')}{DIGITS.get(ones, '0')}" if len(tens) < 2 and len(ones) < 2 else numeral


def counted(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("count", (int(match["n"]), COUNT_UNITS[match["unit"]])), DateToken("ago")]


def rolled(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("rolling", (-int(match["n"]), COUNT_UNITS[match["unit"]]))]


def to_roll(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("rolling", (int(match["n"]), COUNT_UNITS[match["unit"]]))]


def both(kind: str) -> tuple[Make, DateToken, Make]:
    return number(kind), DateToken("to"), number(kind, 2)


UNIT = rf"(?P<unit>{any_of(COUNT_UNITS)})"
PARTICLES = "에의은는이가을를の的に于於在は間间頃，、"
OF_DAY = "오전 오후 새벽 아침 저녁 밤 上午 下午 晚上 早上 凌晨 午前 午後 朝 夜 晚".split()
# What stands between a time and what belongs to it.
BETWEEN = (rule(any_of(OF_DAY), DateToken("nothing")), rule(f"[{PARTICLES}]", DateToken("nothing")))
RULES: tuple[Rule, ...] = (
    rule(r"(?<!\d)(\d{3})0 ?(?:年代|년대)", number("decade")),
    # 지난 5일 is a day, 지난 5일간 are five.
    rule(
        rf"(?:지난|최근|过去|過去|最近|近) ?(?P<n>\d{{1,3}}) ?{UNIT}(?:(?<![일日])| ?(?=[간동间間来來]))(?: ?(?:간|동안|间|間|来|來))?$",
        rolled,
    ),
    rule(rf"(?:향후|앞으로|未来|未來|今后|今後) ?(?P<n>\d{{1,3}}) ?{UNIT}(?: ?(?:간|동안|间|間))?$", to_roll),
    rule(rf"(?<!\d)({A_YEAR}){DASH}({A_YEAR}) ?[年년](?!度)", *both("year")),
    rule(r"(?<!\d)(\d{1,2})" + DASH + r"(\d{1,2}) ?[月월](?!期)", *both("month")),
    rule(r"(?<!\d)(\d{1,2})" + DASH + r"(\d{1,2}) ?[日号號일]", *both("day")),
    rule(r"(?<!\d)(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日号號일]", number("month"), number("day", 2)),
    rule(r"(?<!\d)\d{4} ?年度", STOP),
    rule(rf"(?<!\d)({A_YEAR}) ?[年년](?![間间])", number("year")),
    rule(rf"(?<!\d)(?P<n>\d{{1,3}}) ?{UNIT} ?(?:以前|之前|前|전)", counted),
    rule(r"(?<!\d)(\d{1,2}) ?[月월](?!期|間)", number("month")),
    rule(r"(?<!\d)\d{1,3} ?(?:天|日間|日间|일간|주|周|週|个月|個月|か月|カ月|ヶ月|ヵ月|개월|달|년|年|星期)", STOP),
    rule(r"(?<!\d)(\d{1,2}) ?[日号號일](?! ?[間间内內後后후동]|以)", number("day")),
    table("season", {"春": 21, "夏": 22, "秋": 23, "冬": 24}, before="(?<=年)の?"),
    rule(r"(?:第 ?)?([1-4]) ?(?:季度|季|四半期|분기)", number("quarter")),
)
