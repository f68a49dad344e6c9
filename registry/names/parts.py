"""What an analysed name is made of: words with their positions, weights and roles, and what follows from them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from registry.names import chinese, forms
from registry.names.identifiers import Uncounted
from registry.names.korean import KoreanName

FEWEST_LETTERS = 4  # of words that others may write as one


class NameWord(NamedTuple):
    """One word: its range in the name, its form in Latin letters, and what it counts.

    `role` is form, particle, common, patronymic, generic, initial or empty; `number` has digits where the word is a number.
    """

    start: int
    end: int
    form: str
    native: str
    script: str
    weight: int = forms.WHOLE
    role: str = ""
    number: str = ""
    skeleton: str = ""

    def as_role(self, role: str, weight: int, number: str = "") -> NameWord:
        """The same word, counted as something else."""
        return self._replace(role=role, weight=weight, number=number)

    def as_written(self, native: str) -> NameWord:
        return self._replace(native=native)


class JoinedWords(NamedTuple):
    """Neighbouring words by position, written as one."""

    start: int
    end: int
    form: str


@dataclass(frozen=True)
class NamePart:
    """A name in one script. `native` holds its own characters where all of it is Hangul or Han, these in traditional
    form, and `written` the same as they are written. What follows from the words is worked out once for many comparisons."""

    script: str
    words: tuple[NameWord, ...]
    native: str = ""
    written: str = ""
    korean: tuple[KoreanName, ...] = ()

    @cached_property
    def letters(self) -> str:
        return joined(self.words)

    @cached_property
    def is_latin(self) -> bool:
        return self.script == "words" and {word.script for word in self.words} <= {"latin"}

    @cached_property
    def alphabet(self) -> str:
        """The one in which all words are written; empty for signs, and for words in several."""
        scripts = {word.script for word in self.words}
        return scripts.pop() if self.script == "words" and len(scripts) == 1 else ""

    @cached_property
    def is_syllabic(self) -> bool:
        """Whether it can be read as Chinese syllables."""
        return len(self.words) in (2, 3) and all(is_of_syllables(word.form) for word in self.words)

    @cached_property
    def weight(self) -> int:
        return sum(word.weight for word in self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(word.number for word in self.words if word.number)

    @cached_property
    def plain(self) -> tuple[tuple[int, str], ...]:
        """Words that are no numbers and no company forms, each with its position."""
        return tuple((position, word.form) for position, word in enumerate(self.words) if not word.number and word.role != "form")

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """Of each word what decides, in Latin letters, how alike it is to another one: only that of a plain word has no space."""
        return tuple(mark(word) for word in self.words)

    @cached_property
    def weighed(self) -> tuple[tuple[str, int], ...]:
        """The mark of each word with its weight."""
        return tuple(zip(self.marks, (word.weight for word in self.words), strict=True))

    @cached_property
    def unplain(self) -> tuple[tuple[str, NameWord], ...]:
        """Numbers and company forms by their marks."""
        return tuple(row for row in zip(self.marks, self.words, strict=True) if " " in row[0])

    @cached_property
    def only_word(self) -> str:
        """The form of the one word that there is beside company forms; empty where there are more."""
        own = own_words(self)
        return own[0].form if len(own) == 1 else ""

    @cached_property
    def longest(self) -> int:
        return max([len(word.form) for word in self.words], default=0)

    @cached_property
    def shortest_two(self) -> int:
        """Letters of the two shortest plain words; no two that others may write as one have fewer."""
        one, two, *_ = *sorted([len(word.form) for word in self.words if not word.number and word.role != "form"]), 1000, 1000
        return one + two

    @cached_property
    def neighbours(self) -> tuple[JoinedWords, ...]:
        """Each two or three plain words that others may write as one."""
        forms_of = dict(self.plain)
        rows = []
        for start, form in self.plain:
            for end in (start + 2, start + 3):
                if end - 1 not in forms_of:
                    break
                form += forms_of[end - 1]  # noqa: PLW2901
                rows.append(JoinedWords(start, end, form))
        return tuple(row for row in rows if len(row.form) >= FEWEST_LETTERS)


@dataclass(frozen=True, slots=True)
class AnalysedName:
    """A name with its parts: more than one for a person whose name stands in several scripts.

    `uncounted` has titles of persons, and prefixes and identifiers of craft.
    """

    text: str
    kind: str
    parts: tuple[NamePart, ...]
    identifiers: tuple[str, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()


@lru_cache(maxsize=50_000)
def is_of_syllables(form: str) -> bool:
    return any(chinese.split(form, system) for system in (chinese.PINYIN, chinese.WADE_GILES))


def mark(word: NameWord) -> str:
    if word.role == "form":
        return f"form {word.form}"
    return f"number {word.number}" if word.number else word.form


def own_words(part: NamePart) -> list[NameWord]:
    """Words without the company forms."""
    return [word for word in part.words if word.role != "form"]


def joined(words: Iterable[NameWord]) -> str:
    return "".join(word.form for word in words)
