"""Korean."""

from __future__ import annotations

import re

from annotations.dates.tokens import STOP, DateToken, Rule, any_of, rule, table

WEEKDAYS = {f"{char}요일": index for index, char in enumerate("월화수목금토일")}
WHICH = {"지난": "last", "오는": "coming", "이번": "this", "다음": "next"}
NATIVE = {"한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "다섯": 5, "여섯": 6}
DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "열흘": 10}


def native(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("count", (NATIVE[match[1]], {"달": "month", "주": "week", "해": "year"}[match[2]])), DateToken("ago")]


RULES: tuple[Rule, ...] = (
    rule("올(?:해)? 들어", DateToken("so_far", "year")),
    rule("이달 들어", DateToken("so_far", "month")),
    rule("올(?= )", DateToken("year_step", 0)),
    rule("연초", DateToken("year_step", 0), DateToken("part", "first")),
    rule("연말", DateToken("year_step", 0), DateToken("part", "last")),
    rule(rf"({any_of(NATIVE)}) ?(달|주|해) ?전", native),
    rule(rf"({any_of(DAYS)}) ?전", lambda match: [DateToken("count", (DAYS[match[1]], "day")), DateToken("ago")]),
    rule(
        rf"(?:{any_of(DAYS)})|(?:{any_of(NATIVE)}) ?달|이듬해|다음 ?날|다음 ?해|(?:같은|그) ?[해달날]|전날|전년|전달|당시|엊그제|매[년월주일]|며칠|동안|반년",
        STOP,
    ),
    table("year_step", {"재작년": -2, "작년": -1, "지난해": -1, "지난 해": -1, "올해": 0, "금년": 0, "내년": 1, "내후년": 2}),
    table(
        "month_step",
        {"지난달": -1, "지난 달": -1, "이달": 0, "이번 달": 0, "이번달": 0, "금월": 0, "다음 달": 1, "다음달": 1, "내달": 1},
    ),
    table(
        "week_step",
        {"지난주": -1, "지난 주": -1, "이번 주": 0, "이번주": 0, "금주": 0, "다음 주": 1, "다음주": 1, "내주": 1},
        after="(?!말)",
    ),
    table("weekend_step", {"지난 주말": -1, "지난주말": -1}),
    table("day_step", {"그제": -2, "그저께": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2}),
    table("half", {"상반기": 1, "하반기": 2}),
    table("weekday", WEEKDAYS),
    table("which", WHICH, after=r" ?(?=\d{1,2} ?[월일]|[월화수목금토일]요일)"),
    table("season", {"봄": 21, "여름": 22, "가을": 23, "겨울": 24}, before="(?<=[년해]) "),
    table("part", {"초순": "early", "중순": "mid", "하순": "late"}),
    table("part", {"초": "first", "말": "last"}, before=r"(?<=[\d월년해달대]) ?", after=r"(?=$|[^가-힣]|부터|까지|에|쯤|께)"),
    rule("부터|에서", DateToken("from_behind")),
    rule("까지", DateToken("until_behind")),
    rule("이후|이래", DateToken("onwards")),
    rule("이전|전에", DateToken("before_behind")),
    rule("[와과](?= )", DateToken("and")),
    rule("최근|요즘|현재|곧|방금", DateToken("open")),
    rule("예정|계획|할 것|될 것|전망", DateToken("future")),
    rule("[했됐었았였]다|[했됐었았였]으며", DateToken("past")),
)
