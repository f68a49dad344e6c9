"""The catalogue of attacks, given to every format that is read: a reading, or why there is none, and never another exception.
What runs in a page or a spreadsheet goes through each format as the letters that it is."""

from __future__ import annotations

import io
import json
import resource
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from annotations.formats import FORMATS
from annotations.formats.base import ATTRIBUTES, FACTS, NOTES, Losses, Unreadable
from annotations.formats.middle.flat import Flat, FlatNote, Mark
from annotations.formats.middle.lift import lift
from annotations.scheme.view import SchemeView
from tests.conformance.material import cases, material

ROOT = Path(__file__).parents[2]
VIEW = SchemeView(json.loads((ROOT / "domain" / "scheme.json").read_text("utf-8")))
READ = sorted(name for name, chosen in FORMATS.items() if hasattr(chosen, "read"))
BOTH = sorted(name for name in READ if hasattr(FORMATS[name], "write") and not hasattr(FORMATS[name], "TAKES"))
ONLY_WORDS = ("conll2003",)  # which has neither positions nor titles


def catalogue(name: str) -> list[str]:
    return [case.payload for case in cases(name, X="x(1)", BEACON="http://127.0.0.1:1/b")]


def settled(name: str, content: bytes, **options: str) -> list[Any]:
    """What is read, and lifted: each is a reading or Unreadable, in time and in little memory."""
    started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = list(FORMATS[name].read(io.BytesIO(content), "a.file", options))
    for each in found:
        assert isinstance(each, Flat | Unreadable | dict), each
        reason = refused(each) if isinstance(each, Flat) else each
        if isinstance(reason, Unreadable):
            assert "a.file" in str(reason)
    assert time.monotonic() - started < 30
    assert (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024
    )  # KiB; an archive may unfold to 50 MB a member
    return found


def refused(flat: Flat) -> Unreadable | None:
    try:
        lift(flat, VIEW)
    except Unreadable as error:
        return error
    return None


def variants(payload: str) -> list[bytes]:
    """As the file itself, and in the places where formats expect something."""
    raw = payload.encode("utf-8", "surrogatepass")
    inside = [
        b'{"text": "Kim", "%s": %s}' % (key, raw) for key in (b"label", b"entities", b"spans", b"relations", b"tokens", b"meta")
    ]
    tasks = [b'[{"data": {"text": "Kim"}, "annotations": %s}]' % raw, b'[{"data": %s}]' % raw, b'{"text": %s, "label": []}' % raw]
    results = [b'[{"data": {"text": "Kim"}, "annotations": [{"result": [%s]}]}]' % raw]
    return [raw, *inside, *tasks, *results]


@pytest.mark.parametrize("name", READ)
def test_poisoned_json_is_read_or_refused(name: str) -> None:
    count = 0
    for payload in catalogue("json_poison.txt"):
        for content in variants(payload):
            settled(name, content, text="Kim")
            count += 1
    print(f"{name}: {count} poisoned files")


@pytest.mark.parametrize("name", READ)
def test_files_that_are_made_to_do_harm_are_read_or_refused(name: str) -> None:
    folders = [material("attack", folder) for folder in ("zip", "xml", "malformed")]
    files = [path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()]
    assert files
    for path in files:
        settled(name, path.read_bytes(), text="Kim")


@pytest.mark.parametrize("name", READ)
def test_bytes_at_random_are_read_or_refused(name: str) -> None:
    for content in (b"", b"\x00", b"\xff" * 100, b"PK\x05\x06" + b"\x00" * 18, b"\n\n\n", b"[]", b"{}", b"null", b'"a"', b"3"):
        settled(name, content, text="Kim")


@pytest.mark.parametrize("name", [name for name in BOTH if name not in ONLY_WORDS])
@pytest.mark.parametrize("file", ["xss.txt", "csv_injection.txt"])
def test_what_would_run_elsewhere_is_letters_here(name: str, file: str) -> None:
    chosen = FORMATS[name]
    for payload in catalogue(file):
        words = "".join(
            char for char in payload if char >= " " and not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff"
        )
        if not words.strip():
            continue
        flat = Flat(f"Kim {words} paid.", [Mark("T1", "PERSON", [(0, 3)])], key="k")
        if ATTRIBUTES in chosen.HOLDS:
            flat.marks[0].attributes = {"entity.name": words}
        if NOTES in chosen.HOLDS:
            flat.notes = [FlatNote(words, "T1")]
        if FACTS in chosen.HOLDS:
            flat.title = words
        content = b"".join(chosen.write([flat], Losses(), {}))
        (back,) = chosen.read(io.BytesIO(content), "a", {})
        assert isinstance(back, Flat), (words, back)
        assert back.text == flat.text
        assert [mark.attributes for mark in back.marks] == [mark.attributes for mark in flat.marks], words
        assert [note.text for note in back.notes] == [note.text for note in flat.notes]
        assert back.title == flat.title


def test_an_archive_that_unfolds_without_end_is_refused() -> None:
    pipe = io.BytesIO()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b" " * (300 * 2**20))
        archive.writestr("a.ann", b"")
    (found,) = settled("brat", pipe.getvalue())
    assert str(found) == "a.file, a.txt: expands to more than 50 MB"
