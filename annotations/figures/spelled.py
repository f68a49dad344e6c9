"""English numbers in words, written as digits: five hundred and six → 506, three quarters of a million → 0.75 million.

Scales from a thousand on stay words, so that "5 to 7 million" can share its scale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from annotations.figures.numerals import DIGITS, SCALES, capped, from_digits, plain, rounded

ONES = dict(zip("one two three four five six seven eight nine".split(), range(1, 10), strict=True))
TEENS = dict(
    zip(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        range(10, 20),
        strict=True,
    )
)
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
NOUGHTS = dict.fromkeys("zero nought naught".split(), 0)
WORDS = NOUGHTS | ONES | TEENS | TENS
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
PARTS = {
    "half": 2, "halve": 2, "quarter": 4, **{word: index + 1 for index, word in enumerate(ORDINALS)},
    "twentieth": 20, "fiftieth": 50, "hundredth": 100, "thousandth": 1000, "millionth": 10**6,
}  # fmt: skip


def one_of(words: Iterable[str]) -> str:
    return "|".join(words)


HYPHENED_PART = re.compile(r"-and-(?:an?-)?(?P<part>half|quarter)\b")
PART = rf"(?:{one_of(sorted(PARTS, key=len, reverse=True))})s?\b"
BELOW = rf"(?:(?:{one_of(TENS)})(?:[\s-]+(?:{one_of(ONES)}))?|{one_of(TEENS)}|{one_of(ONES)}|{one_of(NOUGHTS)})\b"
# Four hundred and six dozens are 400 and 72; a million and a half is 1.5 million.
AND_DOZENS = re.compile(rf"\b(?P<h>{one_of(ONES)})\s+hundred\s+and\s+(?P<n>{BELOW})\s+dozens?\b")
AND_A_HALF = re.compile(
    rf"\b(?:an?|one|1)\s+(?P<scale>{one_of(SCALES)})\s+and\s+(?:a\s+)?half\b(?!\s+(?:an?\s+)?(?:{one_of(SCALES)})\b)"
)
TEN = rf"(?:{one_of(TENS)})(?![\s-]+(?:{one_of(ONES)})\b)"
NO_MORE = rf"(?![\s-]+(?:{PART}|(?:hundred|{one_of(ONES)})\b))"
# "two hundred and five", but "two hundred and | three fifths", "one hundred | thirty fifths".
HUNDRED = re.compile(
    rf"\b(?P<h>{one_of(ONES)}|{one_of(TEENS)}|an?|\d{{1,2}}(?:\.\d+)?)\s+hundred\b(?!\s+of\b)"
    rf"(?:(?:\s+and|\s*&)[\s-]+(?P<r>{BELOW}|\d{{1,2}}\b(?![.,/]?\d)){NO_MORE}|[\s-]+(?P<q>(?:{one_of(TENS)})\b{NO_MORE}|(?!{TEN}\b){BELOW}(?!\s+hundred)))?"
)
SMALL = re.compile(rf"\b{BELOW}")
SCALE = one_of(SCALES)
# Two spaces keep what is written from joining a number beside it: "4000 3 hundred" is not 4,000,300.
APART = "  "

MINUS = re.compile(r"\b(?:minus|negative)\s+(?=\d)")
# Half a year is 0.5 year: "0.5 a year" would be a rate.
OF = "\0"
ARTICLE = re.compile(rf"{OF}(?:\s+of)?(?:\s+an?\b)?\s*")
NUMBER = rf"(?:{DIGITS.pattern})"
POINT = re.compile(r"(?P<n>\b\d+)\s+point\s+(?P<d>\d+(?:\s+\d)*)\b")
POWER = re.compile(rf"(?P<n>{NUMBER})(?:\s*[x×*]\s*10\s*\^\s*|e)(?P<e>[+-]?\d{{1,2}})\b", re.VERBOSE)
ROOT = re.compile(rf"(?P<n>{NUMBER})\s*\^\s*(?P<e>[+-]{{0,2}}\d{{1,2}})\b", re.VERBOSE)
# "a third", "3 quarters", "20 20-fifths"; with a whole: "5 and a quarter", "3 million and a half".
FRACTION = re.compile(
    rf"(?:(?P<w>{NUMBER})(?:\s+(?P<ws>{SCALE}))?\s+and\s+)?"
    rf"(?:\b(?P<n>an?|{NUMBER})(?:\s*-\s*|\s+))?(?P<t>\b(?:[2-9]0|[1-9]00)(?:\s*-\s*|\s+))?\b(?P<d>{PART})"
    rf"(?:(?:\s+of)?(?:\s+an?)?[\s-]+(?P<s>{SCALE})\b)?",
    re.VERBOSE,
)
AND_PART = re.compile(
    rf"(?P<w>\ban?|{NUMBER})\s+(?P<unit>[a-z]+)\s+and\s+(?:an?\s+)?(?P<d>half|quarter)\b(?!\s+of\b)", re.VERBOSE
)
SLASHED = re.compile(
    r"(?<![\d/.,])(?<!\d-)(?:(?P<w>\d{1,4})\s+)?(?P<a>\d{1,4})\s*(?:/|⁄|\bover\b)\s*(?P<b>\d{1,4})(?![\d/.,]*\d|\s+hundred)",
    re.VERBOSE,
)
AMONG = re.compile(rf"(?P<a>\b\d+)\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<b>\d+)\b(?!\s+(?:{SCALE})\b)")


def in_digits(text: str, table: Mapping[str, object], has_unit: Callable[[str], bool]) -> str:
    """`table`: shares of the scheme, which are left in words. `has_unit`: whether a unit begins a text."""
    text = AND_DOZENS.sub(lambda match: f"{ONES[match['h']] * 100 + below(match['n']) * 12}", text)
    text = AND_A_HALF.sub(r"1.5 \g<scale>", text)
    text = HUNDRED.sub(hundred, HYPHENED_PART.sub(r" and a \g<part>", text))
    text = SMALL.sub(lambda match: f"{APART}{below(match[0])}{APART}", text)
    text = MINUS.sub("-", text)
    text = POINT.sub(lambda match: f"{match['n']}.{re.sub(r'\s', '', match['d'])}", text)
    text = POWER.sub(lambda match: power(from_digits(match["n"]) * Decimal(10) ** int(match["e"])), text)
    text = ROOT.sub(root, text)
    text = AMONG.sub(lambda match: share(int(match["a"]), int(match["b"]), match), text)
    text = SLASHED.sub(lambda match: slashed(match, has_unit), text)
    text = AND_PART.sub(lambda match: and_part(match, has_unit), text)
    text = FRACTION.sub(lambda match: fraction(match, table, has_unit), text)
    return ARTICLE.sub(" ", text)


def below(words: str) -> int:
    return sum(WORDS[word] for word in re.split(r"[\s-]+", words))


def hundred(match: re.Match[str]) -> str:
    head, rest = match["h"], match["r"] or match["q"]
    count = Decimal(1) if head in ("a", "an") else Decimal(WORDS[head]) if head in WORDS else Decimal(head)
    added = 0 if not rest else int(rest) if rest.isdigit() else below(rest)
    return f"{APART}{plain(count * 100) + added:f}{APART}"


def power(value: Decimal) -> str:
    return f"{capped(value):f}"


def root(match: re.Match[str]) -> str:
    """1.1^23; two signs are those of a careless hand."""
    sign = -1 if match["e"].count("-") == 1 else 1
    base = from_digits(match["n"])
    if not base:
        return match[0]
    return f"{capped(base ** (sign * int(match['e'].lstrip('+-')))):.12f}"


def share(count: int, whole: int, match: re.Match[str]) -> str:
    return f"{percent(Decimal(count), Decimal(whole))}%" if 0 < count <= whole else match[0]


def percent(count: Decimal, whole: Decimal) -> str:
    """To the hundredth of a percent; what is less than that, to the sixth decimal."""
    value = count * 100 / whole
    exact = value == rounded(value)
    short = value if exact else rounded(value, "0.01" if abs(value) >= 1 else "0.000001")
    return f"{plain(short):f}"


def slashed(match: re.Match[str], has_unit: Callable[[str], bool]) -> str:
    count, divisor = int(match["a"]), int(match["b"])
    if not divisor:
        return match[0]
    if match["w"]:
        return decimal(Decimal(match["w"]) + Decimal(count) / divisor)
    after = match.string[match.end() :]
    if followed(after, has_unit):
        return decimal(Decimal(count) / divisor)
    if "over" in match[0] and count > divisor:
        return decimal(Decimal(count) / divisor)
    return share(count, divisor, match)


def fraction(match: re.Match[str], table: Mapping[str, object], has_unit: Callable[[str], bool]) -> str:
    words, unit_follows = match[0], followed(match.string[match.end() :], has_unit)
    if key(words) in table and not match["w"] and not unit_follows:
        return f"{APART}{key(words)}"
    is_bare = not match["n"] and not match["w"]
    half_or_quarter = match["d"].startswith(("half", "quarter"))
    stem = match["d"] if match["d"] in PARTS else match["d"].removesuffix("s")
    if (
        (is_bare and not (half_or_quarter and (match["s"] or unit_follows)))
        or (PARTS[stem] == 1 and not match["t"])
        or stem == "second"
    ):
        return words
    count = Decimal(1) if match["n"] in ("a", "an", None) else from_digits(match["n"])
    divisor = Decimal(PARTS[stem] + int(re.sub(r"\D", "", match["t"] or "") or 0))
    return spoken(match, count / divisor, (count, divisor), unit_follows)


def and_part(match: re.Match[str], has_unit: Callable[[str], bool]) -> str:
    """One hour and a half."""
    if not has_unit(match["unit"]):
        return match[0]
    part = Decimal("0.5") if match["d"] == "half" else Decimal("0.25")
    number = Decimal(1) if match["w"] in ("a", "an") else from_digits(match["w"])
    return f"{decimal(number + part)}{match['unit']}"


def spoken(match: re.Match[str], value: Decimal, parts: tuple[Decimal, Decimal], unit_follows: bool) -> str:
    if match["w"]:
        return mixed(match, value)
    if match["s"]:
        return f"{decimal(value)}{match['s']}"
    if unit_follows:
        return f"{decimal(value)}{OF}"
    if value > 1:
        return decimal(value)
    return f"{APART}{percent(*parts)}%"


def mixed(match: re.Match[str], value: Decimal) -> str:
    """3 million and a half is 3.5 million, 1 and a half million 1.5 million, 1 billion and a half million both."""
    number = from_digits(match["w"])
    own, following = match["ws"], match["s"]
    if own and following and SCALES[own] > SCALES[following]:
        return f"{APART}{number} {own} and {decimal(value)}{following}"
    return f"{decimal(number + value)}{following or own or ''}"


def decimal(value: Decimal) -> str:
    return f"{APART}{plain(rounded(value)):f} "


def followed(after: str, has_unit: Callable[[str], bool]) -> bool:
    """3/4 mile, a third of a ton."""
    rest = re.match(r"(?:\s+of)?(?:\s+an?)?[\s-]+", after)
    return rest is not None and has_unit(after[rest.end() :])


def key(words: str) -> str:
    return re.sub(r"[\s-]+", " ", words).strip()


def canonical(words: str) -> str:
    """ "two thirds" of a scheme's table as it stands in a text that was written in digits: "2 thirds"."""
    return key(SMALL.sub(lambda match: f" {below(match[0])} ", words.lower()))
