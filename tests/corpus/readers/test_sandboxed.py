"""What a hostile file does to its reader, it does to that process alone."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from corpus.readers import sandboxed
from corpus.readers.extracted import Record, Unread
from corpus.readers.sandboxed import Child, DeadError, SandboxedReading, records
from tests import factories

SEED = (factories.DOMAIN / "000_3e4db3711cb7c38f.txt").read_bytes()


@pytest.fixture
def bad():
    child = Child("tests.corpus.bad_readers")
    yield child
    child.close()


def said(child: Child, act: str) -> str:
    data = f"do:{act}".encode()
    child.give(data, "thing", "")
    (found,) = child.answer(data)
    return found.raw_text if isinstance(found, Record) else found.why


def test_what_comes_back_is_what_a_reader_gives_in_our_own_process() -> None:
    from corpus.readers.records import records as read_here

    page = b"<html><head><title>Bank A listed</title></head><body><h1>Bank A listed</h1><figure><figcaption>The bank</figcaption></figure><p>Bank A.</p></body></html>"
    for data in (SEED, page, b"", b'{"text": "a"}\n{"text": "b"}\n'):
        assert list(records(data, "thing", "https://example.com/")) == list(read_here(data, "thing", "https://example.com/"))


def test_a_process_is_kept_for_the_next_thing() -> None:
    list(records(SEED, "a.txt"))
    child = sandboxed.idle.queue[-1]
    list(records(SEED, "b.txt"))
    assert sandboxed.idle.queue[-1] is child


def test_a_process_that_was_started_early_reads_and_a_second_one_is_not_started() -> None:
    sandboxed.close_idle()
    sandboxed.start_early()
    sandboxed.start_early()
    (child,) = sandboxed.idle.queue
    (record,) = records(SEED, "a.txt")
    assert isinstance(record, Record)
    assert [*sandboxed.idle.queue] == [child]


def test_memory_is_refused_and_the_process_goes_on(bad: Child) -> None:
    assert said(bad, "eat") == "reading it took more than 400 MB of memory"
    assert said(bad, "recurse") == "it is nested too deeply"
    assert bad.is_fit


def test_time_that_is_used_up_ends_the_process(bad: Child) -> None:
    with pytest.raises(DeadError, match="reading it took more than"):
        said(bad, "spin")
    assert not bad.is_fit


def test_silence_ends_the_process(bad: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandboxed, "SILENCE_SECONDS", 1)
    with pytest.raises(DeadError, match="did not respond for 1 seconds"):
        said(bad, "sleep")


def test_a_crash_is_told_of(bad: Child) -> None:
    with pytest.raises(DeadError, match="ended by SIGABRT"):
        said(bad, "die")


def test_it_reaches_no_network_no_file_and_no_program(bad: Child) -> None:
    assert said(bad, "connect") == "refused: PermissionError"
    assert said(bad, "write") == "refused: PermissionError"
    assert said(bad, "run") == "refused: PermissionError"


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ("say too much", "returned more than 400 MB"),
        *((f"say {what}", "returned an invalid result") for what in ("nonsense", "a list", "a strange thing", "less", "no time")),
    ],
)
def test_what_a_hijacked_reader_says_harms_nobody(bad: Child, act: str, why: str) -> None:
    with pytest.raises(DeadError, match=why):
        said(bad, act)
    assert not bad.is_fit


def test_an_upload_has_so_much_time_and_the_rest_of_it_is_named(bad: Child) -> None:
    sandboxed.idle.put(bad)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(20):
            file.writestr(f"{number}.txt", "do:work")
    *read, rest = records(archive.getvalue(), "slow.zip")
    assert 1 <= len(read) <= 3
    assert rest.name.startswith("slow.zip")
    assert rest == Unread(
        name=rest.name,
        why="reading the upload took more than 0.01 minutes of processor time: this and everything after it was not read",
    )
    assert said(bad, "work") == "None"


def test_a_process_that_has_worked_long_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    list(records(SEED, "a.txt"))
    child = sandboxed.idle.queue[-1]
    assert 0 < child.spent < sandboxed.SECONDS
    monkeypatch.setattr(sandboxed, "SECONDS", child.spent)
    list(records(SEED, "b.txt"))
    assert child.is_closed
    assert child is not sandboxed.idle.queue[-1]


def test_it_knows_none_of_our_secrets(bad: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SECRET_KEY" in os.environ
    known = said(bad, "environment")
    assert "SECRET_KEY" not in known
    assert "DATABASE" not in known


def test_the_thing_that_killed_its_reader_is_named_and_the_next_one_is_read(bad: Child) -> None:
    sandboxed.idle.put(bad)
    assert list(records(b"do:die", "evil.bin")) == [Unread(name="evil.bin", why="its reader was ended by SIGABRT")]
    assert isinstance(next(records(SEED, "a.txt")), Record)


def test_an_answer_that_nobody_waits_for_is_not_given_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = b"\n".join(b'{"text": "number %d"}' % number for number in range(50))
    found = records(lines, "many.jsonl")
    next(found)
    found.close()
    assert [one.name for one in records(SEED, "a.txt")] == ["a.txt"]


# Reading ahead


def ahead(first: bytes) -> tuple[SandboxedReading, SandboxedReading]:
    one = SandboxedReading(first, "first")
    return one, SandboxedReading(SEED, "second", after=one)


def names(found: SandboxedReading) -> list[str]:
    return [one.name if isinstance(one, Record) else one.why for one in found]


def test_a_process_goes_on_with_the_next_thing_and_is_kept_after_the_last() -> None:
    one, two = ahead(b"Bank A was listed.\n")
    assert two.child is one.child
    assert (names(one), one.child in sandboxed.idle.queue) == (["first"], False)
    assert (names(two), one.child in sandboxed.idle.queue) == (["second"], True)


@pytest.mark.parametrize(
    ("first", "why"), [(b"do:die", "its reader was ended by SIGABRT"), (b"do:eat", "reading it took more than 400 MB of memory")]
)
def test_what_is_read_next_has_no_harm_from_what_was_before_it(bad: Child, first: bytes, why: str) -> None:
    sandboxed.idle.put(bad)
    one, two = ahead(first)
    assert (names(one), names(two)) == ([why], ["second"])


def test_what_was_read_first_has_no_harm_from_the_next(bad: Child) -> None:
    sandboxed.idle.put(bad)
    one = SandboxedReading(SEED, "first")
    two = SandboxedReading(b"do:die", "second", after=one)
    bad.process.wait(10)
    assert (names(one), names(two)) == (["first"], ["its reader was ended by SIGABRT"])


def test_what_would_have_to_wait_for_its_reader_is_given_later() -> None:
    one = SandboxedReading(SEED, "first")
    two = SandboxedReading(b" " * sandboxed.ROOM, "second", after=one)
    assert two.child is None
    assert (names(one), len(names(two))) == (["first"], 1)


def test_a_process_that_reads_what_nobody_wants_any_more_is_ended() -> None:
    one, two = ahead(b"Bank A was listed.\n")
    process = one.child.process
    assert names(one) == ["first"]
    del one, two
    assert process.poll() is not None
