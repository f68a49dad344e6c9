"""Archives of files, and downloads with their report."""

import io
import json
import zipfile

import pytest

from annotations.formats import FORMATS
from annotations.formats.base import Losses, Unreadable
from annotations.formats.files.end_record import line, with_report
from annotations.formats.files.zip_writing import ZipEntry, ending
from annotations.formats.files.zipped import LARGEST_MEMBER, Archive, unwrapped, zipped
from annotations.formats.middle.flat import Flat, Mark

KIM = Flat("Kim ran.", [Mark("T1", "PERSON", [(0, 3)])], key="k")
FORMATS_BOTH = ["brat", "casjson", "doccano", "labelstudio", "prodigy", "webannotation", "webannotsv", "xmi"]


def written(name):
    return list(FORMATS[name].write([KIM, KIM], Losses(), {}))


@pytest.mark.parametrize("name", FORMATS_BOTH)
def test_a_download_with_its_report_is_read_as_what_is_in_it(name):
    chosen = FORMATS[name]
    whole = b"".join(with_report(f"k{chosen.EXTENSION}", written(name), lambda: {"end": {}}))
    found = list(chosen.read(io.BytesIO(whole), "a.zip", {}))
    assert [type(each) for each in found] == [Flat, Flat], found
    assert found[0].marks == KIM.marks or len(found[0].marks) == 1


@pytest.mark.parametrize("name", ["doccano", "prodigy", "webannotation"])
def test_the_end_record_is_no_document(name):
    whole = b"".join(written(name)) + line({"documents": 2})
    assert [type(each) for each in FORMATS[name].read(io.BytesIO(whole), "a.jsonl", {})] == [Flat, Flat]


def test_members_come_whole_or_in_pieces():
    content = b"".join(zipped([("a.txt", b"one"), ("b.txt", (b"two", b"three"))]))
    archive = Archive(io.BytesIO(content), "a.zip")
    assert {name: archive.content(name) for name in archive.names} == {"a.txt": b"one", "b.txt": b"twothree"}
    stream = archive.stream("b.txt")
    assert stream.read(2) == b"tw"
    assert stream.tell() == 2
    stream.seek(0)
    assert stream.read() == b"twothree"


def test_other_archives_are_what_they_are():
    content = b"".join(zipped([("a.json", b"1"), ("b.json", b"2"), ("report.json", b"3")]))
    assert unwrapped(io.BytesIO(content), "a.zip").read(2) == b"PK"


def test_a_line_that_unfolds_without_end_is_refused():
    pipe = io.BytesIO()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive, archive.open("tasks.json", "w") as member:
        for _ in range(LARGEST_MEMBER // 2**20 + 2):
            member.write(b" " * 2**20)
    pipe.seek(0)
    (found,) = FORMATS["labelstudio"].read(pipe, "a.zip", {})
    assert isinstance(found, Unreadable)
    assert "a line expands to more than 50 MB" in str(found)


def test_damage_in_the_middle_is_told():
    content = bytearray(b"".join(zipped([("tasks.json", json.dumps([{"data": {"text": "x" * 9000}}]).encode())])))
    content[60:70] = b"\xff" * 10
    (found,) = FORMATS["labelstudio"].read(io.BytesIO(bytes(content)), "a.zip", {})
    assert isinstance(found, Unreadable)
    assert "a.zip, tasks.json" in str(found)


def test_more_members_than_two_bytes_count_are_all_there():
    members = ((f"folder/{number}.txt", b"%d" % number) for number in range(70_000))
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped(members)))) as archive:
        assert len(archive.namelist()) == 70_000
        assert archive.read("folder/69999.txt") == b"69999"


def test_other_programs_find_nothing_wrong_in_it(tmp_path):
    content = b"".join(
        zipped([("ä ü.txt", b"one" * 1000), ("empty.txt", b""), ("b.txt", iter([b"two", b"", b"three"])), ("c", iter([]))])
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["ä ü.txt", "empty.txt", "b.txt", "c"]
        assert archive.read("b.txt") == b"twothree"
    assert zipfile.ZipFile(io.BytesIO(b"".join(zipped([])))).namelist() == []


@pytest.mark.parametrize("field", ["size", "packed", "offset"])
def test_what_needs_more_than_four_bytes_is_written_as_such(field):
    entry = ZipEntry(b"a", 7, 0, packed=3, size=5)
    setattr(entry, field, 5 * 2**30)
    directory = entry.line()
    with zipfile.ZipFile(io.BytesIO(directory + ending(1, len(directory), 0))) as archive:
        (info,) = archive.infolist()
    found = {"size": info.file_size, "packed": info.compress_size, "offset": info.header_offset}
    assert found == {"size": 5, "packed": 3, "offset": 7} | {field: 5 * 2**30}


def test_who_reads_from_the_start_learns_that_sizes_stand_behind():
    whole, pieced = (b"".join(zipped([("a", content)])) for content in (b"one", iter([b"one"])))
    assert [int.from_bytes(content[6:8], "little") & 8 for content in (whole, pieced)] == [0, 8]
    assert int.from_bytes(whole[22:26], "little") == 3
    assert b"PK\x07\x08" in pieced
