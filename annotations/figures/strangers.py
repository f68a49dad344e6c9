"""Numbers that are no figures: dates, ordinals, and the numbers of resolutions and articles."""

from __future__ import annotations

import re

from annotations.figures.lexicon import ALL
from annotations.figures.scan import Scan, any_of

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
YEARS = r"(?:1[89]|20)\d\d"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
DATE = re.compile(
    rf"\b{MONTH}[\s/-]+\d{{1,2}}(?:st|nd|rd|th)?\b(?:[,\s/-]+{YEARS}\b)?|\b{MONTH}\s+{YEARS}\b|\b{WEEKDAY},?\s+\d{{1,2}}\b"
    r"|(?<![\d/.-])\d{1,4}(?P<sep>[/.-])\d{1,2}(?P=sep)\d{1,4}(?![\d/.-])"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?[\s/-]+(?:of\s+)?{MONTH}(?:[\s/-]+{YEARS})?(?![a-z])"
    r"|\d{4}\s*[年년](?!間|간)(?:\s*\d{1,2}\s*[月월])?(?:\s*\d{1,2}\s*[日일])?|\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일]|(?<![\d.])\d{1,2}[月월](?!額)"
    r"|(?<![\d.])\d{1,2}[日号號](?![間间元円圆])"
)
CLOCK = re.compile(
    r"(?<!\d)\d{1,2}:\d{2}(?!\d)|\b0\d[0-5]\d\s+hours\b|\b\d{1,4}(?:[.:]\d\d)?\s*(?:[ap]\.?m\b\.?|o'?clock\b)"
    r"|(?<!\d)\d{1,2}\s*(?:시(?!간)(?:\s*\d{1,2}\s*분)?|[时時]\s*\d{1,2}\s*分)"
)
YEAR = re.compile(rf"\s*{YEARS}\s*")
# S/RES/2371 (2017), S/2019/171.
SYMBOL = re.compile(r"\b[a-z](?:/[a-z]+)*/(?:\d+/)?\d+\b(?:\s*\(\d{4}\))?")
ORDINAL = re.compile(
    r"\b\d+(?:st|nd|rd|th)\b|(?:第|제)\s*\d+|(?<!\d)\d{1,3}\s*(?:번째|차(?![가-힣])|호기(?![가-힣]))"
    r"|\b[2-9]0\s*-\s*(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
)
NUMBER_AFTER = r"\s*[#:]?\s*\d[\d/-]*(?:\s*\(\d{4}\))?(?:\s*(?:,|and|or)\s*\d{4}\b(?:\s*\(\d{4}\))?)*"
REFERENCE = re.compile(rf"(?:{any_of(ALL.references).pattern}){NUMBER_AFTER}")
COUNTED = "|".join(map(re.escape, (*ALL.people, *ALL.items)))
IN_YEAR = re.compile(
    rf"(?:\b(?:in|since|until|year|mid|late|early)[\s-]+{YEARS}\b|(?<=\S)\s+(?:between\s+{YEARS}\s+and|from\s+{YEARS}\s+to)\s+{YEARS}\b)"
    rf"(?!\s+(?:{COUNTED}))"
)
# 010-6532-1381, +82 2 2100 7114.
PHONE = re.compile(r"(?<![\d.,])(?:\+\d{1,3}[\s-]\(?\d{1,4}\)?|\(?0\d{1,3}\)?)[\s-]\d{3,4}[\s-]?\d{4}(?!\d)")
# In this order: "Resolution 2371 (2017)" is no date.
KINDS = (
    ("reference number", REFERENCE),
    ("reference number", SYMBOL),
    ("telephone number", PHONE),
    ("date", DATE),
    ("date", IN_YEAR),
    ("time of day", CLOCK),
    ("ordinal", ORDINAL),
)
AROUND = 60


def take_strangers(scan: Scan) -> list[str]:
    """What was found and blanked; a bare year is only doubted."""
    warnings = [kind for kind, pattern in KINDS if scan.take_all(pattern)]
    if take_ordinal_word(scan):
        warnings.append("ordinal")
    if YEAR.fullmatch(scan.rest):
        warnings.append("perhaps a year")
    return list(dict.fromkeys(warnings))


def take_ordinal_word(scan: Scan) -> bool:
    """Only where it stands alone: "two fifths" and "a third" are shares."""
    match = any_of(ALL.ordinals).fullmatch(scan.rest.strip())
    if match:
        scan.blank(0, len(scan.rest))
    return bool(match)


def non_figure_kind(text: str, start: int, end: int) -> str | None:
    """What the digits of a mark are by the words around it ("2371" of "Resolution 2371"), if they are no figure."""
    before, marked, after = (
        Scan(part).rest for part in (text[max(start - AROUND, 0) : start], text[start:end], text[end : end + AROUND])
    )
    scan = Scan("")
    scan.rest = f"{before}{marked}{after}"
    first, last = len(before), len(before) + len(marked)
    matches = [(kind, match) for kind, pattern in KINDS for match in scan.take_all(pattern)]
    kinds = [kind for kind, match in matches if match.start() < last and match.end() > first]
    return kinds[0] if kinds and not any(char.isdigit() for char in scan.rest[first:last]) else None
