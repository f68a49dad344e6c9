"""Words in a legacy code page that were read as Latin-1: `±èÁ¤Àº` for 김정은.

A *stretch* is what two-byte text looks like when it is misread: characters that are not ASCII,
with at most one ASCII letter between two of them (the second byte of a pair may be ASCII). No Latin
orthography has four of them in a stretch. The stretches of a text are decoded with each table; a
table fits if nearly all of them are then common characters of its script, and the one that gives
the most frequent characters of its language is taken. Shorter clusters follow once the table is
beyond doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.cleaning.draft import DraftEdit
from corpus.cleaning.mojibake.readings import LATIN, reason

# How much of the misread text must decode, be letters, and be common letters.
DECODED, COMMON = 0.85, 0.9
LETTERS = {True: 0.7, False: 0.85}
# How many letters put a table beyond doubt, so that shorter clusters may follow.
CERTAIN = 12

_HIGH = f"[{LATIN.characters(0x80, 0xFF)}]"
_EUC = f"[{LATIN.characters(0xA1, 0xFF)}]"
_STRETCH = re.compile(f"{_HIGH}(?:[@-~]?{_HIGH})*[@-~]?")
_PRIVATE = re.compile("[\x80-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")
_SHORT = re.compile(f"(?<![A-Za-z]){_EUC}{{1,3}}(?![A-Za-z])")
_ACCENTED_WORD = re.compile("[A-Za-z][À-ÿ]|[À-ÿ][A-Za-z]")


@dataclass(frozen=True, slots=True)
class CodePage:
    """A code page: its codec, its name, and which letters are common in it."""

    codec: str
    name: str
    is_common: Callable[[str], bool]
    is_wide: bool = True

    def decode(self, wrong: str) -> str | None:
        """What the misread text says in this table; None if it says nothing."""
        data = LATIN.encode(wrong)
        try:
            right = "" if data is None else data.decode(self.codec)
        except UnicodeDecodeError:
            return None
        return None if not right or _PRIVATE.search(right) else right


def _leads(codec: str, low: int, high: int) -> Callable[[str], bool]:
    """Is the character in the rows of common characters of this table?"""

    def belongs(char: str) -> bool:
        data = char.encode(codec, "replace")
        return len(data) == 2 and low <= data[0] <= high

    return belongs


def _named(*scripts: str) -> Callable[[str], bool]:
    return lambda char: unicodedata.name(char, "").split(" ")[0] in scripts


TABLES = (
    CodePage("cp949", "EUC-KR/CP949", _leads("euc_kr", 0xB0, 0xC8)),
    CodePage("euc_jp", "EUC-JP", _leads("euc_jp", 0xA1, 0xCF)),
    CodePage("cp932", "Shift-JIS", _leads("cp932", 0x81, 0x97)),
    CodePage("gb18030", "GB18030", _leads("gb2312", 0xB0, 0xD7)),
    CodePage("big5", "Big5", _leads("big5", 0xA4, 0xC6)),
    CodePage("cp1251", "windows-1251", _named("CYRILLIC"), is_wide=False),
    CodePage("koi8_r", "KOI8-R", _named("CYRILLIC"), is_wide=False),
    CodePage("cp1253", "windows-1253", _named("GREEK"), is_wide=False),
    CodePage("cp1255", "windows-1255", _named("HEBREW"), is_wide=False),
    CodePage("cp1256", "windows-1256", _named("ARABIC"), is_wide=False),
    CodePage("iso8859_6", "ISO-8859-6", _named("ARABIC"), is_wide=False),
)
# The most frequent characters of Korean, Chinese, Japanese, Russian, Greek, Hebrew and Arabic.
FREQUENT = frozenset(
    "이다는의에을가고하기지사한로를인은도자대정서원해리시있들아일어과부보그나국중전상"
    "제수장조신성게여동만주으선공라경구오관북년김거것유세미라마당방개화계면회적스진안"
    "김은정박최평양당노동신단둥강길종용건핵탄험통송환령군민족식백천만억원명월돈위재난말"
    "的一是不了人在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对"
    "东西南北京市省县区城海山江河工厂公司政府民员朝鲜韩美俄平壤丹金正恩联合安理制裁决议"
    "第三二四五六七八九十百千万元月号同行动于与及被向从将已经称报道记新闻部长主席外交贸易"
    "这個來國說們為時會過學對後發經現將實與還動開當問無從見長點門間業產報電話體員"
    "のにはをたがでてとしれさあいもなするかられこきっりまくだうえんそ日本者"
    "оеаинтсрвлкмдпуяыьгзбчйхАВПСНК"
    "αοιετσνηυρπκμλςίόήάέ"
    "יוהלאתרמבשנםעד"
    "اليمنوترةبعدسفكه"
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table reads a text: the edits' ranges and words, and how sure that is."""

    table: CodePage
    words: tuple[tuple[int, int, str], ...]
    letters: int
    score: float


def find(text: str) -> Iterator[DraftEdit]:
    """Edits that decode the stretches of this text with the one table that fits best."""
    best = best_fit(text)
    if best is None:
        return
    for start, end, right in sorted([*best.words, *_more(text, best)]):
        wrong = text[start:end]
        why = reason(LATIN.encode(wrong) or b"", right, best.table.name, wrong, LATIN.name)
        yield DraftEdit(start, end, right, "mojibake", why)


def best_fit(text: str, least: int = CERTAIN) -> Fit | None:
    """The table in which a text that was read as Latin-1 makes most sense; None if in none.

    `least`: letters that a one-byte table must explain; those of two bytes are proof sooner.
    """
    spans = [match.span() for match in _STRETCH.finditer(text) if _is_suspect(match.group())]
    fits = [fit for table in TABLES if spans and (fit := _fit(text, spans, table, least))]
    return max(fits, key=lambda fit: fit.score, default=None)


def _is_suspect(stretch: str) -> bool:
    """Four characters that are not ASCII, and not one or two signs again and again."""
    high = [char for char in stretch if char > "\x7f"]
    return len(high) >= 4 and len(set(high)) >= 3


def _fit(text: str, spans: Sequence[tuple[int, int]], table: CodePage, least: int) -> Fit | None:
    words = [(start, end, right) for start, end in spans if (right := table.decode(text[start:end])) is not None]
    total = sum(end - start for start, end in spans)
    foreign = [char for _, _, word in words for char in word if char > "\x7f"]
    letters = [char for char in foreign if char.isalpha()]
    if (
        sum(end - start for start, end, _ in words) < DECODED * total
        or len(letters) < max(LETTERS[table.is_wide] * len(foreign), 2 if table.is_wide else least)
        or _share(letters, table.is_common) < COMMON
    ):
        return None
    score = _share(letters, FREQUENT.__contains__)
    if score < (0.1 if table.is_wide else 0.5) or not _is_calm(letters, table):
        return None
    return Fit(table, tuple(words), len(letters), score)


def _share(letters: Sequence[str], belongs: Callable[[str], bool]) -> float:
    return sum(map(belongs, letters)) / len(letters)


_is_kana = _named("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA")


def _is_calm(letters: Sequence[str], table: CodePage) -> bool:
    """Written as people write: small letters for the most part, Japanese with kana."""
    if table.codec in ("euc_jp", "cp932"):
        return _share(letters, _is_kana) >= 0.2
    if not table.is_wide and len(letters) >= CERTAIN and len(set(letters)) > 0.9 * len(letters):
        return False  # an alphabet, not words
    return _share(letters, str.isupper) <= 0.34


def _more(text: str, fit: Fit) -> Iterator[tuple[int, int, str]]:
    """What is too short to be proof by itself, in a text whose table is beyond doubt."""
    if fit.letters < CERTAIN:
        return
    covered = bytearray(len(text))
    for start, end, _ in fit.words:
        covered[start:end] = b"\x01" * (end - start)
    shortest = 2 if fit.table.is_wide or _ACCENTED_WORD.search(text) else 1
    pattern = _STRETCH if fit.table.is_wide else _SHORT
    for match in pattern.finditer(text):
        start, end = match.span()
        right = fit.table.decode(match.group())
        if end - start >= shortest and right and not any(covered[start:end]):
            yield start, end, right
