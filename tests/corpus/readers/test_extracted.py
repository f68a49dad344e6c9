"""What a reader yields."""

from __future__ import annotations

import dataclasses

import pytest

from corpus.readers.extracted import Record
from corpus.text.storable import UnstorableText


def test_a_text_that_was_given_as_text_is_kept_as_utf_8() -> None:
    record = Record.of_text("평양\r\n", title="A title", url="https://example.org/1")
    assert record.raw == "평양\r\n".encode()
    assert record.raw_text == "평양\r\n"
    assert (record.encoding, record.encoding_basis) == ("utf-8", "given as text")
    assert (record.reader, record.title, record.url) == ("typed", "A title", "https://example.org/1")


def test_a_text_that_cannot_be_stored_makes_no_record() -> None:
    with pytest.raises(UnstorableText):
        Record.of_text("a\x00")


def test_a_record_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Record.of_text("a").raw_text = "b"  # type: ignore[misc]


def test_hints_are_blank_and_never_guessed() -> None:
    record = Record.of_text("a")
    assert not any([record.name, record.byline, record.outlet, record.language, record.published])
    assert record.retrieved is None
