"""Chinese, simplified and traditional."""

from __future__ import annotations

import re

from annotations.dates.tokens import STOP, DateToken, Rule, rule, table

DAYS = {char: index for index, char in enumerate("一二三四五六日")} | {"天": 6}
WEEK = r"(?:周|週|星期|个星期|個星期|礼拜|禮拜)"
STEPS = {"上": -1, "本": 0, "这": 0, "這": 0, "下": 1}


def day_of_week(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("week_step", STEPS[match[1]]), DateToken("weekday", DAYS[match[2]])]


RULES: tuple[Rule, ...] = (
    rule(r"(?:上世[纪紀]|20世[纪紀])(\d)0年代", lambda match: [DateToken("decade", 190 + int(match[1]))]),
    rule("(?:今年|本年)(?:以[来來]|迄今)", DateToken("so_far", "year")),
    rule("本月(?:以[来來]|迄今)", DateToken("so_far", "month")),
    rule(rf"上(?:个|個)?{WEEK}末", DateToken("weekend_step", -1)),
    rule(rf"([上本这這下]){WEEK}([一二三四五六日天])(?!前|後|后)", day_of_week),
    rule(rf"([上本这這下]){WEEK}(?!末)", lambda match: [DateToken("week_step", STEPS[match[1]])]),
    rule(rf"{WEEK}([一二三四五六日天])", lambda match: [DateToken("weekday", DAYS[match[1]])]),
    rule(r"([上本这這下])(?:个月|個月|月)(?!旬)", lambda match: [DateToken("month_step", STEPS[match[1]])]),
    rule(
        "大前天|大后天|次日|次年|次月|翌日|同年|同月|同日|当年|當年|当日|當日|当时|當時|每[年月周日天]|近[几幾]|半年[前后後]|之后|之後",
        STOP,
    ),
    table("year_step", {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2, "後年": 2}),
    table("day_step", {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "後天": 2}),
    table("half", {"上半年": 1, "下半年": 2}),
    table("part", {"上旬": "early", "中旬": "mid", "下旬": "late"}),
    table("part", {"初": "first", "底": "last", "末": "last"}, before="(?<=[年月代])年?"),
    rule("(?<=年)年中", DateToken("part", "mid")),
    rule("[初底末]", STOP),
    rule("[自从從]", DateToken("from")),
    rule("以来|以來|起(?![^，。 ])", DateToken("onwards")),
    rule("[至到]", DateToken("to")),
    rule("(?:之前|以前|前)", DateToken("before_behind")),
    rule("[和与與及]", DateToken("and")),
    rule("为止|為止", DateToken("until_behind")),
    rule("截至|截止", DateToken("until")),
    rule("[将將拟擬]|预计|預計|计划|計劃", DateToken("future")),
    rule("[已曾了]", DateToken("past")),
    rule("最近|近日|近期|目前|现在|現在|不久", DateToken("open")),
)
