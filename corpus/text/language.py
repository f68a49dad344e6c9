"""In which language a text is, told from the text alone."""

from __future__ import annotations

from functools import cache
from typing import Any

# Below this many letters any answer would be a guess.
LEAST = 40
# So much of a text is enough, and telling it takes the same time for every length.
MOST = 20_000
SURE = 0.7


def language_of(text: str) -> str:
    """BCP 47: en, ko, ja, zh …; blank where the text is short or could be of several."""
    part = text[:MOST]
    if sum(char.isalpha() for char in part) < (LEAST if part.isascii() else LEAST // 4):
        return ""
    code, probability = identifier().classify(part)
    return code if probability >= SURE else ""


@cache
def identifier() -> Any:
    """Its table of 97 languages is large: it is read when the first text is asked about."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
