"""ATT-06: marks that a reporting word governs, and no claim covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from annotations.native.view import Context, Object
from annotations.rules.finding import Finding, finding, name_of
from annotations.rules.vocabulary import CLAIM
from annotations.text import fragments
from corpus.text.sentence import around

CODE = "ATT-06"
SAID_BY_SOMEBODY = ("figure", "event")
LATIN = "[A-Za-zÀ-ɏ0-9]"
HAN, PARTICLES = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\uac00-\ud7af\u3040-\u30ff]")
# "said on Tuesday in a statement that …"; ", a senior official of the ministry said".
THAT = re.compile(r"[^,;]{0,80}?\bthat\b")
INTERRUPTED = re.compile(r"[,，][”\"]?\s+(?:[^\s,;]+\s+){0,8}\Z")
OTHER_CLAUSE = re.compile(r", (?:but|while|whereas)\b|;")
# A clause or a quotation that a verb behind it reports: …했다고 전했다, …한 것으로 알려졌다, …했다는 의혹을 부인했다.
CLAUSE_BEFORE = re.compile(r"[다라자냐]고\b|것으로\b|[다라]는\b|[”\"」』]|と")
LONGEST = len("것으로")
OBJECT_BEFORE = re.compile(r"[을를]\s*\Z")
A_NOUN = re.compile(r"[’']s?\s+\Z")


class Cue(NamedTuple):
    """A reporting word in a text; `entry`: what the scheme says of it."""

    start: int
    end: int
    words: str
    entry: Mapping[str, Any]


def att_06(context: Context) -> Iterator[Finding]:
    """A finding for each sentence, with all its marks."""
    if CODE not in context.scheme.constraints:
        return
    reporting = context.scheme.overlay(CLAIM).get("reporting") or {}
    marks = [mark for mark in context.spans() if mark["fragments"] and context.scheme.kind(mark["layer"]) in SAID_BY_SOMEBODY]
    marks.sort(key=lambda mark: int(mark["fragments"][0]["start"]))
    for (start, end), group in groupby(marks, lambda mark: sentence_of(context.text, mark)):
        cues = list(cues_in(context.text, start, end, reporting))
        reported_marks = [
            (mark, cue) for mark in group if cues and not is_covered(mark, context) for cue in governing(mark, cues, context)[:1]
        ]
        if reported_marks:
            detail = f"“{reported_marks[0][1].words}” reports it, and it is in no claim: claim the reported words"
            yield finding(context, CODE, detail, *(name_of(mark) for mark, _ in reported_marks))


def sentence_of(text: str, mark: Object) -> tuple[int, int]:
    part = mark["fragments"][0]
    return around(text, part["start"], part["end"])


def is_covered(mark: Object, context: Context) -> bool:
    return any(fragments.holds(claim["content"], mark["fragments"]) for claim in context.claims())


def cues_in(text: str, start: int, end: int, reporting: Mapping[str, Any]) -> Iterator[Cue]:
    """Words that report, and not "the report" or "its claims"."""
    entries = {word.lower(): entry for entry in reporting.get("words") or () for word in entry["words"]}
    for match in compiled(tuple(entries)).finditer(text, start, end):
        before = text[start : match.start()]
        is_name = bool(before.strip(' “"')) and match[0][0].isupper()
        if not (is_name or A_NOUN.search(before) or last_word(before) in DETERMINERS):
            yield Cue(match.start(), match.end(), match[0], entries[match[0].lower()])


DETERMINERS = frozenset(("a an the their its his her our my your whose this that these those some any no other of").split())


def last_word(before: str) -> str:
    words = before[-30:].split()
    return words[-1].lower() if words else ""


@cache
def compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words in Latin letters; other scripts have no such edges. Longer ones first."""
    ordered = sorted(words, key=len, reverse=True)
    latin = [re.escape(word) for word in ordered if re.match(LATIN, word)]
    others = [re.escape(word) for word in ordered if not re.match(LATIN, word)]
    return re.compile(f"(?<!{LATIN})(?:{'|'.join(latin) or '(?!)'})(?!{LATIN})|{'|'.join(others) or '(?!)'}", re.IGNORECASE)


def governing(mark: Object, cues: Iterable[Cue], context: Context) -> list[Cue]:
    start, end = mark["fragments"][0]["start"], mark["fragments"][-1]["end"]
    apart = [cue for cue in cues if end <= cue.start or cue.end <= start]
    return [cue for cue in apart if governs(cue, start, end, context)]


def governs(cue: Cue, start: int, end: int, context: Context) -> bool:
    """`start`, `end`: of the mark, which the cue does not touch."""
    text, source = context.text, cue.entry.get("source")
    is_behind = cue.end <= start
    between = text[cue.end : start] if is_behind else text[end : cue.start]
    if PARTICLES.match(cue.words):
        if source == "marked":
            return is_behind
        is_denied = cue.entry.get("modality") == "denied" and OBJECT_BEFORE.search(between)
        # The mark may hold the ending that hands it over: [귀국했다고] 전했다.
        return not is_behind and bool(is_denied or CLAUSE_BEFORE.search(text, max(start, end - LONGEST), cue.start))
    if HAN.match(cue.words):
        return is_behind and (source != "after" or "，" in between)
    if source == "after":
        return not is_behind or "," in between
    if cue.words.lower().endswith("ly"):
        return True
    if not is_behind:
        return source != "none" and bool(INTERRUPTED.search(between))
    if source == "before" and last_word(between) in (
        "of",
        "about",
    ):  # "told Yonhap of 70 workers" names a thing, and says nothing of it
        return False
    return not OTHER_CLAUSE.search(between) and (is_followed(cue, context) or bool(THAT.match(text, cue.end, start)))


def is_followed(cue: Cue, context: Context) -> bool:
    """ "said 70 tonnes", "denied the sale"; not "found 70 tonnes", which nobody need have said."""
    grammar = (context.scheme.overlay(CLAIM).get("reporting") or {}).get("grammar") or {}
    return (
        cue.words.lower() in grammar.get("bare", ())
        or cue.entry.get("modality") not in (None, "asserted")
        or (cue.entry.get("source") == "before")
    )
