"""Listed names in a whole text, as offers with their positions: nothing is stored.

Windows of up to eight words are looked up by what two words of a name have in common, in one statement, and those with something in common are
compared as names are. Offers do not overlap; the better one stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from registry.names import SAME_NAME, STRONG, Match, analyse, chinese, compare_analysed, korean
from registry.names.keys import coarse, hashed
from registry.names.parts import own_words
from registry.screening.common_words import is_common
from registry.screening.lookup import ListedRow, ListScope, names_by_key
from registry.screening.tokens import NameToken, segments, without_particles, word_form

MOST_WORDS, NEAR, AROUND = 8, 2, 2  # words of a window; between two of a pair; added on each side
FAR = 0.6  # of the words of a listed name that a window must have
OWN_SCRIPT = 3  # points that let a name in the script of the text go first
ONE_WORD = 4  # letters of a name of one word
HAN_LONGEST = 12
HOW = {
    "letters": "other letters", "sound": "sound", "romanisation": "romanisation", "initial_sound": "initial sound", "hanja": "hanja",
    "simplified": "simplified character", "chinese_reading": "Chinese reading", "consonants": "consonants", "cyrillic": "Cyrillic",
    "joined": "written together", "split": "written apart", "initial": "initial", "acronym": "acronym", "form": "other form",
}  # fmt: skip

Window = tuple[int, int]  # code points
Check = Callable[[], None]


class NameOffer(NamedTuple):
    """A passage that may name an entry."""

    start: int
    end: int
    quote: str
    listed: ListedRow
    match: Match

    @property
    def how(self) -> str:
        return how_alike(self.match, self.listed)

    @property
    def is_weak(self) -> bool:
        return self.listed.name_kind == "weak"


class KeyHit(NamedTuple):
    """Words of a segment that share a key with listed names."""

    segment: int
    first: int
    last: int


def offers(text: str, scopes: Collection[ListScope], check: Check = lambda: None) -> list[NameOffer]:
    """In the order of the text. `check`: called before each step, and ends them by raising."""
    rows = list(segments(text))
    of_words: dict[int, list[KeyHit]] = defaultdict(list)
    of_ranges: dict[int, list[Window]] = defaultdict(list)
    for number, row in enumerate(rows):
        check()
        for key, first, last in word_keys(row):
            of_words[key].append(KeyHit(number, first, last))
        for key, window in eastern_keys(row):
            of_ranges[key].append(window)
    names = names_by_key([*of_words.keys() | of_ranges.keys()], scopes)
    scored = [*by_words(text, rows, of_words, names, check), *by_ranges(text, of_ranges, names, check)]
    return sorted(apart(scored, check), key=lambda each: (each.start, -each.match.score, each.listed.list_id, each.listed.ref))


# Keys


def word_keys(row: Sequence[NameToken]) -> Iterator[tuple[int, int, int]]:
    """(key, first word, last word): of two words near each other, of Korean names in Latin letters, of single words."""
    forms = [word_form(token.text) if token.script == "word" else None for token in row]
    for first, one in enumerate(forms):
        if one is None or not row[first].may_begin:
            continue
        yield hashed(f"whole {one.form}"), first, first
        for last in range(first + 1, min(first + NEAR + 1, len(row))):
            other = forms[last]
            if other and row[last].may_begin:
                yield hashed(f"words {' '.join(sorted((one.skeleton, other.skeleton)))}"), first, last
        for size in (2, 3, 4):
            near = forms[first : first + size]
            if len(near) == size and all(near):
                words = tuple(each.form for each in near if each)
                yield from ((key, first, first + size - 1) for key in korean_keys(words))


@lru_cache(maxsize=20_000)
def korean_keys(words: tuple[str, ...]) -> tuple[int, ...]:
    if not all(map(korean.word_letters, words)):
        return ()
    names = korean.of_words([(word, 0, 0) for word in words])
    return tuple({hashed(f"korean {coarse(korean.southern(each.family))} {coarse(each.given)}") for each in names})


def eastern_keys(row: Sequence[NameToken]) -> Iterator[tuple[int, Window]]:
    """(key, range): of words in Hangul with and without particles, and of all short runs of Han."""
    for number, token in enumerate(row):
        if token.script == "hangul":
            for each in without_particles(token):
                yield from hangul_keys(each)
                if number and row[number - 1].script == "hangul":
                    before = row[number - 1]
                    yield hashed(f"own {korean.southern_hangul(before.text + each.text)}"), (before.start, each.end)
        elif token.script == "han":
            yield from han_keys(token)


def hangul_keys(token: NameToken) -> Iterator[tuple[int, Window]]:
    window = (token.start, token.end)
    yield hashed(f"own {korean.southern_hangul(token.text)}"), window
    if 2 <= len(token.text) <= 4:
        letters = [korean.syllable_letters(each) for each in token.text]
        for size in (1, 2) if len(letters) == 4 else (1,):
            family, given = "".join(letters[:size]), "".join(letters[size:])
            yield hashed(f"korean {coarse(korean.southern(family))} {coarse(given)}"), window


def han_keys(token: NameToken) -> Iterator[tuple[int, Window]]:
    """A run has no spaces: a name may begin at each of its characters."""
    native = chinese.traditional(token.text)
    if len(native) != len(token.text):
        return
    sizes = range(2, 5) if len(native) > HAN_LONGEST else range(2, HAN_LONGEST + 1)
    for first in range(len(native)):
        for size in sizes:
            if first + size <= len(native):
                yield hashed(f"own {native[first : first + size]}"), (token.start + first, token.start + first + size)


# Windows that share a key, compared


def by_words(
    text: str,
    rows: Sequence[Sequence[NameToken]],
    hits: dict[int, list[KeyHit]],
    names: dict[int, list[ListedRow]],
    check: Check,
) -> Iterator[NameOffer]:
    by_name: dict[int, ListedRow] = {row.name_id: row for each in names.values() for row in each}
    shared: dict[tuple[int, int], set[int]] = defaultdict(set)
    for key, listed in names.items():
        for hit in hits.get(key, ()):
            check()
            for row in listed:
                shared[hit.segment, row.name_id].update((hit.first, hit.last))
    for (segment, name), positions in shared.items():
        listed_row = by_name[name]
        for first, last, count in clusters(sorted(positions)):
            if count >= FAR * counted_words(listed_row.text, listed_row.kind):
                check()
                yield from best_window(text, rows[segment], first, last, listed_row)


def clusters(positions: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """(first, last, how many) of positions that are near each other."""
    group = [positions[0]]
    for position in positions[1:]:
        if position - group[-1] > NEAR or position - group[0] >= MOST_WORDS:
            yield group[0], group[-1], len(group)
            group = []
        group.append(position)
    yield group[0], group[-1], len(group)


@lru_cache(maxsize=20_000)
def counted_words(name: str, kind: str) -> int:
    parts = analyse(name, kind).parts
    return min((len([word for word in own_words(part) if word.role != "particle"]) for part in parts), default=1)


def best_window(text: str, row: Sequence[NameToken], first: int, last: int, listed: ListedRow) -> Iterator[NameOffer]:
    """The words that were hit, with one or two more on each side where that makes the name more alike."""
    best: NameOffer | None = None
    for begin in range(max(0, first - AROUND), first + 1):
        for end in range(last, min(len(row) - 1, last + AROUND) + 1):
            if end - begin >= MOST_WORDS or not (row[begin].may_begin and row[end].may_begin):
                continue
            offer = compared(text, row[begin].start, row[end].end, listed)
            if offer and (best is None or order(offer) < order(best)):
                best = offer
    if best and (last > first or is_name_of_one_word(best, text, row, first)):
        yield best


def compared(text: str, start: int, end: int, listed: ListedRow) -> NameOffer | None:
    name = analyse(text[start:end], listed.kind)
    match = compare_analysed(name, analyse(listed.text, listed.kind))
    return NameOffer(start, end, text[start:end], listed, match) if match.score >= STRONG else None


def is_name_of_one_word(offer: NameOffer, text: str, row: Sequence[NameToken], position: int) -> bool:
    """Words of one name stand in every text. They are offered with the form of a company; in capitals among words that are not; and otherwise
    where they are no common word, no part of a longer name, and no alias that its issuer calls weak."""
    words = [word for part in analyse(offer.quote, offer.listed.kind).parts for word in part.words]
    if offer.match.score < SAME_NAME:
        return False
    if len(words) > 1:
        return True
    if len(offer.quote) < ONE_WORD:
        return False
    if offer.quote.isupper() and not is_in_capitals(text, offer):
        return True
    beside = [row[number] for number in (position - 1, position + 1) if 0 <= number < len(row)]
    return not (offer.is_weak or is_common(offer.quote) or any(map(may_be_of_a_name, beside)))


def is_in_capitals(text: str, offer: NameOffer) -> bool:
    """Whether its line has no small letter, as headlines: there capitals say nothing."""
    line = text[text.rfind("\n", 0, offer.start) + 1 : (text.find("\n", offer.end) + 1 or len(text) + 1) - 1]
    return not any(map(str.islower, line))


def may_be_of_a_name(token: NameToken) -> bool:
    return token.text[:1].isupper() and not is_common(token.text)


def by_ranges(text: str, hits: dict[int, list[Window]], names: dict[int, list[ListedRow]], check: Check) -> Iterator[NameOffer]:
    seen: set[tuple[Window, int]] = set()
    for key, listed in names.items():
        for window in hits.get(key, ()):
            check()
            for row in listed:
                if (window, row.name_id) not in seen:
                    seen.add((window, row.name_id))
                    offer = compared(text, *window, row)
                    yield from [offer] if offer else []


# The best of those that overlap


def apart(scored: Iterable[NameOffer], check: Check) -> Iterator[NameOffer]:
    """Offers that do not overlap, the best name of each entry; two entries of one passage are two offers."""
    kept: dict[Window, set[int]] = {}
    for offer in sorted(scored, key=order):
        check()
        window = (offer.start, offer.end)
        if window not in kept and any(offer.start < end and start < offer.end for start, end in kept):
            continue
        entries = kept.setdefault(window, set())
        if offer.listed.entry_id not in entries:
            entries.add(offer.listed.entry_id)
            yield offer


def order(offer: NameOffer) -> tuple[bool, int, int, int, int]:
    """Best first: no weak alias, the higher score, a name in the script of the text, the longer passage."""
    bonus = OWN_SCRIPT if script(offer.quote) == script(offer.listed.text) else 0
    return offer.is_weak, -(offer.match.score + bonus), offer.start - offer.end, offer.start, offer.listed.name_id


@lru_cache(maxsize=20_000)
def script(text: str) -> str:
    parts = analyse(text, "person").parts
    return parts[0].script if parts else ""


def how_alike(match: Match, listed: ListedRow) -> str:
    """What makes the passage the name, in a few words."""
    hows = {pair.how for pair in match.pairs} - {"same", "number"}
    if hows:
        return ", ".join(HOW.get(how, how) for how in sorted(hows))
    if any(word.why == "form" for word in match.left):
        return "form left out"
    if match.left:
        return "words left out"
    if script(listed.text) in ("hangul", "han"):
        return "same characters"
    in_order = [pair.other_start for pair in match.pairs] == sorted(pair.other_start for pair in match.pairs)
    return "same words" if in_order else "name order"
