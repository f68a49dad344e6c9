"""UTF-8 that was read with a one-byte code page: `Ã©` for é, `вЂ“` for –, `╨┐` for п.

A *sequence* is what UTF-8 looks like in a wrong reading: a lead character and as many followers
as it asks for. UTF-8 is so strict that a few in a row are proof; one may be chance (`É…`). So a
*run* of sequences that touch each other counts as strong if it looks odd where it stands, or
spells a word of another script. The reading that explains most is taken. Runs that look honest
are repaired only when the same reading is strong elsewhere and leaves no letter of its table
unexplained in the whole text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.cleaning.draft import DraftEdit
from corpus.cleaning.mojibake.oddity import is_boxes, is_odd
from corpus.cleaning.mojibake.readings import LATIN, LOST, READINGS, Misreading, reason

# Leads after which a no-break space, which is byte A0, has often become a plain one.
_BEFORE_SPACE = (0xC2, 0xC3, 0xC5, 0xCE, 0xD0, 0xD9)
# Portuguese àquele, àquilo, às: the only words in which à goes on without a space.
_A_GRAVE_GOES_ON = re.compile(r"quel[ae]s?\b|quilo\b|s\s")
_CONTROLS = re.compile("[\x80-\x9f]")
_VIETNAMESE = re.compile("[\u1ea0-\u1ef9]")


@dataclass(frozen=True, slots=True)
class MisreadRun:
    """Sequences that touch: `text[start:end]` should be `right`."""

    start: int
    end: int
    right: str
    strong: bool


def find(text: str) -> Iterator[DraftEdit]:
    """Edits for the one reading that explains most of this text; none if nothing is strong."""
    best: tuple[int, Misreading, list[MisreadRun]] | None = None
    for reading in READINGS:
        runs = _promising_runs(text, reading)
        if any(run.strong for run in runs):
            score = _score(text, reading, runs)
            if best is None or score > best[0]:
                best = score, reading, runs
            if score == sum(run.end - run.start for run in runs):
                break  # all is strong and nothing is left: no other reading explains more
    if best:
        yield from _edits(text, best[1], best[2])


def _promising_runs(text: str, reading: Misreading) -> list[MisreadRun]:
    if not _lead(reading).search(text):
        return []
    runs = list(_runs(text, reading))
    return runs if reading is LATIN else _without_lone_letters(runs)


def _score(text: str, reading: Misreading, runs: list[MisreadRun]) -> int:
    """Characters explained, less letters unexplained and controls that the page does not have."""
    score = sum(run.end - run.start for run in runs if run.strong)
    if not reading.has_controls:
        score -= sum(len(_CONTROLS.findall(text, run.start, run.end)) for run in runs)
    return score - _unexplained(text, reading, runs)


def _without_lone_letters(runs: list[MisreadRun]) -> list[MisreadRun]:
    """One letter of a foreign script in a whole text, however often, is chance."""
    foreign = {char for run in runs if run.strong for char in run.right if _is_foreign(char)}
    if len(foreign) != 1:
        return runs
    return [run for run in runs if not any(map(_is_foreign, run.right))]


def _is_foreign(char: str) -> bool:
    return char.isalpha() and not unicodedata.name(char, "").startswith("LATIN")


def _edits(text: str, reading: Misreading, runs: list[MisreadRun]) -> Iterator[DraftEdit]:
    consistent = not _unexplained(text, reading, runs)
    vietnamese = any(_VIETNAMESE.search(run.right) for run in runs)
    for run in runs:
        if run.strong or consistent:
            wrong = text[run.start : run.end]
            right = run.right
            if wrong[-1] == " " and right[-1] == "à" and not vietnamese:
                right += _space_after_a_grave(text[run.end : run.end + 8])
            yield DraftEdit(run.start, run.end, right, "mojibake", _why(wrong, run.right, reading))


def _why(wrong: str, right: str, reading: Misreading) -> str:
    if LOST in wrong or "?" in wrong:
        return f"UTF-8 read as {reading.name}, one byte lost, shown as U+FFFD."
    data = reading.encode(wrong.replace(" ", "\xa0")) or b""
    return reason(data, right, "UTF-8", wrong, reading.name)


def _space_after_a_grave(following: str) -> str:
    """A text whose double spaces were made single has lost the space after à."""
    return "" if following[:1].isspace() or _A_GRAVE_GOES_ON.match(following) else " "


# Finding


@lru_cache
def _lead(reading: Misreading) -> re.Pattern[str]:
    return re.compile(f"[{reading.characters(0xC2, 0xF4)}]")


@lru_cache
def _sequences(reading: Misreading) -> re.Pattern[str]:
    """One sequence: of a surrogate pair (CESU-8), of four, three or two, or with a lost space."""
    tail = f"[{reading.characters(0x80, 0xBF)}{LOST}]"
    lead = {n: f"[{reading.characters(*span)}]" for n, span in _LEADS.items()}
    spaced = "".join(reading.characters(byte, byte) for byte in _BEFORE_SPACE)
    surrogate = reading.characters(0xED, 0xED)
    high, low = reading.characters(0xA0, 0xAF), reading.characters(0xB0, 0xBF)
    # A byte that was lost to a question mark is told from a real one by what begins most quotes.
    quote = reading.characters(0xE2, 0xE2) + f"[{reading.characters(0x80, 0x80)}]"
    return re.compile(
        f"{surrogate}[{high}]{tail}{surrogate}[{low}]{tail}"
        f"|{lead[4]}{tail}{{3}}|{lead[3]}{tail}{{2}}|{lead[2]}{tail}"
        f"|{quote}\\?|(?P<space>{lead[3]}(?: {tail}|{tail} )|[{spaced}] )"
    )


_LEADS = {2: (0xC2, 0xDF), 3: (0xE0, 0xEF), 4: (0xF0, 0xF4)}


def _runs(text: str, reading: Misreading) -> Iterator[MisreadRun]:
    pieces: list[tuple[re.Match[str], str]] = []
    for match in _sequences(reading).finditer(text):
        right = _decoded(match.group(), reading)
        if pieces and (right is None or match.start() != pieces[-1][0].end()):
            yield from _run(text, reading, pieces)
            pieces = []
        if right is not None:
            pieces.append((match, right))
    if pieces:
        yield from _run(text, reading, pieces)


def _run(text: str, reading: Misreading, pieces: list[tuple[re.Match[str], str]]) -> Iterator[MisreadRun]:
    start, end = pieces[0][0].start(), pieces[-1][0].end()
    before, after = text[max(0, start - 2) : start], text[end : end + 1]
    if _is_loose(before[-1:], reading) or _is_loose(after, reading):
        return  # half of something that is beyond repair
    right = "".join(piece[1] for piece in pieces)
    strong = _is_strong(before, text[start:end], after, right, pieces)
    yield MisreadRun(start, end, right, strong)


def _is_strong(before: str, wrong: str, after: str, right: str, pieces: list[tuple[re.Match[str], str]]) -> bool:
    sure = [match.group() for match, _ in pieces if not match["space"]]
    if not sure:
        return _is_lone_a(before, wrong)
    if is_boxes(wrong):
        return False
    if all(LOST in sequence for sequence in sure):
        return before[-1:].islower() and wrong[0].isupper()
    return is_odd(before, wrong, after) or _is_short_word(before, wrong, after) or _is_word(wrong, right)


def _is_lone_a(before: str, wrong: str) -> bool:
    """à after a small letter, its second byte a plain space: `voilÃ  `."""
    return wrong == "Ã " and before[-1:].islower()


def _is_short_word(before: str, wrong: str, after: str) -> bool:
    """A sign of three bytes that stands alone: `âœ” `."""
    alone = not before[-1:].isalnum() and not after.isalnum()
    return alone and len(wrong) == 3 and wrong[1].isalpha() and not wrong[2].isalpha()


def _is_word(wrong: str, right: str) -> bool:
    """Two letters or more of one script without Latin, from what is not a word by itself."""
    if len(right) < 2 or not right.isalpha() or (wrong.isalpha() and _one_case(wrong)):
        return False
    scripts = {unicodedata.name(char, "?").split()[0] for char in right}
    return len(scripts) == 1 and scripts != {"LATIN"}


def _one_case(word: str) -> bool:
    return word.islower() or word.isupper() or word.istitle()


def _is_loose(char: str, reading: Misreading) -> bool:
    """A neighbour that the same wrong reading can have made and that no sequence explains."""
    if char not in reading.bytes_of and char not in LATIN.bytes_of:
        return False
    return char.isalpha() or char in "†‡‰‚„•§¶" or unicodedata.category(char)[0] in "SC"


def _unexplained(text: str, reading: Misreading, runs: list[MisreadRun]) -> int:
    """How many letters of the reading's table stand outside the runs."""
    letters = sum(len(sequence) for sequence in _letters(reading).findall(text))
    return letters - sum(len(sequence) for run in runs for sequence in _letters(reading).findall(text, run.start, run.end))


@lru_cache
def _letters(reading: Misreading) -> re.Pattern[str]:
    letters = [char for char in reading.bytes_of if char.isalpha() or "\x80" <= char <= "\x9f"]
    return re.compile(f"[{''.join(letters)}]+")


# Decoding


@lru_cache(maxsize=4096)
def _decoded(wrong: str, reading: Misreading) -> str | None:
    """The character that this sequence is; None if it is no UTF-8 or no character for a text."""
    if LOST in wrong or "?" in wrong:
        return LOST
    data = reading.encode(wrong.replace(" ", "\xa0"))
    if data is None:
        return None
    try:
        right = data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass")
        char = right.decode("utf-16")
    except UnicodeDecodeError:
        return None
    return char if _is_sensible(char, reading) else None


def _is_sensible(char: str, reading: Misreading) -> bool:
    """Assigned and printable, or a C1 control: what a first wrong reading leaves for a second."""
    if char < "\xa0":
        return char >= "\x80" and reading.has_controls
    return unicodedata.category(char) not in ("Cn", "Co", "Cs")
