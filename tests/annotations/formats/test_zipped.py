"""Archives of files, and downloads with their report."""

import io
import json
import zipfile

import pytest

from annotations.formats import FORMATS
from annotations.formats.endrecord import line, with_report
from annotations.formats.flat import Flat, Mark, Unreadable
from annotations.formats.losses import Losses
from annotations.formats.zipped import LARGEST_MEMBER, Archive, unwrapped, zipped

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
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("tasks.json", "w") as member:
        for _ in range(LARGEST_MEMBER // 2**20 + 2):
            member.write(b" " * 2**20)
    pipe.seek(0)
    (found,) = FORMATS["labelstudio"].read(pipe, "a.zip", {})
    assert isinstance(found, Unreadable)
    assert "a line unfolds to too much" in str(found)


def test_damage_in_the_middle_is_told():
    content = bytearray(b"".join(zipped([("tasks.json", json.dumps([{"data": {"text": "x" * 9000}}]).encode())])))
    content[60:70] = b"\xff" * 10
    (found,) = FORMATS["labelstudio"].read(io.BytesIO(bytes(content)), "a.zip", {})
    assert isinstance(found, Unreadable)
    assert "a.zip, tasks.json" in str(found)
