"""Figures: where a text has numbers that the reader of figures can read. Pure.

Digits, number words and the vague words of the scheme are candidates, widened by hedges and comparators on the left, by range, unit,
currency and period on the right. The reader has the last word: what it reads no value from, or reads as a date, is not offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from annotations.figures.eastern import EASTERN
from annotations.figures.lexicon import ALL, LEXICONS
from annotations.figures.lexicon import numerals as table
from annotations.figures.reader import read
from annotations.figures.reading import FigureReading
from annotations.figures.strangers import non_figure_kind
from annotations.scheme.view import SchemeView
from annotations.suggesters.suggestion import ScannedText, Suggestion

KINDS = ("span",)
VERSION = "1"
CODE = "figures"
SURE, UNSURE = 0.8, 0.4
NO_FIGURES = {"date", "ordinal", "reference number", "telephone number", "time of day", "perhaps a year", "more than one number"}
BARE = {"one", "a", "half", "an", "一", "한", "하나"}
YEAR = re.compile(r"(?:1[89]|20)\d\d")
VALUES = ("low", "high", "comparator", "approximate", "vague", "unit", "currency", "per_period")
PEOPLE_MORE = (
    "laborers labourers soldiers sailors passengers migrants refugees defectors officials waitresses staff students families residents "
    "seekers girls members troops children deaths"
).split()
ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
SCALES = "dozen|hundred|thousand|million|billion|trillion"
# A text is looked through in pieces of lines: what hostile words cost then grows with the text, and no faster.
PIECE = re.compile(r"[^\n]{1,1000}(?!\S)|[^\n]{1,1000}")
MOST = 1_000  # candidates in a text
WESTERN_LETTER = re.compile(r"[a-z]")


class Finders(NamedTuple):
    western: re.Pattern[str]
    eastern: re.Pattern[str]
    people: re.Pattern[str]


def alternatives(words: Iterable[str]) -> str:
    ordered = sorted({word for word in words if word}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or "(?!)"


def western_words(scheme: SchemeView) -> list[str]:
    """What may stand before a number and belongs to it."""
    known = [word for words in ALL.comparators.values() for word in words]
    known += [word for layer in scheme.layers_of("figure") for entry in layer.get("comparators", []) for word in entry["lexicon"]]
    known += [*ALL.over, *ALL.under, *ALL.approximate, "up to", "at least", "just"]
    known += [re.sub(r"^an? ", "", word) for words in ALL.statistics.values() for word in words]
    return [word for word in known if word.isascii() and WESTERN_LETTER.match(word) and not {"X", "Y"} & set(word.split())]


@lru_cache(maxsize=8)
def finders(scheme: SchemeView) -> Finders:
    vague = [entry["word"] for layer in scheme.layers_of("figure") for entry in layer.get("vague_words", [])]
    money = [*ALL.currencies, *scheme.currency_aliases, *scheme.currency_inferred, *scheme.currencies, "US$", "HK$"]
    signs = alternatives(word for word in money if not word[-1].isalnum())
    named = alternatives(word for word in money if word[-1].isalnum() and len(word) > 1 and not EASTERN.search(word))
    units = alternatives([*(word for word in ALL.units if word.isascii() and len(word) > 1), *ALL.other_units])
    number = (
        rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(?:{SCALES})s?\b|k\b|m\b|bn\b)?"
        rf"|(?:\b(?:a|half\s+a)\s+)?\b(?:{ONES}|{SCALES})(?:[\s-]+(?:and\s+)?(?:{ONES}|{SCALES}))*\b(?!\s*['’]s)"
        rf"|\b(?:{alternatives(vague)})\b(?:\s+of\s+(?:{SCALES})s?\b)?"
    )
    percent = r"\s*(?:%|percent\b|per\s*cent\b|pct\b|percentage\s+points?\b)"
    amount = rf"(?:(?:{signs})\s*)?(?:{number})(?:{percent})?"
    hedge = rf"(?:\b(?:{alternatives(western_words(scheme))})\s+)"
    period = r"\s+(?:per|a|an|each|every)\s+(?:hour|day|week|month|year|barrel|tonne|ton)\b|\s+(?:daily|weekly|monthly|annually|yearly)\b"
    western = (
        rf"{hedge}{{0,3}}(?<![\w.,/-]){amount}(?:\s*(?:to|or|-|–|—)\s*{amount})?(?:{percent}|\s*(?:{named})\b|[\s-]*(?:{units})\b)?"
        rf"(?:\s*(?:{named})\b)?(?:{period})?(?:\s+or\s+(?:more|less|so)\b)?"
    )
    people = alternatives([*(word for word in ALL.people if word.isascii()), *PEOPLE_MORE])
    counted = rf"^(?:\s+(?:of\s+(?:the|its|their)\s+)?[\w’'-]+){{0,3}}?\s+(?:{people})\b"
    return Finders(re.compile(western, re.IGNORECASE), re.compile(eastern_pattern()), re.compile(counted, re.IGNORECASE))


def eastern_pattern() -> str:
    """A number with what it counts: 170명, 약 4만5000위안, 至少三百名. Numerals that are letters of other words need a counter behind them."""
    lexicons = [LEXICONS[code] for code in ("ko", "zh", "ja")]
    scales = "".join([*table.HAN_SMALL, *table.HAN_LARGE, *table.HANGUL_SMALL, *table.HANGUL_LARGE])
    own = [*table.HAN_DIGITS, *table.HAN_SMALL, *table.HAN_LARGE, *table.HAN_ODD]
    ones, tens = "".join(table.HANGUL_DIGITS), "".join([*table.HANGUL_SMALL, *table.HANGUL_LARGE])
    native = [f"{ten}{one}" for ten in ("", *table.NATIVE_TENS) for one in ("", *table.NATIVE_ONES) if ten or one]
    before = [word for each in lexicons for words in each.comparators.values() for word in words]
    before += [word for each in lexicons for word in (*each.approximate, *each.over)]
    behind = [word for word in before if EASTERN.search(word)] + ["여", "余", "多", "餘"]
    counters = [
        word
        for each in lexicons
        for word in (*each.people, *each.items, *each.occasions, *each.units, *each.percent, *each.currencies, *each.shared)
    ]
    counter = rf"(?:[%％]|{alternatives([*counters, '여 명', '여명', '元', '円'])})"
    vague = alternatives(word for each in lexicons for word in each.vague)
    digits = rf"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?(?:\s?[{scales}]+(?:\s?[0-9０-９][0-9０-９,，]*[{scales}]*)*)?"
    letters = rf"(?:{vague}|[{''.join(own)}]{{1,16}}+|(?<![가-힣])(?:{alternatives(native)})(?=\s)|(?<![가-힣])(?:[{ones}]?[{tens}])+[{ones}]?)"
    hedge = rf"(?:(?:{alternatives(word for word in before if EASTERN.search(word))})\s?)"
    to = rf"(?:\s?[~〜～至到-]\s?(?:{digits}))?"
    end = rf"(?:\s?(?:{alternatives(behind)}))?"
    return rf"{hedge}{{0,2}}(?:(?<![0-9A-Za-z.,/-]){digits}{to}{end}(?:\s?{counter})?|{letters}{end}\s?{counter}){end}"


class FigureInText(NamedTuple):
    start: int
    end: int
    label: str
    is_sure: bool
    reading: FigureReading


def figures_in(text: str, scheme: SchemeView, language: str = "en") -> Iterator[FigureInText]:
    """In the order of the text, none over another."""
    patterns = finders(scheme)
    labels = counted_labels(scheme)
    behind = 0
    for start, end in stretches(text, patterns):
        if start < behind:
            continue
        words = text[start:end]
        if words.lower() in BARE or YEAR.fullmatch(words) or non_figure_kind(text, start, end):
            continue
        reading = read(words, scheme, language)
        if words[0] in BARE and reading.low == reading.high == 1:  # 一个 is "a", as often as not
            continue
        if reading.comparator is None or NO_FIGURES.intersection(reading.warnings):
            continue
        of_people = patterns.people.match(text[end : end + 60])
        label = reading.label or (labels[0] if of_people else labels[-1]) if labels else reading.label
        if label:
            behind = end
            yield FigureInText(start, end, label, bool(reading.label or of_people), reading)


def stretches(text: str, patterns: Finders) -> list[tuple[int, int]]:
    both = patterns[:2] if EASTERN.search(text) else patterns[:1]
    matches = (match for piece in PIECE.finditer(text) for one in both for match in one.finditer(text, *piece.span()))
    whole = {stripped(text, *match.span()) for match in islice(matches, MOST)}
    # Of two that begin together the longer one comes first; one inside another is passed over.
    return sorted((each for each in whole if each[0] < each[1]), key=lambda each: (each[0], -each[1]))


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def counted_labels(scheme: SchemeView) -> Sequence[str]:
    """The label of people that are counted, and that of things."""
    people = [
        label
        for layer in scheme.layers_of("figure")
        for each in layer["attributes"]
        if each["code"] == "counted"
        for label in each.get("required_for", [])
    ]
    things = [
        label["code"]
        for layer in scheme.layers_of("figure")
        for label in layer["labels"]
        if "counted_text" in label.get("attributes", []) and "unit" not in label.get("attributes", [])
    ]
    return [*people[:1], *[label for label in things if label not in people][:1]]


def suggest(read_text: ScannedText) -> Iterator[Suggestion]:
    layer = next((str(each["code"]) for each in read_text.scheme.layers_of("figure")), None)
    if layer is None:
        return
    for each in figures_in(read_text.text, read_text.scheme, read_text.language):
        yield Suggestion(
            kind="span",
            layer=layer,
            label=each.label,
            ranges=((each.start, each.end),),
            suggester=CODE,
            version=VERSION,
            score=SURE if each.is_sure else UNSURE,
            why="a number that can be read" if each.is_sure else "a number; what is counted is not clear",
            fields={"attributes": values_of(each.reading)},
        )


def values_of(reading: FigureReading) -> dict[str, Any]:
    """What is read from the words, to be shown; the one write reads it again."""
    shown = {name: getattr(reading, name) for name in VALUES}
    return {
        name: float(value) if name in ("low", "high") else value for name, value in shown.items() if value not in (None, False)
    }
