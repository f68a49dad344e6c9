"""What a list may hold. Beyond that the file is refused, since nothing is cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from registry.lists.record import EntryRecord, UnreadableList

MOST_ENTRIES, MOST_NAMES = 2_000_000, 2_000
LONGEST_REF, LONGEST_NAME, LONGEST_TEXT = 100, 1_000, 200_000
LONGEST_LANGUAGE = 20
UNSTORABLE = {"\0", *map(chr, range(0xD800, 0xE000))}


def checked(entries: Iterable[EntryRecord]) -> Iterator[EntryRecord]:
    """The same entries. Raises UnreadableList for what cannot be kept, and for a reference that two entries have."""
    refs: set[str] = set()
    for entry in entries:
        if problem := problem_of(entry):
            raise UnreadableList(f"entry {entry.ref[:LONGEST_REF]!r}: {problem}")
        if entry.ref in refs:
            raise UnreadableList(f"two entries have the reference {entry.ref!r}")
        refs.add(entry.ref)
        if len(refs) > MOST_ENTRIES:
            raise UnreadableList(f"the file has more than {MOST_ENTRIES:,} entries")
        yield entry
    if not refs:
        raise UnreadableList("the file has no entry")


def problem_of(entry: EntryRecord) -> str:
    """What of an entry cannot be kept; empty for nothing."""
    texts = [*texts_of(entry)]
    if not entry.ref or len(entry.ref) > LONGEST_REF:
        return f"its reference has {len(entry.ref)} characters, 1 to {LONGEST_REF} are allowed"
    if not entry.names or len(entry.names) > MOST_NAMES:
        return f"has {len(entry.names)} names, 1 to {MOST_NAMES:,} are allowed"
    if any(not name.text.strip() or len(name.text) > LONGEST_NAME for name in entry.names):
        return f"has a name that is empty or has more than {LONGEST_NAME:,} characters"
    if any(len(name.language) > LONGEST_LANGUAGE for name in entry.names):
        return f"has a language with more than {LONGEST_LANGUAGE} characters"
    if sum(map(len, texts)) > LONGEST_TEXT:
        return f"has more than {LONGEST_TEXT:,} characters"
    if any(UNSTORABLE & set(text) for text in texts):
        return "has a character that cannot be kept (NUL or a lone surrogate)"
    if any(len(country) != len("KP") for country in entry.countries):
        return "has a country that is no ISO 3166-1 code of two letters"
    if not is_day(entry.listed_on):
        return f"its date of listing “{entry.listed_on[:40]}” is no date"
    return ""


def texts_of(entry: EntryRecord) -> Iterator[str]:
    yield from (entry.ref, entry.listed_on, entry.remarks, *entry.programmes, *entry.births, *entry.countries)
    for name in entry.names:
        yield from (name.text, name.language)
    for pair in (*entry.identifiers, *entry.references):
        yield from pair


def is_day(text: str) -> bool:
    """Whether it is a date, or not stated."""
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
