"""English."""

from __future__ import annotations

import re
from collections.abc import Iterable

from annotations.dates.tokens import STOP, DateToken, Rule, any_of, looked_up, number, rule, table
from annotations.figures.lexicon import ALL

MONTHS = {
    name[:length]: index
    for index, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for length in (3, len(name))
} | {"sept": 9}
WEEKDAYS = {name: index for index, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())}
SHORT_DAYS = {
    name: index for index, names in enumerate("mon tue/tues wed thu/thur/thurs fri sat sun".split()) for name in names.split("/")
}
NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {
    "a": 1,
    "an": 1,
}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
PARTS = {
    "early": "early", "mid": "mid", "middle of": "mid", "late": "late", "end of": "end", "the end of": "end", "close of": "end",
    "beginning of": "begin", "start of": "begin",
    "first week of": "week 1", "second week of": "week 2", "third week of": "week 3", "last week of": "last week",
}  # fmt: skip
STEPS = {"last": -1, "this": 0, "this past": -1, "this coming": 1, "next": 2, "coming": 1, "upcoming": 1, "past": -1}
NEAR = {
    "the day before yesterday": -2, "day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0,
    "this morning": 0, "this afternoon": 0, "this evening": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2,
}  # fmt: skip
# The first month of a fiscal year, and how far before the year of its name it begins.
FISCAL = {
    "u.s.": (10, -1), "us": (10, -1), "american": (10, -1), "japan's": (4, 0), "japanese": (4, 0), "india's": (4, -1),
    "south korean": (1, 0), "south korea's": (1, 0), "chinese": (1, 0), "china's": (1, 0),
}  # fmt: skip
# Each turns a time into something that its own words do not tell.
UNTOLD = (
    "fiscal", "financial", "budget", "academic", "school", "marketing", "following", "previous", "preceding", "same", "later", "earlier",
    "anniversary", "christmas", "easter", "ramadan", "new year", "eve", "holiday", "holidays", "thanksgiving", "century", "bc", "b.c.",
    "resolution", "resolutions", "article", "paragraph", "no.", "half", "every", "each", "daily", "weekly", "monthly", "quarterly", "annual",
    "annually", "per", "or", "few", "several", "many", "some", "couple", "first", "second", "third", "fourth", "fifth", "latter", "decade",
    "not until", "not before", "not after", "not since", "days", "weeks", "months", "years", "decades", "day", "week", "month", "year",
    "quarter", "weekend", "%", "percent", "million", "billion", "to date", *(f"{day}s" for day in WEEKDAYS),
)  # fmt: skip
IS_FUTURE = (
    "will", "shall", "would", "could", "might", "going to", "is to", "are to", "expected to", "expects to", "plans to", "plan to", "planned for",
    "set to", "due", "scheduled", "intends to", "deadline",
)  # fmt: skip
IS_PAST = (
    "was", "were", "had", "has", "have", "did", "been", "began", "took", "held", "sent", "left", "met", "went", "came", "became", "made",
    "fell", "rose", "said", "told", "gave", "got", "saw", "ran", "sank", "struck", "ago", "caught", "brought", "sold", "bought", "found",
)  # fmt: skip
COUNT = rf"(?P<n>\d{{1,3}}|{any_of(NUMBERS)})"
UNIT = r"(?P<unit>day|week|month|year|decade)"
MONTH = rf"(?P<month>{any_of(MONTHS)})(?![a-z])\.?"
DASH = r" ?[-–—/~〜] ?"
A_YEAR = r"(?:1[5-9]|20)\d\d"
ALONE = r"(?<![\d.,:/$€£¥-])"
COUNTED = any_of([*ALL.people, *ALL.items, *ALL.other_units, *(word for word in ALL.units if len(word) > 1), *ALL.currencies])
# "may" is a month where nothing that may be done follows it.
MAY = (
    r"(?:(?<=^)|(?<=in )|(?<=of )|(?<=since )|(?<=until )|(?<=by )|(?<=from )|(?<=to )|(?<=early )|(?<=late )|(?<=mid-)|(?<=last )|(?<=next )"
    r"|(?<=this )|(?<=during )|(?<=before )|(?<=after )|(?<=between )|(?<=through )|(?<=[\d]-)|(?<=[\d] )|(?<=(?:st|nd|rd|th) )|(?<=and )|(?<=on ))"
    r"may(?= \d|,? \d{4}|-\d| to\b|-| and\b| through\b| last\b| this\b| next\b| of\b|$)|may\.?(?=,? \d)"
)


def words(kind_of: DateToken, entries: Iterable[str]) -> Rule:
    return rule(rf"\b(?:{any_of(entries)})(?![a-z\d])", kind_of)


def counted(match: re.Match[str]) -> list[DateToken]:
    n, unit = match["n"], match["unit"]
    return [DateToken("count", (int(n) if n.isdigit() else NUMBERS[n], unit))]


def ymd(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("year", int(match[1])), DateToken("month", int(match[3])), DateToken("day", int(match[4]))]


def numeric(match: re.Match[str]) -> list[DateToken]:
    """25/12/2019 and 12/25/2019; with both below 13 nobody says which is the month, save where points part them."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    if one > 12 or match[2] == "." or one == two:
        day, month = one, two
    elif two > 12:
        day, month = two, one
    else:
        return [STOP]
    return [DateToken("year", year), DateToken("month", month), DateToken("day", day)]


def year_and(match: re.Match[str]) -> list[DateToken]:
    """2019-03 is a month, 2016–17 two years; 2010-12 may be either."""
    year, second, is_hyphen = int(match[1]), int(match[3]), match[2] == "-"
    is_range, is_month = second > year % 100, is_hyphen and 1 <= second <= 12
    if is_range and not is_month:
        return [DateToken("year", year), DateToken("to"), DateToken("year", year - year % 100 + second)]
    return [DateToken("year", year), DateToken("month", second)] if is_month and not is_range else [STOP]


def stepped(match: re.Match[str]) -> list[DateToken]:
    step = {2: 1}.get(STEPS[match["which"]], STEPS[match["which"]])
    rolling = "past" in match["which"] or "coming" in match["which"]
    return [STOP] if rolling else [DateToken(f"{match['unit']}_step", step)]


def rolled(match: re.Match[str]) -> list[DateToken]:
    n, sign = match["n"], -1 if match["which"] in ("last", "past") else 1
    return [DateToken("rolling", (sign * (int(n) if n.isdigit() else NUMBERS[n]), match["unit"]))]


def directed(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("which", {-1: "last", 0: "this", 1: "coming", 2: "next"}[STEPS[match["which"]]])]


def of_start(match: re.Match[str]) -> list[DateToken]:
    """ "The first nine months", "the first three quarters"."""
    n = int(match["n"]) if match["n"].isdigit() else NUMBERS[match["n"]]
    return [DateToken(match["unit"], 1), DateToken("to"), DateToken(match["unit"], n)]


def of_fiscal_year(match: re.Match[str]) -> list[DateToken]:
    """Of a country that the words name; it is called after the year in which it begins, or in which it ends (United States)."""
    month, step = FISCAL[match["country"]]
    year = int(match["year"]) + step
    end = (year, 12) if month == 1 else (year + 1, month - 1)
    return [
        DateToken("worked_year", year),
        DateToken("month", month),
        DateToken("to"),
        DateToken("worked_year", end[0]),
        DateToken("month", end[1]),
    ]


def quarters(match: re.Match[str]) -> list[DateToken]:
    return [DateToken("quarter", ORDINALS[match[1]]), DateToken("to"), DateToken("quarter", ORDINALS[match[2]])]


DATES = (
    rule(rf"{ALONE}(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?![\d/-])", ymd),
    rule(rf"{ALONE}(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}})(?![\d/-])", numeric),
    rule(
        rf"{ALONE}(\d{{1,2}})[-/]{MONTH}[-/]({A_YEAR})(?![\d/-])",
        number("day"),
        looked_up("month", MONTHS, "month"),
        number("year", 3),
    ),
    rule(rf"{ALONE}({A_YEAR}){DASH}({A_YEAR})(?![\d/-])", number("year"), DateToken("to"), number("year", 2)),
    rule(rf"{ALONE}({A_YEAR})([-–/])(\d\d)(?![\d/-])", year_and),
    rule(rf"{ALONE}(\d{{3}})0s\b", number("decade")),
    rule(rf"{ALONE}{A_YEAR} (?:{COUNTED})\b", STOP),
    rule(r"\b\d{4} ?(?:utc|gmt|hours|local time)\b", DateToken("nothing")),
    rule(rf"(?:{ALONE}|(?<=mid-)|(?<=early-)|(?<=late-))({A_YEAR})(?![\d:%]|[.,]\d)", number("year")),
)
PERIODS = (
    rule(
        rf"\b(?P<country>{any_of(FISCAL)}) (?:(?:fiscal|financial)(?: year)?|fy) ?(?P<year>{A_YEAR})(?![\d/–-])",
        of_fiscal_year,
    ),
    rule(rf"\bfirst (?P<n>\d{{1,2}}|{any_of(NUMBERS)}) (?P<unit>month|quarter)s(?: of)?\b", of_start),
    rule(rf"\b(?:last|final) quarter of (?={A_YEAR}|(?:last|this|next) year)", DateToken("quarter", 4)),
    rule(r"\bfirst half of (?:the )?(?=[a-z])(?!last|this|next)", STOP),
    rule(r"\b(first|second) half(?: of)?", looked_up("half", ORDINALS, 1)),
    rule(r"\bh([12])\b|\b([12])h\b", lambda match: [DateToken("half", int(match[1] or match[2]))]),
    rule(rf"\b({any_of(ORDINALS)}) (?:to|through|and) (?:the )?({any_of(ORDINALS)}) quarters?\b", quarters),
    rule(rf"\b({any_of(ORDINALS)})[ -]quarter(?: of)?\b", looked_up("quarter", ORDINALS, 1)),
    rule(r"\bq([1-4])\b", number("quarter")),
    rule(r"\bearlier this (?P<unit>week|month|year)\b", lambda match: [DateToken("so_far", match["unit"])]),
    rule(r"\blater this (?P<unit>week|month|year)\b", lambda match: [DateToken("to_come", match["unit"])]),
    rule(rf"\b(?P<which>last|past|next|coming) {COUNT} {UNIT}s?\b", rolled),
    rule(rf"\b(?:over|in|during) the past {UNIT}\b", lambda match: [DateToken("rolling", (-1, match["unit"]))]),
    rule(r"\b(?P<which>last|this|next) (?P<unit>week|month|year|quarter|weekend)\b", stepped),
    rule(r"\b(?:over|during|at|on) the weekend\b", DateToken("weekend_step", -1)),
    rule(rf"\b(?P<which>{any_of(STEPS)}) (?={any_of(WEEKDAYS)}|{any_of(SEASONS)}|fall\b|(?:{any_of(MONTHS)})\b)", directed),
    rule(r"\b(?:the )?week (?:of|beginning|starting) ", DateToken("week_of")),
    rule(r"\b(?:the )?(?:month|year) of ", DateToken("nothing")),
)
LENGTHS = (
    rule(rf"\b(?:within|for|(?:in|during|over) the) {COUNT} {UNIT}s?\b", STOP),
    rule(r"\bfrom (?:now|today)\b|\bhence\b|(?:'s|s'|’s|s’) time\b|\bafter today\b", DateToken("hence")),
    rule(r"\b(?:the |a )?day (?=before|after)(?!(?:before|after) (?:yesterday|tomorrow))", DateToken("count", (1, "day"))),
    rule(rf"\b{COUNT} {UNIT}s?\b", counted),
    rule(r"\bago\b|\bback\b", DateToken("ago")),
)
CONNECTORS = (
    words(DateToken("by"), ("no later than", "not later than", "by")),
    words(DateToken("since"), ("since",)),
    words(
        DateToken("start"),
        (
            "starting in",
            "starting on",
            "starting from",
            "starting",
            "beginning in",
            "beginning on",
            "effective",
            "as of",
            "as from",
        ),
    ),
    words(DateToken("onwards"), ("onward", "onwards", "on and after")),
    rule(r"(?<=\d) on$", DateToken("onwards")),
    words(DateToken("until"), ("until", "till", "up to")),
    words(DateToken("before"), ("before", "prior to")),
    words(DateToken("after"), ("after",)),
    words(DateToken("between"), ("between",)),
    words(DateToken("to"), ("to",)),
    words(DateToken("through"), ("through", "thru")),
    words(DateToken("and"), ("and",)),
    words(DateToken("from"), ("from",)),
    words(DateToken("approximate"), ("about", "around", "circa", "approximately", "roughly", "some time in", "sometime in")),
    rule(r"(?<=[\da-z.年月日号년월일])" + DASH + r"(?=[\da-z])", DateToken("dash")),
)
RULES = (
    *DATES,
    table("day_step", NEAR, r"\b", r"\b"),
    rule(r"\bas (?P<which>early|late) as\b", lambda match: [DateToken("since" if match["which"] == "early" else "until")]),
    *PERIODS,
    *LENGTHS,
    table("part", PARTS, r"\b(?:the )?", r"[ -]"),
    rule(rf"\b(?:{MAY})", DateToken("month", 5)),
    rule(r"\bmay\b", DateToken("nothing")),
    table("month", MONTHS, r"\b", r"(?![a-z])\.?"),
    table("weekday", WEEKDAYS, r"\b", r"\b"),
    table("weekday", SHORT_DAYS, r"\b", r"\b(?:\.,?|,)"),
    rule(rf"\b(?P<word>{any_of(SEASONS)})\b", looked_up("season", SEASONS, "word")),
    rule(r"(?:(?<=last )|(?<=this )|(?<=next )|(?<=the ))fall\b|\bfall (?=of \d)", DateToken("season", 23)),
    words(DateToken("future"), IS_FUTURE),
    words(DateToken("past"), IS_PAST),
    rule(r"\b\d{1,2}(?::|\.)\d\d\b(?: ?[ap]\.?m\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?", DateToken("nothing")),
    rule(r"(?<![\d.,:/$€£¥])(\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[.,]\d|[a-z])", number("day")),
    *CONNECTORS,
    words(STOP, UNTOLD),
    rule(r"\bfy ?\d*|'\d\d", STOP),
    words(DateToken("open"), "recently now soon lately currently nowadays already shortly".split()),
    words(DateToken("open"), ("these days", "at present")),
    rule(r"\b[a-z]{2,}ed\b", DateToken("past")),
    words(
        DateToken("nothing"),
        "the in on of at a an this during morning noon afternoon evening night dawn midnight early and".split(),
    ),
    rule(r"[a-z]+", DateToken("word")),
    rule(r"[$€£¥]?\d[\d.,]*", STOP),
)
