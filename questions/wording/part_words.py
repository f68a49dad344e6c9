"""Parts of an answer in words."""

from __future__ import annotations

from questions.wording.code_names import CodeNames

PART_WORDS = {"counted": "counted", "no_figure": "no counted figure", "open": "not stated"}
LIKE_PARTS = ("status", "polarity", "use")


def part_words(part: str, names: CodeNames) -> str:
    coded = (names.choices[name][part] for name in LIKE_PARTS if part in names.choices.get(name, {}))
    return PART_WORDS.get(part) or next(coded, part.replace("_", " "))
