"""XML of strangers: streamed, without a document type, and no loader declares a path that it does not read."""

import re
from collections import Counter
from io import BytesIO

import pytest

from registry.lists import markup
from registry.lists.formats import eu, ofac, uk
from registry.lists.markup import MarkupShape, records, root_of
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import EU, OFAC, UK, read

SHAPE = MarkupShape(root="list", records=frozenset({"list/entry"}), consumed=frozenset({"list/entry/name", "list/entry@ref"}))
SAMPLES = {ofac: OFAC, eu: EU, uk: UK}


def nodes(content, losses=None):
    raw = content if isinstance(content, bytes) else content.encode()
    return list(records(BytesIO(raw), "list.xml", SHAPE, Counter() if losses is None else losses))


def test_records_come_with_what_is_in_them_and_the_rest_is_counted():
    losses = Counter()
    content = """<l:list xmlns:l="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" day="1">
    <l:entry ref="1" more="2"><l:name> a
    b </l:name><l:note>n<l:deep at=" "/></l:note></l:entry><l:footer>f</l:footer></l:list>"""
    root, entry = nodes(content, losses)
    assert (root.name, root.attributes["day"]) == ("list", "1")
    assert (entry.path, entry.attributes, entry.value("name"), entry.value("none")) == (
        "list/entry",
        {"ref": "1", "more": "2"},
        "a b",
        "",
    )
    assert losses == {"list@day": 1, "list/entry@more": 1, "list/entry/note": 1, "list/footer": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_that_the_file_declares(encoding):
    declared = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{declared}"?><list><entry><name>é</name></entry></list>'
    assert nodes(content.encode(encoding))[1].value("name") == "é"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<!DOCTYPE list SYSTEM "file:///etc/passwd"><list/>', r"list\.xml: has a document type \(DOCTYPE\)"),
        ('<!DOCTYPE list [<!ENTITY a "b">]><list>&a;</list>', "has a document type"),
        ("<list>&a;</list>", "line 1: not well-formed XML: undefined entity"),
        ("<list>\n<entry>", r"line 2: is cut off \(no element found\)"),
        ("<list>\n<entry ref='1", r"line 2: is cut off \(unclosed token\)"),
        ("", "line 1: is cut off"),
        ("<list>\n</entry></list>", "line 2: not well-formed XML: mismatched tag"),
        ("<list>\n<entry/>\x00</list>", "line 2: not well-formed XML"),
        ("<list><entry>é</entry></list>".encode("latin-1"), "line 1: not well-formed XML"),
        ('<?xml version="1.0" encoding="klingon"?><list/>', "not XML in a known encoding|unknown encoding"),
        ("<list/><list/>", "junk after document element"),
        ("id;name\n1;x", "line 1: not well-formed XML"),
        ("<html><list/></html>", "the root element is html, and not list"),
        ("<list>" + "<a>" * 30, "nested more than 24 levels deep"),
        ("<list>" + "".join(f"<a{number}/>" for number in range(2_100)), "more than 2,000 kinds of elements"),
    ],
)
def test_what_is_no_list_is_refused_with_line_and_reason(content, message):
    with pytest.raises(UnreadableList, match=message):
        nodes(content)


@pytest.mark.parametrize("content", ["<list><entry>{}</entry></list>", "<list at='{}'/>", "<list><!--{}--></list>"])
def test_one_entry_has_a_limit_of_its_own(monkeypatch, content):
    monkeypatch.setattr(markup, "LARGEST_RECORD", 200_000)
    assert nodes(content.format("x" * 100_000))
    with pytest.raises(UnreadableList, match="one entry has more than"):
        nodes(content.format("x" * 400_000))


def test_the_root_element_of_a_beginning():
    assert root_of(b'<?xml version="1.0"?><!-- x --><a:list xmlns:a="urn:x"><entry', "list.xml") == "list"
    with pytest.raises(UnreadableList, match="DOCTYPE"):
        root_of(b"<!DOCTYPE html><html>", "list.xml")
    with pytest.raises(UnreadableList, match="is cut off, or begins with no XML element"):
        root_of(b"<!-- only a comment -->", "list.xml")


def without(content, path):
    """Copies of a list, each with one value of that path blank."""
    element, _, attribute = path.partition("@")
    name = element.rpartition("/")[2]
    pattern = rf'(<{name}\b[^>]*?\b{attribute}=")[^"]*(")' if attribute else rf"(<{name}>)[^<]+(</{name}>)"
    for match in re.finditer(pattern, content):
        yield content[: match.start()] + match[1] + match[2] + content[match.end() :]


def what_is_read(module, folder, content):
    try:
        entries, contents = read(module, folder, content)
    except UnreadableList as error:
        return str(error)
    return entries, contents.published, contents.stated_count, contents.losses


@pytest.mark.parametrize(
    ("module", "path"),
    [(module, path) for module in SAMPLES for path in sorted(module.SHAPE.consumed)],
    ids=lambda value: value if isinstance(value, str) else value.TITLE,
)
def test_a_path_that_a_loader_declares_makes_a_difference(tmp_path, module, path):
    content = SAMPLES[module]
    whole = what_is_read(module, tmp_path, content)
    results = [what_is_read(module, tmp_path, changed) for changed in without(content, path)]
    assert any(result != whole for result in results)
