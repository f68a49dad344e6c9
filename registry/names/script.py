"""The normal form of a name: NFKC, lower case, no marks or apostrophes, in Latin letters; each letter keeps its position in the name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from registry.names import arabic, cyrillic

# What a longer name has behind this is not read: no listed name is as long, and a hostile one must not cost seconds.
MOST_LETTERS = 300
APOSTROPHES = frozenset("'’‘`´ʼʻʹʿʾ′＇")
AMPERSANDS = frozenset("&＆﹠")
SCRIPTS = (
    ("hangul", re.compile("[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]")),
    ("han", re.compile("[\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")),
    ("kana", re.compile("[\u3040-\u30ff\u31f0-\u31ff]")),
    ("arabic", re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")),
    ("cyrillic", re.compile("[\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f]")),
)
SYLLABIC = ("hangul", "han")
ASCII_WORD = re.compile("(?<!['`])['`]*[a-z0-9][a-z0-9'`]*|&")  # signs in a row are read once, whatever their number
# Vowels and finals of Hangul that were written one by one belong to the syllable before them.
JOINING_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")


class Letter(NamedTuple):
    """One letter with its marks: its range in the name, its normal form, and its script. The form of a separator is empty."""

    start: int
    end: int
    form: str
    script: str


class LetterRun(NamedTuple):
    """Letters that make up one word: its range in the name, its script and its normal form."""

    start: int
    end: int
    script: str
    native: str
    written: tuple[Letter, ...] = ()  # empty for plain letters, of which each is one sign

    @classmethod
    def of(cls, letters: Iterable[Letter]) -> LetterRun:
        whole = tuple(letters)
        return cls(whole[0].start, whole[-1].end, whole[0].script, "".join([letter.form for letter in whole]), whole)

    @property
    def letters(self) -> tuple[Letter, ...]:
        signs = enumerate(self.native, self.start)
        return self.written or tuple([Letter(position, position + 1, form, self.script) for position, form in signs])


def letters(name: str) -> Iterator[Letter]:
    """Letters with the marks that follow them, up to MOST_LETTERS code points."""
    start, limit = 0, min(len(name), MOST_LETTERS)
    while start < limit:
        end = start + 1
        while end < limit and joins(name[end]):
            end += 1
        form = normal(name[start:end])
        yield Letter(start, end, form, script_of(form))
        start = end


def joins(character: str) -> bool:
    """Marks and invisible signs are part of the letter before them."""
    if character < "\u0300" and character != "\u00ad":
        return False
    return unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"} or bool(JOINING_JAMO.match(character))


@lru_cache(maxsize=10_000)
def normal(letter: str) -> str:
    """Empty for what is neither letter nor digit."""
    if letter[0] in APOSTROPHES:
        return ""
    form = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", letter).casefold())
    return form if any(map(str.isalnum, form)) else ""


def script_of(form: str) -> str:
    return next((script for script, signs in SCRIPTS if signs.search(form)), "latin") if not form.isascii() else "latin"


def runs(name: str) -> list[LetterRun]:
    """The words of a name: letters without a separator, and of one script where that is Hangul or Han."""
    return ascii_runs(name) if name.isascii() else runs_of_any(name)


def ascii_runs(name: str) -> list[LetterRun]:
    """As `runs_of_any`, of the plain letters that most names of lists have, in a tenth of the time."""
    words = []
    for match in ASCII_WORD.finditer(name.lower(), 0, MOST_LETTERS):
        signs, start = match[0], match.start()
        if signs == "&":
            words.append(LetterRun.of([Letter(start, start + 1, "and", "latin")]))
        elif "'" in signs or "`" in signs:
            positions = [(position, sign) for position, sign in enumerate(signs, start) if sign not in "'`"]
            words.append(LetterRun.of(Letter(position, position + 1, sign, "latin") for position, sign in positions))
        else:
            words.append(LetterRun(start, match.end(), "latin", signs))
    return words


def runs_of_any(name: str) -> list[LetterRun]:
    words: list[LetterRun] = []
    current: list[Letter] = []
    for letter in letters(name):
        sign = name[letter.start]
        if sign in APOSTROPHES or is_invisible(sign):
            continue
        if current and (not letter.form or changes_script(current[-1], letter)):
            words.append(LetterRun.of(current))
            current = []
        if letter.form:
            current.append(letter)
        elif sign in AMPERSANDS:
            words.append(LetterRun.of([Letter(letter.start, letter.end, "and", "latin")]))
    return [*words, LetterRun.of(current)] if current else words


def is_invisible(sign: str) -> bool:
    return sign > "\u00ac" and unicodedata.category(sign) == "Cf"


def changes_script(before: Letter, letter: Letter) -> bool:
    """Also at ㈱, which is a word in brackets."""
    if "(" in (before.form[0], letter.form[:1]):
        return True
    return before.script != letter.script and (before.script in SYLLABIC or letter.script in SYLLABIC)


@lru_cache(maxsize=50_000)
def latin(native: str, script: str) -> str:
    """A word in Latin letters and digits, by our own table of Cyrillic and by anyascii. A word in Arabic letters keeps these: without
    its vowels it would be the same as many others."""
    if script == "arabic" and not native.isdigit():
        return arabic.unified(native) or native
    if script == "cyrillic":
        native = cyrillic.latin(native)
    return re.sub("[^a-z0-9]", "", anyascii(native).casefold()) or native  # letters that anyascii does not know stay as they are
