"""The outlet and the day that the first words of a report name: “SEOUL, March 14, 2019 (Pacific Wire) —”. Pure. Offered to people, never stored."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

# A dateline opens a report; later ones are of reports that it quotes.
LOOKED_AT = 600
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*)\.?"
DAY = rf"(?:{MONTH} (?P<day>\d{{1,2}})(?:, ?(?P<year>\d{{4}}))?|(?P<day2>\d{{1,2}}) {MONTH.replace('month', 'month2')}(?: (?P<year2>\d{{4}}))?)"
FORMS = tuple(
    re.compile(form, re.MULTILINE)
    for form in (
        # SEOUL, March 14, 2019 (Pacific Wire) — · DANDONG, China (AP) —
        rf"^(?P<place>[A-Z][A-Z.'’ -]{{2,40}})(?:, [A-Z][A-Za-z. ]{{1,30}}?)??(?:,? {DAY})? \((?P<outlet>[^()\n\d]{{2,60}})\) ?[-–—]",
        # [서울=연합뉴스] · (서울=연합뉴스)
        r"^[\[(](?P<place>[^\])=\n]{1,20})=(?P<outlet>[^\])=\n\d]{2,30})[\])]",
        # 新华社平壤3月14日电
        r"^[(（]?(?P<outlet>[\u4e00-\u9fff]{1,6}[社网網])(?P<place>[\u4e00-\u9fff]{2,10}?)(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日[电電]",
    )
)


class Dateline(NamedTuple):
    """`published`: ISO 8601; empty where the words name no year, which nobody guesses."""

    words: str
    outlet: str
    published: str


def dateline_of(text: str) -> Dateline | None:
    start = text[:LOOKED_AT]
    opening = min(filter(None, (form.search(start) for form in FORMS)), key=re.Match.start, default=None)
    return Dateline(opening[0].strip(), opening["outlet"].strip(), day_of(opening)) if opening else None


def day_of(opening: re.Match[str]) -> str:
    parts = opening.groupdict()
    year, month, day = (parts.get(name) or parts.get(f"{name}2") for name in ("year", "month", "day"))
    if not (year and month and day):
        return ""
    number = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""
