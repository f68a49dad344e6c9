"""Words by language. All are looked for in every text: a word of one script hides none of another.

To teach the reader a language, add a module with a LEXICON and a line here.
"""

from __future__ import annotations

from annotations.figures.lexicon import chinese, english, japanese, korean
from annotations.figures.lexicon.shape import Lexicon, merged

LEXICONS: dict[str, Lexicon] = {
    "en": english.LEXICON,
    "zh": chinese.LEXICON,
    "ja": japanese.LEXICON,
    "ko": korean.LEXICON,
}

ALL = merged(LEXICONS.values())
