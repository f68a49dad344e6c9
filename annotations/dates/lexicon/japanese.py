"""Japanese. Years of an era are worked out: 令和元年 is 2019."""

from __future__ import annotations

import re

from annotations.dates.tokens import STOP, DateToken, Rule, rule, table

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911}
DAYS = {f"{char}曜": index for index, char in enumerate("月火水木金土日")}


def of_era(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("worked_year", ERAS[match[1]] + (1 if match[2] == "元" else int(match[2])))]


RULES: tuple[Rule, ...] = (
    rule(r"(令和|平成|昭和|大正) ?(元|\d{1,2}) ?年(?!度)", of_era),
    rule("翌[日年月週]|前[日月週]|前年同|当時|毎[年月週日]|数[日年週]|半年|年度|[日年月週]間", STOP),
    table("year_step", {"一昨年": -2, "おととし": -2, "昨年": -1, "去年": -1, "今年": 0, "本年": 0, "来年": 1, "再来年": 2}),
    table("month_step", {"先々月": -2, "先月": -1, "今月": 0, "来月": 1, "再来月": 2}),
    table("week_step", {"先週": -1, "今週": 0, "来週": 1, "再来週": 2}, after="(?!末)"),
    table("weekend_step", {"先週末": -1}),
    table(
        "day_step",
        {"一昨日": -2, "おととい": -2, "昨日": -1, "きのう": -1, "今日": 0, "きょう": 0, "明日": 1, "明後日": 2, "あさって": 2},
    ),
    table("half", {"上半期": 1, "下半期": 2}),
    table("weekday", DAYS, after="日?"),
    table("part", {"上旬": "early", "中旬": "mid", "下旬": "late"}),
    rule("から", DateToken("from_behind")),
    rule("まで", DateToken("until_behind")),
    rule("以降|以来", DateToken("onwards")),
    rule("と", DateToken("and")),
    rule("予定|見込み|見通し", DateToken("future")),
    rule("した|された|だった", DateToken("past")),
    rule("最近|現在|近く|まもなく|間もなく", DateToken("open")),
)
