"""What an article is made of that a record says or its text shows: the clean text, a title, a language. Pure.

Everything that makes articles asks here, so that a page of a lake and the same page imported are one text under one title.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.cleaning.clean import Cleaned, TooLongError, clean, refuse_long, verbatim
from corpus.readers.extracted import Record
from corpus.text.language import language_of

LONGEST_TEXT = 10_000_000  # code points: more than the longest books
LONGEST_TITLE = 1_000
# A language tag by its form (BCP 47); what a page says of its language may be anything.
TAG = re.compile(r"(?=.{2,35}\Z)[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class IngestError(ValueError):
    """A thing that is not stored, in plain words: what and why."""


def clean_record(record: Record, refuse: Collection[str] = ()) -> Cleaned:
    """Raises IngestError for what no article is as long as; UnstorableText; ValueError for an unknown repair."""
    if len(record.raw_text) > LONGEST_TEXT:
        raise IngestError(f"the text is too long: the limit is {LONGEST_TEXT:,} characters")
    return clean(record.raw_text, refuse, record.known)


def clean_at_once(text: str, refuse: Collection[str], *, as_is: bool) -> Cleaned:
    """Of a text that is typed or sent by itself. Raises IngestError for one that takes long; what `clean` raises."""
    try:
        if not as_is:
            return clean(text, refuse, at_once=True)
        refuse_long(text)
        return verbatim(text)
    except TooLongError as error:
        raise IngestError(f"The text is too long to be stored immediately: {error}. Import it as a file.") from error


def refuse_blank(cleaned: Cleaned) -> None:
    if not any(map(str.isalnum, cleaned.text)):
        raise IngestError("it contains no text")


def title_of(stated: str, text: str) -> str:
    """The title as stated, or the first line of the text."""
    return (stated or first_line(text))[:LONGEST_TITLE]


def first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]


def stated_language(record: Record) -> str:
    return record.language if TAG.fullmatch(record.language) else ""


def language_or_guess(stated: str, text: str) -> str:
    """BCP 47: as stated, or read off the text; blank where neither says it."""
    return stated or language_of(text)
