"""Cyrillic names in Latin letters, and spellings that different systems have for one of them."""

from __future__ import annotations

import re
from functools import lru_cache

# One table, after BGN/PCGN and what passports and the press write. Letters of other languages are left to anyascii.
TABLE = str.maketrans(
    {
        "щ": "shch", "х": "kh", "ц": "ts", "ю": "yu", "я": "ya", "ё": "yo", "ь": "", "ъ": "", "й": "y", "ж": "zh",
        "ч": "ch", "ш": "sh", "ы": "y", "э": "e", "є": "ye", "ї": "yi", "і": "i", "ґ": "g",
    }
)  # fmt: skip
# What ISO 9, GOST, passports, French, German and Polish spelling write for one sound, in this order.
SPELLINGS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("schtsch|shch|sch(?=[aeiouy])", "shch"),
        ("tsch|tch", "ch"),
        ("x", "ks"),
        ("tz", "ts"),
        ("w|(?<=[oe])f+$", "v"),
        ("[jy]", "i"),
        ("^ie", "e"),
        (r"(.)\1+", r"\1"),
    )
)
PATRONYMIC = re.compile("(?:ovich|evich|ovitch|evitch|ovic|evic|ovna|evna|ilyich|inichna)$")


def latin(word: str) -> str:
    return word.translate(TABLE)


@lru_cache(maxsize=50_000)
def spelling(form: str) -> str:
    """What the spellings of one Slavic word have in common: iurii and yuri, aleksei and aleksey."""
    for pattern, letters in SPELLINGS:
        form = pattern.sub(letters, form)
    return form


def is_patronymic(form: str) -> bool:
    return len(form) > 6 and bool(PATRONYMIC.search(form))
