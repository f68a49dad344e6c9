"""How what is asked of words is written in an address: patterns of words, what marks are, how near, how many.

Raises ValueError with the rule that is broken.
"""

from __future__ import annotations

import unicodedata

from corpus.words.patterns import LONGEST, PatternError, read_pattern
from questions.address.kinds import CODE, Kind, entity

NEAR = ("sentence", "paragraph", "article")
MOST_TOKENS = 50
# What a mark is asked for by, and of `attr` an attribute with its value.
MARKED = ("label", "type", "status", "polarity", "entity", "source", "attr")
MARKS_RULE = f"takes up to ten conditions such as label:GROUP, with commas between, of {', '.join(MARKED)}; attr:name:value"
MOST_CONDITIONS = 10
UNWRITTEN = {"Cc", "Cs", "Cn", "Co"}  # controls, halves of characters, and what is no character


def pattern(text: str) -> str:
    """Words next to each other, as `corpus.words.patterns` reads them. One space between words."""
    if len(text) > 4 * LONGEST:
        raise ValueError(f"takes up to {LONGEST} characters")
    words = unicodedata.normalize("NFC", " ".join(text.split()))
    if any(unicodedata.category(character) in UNWRITTEN for character in words):
        raise ValueError("has a character that no text has")
    try:
        read_pattern(words)
    except PatternError as error:
        raise ValueError(f"cannot be searched for. {error}") from None
    return words


def marks(text: str) -> str:
    """What marks are, all of it at once: name:value with commas between, in the order of the alphabet, each once."""
    parts = sorted({condition(part.strip()) for part in text.split(",") if part.strip()})
    names = [part.rpartition(":")[0] for part in parts]
    if not 1 <= len(parts) <= MOST_CONDITIONS:
        raise ValueError(MARKS_RULE)
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"names {name} more than once")
    return ",".join(parts)


def condition(part: str) -> str:
    name, _, value = part.partition(":")
    if name in ("entity", "source"):
        try:
            return f"{name}:{entity(value)}"
        except ValueError:
            raise ValueError(f"takes the id of an entity behind {name}:") from None
    codes = value.split(":")
    if name not in MARKED or len(codes) != (2 if name == "attr" else 1) or not all(map(CODE.fullmatch, codes)):
        raise ValueError(MARKS_RULE)
    return part


def is_of_marks(text: str) -> bool:
    """Whether it says what marks are, and not which words there are."""
    return text.partition(":")[0] in MARKED and ":" in text


def words_or_marks(text: str) -> str:
    return marks(text) if is_of_marks(text) else pattern(text)


def near(text: str) -> str:
    return text if text in NEAR else number_up_to(MOST_TOKENS, f"takes one of {', '.join(NEAR)}, or a number of words")(text)


def number_up_to(most: int, rule: str = "takes a whole number", least: int = 1) -> Kind:
    def number(text: str) -> str:
        if not (text.isascii() and text.isdecimal() and len(text) < 12 and least <= int(text) <= most):
            raise ValueError(f"{rule} from {least} to {most}")
        return str(int(text))

    return number
