"""The table of readers and its contract."""

from __future__ import annotations

from types import ModuleType

import pytest

from corpus.readers.extracted import UnreadableError
from corpus.readers.records import READERS, check, read, records


def module(**parts: object) -> ModuleType:
    made = ModuleType("made")
    made.__dict__.update(parts)
    return made


def good() -> dict[str, object]:
    text = READERS["text"]
    return {"TITLE": "Made", "VERSION": "1", "claims": text.claims, "read": text.read}


def test_every_reader_keeps_the_contract() -> None:
    for key, reader in READERS.items():
        check(key, reader)


def test_the_key_of_a_reader_is_the_name_of_its_module() -> None:
    assert all(reader.__name__ == f"corpus.readers.{key}" for key, reader in READERS.items())


@pytest.mark.parametrize("missing", ["TITLE", "VERSION", "claims", "read"])
def test_a_module_with_a_part_missing_is_no_reader(missing: str) -> None:
    parts = good()
    del parts[missing]
    with pytest.raises(TypeError, match=missing):
        check("made", module(**parts))


def test_a_module_with_other_parameters_is_no_reader() -> None:
    with pytest.raises(TypeError, match=r"read\(data, name, url, kind\)"):
        check("made", module(**good() | {"read": lambda data: []}))


def test_plain_text_comes_last_because_it_claims_everything() -> None:
    assert list(READERS)[-1] == "text"


def test_a_record_remembers_its_reader_name_and_address() -> None:
    record = read(b"words", "a.txt", "https://example.org/a")
    assert (record.reader, record.name, record.url) == ("text", "a.txt", "https://example.org/a")
    assert record.raw == b"words"


def test_a_file_that_holds_several_texts_is_not_read_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    record = read(b"words")

    def twice(data: bytes, name: str, url: str, kind: str) -> object:
        return iter([record, record])

    monkeypatch.setitem(READERS, "text", module(**good() | {"read": twice}))
    assert len(list(records(b"words"))) == 2
    with pytest.raises(UnreadableError, match="2 were found"):
        read(b"words")


def test_bytes_that_nobody_claims_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "text", module(**good() | {"claims": lambda data, name, kind: False}))
    with pytest.raises(UnreadableError, match="files of this type"):
        read(b"words")
