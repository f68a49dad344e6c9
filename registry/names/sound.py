"""The consonant skeleton of a word in Latin letters: what spellings by ear have in common."""

from __future__ import annotations

import re
from functools import lru_cache

# Letters that stand for one sound in one language or another, in this order.
CLASSES = (
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("tsch", "c"), ("shch", "s"), ("sch", "s"), ("sh", "s"), ("zh", "z"), ("ch", "c"),
    ("tz", "z"), ("ts", "z"), ("ck", "k"), ("q", "k"), ("w", "v"), ("x", "ks"), ("j", "y"), ("c", "k"),
)  # fmt: skip
DOUBLED, VOWELS = re.compile(r"(.)\1+"), re.compile("[aeiouyh]")


@lru_cache(maxsize=100_000)
def skeleton(form: str) -> str:
    """Consonants by class, after the first letter; all vowels at the front are one."""
    form = DOUBLED.sub(r"\1", form)
    for letters, sound in CLASSES:
        form = form.replace(letters, sound)
    head = "a" if form[:1] in set("aeiou") else form[:1]
    return DOUBLED.sub(r"\1", head + VOWELS.sub("", form[1:]))
