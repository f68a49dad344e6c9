"""Formats of lists: what a file is, by what is in it."""

import pytest

from registry.lists.formats import FORMATS, sniffed
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import EU, FTM, OFAC, OFAC_CSV, UK, UK_CSV, ods, zipped

FILES = {
    "ofac": [OFAC, "\ufeff" + OFAC, OFAC.replace('<?xml version="1.0" standalone="yes"?>', "<?xml version='1.0' encoding='utf-16'?>").encode("utf-16")],
    "ofac_csv": [zipped(OFAC_CSV), zipped({"lists/CONS_PRIM.CSV": ""})],
    "eu": [EU],
    "uk": [UK, UK_CSV, "\ufeff" + UK_CSV.partition("\n")[2], zipped({"content.xml": ods([])})],
    "ftm": [FTM],
    "un": ["<CONSOLIDATED_LIST/>"],
}  # fmt: skip


def written(folder, content):
    path = folder / "file"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(("code", "content"), [(code, content) for code, contents in FILES.items() for content in contents])
def test_a_format_is_recognised_by_its_content(tmp_path, code, content):
    assert sniffed(written(tmp_path, content)) == code


def test_a_folder_with_the_files_of_ofac_is_recognised(tmp_path):
    (tmp_path / "sdn.csv").write_text("")
    assert sniffed(tmp_path) == "ofac_csv"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "none of the known formats of sanctions lists: it is empty"),
        ("<feed/>", "its root element is feed; known are sdnList, export, Designations"),
        ("<!DOCTYPE html><html>", "has a document type"),
        ("%PDF-1.7\n", "it begins with '%PDF-1.7'"),
        (b"\x1f\x8b\x08", "it begins with"),
        (zipped({"a.txt": ""}), r"it contains no SDN\.CSV and no content\.xml, but a\.txt"),
        (zipped({}), "but nothing"),
        (b"PK\x03\x04", "not a ZIP archive"),
    ],
)
def test_what_is_no_list_is_refused_with_what_was_there(tmp_path, content, message):
    with pytest.raises(UnreadableList, match=message):
        sniffed(written(tmp_path, content))


def test_a_list_of_ones_own_is_what_no_other_loader_knows(tmp_path):
    assert sniffed(written(tmp_path, "TEST-001; Example Trading Corp\n")) == "own"
    with pytest.raises(UnreadableList, match="none of the known formats of sanctions lists: it begins with 'TEST-001'"):
        sniffed(written(tmp_path, "TEST-001\n"))


def test_each_format_has_a_title_and_a_number():
    assert all(loader.TITLE and loader.NUMBER > 0 for loader in FORMATS.values())
