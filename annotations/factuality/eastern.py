"""Status, polarity and certainty in Korean, Chinese and Japanese, where endings behind the trigger or words before it tell.

One row of the scheme has to speak, and alone: two that differ are offered. What governs the clause (*부인했다, 无法确认*) leaves it open and
offers; a denial or a question that does not reach it silences all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from annotations.factuality.clauses import STRENGTH
from annotations.factuality.own import decided, may_be_denied
from annotations.factuality.reading import ATTRIBUTES, FactualityReading, OfferedValue, Span, Value, offered
from annotations.factuality.tables import Row

if TYPE_CHECKING:
    from annotations.scheme.view import SchemeView

# What makes a verb of a noun stands between it and its ending: 송환-하-지 않았다, 송환-되-지.
LIGHT = "하되시키당받"
# A finite ending ends its clause: 送還した。 is one, 送還した労働者 and 送還したい are none.
CLOSED = re.compile(r"\s*(?:[.。,，、!！;；”」』\"’)）]|$|が、)")
# "수출하지 않았다고 주장했다": who says so stands behind, and may be anybody.
QUOTED = re.compile(r"(?:았|었)?(?:다|이?라)?(?:고|는|며|지)")
CLAUSE = re.compile(r"[,，、;；:：。.!！“”「」\"\n]")
PREPOSITIONS = "被向对對给給把将將为為从從在遭"
# How many signs may stand between a word and the verb that it goes with.
REACH = 15


class Spoken(NamedTuple):
    row: Row
    words: tuple[Span, ...]


class Endings(NamedTuple):
    """The tables of one language as patterns. `joined` may stand between a noun and its verb (를, を)."""

    behind: list[tuple[Row, re.Pattern[str]]]
    before: list[tuple[Row, re.Pattern[str]]]
    clauses: list[tuple[Row, re.Pattern[str]]]
    own: list[tuple[Row, re.Pattern[str]]]
    undone: tuple[str, ...]
    gap: re.Pattern[str]


@lru_cache(maxsize=16)
def endings_of(scheme: SchemeView, language: str) -> Endings:
    tables = scheme.factuality[language]
    joined = "|".join(map(re.escape, tables.get("joined", ())))
    return Endings(
        compiled(tables.get("after", ())),
        compiled(tables.get("before", ())),
        compiled(tables.get("clauses", ())),
        compiled(tables.get("own", ())),
        tuple(tables.get("undone", ())),
        re.compile(rf"(?:{joined})?\s*[{LIGHT}]{{0,2}}"),
    )


def compiled(rows: Iterable[Row]) -> list[tuple[Row, re.Pattern[str]]]:
    return [
        (row, re.compile("|".join(map(re.escape, sorted(row.get("words") or row["verbs"], key=len, reverse=True)))))
        for row in rows
    ]


def is_eastern(scheme: SchemeView, language: str) -> bool:
    return "constructions" not in scheme.factuality[language]


def read(
    text: str, sentence: Span, fragments: Sequence[Span], scheme: SchemeView, label: str, language: str
) -> dict[str, FactualityReading]:
    endings = endings_of(scheme, language)
    trigger = fragments[0][0], fragments[-1][1]
    rows = [*behind(text, trigger, sentence[1], endings), *before(text, trigger, sentence[0], endings)]
    governed = governed_by(text, trigger, sentence, endings)
    undone = any(word in text[slice(*sentence)] for word in endings.undone)
    readings = in_doubt(merged(rows), governed) if governed else {} if undone else merged(rows)
    return readings | own(text, trigger, sentence, endings, label, readings.get("polarity", FactualityReading()))


# Behind the trigger


def behind(text: str, trigger: Span, limit: int, endings: Endings) -> list[Spoken]:
    """The ending that goes with the trigger: the longest; 하지 않았다 is no 않."""
    matches = [
        (match.end() - match.start(), row, match.span())
        for row, pattern in endings.behind
        for match in pattern.finditer(text, trigger[0], min(limit, trigger[1] + REACH))
        if belongs(text, trigger, match, row, limit, endings)
    ]
    if not matches:
        return []
    _, row, span = max(matches, key=lambda match: match[0])
    return [Spoken(doubtful(row) if QUOTED.match(text, span[1], limit) else row, (span,))]


def doubtful(row: Row) -> Row:
    """What a row reads, as offers."""
    return {**row, **{code: [row[code]] for code in ATTRIBUTES if isinstance(row.get(code), str)}}


def belongs(text: str, trigger: Span, match: re.Match[str], row: Row, limit: int, endings: Endings) -> bool:
    if row.get("closed") and not CLOSED.match(text, match.end(), limit):
        return False
    return bool(endings.gap.fullmatch(text[trigger[1] : max(match.start(), trigger[1])]))


# Before it


def before(text: str, trigger: Span, start: int, endings: Endings) -> list[Spoken]:
    """Words of its clause that reach it; a longer word holds the shorter ones (没有 is no 没)."""
    matches = [
        (*match.span(), row)
        for row, pattern in endings.before
        for match in pattern.finditer(text, start, trigger[0])
        if reaches(text[match.end() : trigger[0]], row)
    ]
    kept = [one for one in matches if not any(holds(other, one) for other in matches)]
    return [Spoken(row, ((first, last),)) for first, last, row in kept]


def holds(longer: tuple[int, int, Row], shorter: tuple[int, int, Row]) -> bool:
    return longer[:2] != shorter[:2] and longer[0] <= shorter[0] and shorter[1] <= longer[1]


def reaches(between: str, row: Row) -> bool:
    """的 and a comma end what a word can reach; a negation reaches the verb beside it or behind a preposition."""
    if row.get("far"):
        return "。" not in between and not CLAUSE.search(between)
    if "的" in between or CLAUSE.search(between) or len(between) > REACH:
        return False
    near = row.get("near")
    if near is None:
        return True
    return len(between) <= near or (near > 0 and between[0] in PREPOSITIONS)


# What governs the clause


def governed_by(text: str, trigger: Span, sentence: Span, endings: Endings) -> Spoken | None:
    """The word of the clause that doubts it most: before the trigger without 的 between, or behind it."""
    left = max((mark.end() for mark in CLAUSE.finditer(text, sentence[0], trigger[0])), default=sentence[0])
    mark = CLAUSE.search(text, trigger[1], sentence[1])
    right = mark.start() if mark else sentence[1]
    candidates = [
        Spoken(row, (match.span(),))
        for row, pattern in endings.clauses
        for first, last in ((left, trigger[0]), (trigger[1], right))
        for match in pattern.finditer(text, first, last)
        if last == right or "的" not in text[match.end() : trigger[0]]
    ]
    return max(candidates, key=lambda one: STRENGTH.index(one.row["kind"]), default=None)


def in_doubt(readings: dict[str, FactualityReading], governed: Spoken) -> dict[str, FactualityReading]:
    """Offers of what the words say and, where they are silent, of what is usually in doubt."""
    stated = {code: reading(governed, code) for code in ATTRIBUTES if governed.row.get(code)}
    own = {code: offered(each) for code, each in readings.items()}
    return stated | own | {code: each for code, each in stated.items() if code != "status"}


# As readings


def merged(rows: Sequence[Spoken]) -> dict[str, FactualityReading]:
    readings: dict[str, FactualityReading] = {}
    for attribute in ATTRIBUTES:
        stated = sorted((one for one in rows if one.row.get(attribute)), key=lambda one: rank(one.row, attribute))
        if len(stated) == 1 and len(rows) == 1:
            readings[attribute] = reading(stated[0], attribute)
        elif stated:
            offers: dict[Value, OfferedValue] = {}
            for one in stated:
                for offer in offered(reading(one, attribute)).offers:
                    offers.setdefault(offer.value, offer)
            readings[attribute] = FactualityReading(offers=tuple(offers.values()))
    return readings


def rank(row: Row, attribute: str) -> tuple[bool, bool]:
    """*If* comes first, and a doubt before a certainty: 可能购买了."""
    return not row.get("far"), attribute == "certainty" and "certain" in row[attribute]


def reading(spoken: Spoken, attribute: str) -> FactualityReading:
    stated: Any = spoken.row[attribute]
    shown = () if stated == "positive" else spoken.words
    if isinstance(stated, str):
        return FactualityReading(stated, shown)
    return FactualityReading(offers=tuple(OfferedValue(value, shown) for value in stated))


def own(
    text: str, trigger: Span, sentence: Span, endings: Endings, label: str, polarity: FactualityReading
) -> dict[str, FactualityReading]:
    is_denied = may_be_denied(polarity)
    matches: dict[str, list[tuple[Row, tuple[Span, ...]]]] = {}
    for row, pattern in endings.own:
        if row["label"] != label or (row["attribute"] in matches and matches[row["attribute"]][0][0]["where"] == "trigger"):
            continue
        match = pattern.search(text, *place_of(row["where"], trigger, sentence))
        if match:
            matches.setdefault(row["attribute"], []).append((row, () if row["where"] == "trigger" else (match.span(),)))
    return {attribute: decided(rows, is_denied=is_denied) for attribute, rows in matches.items()}


def place_of(where: str, trigger: Span, sentence: Span) -> Span:
    if where == "clause":
        return sentence
    return trigger if where == "trigger" else (trigger[1], min(sentence[1], trigger[1] + REACH))
