"""Archives: every file in its turn, nothing out of its place, and never more than there is room for."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile

import pytest

from corpus.readers import budget as limits
from corpus.readers.budget import Budget
from corpus.readers.extracted import Record, Unread
from corpus.readers.records import records

GOOD = b"Company B was fined by the ministry.\n"


def zipped(members: dict[str, bytes], **options: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(members: dict[str, bytes], link: str = "") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        if link:
            entry = tarfile.TarInfo(link)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(entry)
    return made.getvalue()


def told(data: bytes, name: str = "batch.zip", budget: Budget | None = None) -> list[tuple[str, str]]:
    """Name and first words of each text, or why there is none."""
    return [
        (found.name, found.raw_text.split("\n")[0] if isinstance(found, Record) else found.why)
        for found in records(data, name, budget=budget)
    ]


@pytest.mark.parametrize("pack", [zipped, tarred])
def test_each_file_is_read_by_its_content_with_its_path_as_its_name(pack) -> None:
    data = pack({"a.txt": GOOD, "folder/b.bin": b"<html><body><p>Bank A was listed.</p></body></html>"})
    assert told(data, "batch") == [
        ("batch/a.txt", "Company B was fined by the ministry."),
        ("batch/folder/b.bin", "Bank A was listed."),
    ]


@pytest.mark.parametrize(("pack", "ending"), [(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz")])
def test_a_packed_file_is_read_as_what_is_in_it(pack, ending: str) -> None:
    assert told(pack(GOOD), f"a.txt{ending}") == [("a.txt", "Company B was fined by the ministry.")]
    assert told(pack(tarred({"a.txt": GOOD})), f"b.tar{ending}") == [("b.tar/a.txt", "Company B was fined by the ministry.")]


def test_one_bad_file_is_no_harm_to_the_others() -> None:
    found = told(zipped({"a.txt": GOOD, "empty.txt": b"", "bad.pdf": b"%PDF-1.4 no more", "b.txt": GOOD}))
    assert [name for name, _ in found] == ["batch.zip/a.txt", "batch.zip/empty.txt", "batch.zip/bad.pdf", "batch.zip/b.txt"]
    assert found[1][1] == "the file is empty"
    assert found[2][1].startswith("the PDF is damaged")


def test_names_that_lead_out_of_the_archive_are_only_names() -> None:
    found = told(zipped({"../../etc/evil.txt": GOOD, "/tmp/abs.txt": GOOD, "..\\..\\win.txt": GOOD}))
    assert [name for name, _ in found] == ["batch.zip/etc/evil.txt", "batch.zip/tmp/abs.txt", "batch.zip/win.txt"]


def test_links_are_told_of_and_not_followed() -> None:
    entry = zipfile.ZipInfo("link.txt")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert told(made.getvalue()) == [("batch.zip/link.txt", "it is a link to another file")]
    assert told(tarred({"a.txt": GOOD}, link="link.txt"), "b.tar")[1] == (
        "b.tar/link.txt",
        "it is a link or a device, not a file",
    )


def test_what_systems_leave_behind_is_passed_over() -> None:
    assert [name for name, _ in told(zipped({"__MACOSX/._a": b"x", "a/.DS_Store": b"x", "a.txt": GOOD}))] == ["batch.zip/a.txt"]


def test_a_member_that_grows_too_much_is_refused_and_its_neighbour_is_not() -> None:
    found = told(zipped({"bomb.txt": b"\0" * 30_000_000, "a.txt": GOOD}))
    assert found == [
        ("batch.zip/bomb.txt", "it expands to more than 200 times its size, like a ZIP bomb"),
        ("batch.zip/a.txt", "Company B was fined by the ministry."),
    ]


def test_the_size_that_a_header_states_is_not_believed() -> None:
    data = bytearray(zipped({"a.txt": b"word " * 1_000_000}))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(magic) + place
        data[at : at + 4] = (10).to_bytes(4, "little")
    (only,) = told(bytes(data))
    assert "times its size" in only[1] or "decompressed" in only[1]


def test_archives_are_opened_two_deep() -> None:
    one = zipped({"a.txt": GOOD})
    two = zipped({"one.zip": one})
    assert told(two, "two.zip") == [("two.zip/one.zip/a.txt", "Company B was fined by the ministry.")]
    assert told(zipped({"two.zip": two}), "three.zip") == [
        ("three.zip/two.zip/one.zip", "archives are nested more than 2 levels deep")
    ]


def test_one_upload_has_a_limit_in_all(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({f"{n}.txt": GOOD for n in range(5)})
    found = told(data, budget=Budget(members=3))
    assert [name for name, _ in found] == ["batch.zip/0.txt", "batch.zip/1.txt", "batch.zip/2.txt", "batch.zip/3.txt"]
    assert found[-1][1] == "more than 3 files in one upload: this and everything after it was not read"
    assert [why for _, why in told(data, budget=Budget(all=len(data) + 80))][
        -1
    ] == "the upload expands to more than 0 MB: this and everything after it was not read"
    monkeypatch.setattr(limits, "EACH", 10)
    assert told(data)[0][1] == "it expands to more than 0 MB"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({}), "the archive is empty"),
        (zipped({"a.txt": GOOD})[:60], "the ZIP archive is damaged: File is not a zip file"),
        (gzip.compress(GOOD)[:-9], "it cannot be decompressed"),
        (zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), "it is a spreadsheet"),
    ],
    ids=["empty", "cut zip", "cut gzip", "spreadsheet"],  # the bytes hold the time: processes would not agree on a name
)
def test_a_damaged_or_foreign_archive_is_named(data: bytes, why: str) -> None:
    (only,) = records(data, "batch.zip")
    assert isinstance(only, Unread)
    assert only.why.startswith(why)


def test_an_upload_that_takes_long_is_read_in_part_and_the_rest_is_told_of(monkeypatch) -> None:
    clock = iter(range(0, 10_000, 100))
    monkeypatch.setattr(limits, "process_time", lambda: next(clock))
    lines = b"\n".join(b'{"text": "number %d"}' % number for number in range(50))
    *read, rest = records(lines, "slow.jsonl", budget=Budget(began=0))
    assert [found.raw_text for found in read] == [f"number {number}" for number in range(7)]
    assert rest == Unread(
        name="slow.jsonl",
        why="reading the upload took more than 10 minutes of processor time: this and everything after it was not read",
    )
