"""W3C Web Annotation, out and in."""

import io
import json

import pytest
from hypothesis import given, settings

from annotations.formats.base import Losses, Unreadable
from annotations.formats.middle.flat import Flat, FlatNote, Mark, Tie
from annotations.formats.w3c import web_annotation
from annotations.formats.w3c.check import CONTEXT
from tests.annotations.formats.drawn import flats, known

TEXT = "😀 Walls of Troy until 朝鮮 Troy fell"


def written(*documents, **options):
    losses = Losses()
    raw = b"".join(web_annotation.write(documents, losses, options))
    assert not losses
    return raw


def read(raw, **options):
    raw = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return list(web_annotation.read(io.BytesIO(raw), "file.jsonl", options))


def one(raw, **options):
    (found,) = read(raw, **options)
    assert isinstance(found, Flat), found
    return found


@given(flats(web_annotation.HOLDS))
@settings(max_examples=100)
def test_what_was_written_is_read(document):
    found = one(written(document))
    assert known(found) == known(document)
    assert [mark.id for mark in found.marks] == [mark.id for mark in document.marks]


def test_each_text_is_a_line_and_a_valid_page():
    lines = written(Flat("One", [Mark("M1", "ACTOR", [(0, 3)])], annotator="anna"), Flat("Two", title="Second")).splitlines()
    pages = [json.loads(line) for line in lines]
    assert [page["type"] for page in pages] == ["AnnotationPage"] * 2
    assert pages[0]["items"][0]["target"][0]["selector"][0] == {
        "type": "TextQuoteSelector",
        "exact": "One",
        "prefix": "",
        "suffix": "",
    }
    assert one(lines[0]).annotator == "anna"
    assert one(lines[1]).title == "Second"


def test_ties_are_links_and_keep_their_notes():
    document = Flat(
        "One two",
        [Mark("a/1", "A", [(0, 3)]), Mark("b", "B", [(4, 7)])],
        ties=[Tie("of", "a/1", "b")],
        notes=[FlatNote("why", "a/1")],
    )
    found = one(written(document))
    assert [(tie.type, tie.source, tie.target) for tie in found.ties] == [("of", "a/1", "b")]
    assert found.notes == [FlatNote("why", "a/1")]


# From other programs


def annotation(*selectors, **more):
    target = {"source": "https://example.org/article", "selector": list(selectors)}
    return {
        "@context": CONTEXT,
        "id": "https://example.org/1",
        "type": "Annotation",
        "body": [{"type": "TextualBody", "value": "CITY", "purpose": "tagging"}],
        "target": [target],
    } | more


def words(exact, prefix="", suffix=""):
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def position(start, end):
    return {"type": "TextPositionSelector", "start": start, "end": end}


@pytest.mark.parametrize("selectors", [
    [position(11, 15)],  # code points
    [position(12, 16), words("Troy")],  # UTF-16 units, which the quotation tells
    [words("Troy", "walls of ".capitalize())],  # words alone, told apart by those before
    [position(9, 13), words("Troy", "of ", " until")],  # a text that was cut elsewhere
])  # fmt: skip
def test_words_are_found_by_what_a_file_says_of_them(selectors):
    found = one(annotation(*selectors), text=TEXT)
    assert [found.quote(mark) for mark in found.marks] == ["Troy"]
    assert found.marks[0].start == 11
    assert found.marks[0].label == "CITY"


def test_the_quotations_decide_the_unit_where_the_nearest_words_are_others():
    found = one(annotation(position(9, 11), words("ab")), text="😀😀😀😀 ab ab")
    assert found.marks[0].fragments == [(5, 7)]


def test_a_unit_can_be_said():
    assert one(annotation(position(12, 16)), text=TEXT, offsets="utf16").marks[0].fragments == [(11, 15)]
    assert one(annotation(position(11, 15)), text=TEXT, offsets="codepoints").marks[0].fragments == [(11, 15)]


@pytest.mark.parametrize(("bad", "said"), [
    (annotation(words("Troy")), "more than once"),
    (annotation(words("Sparta")), "not in the text"),
    (annotation(position(900, 901)), "900–901 is not a range"),
    (annotation(position(3, 3)), "is not "),
    (annotation({"type": "CssSelector", "value": "p"}), "neither TextPositionSelector nor TextQuoteSelector"),
])  # fmt: skip
def test_what_cannot_be_found_is_said(bad, said):
    (found,) = read(bad, text=TEXT)
    assert isinstance(found, Unreadable)
    assert said in str(found)
    assert "file.jsonl" in str(found)


def test_a_text_must_come_with_its_annotations_or_be_given():
    (found,) = read(annotation(words("Troy")))
    assert "https://example.org/article is not in the file" in str(found)


def test_annotations_of_one_source_are_one_document_wherever_they_stand():
    one_each = [annotation(words("Walls"), id="urn:a"), annotation(words("fell"), id="urn:b")]
    link = {"@context": CONTEXT, "id": "urn:c", "type": "Annotation", "motivation": "linking", "target": "urn:a", "body": "urn:b"}
    collection = {
        "@context": CONTEXT,
        "id": "urn:d",
        "type": "AnnotationCollection",
        "first": {"id": "urn:e", "type": "AnnotationPage", "items": [*one_each, link]},
    }
    lines = b"\n".join(json.dumps(item).encode() for item in [*one_each, link])
    for raw in ([*one_each, link], collection, lines, json.dumps([*one_each, link], indent=1).encode()):
        found = one(raw, text=TEXT)
        assert [found.quote(mark) for mark in found.marks] == ["Walls", "fell"]
        assert [(tie.type, tie.source, tie.target) for tie in found.ties] == [("linking", "urn:a", "urn:b")]


def test_comments_tags_and_links_to_entities_are_kept():
    bodies = [
        {"type": "TextualBody", "value": "CITY", "purpose": "tagging"},
        {"type": "TextualBody", "value": "ruined", "purpose": "tagging"},
        {"type": "TextualBody", "value": "see Homer"},
        {"type": "SpecificResource", "purpose": "identifying", "source": "https://example.org/Q22647"},
    ]
    found = one(annotation(words("fell"), body=bodies, motivation="commenting"), text=TEXT)
    assert found.marks[0].attributes == {"tags": ["ruined"], "identifying": "https://example.org/Q22647"}
    assert found.notes == [FlatNote("see Homer", "https://example.org/1")]


# What is no Web Annotation


BROKEN = {
    "no context": {"@context": None},
    "another context": {"@context": ["http://example.org/context.json"]},
    "another type": {"type": "Squirrel"},
    "two ids": {"id": ["urn:a", "urn:b"]},
    "no target": {"target": []},
    "a target that is a number": {"target": 9},
    "a body that is no address": {"body": "this is not a uri"},
    "a body and bodyValue": {"bodyValue": "x"},
    "a creator that is a number": {"creator": 6},
    "no moment": {"created": "yesterday"},
    "two moments": {"modified": ["2015-01-28T12:00:00Z", "2015-01-28T12:00:01Z"]},
    "via no address": {"via": "not a uri"},
    "words without any": {"body": {"type": "TextualBody"}},
    "two kinds of sets": {"body": {"type": ["Choice", "List"], "items": ["urn:a"]}},
    "an empty set": {"body": {"type": "Choice", "items": []}},
    "two directions": {"body": {"id": "urn:a", "textDirection": ["ltr", "rtl"]}},
    "no source": {"target": {"type": "SpecificResource"}},
    "two values": {"target": {"source": "urn:a", "selector": {"type": "FragmentSelector", "value": ["x", "y"]}}},
    "a negative start": {"target": {"source": "urn:a", "selector": position(-1, 5)}},
    "start after end": {"target": {"source": "urn:a", "selector": position(9, 5)}},
    "start that is true": {"target": {"source": "urn:a", "selector": position(True, 5)}},
}


def test_an_annotation_without_these_faults_is_read():
    assert one(annotation(words("fell")), text=TEXT).marks


@pytest.mark.parametrize("fault", BROKEN)
def test_what_breaks_the_model_is_refused_with_its_place(fault):
    (found,) = read(annotation(words("fell"), **BROKEN[fault]), text=TEXT)
    assert isinstance(found, Unreadable)
    assert str(found).startswith("file.jsonl")


@pytest.mark.parametrize("raw", [
    b"", b"no json", b"\xff\xfe{}", b'{"a": NaN}', b"[" * 100_000, b'{"a":' * 5000 + b"1" + b"}" * 5000, b"null", b"[null]", b'["a"]', b"1" * 5000,
    b'{"a": "\\ud800"}', b'{"a": "\\u0000"}', b"{}", b"[[[]]]" * 2, b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "id": "urn:a"}',
    b'{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "id": "urn:a", "first": "urn:b"}',
])  # fmt: skip
def test_poison_is_unreadable_and_nothing_else(raw):
    found = read(raw)
    assert found
    assert all(isinstance(item, Unreadable) for item in found)


def test_what_is_nested_a_hundred_times_is_said_to_be():
    (found,) = read(b"[" * 102 + b"]" * 102)
    assert "nested too deeply" in str(found)
    (found,) = read(b"[" * 99 + b"]" * 99)
    assert str(found) == "file.jsonl: contains no annotations"


def test_one_bad_line_is_not_the_end():
    good = written(Flat("One", key="1"), Flat("Two", key="2")).splitlines()
    found = read(b"\n".join([good[0], b"{bad}", good[1]]))
    assert [getattr(item, "text", None) for item in found] == ["One", None, "Two"]
    assert "line 2" in str(found[1])
