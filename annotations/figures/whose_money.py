"""Whose dollar: names of currencies are written as ISO 4217 codes, and as XXX (“no currency”) where nobody can say whose money it is.

Letters that touch a sign ("R$9"), a word before the noun ("Fijian dollars"), Hangul or Han that touch it (호주달러, 澳元) make
the money that of another country, unless they are known. Nothing that is not understood becomes the dollar of the United States.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category

from annotations.figures.lexicon import currencies
from annotations.figures.numerals import LETTERS, SCALES

UNKNOWN = "xxx"
ENGLISH, KOREAN, CHINESE = currencies.english(), currencies.eastern(3), currencies.eastern(4)
PREFIXES = currencies.prefixes()
CODES = frozenset(code.lower() for code in currencies.CODES)


def one_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


SIGNED = re.compile(r"(?<![a-z])(?P<letters>(?:[a-z]\.){2}|[a-z]{1,4})(?P<gap>\s?)(?P<sign>[$¥£₩])(?=\s?\d)")
NOUN = re.compile(
    rf"(?P<before>(?:(?<![a-z.])[a-z][a-z.'-]*\s+){{0,3}})(?<![a-z])(?P<noun>{one_of(ENGLISH)})(?![a-z])(?P<of>\s+of\b)?"
)
ANY_NOUN = re.compile(rf"(?<![a-z])(?:{one_of(ENGLISH)})(?![a-z])")
SIGNS = "$€£¥₩₽₫"
SOLES = re.compile(r"(?<![a-z\d/])s/\.?(?=\s?\d[\d.,]*(?![\d/]))")
RUPEES = re.compile(r"(?<![a-z])rs\.?(?=\s?\d)")
# Words that may stand between a number and its money and name no country.
LINKS = frozenset(
    "of in the a an and or to per than more less fewer about some each every few several hundreds thousands millions billions tens "
    "dozens for by with worth from between at over under up half quarter only total nearly almost around exactly".split()
)
NAMES_KO = re.compile("|".join(rf"{re.escape(who)}\s?{re.escape(noun)}" for who, noun in currencies.pairs(3)))
NAMES_ZH = re.compile(one_of([*CHINESE, "泰铢"]))
# 9000000호주달러, 호주달러 300, 300澳元.
NOUNS_KO, NOUNS_ZH = currencies.nouns(2, without="원 동 불 엔 위안 위안화"), currencies.nouns(3, without="币 幣 铢 盾")
FOREIGN_KO = re.compile(
    rf"(?<=\d)[가-힣]{{1,7}}(?:{one_of(NOUNS_KO)})|(?<![가-힣\d])[가-힣]{{1,7}}(?:{one_of(NOUNS_KO)})(?=\s*\d)"
)
BARE = re.compile(rf"(?<=\d)\s?(?:{one_of([*currencies.unclaimed(), '동'])})(?![가-힣])")
FOREIGN_ZH = re.compile(rf"(?<=\d)(?!人民币|[多余餘几])[\u4e00-\u9fff]{{1,5}}?(?:{one_of(NOUNS_ZH)})")
# 직원, 원유, 单元: syllables of other words.
NO_WON = re.compile(r"(?<!\d)(?<!\d\s)(?:(?<=[가-힣])[원불]|[원불](?=[가-힣]))")
NO_YUAN = re.compile(r"(?<![\d多余餘])(?<!\d\s)元")


def in_codes(text: str) -> str:
    """`text` in small letters, its numbers in digits already."""
    text = SIGNED.sub(signed, SOLES.sub(f" {UNKNOWN} ", RUPEES.sub(f" {UNKNOWN} ", text)))
    if ANY_NOUN.search(text):
        text = NOUN.sub(with_currency, text)
    if text.isascii():
        return text
    text = "".join(f" {UNKNOWN} " if category(sign) == "Sc" and sign not in SIGNS else sign for sign in text)
    text = FOREIGN_KO.sub(f" {UNKNOWN} ", NAMES_KO.sub(lambda match: f" {KOREAN[re.sub(r'\s', '', match[0])].lower()} ", text))
    text = FOREIGN_ZH.sub(f" {UNKNOWN} ", NAMES_ZH.sub(lambda match: f" {CHINESE.get(match[0], 'THB').lower()} ", text))
    text = BARE.sub(f" {UNKNOWN} ", text)
    return NO_YUAN.sub(" ", NO_WON.sub(" ", text))


def code_or_unknown(code: str) -> str:
    return code.lower() if code.lower() in CODES else UNKNOWN


def signed(match: re.Match[str]) -> str:
    """ "hk $9" is known; in "of $9" the letters are a word."""
    letters, touches = match["letters"], not match["gap"]
    code = PREFIXES.get(f"{letters}{match['sign']}") or (letters if letters in CODES else None)
    if not touches and (code is None or len(letters) < 2):
        return match[0]
    return f" {code_or_unknown(code or UNKNOWN)} "


def with_currency(match: re.Match[str]) -> str:
    words, whose = match["before"].split(), ENGLISH[match["noun"]]
    if match["of"] and match["noun"].startswith("pound"):
        return f"{match['before']}lbs{match['of']}"
    for count in range(min(3, len(words)), 0, -1):
        if code := whose.get(" ".join(words[-count:])):
            return f"{' '.join(words[:-count])} {code_or_unknown(code)} {match['of'] or ''}"
    if words and words[-1] not in LINKS and words[-1] not in SCALES and words[-1] not in LETTERS:
        return f"{' '.join(words[:-1])} {UNKNOWN} {match['of'] or ''}"
    return match[0] if whose[""] != "XXX" else f"{match['before']}{UNKNOWN}{match['of'] or ''}"
