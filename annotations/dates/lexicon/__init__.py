"""Rules of all languages; those of the text's own come first where a word means two things (前年)."""

from __future__ import annotations

from annotations.dates.lexicon import chinese, eastern, english, japanese, korean
from annotations.dates.tokens import STOP, Rule, rule

# In Chinese the year before the last one, in Japanese the year before the one that is spoken of.
JAPANESE = (rule("前年", STOP), *japanese.RULES, *chinese.RULES)
CHINESE = (*chinese.RULES, *japanese.RULES)


def rules_of(language: str) -> tuple[Rule, ...]:
    of_east = JAPANESE if language[:2] == "ja" else CHINESE
    return (*eastern.RULES, *korean.RULES, *of_east, *eastern.BETWEEN, *english.RULES)
