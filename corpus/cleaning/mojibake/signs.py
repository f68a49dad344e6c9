"""Single signs of East Asian tables that were read as Latin-1: `¡ã` for ▲, `China¡¯s` for China’s.

Rows 1 and 2 of those tables hold the signs, so the first character of such a pair is ¡ or ¢, with
another that is not ASCII behind it: Latin text has that in Spanish only (¡¿, ¡Él). What the pair
stands for is a bullet that stands alone or a quotation mark or dash that fits its neighbours; the
first table that gives one is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.cleaning.draft import DraftEdit
from corpus.cleaning.mojibake.readings import LATIN, reason

# Codec and name of each table that has signs in rows 1 and 2, the likeliest first.
SIGN_TABLES = (
    ("euc_kr", "EUC-KR (KS X 1001)"),
    ("gb2312", "GB2312"),
    ("euc_jp", "EUC-JP (JIS X 0208)"),
    ("big5", "Big5"),
)
BULLETS = "▲△▼▽◀▶◁▷■□▣◆◇◈●○◎★☆※☞☎→←↑↓♣♠♥♦"
OPENING, CLOSING, MIDDLE = "“‘「『《〈【〔", "”’」』》〉】〕…", "—―–·~∼"
# What a sign is for, where a press has a custom of its own.
CUSTOMS = {("euc_kr", "▲"): ' Korean outlets use it to mean "photo above".'}

_HIGH = f"[{LATIN.characters(0xA1, 0xFE)}]"
_SIGN = re.compile(f"(?<!{_HIGH})[¡¢]{_HIGH}(?!{_HIGH})")
_SPANISH = re.compile(r"[¡¿][¿¡]|¡[áéíóúÁÉÍÓÚñÑüÜ](?=\w)")


def find(text: str) -> Iterator[DraftEdit]:
    """An edit for each pair that is a sign of an East Asian table."""
    for match in _SIGN.finditer(text):
        at, wrong = match.start(), match.group()
        if not _SPANISH.match(text, at):
            yield from _sign(text, at, wrong)


def _sign(text: str, at: int, wrong: str) -> Iterator[DraftEdit]:
    before, after = text[at - 1 : at] or "\n", text[at + 2 : at + 3] or "\n"
    data = LATIN.encode(wrong) or b""
    for codec, name in SIGN_TABLES:
        right = _decoded(data, codec)
        if right and _stands(right, before, after):
            why = reason(data, right, name, wrong, LATIN.name) + CUSTOMS.get((codec, right), "")
            yield DraftEdit(at, at + 2, right, "mojibake", why)
            return


def _stands(sign: str, before: str, after: str) -> bool:
    """May this sign stand between these two characters?"""
    if sign in BULLETS:
        return before.isspace() and (after.isspace() or before in "\r\n")
    outside, inside = (before, after) if sign in OPENING else (after, before)
    if sign in OPENING or sign in CLOSING:
        return not inside.isspace() and (not outside.isalnum() or sign in "’…")
    return sign in MIDDLE and before.isspace() == after.isspace()


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None
