"""A name analysed for comparing: its words with their positions, weights and roles, its readings, and its identifiers."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from registry.names import arabic, chinese, cyrillic, forms, hanja, korean
from registry.names.alphabets import in_alphabets
from registry.names.identifiers import without_identifiers
from registry.names.parts import AnalysedName, NamePart, NameWord
from registry.names.script import SYLLABIC, Letter, LetterRun, latin, runs
from registry.names.sound import skeleton

KINDS = ("person", "body", "craft", "any")
# Kinds by the label of an entity, as `domain/scheme.json` has them.
KIND_OF_LABEL = {"PERSON": "person", "VESSEL": "craft"} | dict.fromkeys(
    ("COMPANY", "STATE_BODY", "ORG", "INTL_BODY", "MEDIA"), "body"
)
MOST_WORDS = 32


@lru_cache(maxsize=20_000)
def analyse(name: str, kind: str) -> AnalysedName:
    """The analysis of a name: of a person, a body, a craft, or of any kind."""
    if kind not in KINDS:
        raise ValueError(f"kind is {kind}: use person, body, craft or any")
    text, identifiers, uncounted = without_identifiers(name) if kind in {"craft", "any"} else (name, (), ())
    words = runs(text)[:MOST_WORDS]
    if kind == "person":
        named = without_honorifics(words)
        titles = tuple((start, end, 0, "title") for start, end in differences(words, named))
        groups = in_alphabets(text, named) or by_script(named)
        return AnalysedName(name, kind, tuple(map(person_part, groups)), identifiers, titles)
    words = initials_joined(text, words)
    named = without_prefix(text, words) if kind == "craft" else words
    prefixes = tuple((run.start, run.end, 0, "prefix") for run in words if run not in named)
    groups = in_alphabets(text, named) or [named] * bool(named)
    parts = tuple(other_part(text, group, kind) for group in groups)
    return AnalysedName(name, kind, parts, identifiers, (*uncounted, *prefixes))


def differences(words: list[LetterRun], named: list[LetterRun]) -> list[tuple[int, int]]:
    """Ranges of words that are gone, or of what is gone behind them."""
    ends = {run.start: run.end for run in named}
    return [(ends.get(run.start, run.start), run.end) for run in words if ends.get(run.start) != run.end]


# Words of persons


def without_honorifics(words: list[LetterRun]) -> list[LetterRun]:
    """Titles off, apart or behind the name, as long as two words or two signs are left."""
    trimmed = [without_eastern_honorific(run) for run in words]
    kept = [
        run for run in trimmed if latin_form(run) not in forms.HONORIFICS and traditional(run) not in forms.EASTERN_HONORIFICS
    ]
    return kept if len(kept) > 1 or any(len(run.letters) > 1 and run.script in SYLLABIC for run in kept) else trimmed


def without_eastern_honorific(run: LetterRun) -> LetterRun:
    if run.script not in SYLLABIC:
        return run
    native = traditional(run)
    sizes = [len(title) for title in forms.EASTERN_HONORIFICS if native.endswith(title) and len(native) >= len(title) + 2]
    return LetterRun.of(run.letters[: len(run.letters) - max(sizes)]) if sizes else run


def latin_form(run: LetterRun) -> str:
    return latin(run.native, run.script)


def traditional(run: LetterRun) -> str:
    return chinese.traditional(run.native) if run.script == "han" else run.native


def by_script(words: list[LetterRun]) -> list[list[LetterRun]]:
    """One list of words for each script in which a person's name is whole: `Ri Ye Je (리예제)` is two."""
    if not any(run.script in SYLLABIC for run in words):
        return [words] if words else []
    groups = {script: [run for run in words if run.script == script] for script in SYLLABIC}
    whole = [group for group in groups.values() if sum(len(run.letters) for run in group) > 1]
    others = [run for run in words if run.script not in SYLLABIC]
    if not whole or any(run.script == "kana" for run in words):
        return [words] if words else []
    return [*whole, others] if len(others) > 1 else whole


def person_part(words: list[LetterRun]) -> NamePart:
    script = words[0].script
    if script not in SYLLABIC or any(run.script != script for run in words):
        named = [word for run in words for word in person_words(run) if word.form]
        triples = [(word.form, word.start, word.end) for word in named if not word.number]
        readings = korean.of_words(triples) if len(triples) == len(named) else ()
        return NamePart("words", tuple(named), korean=tuple(readings))
    whole = LetterRun.of(letter for run in words for letter in run.letters)
    readings = korean.of_syllables(whole, whole.native) if script == "hangul" else hanja.korean_readings(whole)
    return NamePart(script, tuple(eastern_words(words, whole)), traditional(whole), whole.native, tuple(dict.fromkeys(readings)))


def eastern_words(words: list[LetterRun], whole: LetterRun) -> list[NameWord]:
    """Family name and given name of a name of two or three signs, in Latin letters; else a word for each that is written."""
    if len(whole.letters) in (2, 3):
        words = [LetterRun.of(whole.letters[:1]), LetterRun.of(whole.letters[1:])]
    return [eastern_word(run, surname=number == 0) for number, run in enumerate(words)]


def eastern_word(run: LetterRun, *, surname: bool = False) -> NameWord:
    form = latin_form(run)
    if run.script == "han":
        form = "".join(chinese.pinyin(letter.form, surname=surname and number == 0) for number, letter in enumerate(run.letters))
    form = form or run.native
    return NameWord(run.start, run.end, form, traditional(run), run.script, skeleton=skeleton(form))


def person_word(run: LetterRun) -> NameWord:
    if run.script in SYLLABIC:
        return eastern_word(run)
    return NameWord(run.start, run.end, *word_of_person(run.native, run.script))


def person_words(run: LetterRun) -> list[NameWord]:
    """One; two of an Arabic name that is written as one."""
    form = latin_form(run) if run.script == "latin" else run.native if run.script == "arabic" else ""
    pieces = arabic.compound(form) if len(form) == len(run.letters) else ()
    if not pieces:
        return [person_word(run)]
    ends = [*(start for start, _ in pieces[1:]), len(run.letters)]
    runs_apart = [LetterRun.of(run.letters[start:end]) for (start, _), end in zip(pieces, ends, strict=True)]
    words = []
    for piece, (_, written) in zip(runs_apart, pieces, strict=True):
        word = NameWord(piece.start, piece.end, *word_of_person(written, run.script))
        words.append(word.as_written(piece.native))
    return words


@lru_cache(maxsize=50_000)
def word_of_person(native: str, script: str) -> tuple[str, str, str, int, str, str, str]:
    """The word without its range."""
    form = latin(native, script)
    weight, role = forms.WHOLE, ""
    form = "abd" if form in arabic.SERVANT else "din" if form in arabic.RELIGION else forms.PARTICLE_FORMS.get(form, form)
    if form in arabic.COMMON:
        role = "common"
    elif form in forms.PARTICLES:
        weight, role = forms.PARTICLE, "particle"
    elif len(form) == 1:
        weight, role = forms.INITIAL, "initial"
    elif cyrillic.is_patronymic(form):
        role = "patronymic"
    digits = forms.number(form, words=False, first=False)
    return form, native, script, weight, role, digits, skeleton(form)


# Words of bodies and craft


def initials_joined(text: str, words: list[LetterRun]) -> list[LetterRun]:
    """Dotted initials as one word (A.B.C., L.L.C.). Those of a person stay apart, since each is a name."""
    joined: list[LetterRun] = []
    for run in words:
        if joined and is_initials(joined[-1]) and is_initials(run) and text[joined[-1].end : run.start] == ".":
            joined[-1] = LetterRun.of((*joined[-1].letters, *run.letters))
        else:
            joined.append(run)
    return joined


def is_initials(run: LetterRun) -> bool:
    """One letter, or several that were joined over their dots."""
    if not run.written:
        return len(run.native) == 1 and run.native.isalpha()
    apart = all(letter.start == before.end + 1 for before, letter in zip(run.letters, run.letters[1:], strict=False))
    return run.script not in SYLLABIC and run.native.isalpha() and apart


def other_part(text: str, words: list[LetterRun], kind: str) -> NamePart:
    named = [word for run in words for word in other_words(text, run) if word.form]
    if kind == "craft":
        return NamePart("words", tuple(with_roles(named)))
    eastern = {run.script for run in words}
    own = [word for word in named if word.role != "form"]
    if not own:
        return NamePart("words", tuple(word.as_role("", forms.WHOLE) for word in named))
    if len(eastern) == 1 and eastern <= set(SYLLABIC):
        written = "".join(text[word.start : word.end] for word in own)
        return NamePart(words[0].script, tuple(with_roles(named)), "".join(word.native for word in own), written)
    return NamePart("words", tuple(with_forms(named)))


def other_words(text: str, run: LetterRun) -> list[NameWord]:
    """A word as it is; of one in Hangul or Han its company form apart, and each character of Han by itself."""
    if run.script not in SYLLABIC:
        return [NameWord(run.start, run.end, *word_of_body(run.native, run.script))]
    around = unicodedata.normalize("NFKC", text[max(0, run.start - 1) : run.end + 1])
    start, end, name = forms.eastern_form(around if around[0] == "(" and len(around) == 3 else traditional(run))
    start, end = min(start, len(run.letters) - 1), min(end, len(run.letters))
    pieces = [run.letters[:start], run.letters[end:]] if name else [run.letters]
    runs_left = [
        LetterRun.of(piece)
        for letters in pieces
        if letters
        for piece in (letters_apart(letters) if run.script == "han" else [letters])
    ]
    words = [eastern_word(piece) for piece in runs_left]
    if name:
        ending = NameWord(run.letters[start].start, run.letters[end - 1].end, name, "", run.script, forms.FORM, "form")
        words = [ending, *words] if start == 0 else [*words, ending]
    return words


def letters_apart(letters: tuple[Letter, ...]) -> list[tuple[Letter, ...]]:
    return [(letter,) for letter in letters]


@lru_cache(maxsize=50_000)
def word_of_body(native: str, script: str) -> tuple[str, str, str, int, str, str, str]:
    """The word without its range, before it has a role."""
    form = latin(native, script)
    return form, native, script, forms.WHOLE, "", "", skeleton(form)


def without_prefix(text: str, words: list[LetterRun]) -> list[LetterRun]:
    """A craft's name without MV or M/V before it."""
    forms_of_words = [latin_form(run) for run in words[:2]]
    if len(words) > 2 and "".join(forms_of_words) in forms.CRAFT_PREFIXES and text[words[0].end : words[1].start] == "/":
        return words[2:]
    return words[1:] if len(words) > 1 and forms_of_words[0] in forms.CRAFT_PREFIXES else words


def with_forms(words: list[NameWord]) -> list[NameWord]:
    """Company forms at the ends as one word each, which is called after its class."""
    own = [word for word in words if word.role != "form"]
    ranges = forms.company_forms([word.form for word in own])
    at_ends = [
        NameWord(own[each.start].start, own[each.end - 1].end, each.name, "", "latin", forms.FORM, "form")
        for each in sorted(ranges)
    ]
    inner = with_roles([word for number, word in enumerate(own) if not any(each.start <= number < each.end for each in ranges)])
    eastern_forms = [word for word in words if word.role == "form"]
    return sorted([*at_ends, *inner, *eastern_forms], key=start_of)


def start_of(word: NameWord) -> int:
    return word.start


def with_roles(words: Sequence[NameWord]) -> list[NameWord]:
    """Words of a body with their numbers and weights; tens and a unit become one number."""
    roles: list[NameWord] = []
    for word in words:
        digits = "" if word.role == "form" else forms.number(word.form, words=True, first=not roles)
        before = roles[-1] if roles else None
        if before and is_tens(before) and word.form in forms.FIRST_NUMBERS and 0 < int(digits) < 10:
            number = str(int(before.number) + int(digits))
            roles[-1] = NameWord(before.start, word.end, before.form + word.form, "", word.script, number=number)
        else:
            roles.append(with_role(word, digits))
    return roles


def is_tens(word: NameWord) -> bool:
    return word.form in forms.TENS


def with_role(word: NameWord, digits: str) -> NameWord:
    weight, role = word.weight, word.role
    if word.form in forms.SMALL_WORDS:
        weight, role = forms.PARTICLE, "particle"
    elif word.form in forms.GENERIC_WORDS:
        weight, role = forms.GENERIC, "generic"
    elif len(word.form) == 1 and not digits and word.script not in SYLLABIC:
        weight, role = forms.INITIAL, "initial"
    return word.as_role(role, weight, digits) if role != word.role or digits else word
