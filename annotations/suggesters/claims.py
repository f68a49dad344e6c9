"""Claims: the words that somebody is quoted with, or is said to have said. Pure.

Quotations first; outside them the clause that a reporting word of the scheme hands over. Who says so, by which words and how sure is read
from the words around when a person accepts, as for words that are chosen by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.rules.reported import Cue, cues_in
from annotations.rules.vocabulary import CLAIM
from annotations.scheme.view import UnknownLabel
from annotations.suggesters.suggestion import ScannedText, Suggestion

KINDS = ("claim",)
VERSION = "1"
CODE = "claims"
SHORTEST_QUOTATION, SHORTEST_CLAUSE, SHORTEST_HAN = 20, 10, 4
QUOTED, REPORTED = 0.8, 0.6
PAIRS = {"“": "”", "「": "」", "『": "』", "«": "»", '"': '"'}
OPENERS = re.compile('[“「『«"]')
LOOSE = " \t\n,.;:，。、"
HAN, HANGUL = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\uac00-\ud7af]")
SENTENCE_END = re.compile(r"(?<![\s.(][A-Z])[.!?…]['\"’”»)\]]*\s+(?=[^\Wa-z_]|[\"“‘(\[▲])|[。！？][」』”）]*|\n")
# "…, a source said", "…, Kim told reporters".
SPEAKER_BEHIND = re.compile(r",[”\"]?\s+(?:(?:an?|the|one)\s[^,]{1,80}|[^\W\d_a-z][^,]{0,80})\Z")
THAT = re.compile(r"\s+that\b")
HANDED_ON = re.compile(r"[，,：:]")
# 소식통은 … 귀국했다고 전했다: the clause stands between the topic and the ending that hands it on.
TOPIC, ENDING = re.compile(r"[가-힣](?:은|는|이|가)\s"), re.compile(r"(?:[다라자냐])(?=고\s*\Z)")


def suggest(read: ScannedText) -> Iterator[Suggestion]:
    try:
        reporting = read.scheme.overlay(CLAIM).get("reporting") or {}
    except UnknownLabel:
        return
    for segment in read.segments or [{"start": 0, "end": len(read.text)}]:
        start, end = segment["start"], segment["end"]
        quoted = list(quotations(read.text, start, end))
        yield from (claim((each,), QUOTED, "a quotation") for each in quoted if is_long(read.text[slice(*each)]))
        for first, last in sentences(read.text, start, end):
            if any(first < behind and before < last for before, behind in quoted):
                continue
            cue = next(iter(cues_in(read.text, first, last, reporting)), None)
            parts = parts_of(read.text, first, last, cue) if cue else ()
            if cue and parts:
                yield claim(parts, REPORTED, f"what “{cue.words}” reports")


def claim(ranges: tuple[tuple[int, int], ...], score: float, why: str) -> Suggestion:
    return Suggestion("claim", "", "", ranges, CODE, VERSION, score, why[:300])


def quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words inside quotation marks, in a paragraph; one that is not closed goes to its end."""
    at = start
    while opener := OPENERS.search(text, at, end):
        closer = text.find(PAIRS[opener[0]], opener.end(), end)
        at = closer + 1 if closer >= 0 else end
        yield bare(text, opener.end(), closer if closer >= 0 else end)


def is_long(words: str) -> bool:
    """Not a word or two in quotation marks: so many characters are a clause in Chinese, Japanese and Korean."""
    is_eastern = HAN.search(words) or HANGUL.search(words)
    return len(words) > (SHORTEST_CLAUSE if is_eastern else SHORTEST_QUOTATION)


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip(LOOSE)), start + len(words.rstrip(LOOSE))


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Those of a paragraph. What goes on in small letters is the same sentence."""
    at = start
    for sign in SENTENCE_END.finditer(text, start, end):
        yield at, sign.end()
        at = sign.end()
    yield at, end


def parts_of(text: str, start: int, end: int, cue: Cue) -> tuple[tuple[int, int], ...]:
    """What the reporting word of a sentence hands over, where its form tells: in two parts where it stands between them."""
    before, behind = text[start : cue.start], text[cue.end : end]
    contents: list[tuple[int, int] | None] = []
    if HANGUL.match(cue.words):
        contents = [korean(text, start, cue.start)]
    elif HAN.match(cue.words):
        contents = [chinese(text, cue, end)]
    elif cue.entry.get("source") == "after" and not before.strip():
        comma = behind.find(",")
        contents = [(cue.end + comma + 1, end)] if comma > 0 else []
    elif interrupted := SPEAKER_BEHIND.search(before):
        contents = [(start, start + interrupted.start()), *([(cue.end + 1, end)] if behind.startswith(",") else [])]
    elif that := THAT.match(behind):
        contents = [(cue.end + that.end(), end)]
    parts = tuple(bare(text, *each) for each in contents if each)
    return (
        parts if sum(last - first for first, last in parts) >= (SHORTEST_HAN if HAN.match(cue.words) else SHORTEST_CLAUSE) else ()
    )


def korean(text: str, start: int, end: int) -> tuple[int, int] | None:
    ending, topic = ENDING.search(text, start, end), TOPIC.search(text, start, end)
    return (topic.end(), ending.end()) if ending and topic and topic.end() < ending.start() else None


def chinese(text: str, cue: Cue, end: int) -> tuple[int, int] | None:
    """表示，… and 据…报道，…"""
    sign = HANDED_ON.search(text, cue.end, end)
    if sign is None or (cue.entry.get("source") != "after" and sign.start() - cue.end > 1):
        return None
    return sign.end(), end
