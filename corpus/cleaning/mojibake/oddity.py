"""How odd a stretch of text looks: what honest writing hardly ever has next to each other.

Each character is put in a class, and the classes are searched for patterns. The idea (a wrong
reading shows in neighbours that do not belong together, such as a letter and then a sign) and
several of the patterns follow the "badness" of ftfy by Robyn Speer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Signs that honestly follow a word without a space between.
_AFTER_WORD = "’”“‘…–—»›´·®™\xa0\xad"
# Of these, the ones after which a new letter is odd.
_CLOSING = "”“‘»›´®™"
_NUMERIC = "²³¹×÷±½¼¾°µ"
_INVERTED = "¡¿"

_ODD = re.compile(
    r"c"  # a C1 control
    r"|[auALUO][sx]"  # a letter, then a sign or a piece of a box
    r"|x[auALUs]"
    r"|[LU]n"  # an accented letter, then ² or ½ (m² is honest)
    r"|[aL]U"  # a small letter, then an accented capital
    r"|[LU]i[aALU]"  # an inverted mark inside a word
    r"|[LU]q[aALUs]"  # a closing quote inside a word, or before an opening one
    r"|[LU][iq-][in]"  # as in ï¿½
    r"|[AU]L[AU]"  # a small letter between capitals
)


def is_odd(before: str, run: str, after: str) -> bool:
    """Is the run odd between the character before and the one after ("" at an end)?"""
    return bool(_ODD.search("".join(map(_class, before + run + after)))) or _lone_capital(before, run, after)


_A_TILDE_SIGN = re.compile(r"[ÃÂ][^\w\s’”“…–—»›!?.,;:)\]*\"'\xa0\xad]|Ã[œšžŸŒŠŽ]")
_A_TILDE_SPACE = re.compile(r"[ÃÂ][\xa0»´·®]")


def _lone_capital(before: str, run: str, after: str) -> bool:
    """Ã and Â, which lead most of what is misread in Western text, before a sign or a space."""
    if _A_TILDE_SIGN.match(run):
        return True
    shouted = len(before) > 1 and before[-2:].isupper() and before[-2:].isalpha()
    return bool(_A_TILDE_SPACE.match(run)) and not shouted


@lru_cache(maxsize=4096)
def _class(char: str) -> str:
    """ASCII letters are a and A; others L and U, or O if they have no case.

    The rest is as in `_ODD`, with a full stop for all that is never odd.
    """
    if char.isascii():
        return "a" if char.islower() else "A" if char.isupper() else "."
    for members, name in (
        (_CLOSING, "q"),
        (_AFTER_WORD, "-"),
        (_NUMERIC, "n"),
        (_INVERTED, "i"),
    ):
        if char in members:
            return name
    return _by_category(char)


def _by_category(char: str) -> str:
    if "\x80" <= char <= "\x9f":
        return "c"
    if "\u2500" <= char <= "\u259f":
        return "x"
    kind = unicodedata.category(char)
    letter = {"Ll": "L", "Lu": "U", "Lt": "U", "Lo": "s" if char in "ªº" else "O"}.get(kind)
    if letter:
        return letter
    return "s" if kind[0] in "SP" or kind == "Lm" else "."


def is_boxes(text: str) -> bool:
    """Nothing but pieces of boxes, as in a table or a picture made of characters."""
    return all(_class(char) == "x" for char in text)
