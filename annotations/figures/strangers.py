"""Numbers that are no figures: dates, ordinals, and the numbers of resolutions and articles."""

from __future__ import annotations

import re

from annotations.figures.lexicon import ALL
from annotations.figures.numerals import CJK_CHARS
from annotations.figures.scan import Scan, any_of

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
DATE = re.compile(
    rf"\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?|\b{MONTH}\s+\d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}(?:\s+\d{{4}})?(?![a-z])"
    r"|\b\d{4}-\d{2}-\d{2}\b"
    r"|\d{4}\s*[年년](?!間|간)(?:\s*\d{1,2}\s*[月월])?(?:\s*\d{1,2}\s*[日일])?|\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일]|(?<![\d.])\d{1,2}[月월](?!額)"
)
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
ORDINAL = re.compile(rf"\b\d+(?:st|nd|rd|th)\b|(?:第|제)\s*[\d{CJK_CHARS}]+")
NUMBER_AFTER = re.compile(r"\s*[#:]?\s*\d[\d/-]*(?:\s*\(\d{4}\))?")


def take_strangers(scan: Scan) -> list[str]:
    """What was found and blanked; a bare year is only doubted."""
    warnings = []
    if take_references(scan):
        warnings.append("reference number")
    if scan.take_all(DATE):
        warnings.append("date")
    if scan.take_all(CLOCK):
        warnings.append("time of day")
    if scan.take_all(ORDINAL) or take_ordinal_word(scan):
        warnings.append("ordinal")
    if YEAR.fullmatch(scan.rest):
        warnings.append("perhaps a year")
    return warnings


def take_references(scan: Scan) -> bool:
    for match in any_of(ALL.references).finditer(scan.rest):
        number = NUMBER_AFTER.match(scan.rest, match.end())
        if number:
            scan.blank(match.start(), number.end())
            return True
    return False


def take_ordinal_word(scan: Scan) -> bool:
    """Only where it stands alone: "two fifths" and "a third" are shares."""
    match = any_of(ALL.ordinals).fullmatch(scan.rest.strip())
    if match:
        scan.blank(0, len(scan.rest))
    return bool(match)
