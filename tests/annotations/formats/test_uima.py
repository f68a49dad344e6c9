"""UIMA CAS as XMI and as JSON, out and in."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.formats.base import CAPACITIES, Losses, Unreadable
from annotations.formats.middle.feature_names import attribute, feature
from annotations.formats.middle.flat import Flat, FlatNote, Frame, Mark
from annotations.formats.uima import cas_json, xmi
from tests.annotations.formats.drawn import flats, known

BOTH = pytest.mark.parametrize("module", [xmi, cas_json], ids=["xmi", "casjson"])


def written(module, *documents, losses=None):
    losses = losses if losses is not None else Losses()
    return b"".join(module.write(documents, losses, {}))


def read(module, raw, **options):
    return list(module.read(io.BytesIO(raw), "file.zip", options))


def members(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@BOTH
@given(document=flats(CAPACITIES))
@settings(max_examples=60)
def test_what_was_written_is_read(module, document):
    if module is xmi:
        document = xmi.legal(document, Losses())
    (found,) = read(module, written(module, document))
    assert isinstance(found, Flat), found
    assert known(found) == known(document)
    assert not found.losses


@given(
    st.text("ab.x_5FÄ北-9", min_size=1, max_size=8) | st.sampled_from(["type", "label", "self", "x_label", "_", "__", "_x5F_"])
)
@settings(max_examples=200)
def test_names_of_attributes_become_names_of_features_and_return(name):
    written = feature(name)
    assert written.isascii()
    assert written.isidentifier()
    assert not written.startswith("_")
    assert attribute(written) == name


TEXT = "😀 Kim sent 300 朝鮮 people"
DOCUMENT = Flat(TEXT, [Mark("M1", "ACTOR", [(2, 5)], {"name": "Kim"}), Mark("M2", "FIGURE", [(11, 14)])], key="seed 000", annotator="anna",
                frames=[Frame("E1", "SEND", ["M1"], [("theme", "M2")], {"kind": "missile", "begin": "May"}), Frame("E2", "CAUSE", [], [("effect", "E1")])], notes=[FlatNote("why", "E1")])  # fmt: skip


def test_positions_in_the_files_are_utf_16_units():
    whole = members(written(xmi, DOCUMENT))
    assert list(whole) == ["000001-seed 000/000001-seed 000.xmi", "000001-seed 000/TypeSystem.xml"]
    assert b'begin="3" end="6" identifier="M1" label="ACTOR" name="Kim"' in whole["000001-seed 000/000001-seed 000.xmi"]
    (content,) = members(written(cas_json, DOCUMENT)).values()
    (mark,) = [thing for thing in json.loads(content)["%FEATURE_STRUCTURES"] if thing.get("identifier") == "M1"]
    assert (mark["begin"], mark["end"]) == (3, 6)


@BOTH
def test_events_may_lack_words_and_fill_roles_of_others(module):
    (found,) = read(module, written(module, DOCUMENT))
    assert found.frames == DOCUMENT.frames
    assert found.notes == DOCUMENT.notes
    assert found.annotator == "anna"


def test_xml_cannot_hold_control_characters_and_this_is_counted():
    losses = Losses()
    document = replace(DOCUMENT, text=TEXT.replace(" sent", "\x0bsent"), notes=[FlatNote("a\x01b", "M1")])
    (found,) = read(xmi, written(xmi, document, losses=losses))
    assert losses.counts == {xmi.LOST: 2}
    assert found.text == TEXT.replace(" sent", "\ufffdsent")
    assert found.quote(found.marks[0]) == "Kim"
    (found,) = read(cas_json, written(cas_json, document))
    assert found.text == document.text


TYPES = """<?xml version="1.0" encoding="UTF-8"?><typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>custom.Span</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>label</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>sure</name><rangeTypeName>uima.cas.Boolean</rangeTypeName></featureDescription></features></typeDescription>
<typeDescription><name>custom.Link</name><supertypeName>uima.cas.TOP</supertypeName><features>
<featureDescription><name>role</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>
<featureDescription><name>target</name><rangeTypeName>custom.Span</rangeTypeName></featureDescription></features></typeDescription>
<typeDescription><name>custom.Event</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>who</name><rangeTypeName>uima.cas.FSArray</rangeTypeName><elementType>custom.Link</elementType></featureDescription>
</features></typeDescription>
<typeDescription><name>custom.Rel</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>Governor</name><rangeTypeName>custom.Span</rangeTypeName></featureDescription>
<featureDescription><name>Dependent</name><rangeTypeName>custom.Span</rangeTypeName></featureDescription></features></typeDescription>
</types></typeSystemDescription>"""
INCEPTION = """<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:custom="http:///custom.ecore" xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>
<custom:Span xmi:id="2" sofa="1" begin="3" end="6" label="ACTOR" sure="true"/><custom:Span xmi:id="3" sofa="1" begin="12" end="15" label="FIGURE"/>
<custom:Span xmi:id="4" sofa="1" begin="0" end="0"/><custom:Link xmi:id="5" role="theme" target="3"/><custom:Link xmi:id="8" target="4"/>
<custom:Event xmi:id="6" sofa="1" begin="7" end="11" who="5 8"/><custom:Rel xmi:id="7" sofa="1" begin="3" end="6" Governor="3" Dependent="2"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="😀 Kim sent 300 朝鮮 people"/><cas:View sofa="1" members="2 3 4 6 7"/></xmi:XMI>"""


def test_layers_of_inception_are_marks_ties_and_frames():
    (found,) = read(xmi, INCEPTION.encode(), typesystem=TYPES)
    assert isinstance(found, Flat), found
    said = [(found.quote(mark), mark.label, mark.attributes) for mark in found.marks]
    assert said == [
        ("Kim", "ACTOR", {"layer": "Span", "sure": True}),
        ("300", "FIGURE", {"layer": "Span"}),
        ("sent", "Event", {"layer": "Event"}),
    ]
    assert [(frame.triggers, frame.arguments) for frame in found.frames] == [(["Event-6"], [("theme", "Span-3")])]
    assert [(tie.type, tie.source, tie.target) for tie in found.ties] == [("Rel", "Span-3", "Span-2")]
    assert found.losses.counts == {"annotations without words": 1, "roles without a mark": 1}


def test_another_feature_may_say_the_label():
    types = TYPES.replace("<name>label</name>", "<name>kind</name>")
    (found,) = read(xmi, INCEPTION.replace("label=", "kind=").encode(), typesystem=types, label="kind")
    assert [mark.label for mark in found.marks] == ["ACTOR", "FIGURE", "Event"]


def packed(**content):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in content.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return whole.getvalue()


@pytest.mark.parametrize("content", [
    {"one_xmi": INCEPTION, "TypeSystem_xml": TYPES}, {"one_xmi": INCEPTION, "one-typesystem_xml": TYPES, "typesystem_xml": "no"},
    {"a__one_xmi": INCEPTION, "a__TypeSystem_xml": TYPES, "TypeSystem_xml": "no"}, {"a__b__one_xmi": INCEPTION, "TypeSystem_xml": TYPES},
])  # fmt: skip
def test_a_type_system_is_found_beside_its_xmi(content):
    (found,) = read(xmi, packed(**content))
    assert isinstance(found, Flat), found


LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>'
FAR = '<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>'


@pytest.mark.parametrize(("raw", "said"), [
    (b"", "not XML"), (b"no xml", "not XML"), (LAUGHS.encode(), "DOCTYPE"), (LAUGHS.encode("utf-16"), "DOCTYPE"), (FAR.encode(), "DOCTYPE"),
    (b"<a>" * 5000, "not a readable CAS"), (b"<a/>", "not a readable CAS"), (INCEPTION[:-30].encode(), "not a readable CAS"), (INCEPTION.replace('begin="3"', 'begin="1"').encode(), "offset"),
    (INCEPTION.replace('end="15"', 'end="1500"').encode(), "offset"), (INCEPTION.replace('begin="3"', 'begin="x"').encode(), "not a readable CAS"),
    (INCEPTION.replace('target="3"', 'target="99"').encode(), "not a readable CAS"), (INCEPTION.replace("custom:Rel", "custom:Other").encode(), "custom.Other"),
    (INCEPTION.replace("Kim", "&#1;").encode(), "not a readable CAS"), (b"PK\x03\x04broken", "not a ZIP"), (packed(a_txt="x"), "no .xmi"), (packed(a_xmi=INCEPTION), "type system is missing"),
])  # fmt: skip
def test_poison_in_xml_is_unreadable_and_nothing_else(raw, said):
    found = read(xmi, raw, **({} if raw.startswith(b"PK") else {"typesystem": TYPES}))
    assert [type(item) for item in found] == [Unreadable]
    assert said in str(found[0])
    assert str(found[0]).startswith("file.zip")


def test_a_poisoned_type_system_is_unreadable():
    (found,) = read(xmi, packed(a_xmi=INCEPTION, TypeSystem_xml=LAUGHS))
    assert "its type system: has a document type" in str(found)


@pytest.mark.parametrize("raw", [
    b"", b"{}", b"[]", b"[1]", b'{"%FEATURE_STRUCTURES": 3}', b'{"%FEATURE_STRUCTURES": [3]}', b'{"%FEATURE_STRUCTURES": []}', b'{"a":' * 5000, b'{"%FEATURE_STRUCTURES": NaN}',
    b'{"%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "no.such.Type"}]}', b'{"%TYPES": {"a": {}}, "%FEATURE_STRUCTURES": []}', packed(a_txt="x"), packed(a_json="{"),
    b'{"%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "a"}, {"%ID": 2, "%TYPE": "uima.tcas.Annotation", "@sofa": 1, "begin": 0, "end": 9}], "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}}}',
])  # fmt: skip
def test_poison_in_json_is_unreadable_and_nothing_else(raw):
    found = read(cas_json, raw)
    assert [type(item) for item in found] == [Unreadable]


def test_the_anchors_of_the_draft_are_read_too():
    raw = members(written(cas_json, DOCUMENT)).popitem()[1].replace(b'"begin"', b'"^begin"').replace(b'"end"', b'"^end"')
    (found,) = read(cas_json, raw)
    assert known(found) == known(DOCUMENT)


@BOTH
def test_one_bad_file_of_an_archive_is_not_the_end(module):
    whole = members(written(module, DOCUMENT, DOCUMENT))
    broken = next(iter(whole))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as target:
        for name, content in whole.items():
            target.writestr(name, b"broken" if name == broken else content)
    found = read(module, archive.getvalue())
    assert [type(item) for item in found] == [Unreadable, Flat]
    assert broken in str(found[0])


def test_what_unfolds_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("annotations.formats.files.zipped.LARGEST_MEMBER", 10_000)
    (found,) = read(cas_json, packed(a_json="[" * 20_000))
    assert str(found).endswith("a.json: expands to more than 0.01 MB")
