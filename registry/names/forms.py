"""Company forms at the ends of a name, generic words, numbers, and the words that a person's name may do without."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Weights of words in a name, of 100.
WHOLE, PARTICLE, FORM, GENERIC, INITIAL, COMMON = 100, 20, 15, 45, 50, 50

# Titles in English, and of the Arabic and Persian names of the UN list.
HONORIFICS = frozenset(
    "mr mrs ms miss dr prof sir lord president chairman chairwoman general gen col colonel maj major captain capt commandant commander "
    "lt lieutenant shaikh sheikh shaykh sheik sayyid haji hajji hajj mullah mawlawi maulavi mawlana qari ustad imam chief mzee comrade "
    "marshal vice admiral minister ambassador".split()
)
# The same in Hangul and Han (traditional), apart or behind the name; the longest first.
EASTERN_HONORIFICS = "총비서 위원장 부위원장 부부장 동지 장군 원수 대장 상장 중장 소장 선생 대통령 총리 박사 同志 先生 女士 將軍 委員長 主席 總理 博士".split()
# Articles, prepositions and words of descent in Arabic, Romance and Germanic names.
PARTICLES = frozenset(
    "al el ul bin ibn ben bint bani ould abu umm van von der den de da do dos das del della di la le ur ud uz us y e ter zu".split()
)
# Spellings of one particle. The article after abd is written with it or with the next word.
PARTICLE_FORMS = {"ibn": "bin", "ben": "bin", "el": "al", "ul": "al"}
CRAFT_PREFIXES = frozenset("mv mt ms ss mts mvs fv my".split())
GENERIC_WORDS = frozenset(
    "general international intl group holding holdings trading trade industrial industries services service "
    "bank national state global development organization organisation agency enterprise enterprises limited partners fund center centre "
    "institute university ministry committee bureau department office".split()
)
SMALL_WORDS = frozenset("the of and for und et y e de des".split())
UNSOUNDED = frozenset("the of and for".split())  # not among the initials of an acronym

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
NUMBER_WORDS = {word: number for number, word in enumerate(UNITS)}
NUMBER_WORDS |= {word: 10 * number for number, word in enumerate(TENS, 2)}
ORDINAL_NUMBERS = {word: number for number, word in enumerate(ORDINALS, 1)}
ROMAN_NUMBERS = {word: number for number, word in enumerate(ROMAN, 1)}
# Of the first word of a name, and of the others: one letter in front is none.
FIRST_NUMBERS = NUMBER_WORDS | ORDINAL_NUMBERS
OTHER_NUMBERS = FIRST_NUMBERS | ROMAN_NUMBERS


class FormTable(NamedTuple):
    """Company forms by their words, those of one word that stand in front too, and those in Hangul and Han."""

    latin: dict[tuple[str, ...], str]
    front: frozenset[str]
    eastern: tuple[tuple[str, str], ...]
    longest: int
    starts: frozenset[str]
    ends: frozenset[str]


@cache
def table() -> FormTable:
    lines = (Path(__file__).parent / "data" / "company_forms.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    latin = {tuple(form.split()): name for name, forms in rows for form in forms.split("|") if name.isupper() and "*" not in name}
    [front] = [forms.split() for name, forms in rows if name == "front"]
    eastern = [(form, name[:-1]) for name, forms in rows if name.endswith("*") for form in forms.split("|")]
    longest_first = tuple(sorted(eastern, key=lambda each: (-len(each[0]), each)))
    starts, ends = (frozenset(form[position] for form in latin) for position in (0, -1))
    return FormTable(latin, frozenset(front), longest_first, max(map(len, latin)), starts, ends)


class FormRange(NamedTuple):
    """Words that are a company form, and its class."""

    start: int
    end: int
    name: str


def company_forms(words: Sequence[str]) -> list[FormRange]:
    """Forms behind a name and before it; one word at least is left."""
    known = table()
    ranges: list[FormRange] = []
    first, last = 0, len(words)
    if words[-1] not in known.ends and words[0] not in known.starts:
        return ranges
    while size := longest(words, last, first, known):
        ranges.append(FormRange(last - size, last, known.latin[tuple(words[last - size : last])]))
        last -= size
    while size := longest_in_front(words, first, last, known):
        ranges.append(FormRange(first, first + size, known.latin[tuple(words[first : first + size])]))
        first += size
    return ranges


def longest(words: Sequence[str], last: int, first: int, known: FormTable) -> int:
    sizes = range(min(known.longest, last - first - 1), 0, -1)
    return next((size for size in sizes if tuple(words[last - size : last]) in known.latin), 0)


def longest_in_front(words: Sequence[str], first: int, last: int, known: FormTable) -> int:
    sizes = range(min(known.longest, last - first - 1), 0, -1)
    fitting = (size for size in sizes if tuple(words[first : first + size]) in known.latin)
    return next((size for size in fitting if size > 1 or words[first] in known.front), 0)


def eastern_form(native: str) -> tuple[int, int, str]:
    """(start, end, class) of a form at either end of a word in Hangul or Han, or of one that is all of it; an empty class where there is none."""
    for form, name in table().eastern:
        if native.endswith(form):
            return len(native) - len(form), len(native), name
        if native.startswith(form):
            return 0, len(form), name
    return 0, 0, ""


def number(word: str, *, words: bool, first: bool) -> str:
    """Digits of a number; empty for what is none. Number words and Roman numbers count only outside the names of persons."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    if word[:-2].isdigit() and word[-2:] in {"st", "nd", "rd", "th"}:
        return word[:-2].lstrip("0") or "0"
    if not words:
        return ""
    numbers = FIRST_NUMBERS if first else OTHER_NUMBERS
    return str(numbers[word]) if word in numbers else ""
