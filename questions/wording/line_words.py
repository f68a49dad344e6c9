"""What is asked of lines of words, as pieces of a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from questions.address.question import Question
from questions.address.word_kinds import is_of_marks
from questions.wording.code_names import CodeNames

# What each piece stands for: what is said along with it goes with it.
LINES = {"q": ("q", "case"), "on": ("on",), "with": ("with", "near", "case"), "sample": ("sample", "seed"), "order": ("order",)}
MARKED = {"entity": "of {}", "source": "reported by {}", "status": "{}", "polarity": "polarity {}", "type": "{}", "label": "{}"}
NEAR = {
    "sentence": "in the same sentence",
    "paragraph": "in the same paragraph",
    "article": "in the same article",
    "1": "in the next word",
}


def line_words(question: Question, name: str, names: CodeNames, entities: Mapping[str, str]) -> str:
    """`entities`: by parameter and kind, as `on:source`, the names of those that are asked for."""
    value = question[name]
    if name == "sample":
        return f"sample of {value} lines" + (f", seed {question['seed']}" if question["seed"] != "0" else "")
    if name == "order":
        return "sorted by value" if value == "value" else f"sorted by the words on the {value}"
    if name == "q":
        return f"“{value}”" + case_words(question)
    marks = is_of_marks(value) and ", ".join(marked_words(name, part, names, entities) for part in value.split(","))
    if name == "on":
        return f"marked: {marks}"
    near = NEAR.get(question["near"], f"up to {question['near']} words away")
    return f"with {f'a mark: {marks}' if marks else f'“{value}”' + case_words(question)} {near}"


def case_words(question: Question) -> str:
    return " as written" if question.is_on("case") else ""


def marked_words(parameter: str, part: str, names: CodeNames, entities: Mapping[str, str]) -> str:
    kind, _, value = part.partition(":")
    if kind == "attr":
        return names.pair(*value.split(":", 1))
    if kind in ("entity", "source"):
        return MARKED[kind].format(entities.get(f"{parameter}:{kind}", "an entity"))
    return MARKED[kind].format(names.of_marks.get(value, value) if kind in ("type", "label") else names.of(kind, value))


def number_words(counted: Mapping[str, int]) -> str:
    """How many lines a value has: "12", "more than 11"."""
    return f"{counted['lines']:,}" if "lines" in counted else f"more than {counted['more_than_lines']:,}"


def line_numbers(totals: Mapping[str, int | None]) -> list[str]:
    """How many lines and articles there are, and what is not in them."""
    numbers = []
    for name in ("lines", "articles"):
        known, more = totals.get(name), totals.get(f"more_than_{name}")
        if known is not None:
            numbers.append(f"{known:,} {name if known != 1 else name[:-1]}")
        elif more is not None:
            numbers.append(f"more than {more:,} {name if more != 1 else name[:-1]}")
    if totals.get("sampled") is not None:
        numbers.append(f"{totals['sampled']:,} of them drawn")
    if totals.get("not_indexed"):
        numbers.append(f"{totals['not_indexed']:,} articles not indexed yet")
    return numbers or ["more lines than could be counted"]
