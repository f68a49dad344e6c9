"""Common English words, and names that very many people and places have: a listed name that is one of them says nothing where it is written
as any word is. Pure."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "common_words.txt.gz"


def is_common(word: str) -> bool:
    return word.casefold() in common_words()


@cache
def common_words() -> frozenset[str]:
    return frozenset(gzip.decompress(DATA.read_bytes()).decode().split())
