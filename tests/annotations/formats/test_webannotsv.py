"""WebAnno TSV 3, out and in."""

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.formats.base import Losses, Unreadable
from annotations.formats.middle.flat import Flat, Frame, Mark, Tie
from annotations.formats.webanno import tsv
from annotations.formats.webanno.sheet import escape, escape_text, parse, render, unescape, unescape_text
from tests.annotations.formats.drawn import TEXTS, flats, fragments, known


def written(*documents, losses=None):
    losses = losses if losses is not None else Losses()
    return b"".join(tsv.write(documents, losses, {}))


def read(raw):
    return list(tsv.read(io.BytesIO(raw if isinstance(raw, bytes) else raw.encode()), "file.tsv", {}))


def at_words(draw, text):
    """A mark that neither begins nor ends with white space, which the format could not say."""
    ((start, end),) = draw(fragments(len(text), 1))
    words = text[start:end].strip()
    start = text.index(words, start)
    return [(start, start + len(words))] if words else []


@given(flats(tsv.HOLDS, TEXTS.filter(str.strip), at_words))
@settings(max_examples=100)
def test_what_was_written_is_read(document):
    losses = Losses()
    (found,) = read(written(document, losses=losses))
    assert isinstance(found, Flat), found
    assert known(found) == known(replace(document, title=""))
    assert not losses
    assert not found.losses


@given(st.text(st.sampled_from("ab\\[]|_->;*\t\n\r\b\f 😀")))
@settings(max_examples=150)
def test_what_is_escaped_returns(text):
    assert unescape(escape(text)) == text
    assert unescape_text(escape_text(text)) == text
    assert not set(escape_text(text)) & set("\t\n\r")


TEXT = "😀 Kim sent.\r\n\r\n300 people\\went back"
DOCUMENT = Flat(TEXT, [Mark("M1", "ACTOR", [(2, 5)], {"entity.name": "Kim|Il"}), Mark("M2", "FIGURE", [(15, 18)]), Mark("M3", "PART", [(19, 22)])],
                frames=[Frame("E1", "SEND", ["M1", "M2"], [("theme;x", "M2"), ("cause", "E2")]), Frame("E2", "GO", ["M3"])],
                ties=[Tie("of", "M2", "M3", {}, "R1"), Tie("after", "E2", "M1")], key="seed-000")  # fmt: skip


def test_the_file_is_as_the_description_of_the_format_says():
    with zipfile.ZipFile(io.BytesIO(written(DOCUMENT))) as archive:
        lines = archive.read("000001-seed-000.tsv").decode().split("\n")
    assert lines[:3] == [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=attest.Mark|identifier|label|entity__name",
        "#T_SP=attest.Frame|identifier|label|trigger|ROLE_attest.Frame:arguments_attest.Argument|uima.tcas.Annotation",
    ]
    assert lines[3:7] == [
        "#T_RL=attest.Tie|identifier|label|BT_attest.Mark",
        "#T_RL=attest.FrameTie|identifier|label|BT_uima.tcas.Annotation",
        "",
        "",
    ]
    assert lines[7] == "#Text=😀 Kim sent.\\r\\n\\r\\n"
    assert (
        lines[9]
        == "1-2\t3-6\tKim\tM1[1]\tACTOR[1]\tKim\\|Il[1]\tE1[4]\tSEND[4]\tM1[4]\ttheme\\;x;cause[4]\t2-1[2];2-2.1[6]\t_\t_\t_\t\tafter\t2-2.1[6_1]\t"
    )
    assert lines[16].startswith("2-2.1\t20-23\tpeo\tM3[3]\tPART[3]")


def test_events_keep_their_triggers_and_the_events_in_their_roles():
    (found,) = read(written(DOCUMENT))
    assert known(found) == known(DOCUMENT)
    assert found.frames == DOCUMENT.frames
    assert {(tie.type, tie.source, tie.target) for tie in found.ties} == {("of", "M2", "M3"), ("after", "E2", "M1")}


def test_what_tokens_cannot_say_is_counted():
    losses = Losses()
    marks = [Mark("M1", "A", [(0, 2)]), Mark("M2", "A", [(1, 2)])]
    document = Flat(
        "a b",
        marks,
        frames=[Frame("E1", "X", ["M2"]), Frame("E2", "X", ["M1"], [("of", "E1")])],
        ties=[Tie("t", "M1", "M2")],
        key="k",
    )
    read(written(document, Flat(" \n"), losses=losses))
    assert losses.counts == {
        "marks trimmed of white space at their ends": 1,
        "marks of white space only": 1,
        "events without words": 1,
        "arguments of events without words": 1,
        "relations between objects without words": 1,
        "texts of white space only": 1,
    }


FOREIGN = """#FORMAT=WebAnno TSV 3.2
#T_SP=custom.Span|value|note
#T_SP=custom.Host|ROLE_custom.Host:links_custom.Link|custom.Span
#T_RL=custom.Rel|value|BT_custom.Span
#T_CH=custom.Coref|referenceType|referenceRelation


#Sentence.id=s1
#Text=😀 Kim Il sent 300
1-1\t0-2\t😀\t_\t_\t_\t_\t_\t_\t_\t_\t
1-2\t3-6\tKim\tPER[1]|LOC[2]\t*[1]|a\\|b[2]\t_\t_\tof\t1-5[0_1]\tCM[1]\tCOREF->1-1\t
1-3\t7-9\tIl\tPER[1]\t*[1]\t_\t_\t_\t_\t_\t_\t
1-4\t10-14\tsent\t_\t_\twho;*\t1-2[1];1-5\t_\t_\t_\t_\t
1-5\t15-18\t300\tNUM\t*\t_\t_\t_\t_\tCM[1]\t*->1-2\t
1-5.1\t15-15\t\t*\t*\t_\t_\t_\t_\t_\t_\t

#Text=Next
2-1\t19-23\tNext\t_\t_\t_\t_\t_\t_\t_\t_\t
"""


def test_layers_of_others_are_marks_ties_and_frames():
    (found,) = read(FOREIGN)
    assert isinstance(found, Flat), found
    assert found.text == "😀 Kim Il sent 300\nNext"
    said = [(found.quote(mark), mark.label, mark.attributes) for mark in found.marks]
    assert said == [
        ("Kim Il", "PER", {"layer": "Span"}),
        ("Kim", "LOC", {"layer": "Span", "note": "a|b"}),
        ("Kim", "Coref", {"layer": "Coref", "referenceType": "CM"}),
        ("sent", "Host", {"layer": "Host"}),
        ("300", "NUM", {"layer": "Span"}),
        ("300", "Coref", {"layer": "Coref", "referenceType": "CM"}),
    ]
    names = {mark.id: number for number, mark in enumerate(found.marks)}
    assert [(tie.type, names[tie.source], names[tie.target]) for tie in found.ties] == [("of", 4, 0), ("COREF", 2, 5)]
    assert [[(role, names[end]) for role, end in frame.arguments] for frame in found.frames] == [[("who", 0), ("links", 4)]]
    assert found.losses.counts == {"annotations without words": 1}


def test_a_sheet_is_written_as_it_was_read():
    assert render(parse(FOREIGN, "file.tsv")) == FOREIGN


@pytest.mark.parametrize(("old", "new", "said"), [
    ("TSV 3.2", "TSV 2", "line 1"), ("1-2\t3-6", "1-2\t1-6", "inside a surrogate pair"), ("1-3\t7-9\tIl", "1-3\t7-9\tAl", "does not match the text at"),
    ("15-18", "15-1800", "outside a text"), ("15-18", "18-15", "not a token"), ("1-3\t7", "1-2\t7", "occurs twice"), ("[0_1]", "[x]", "not a reference"), ("\tPER[1]\t*[1]\t_", "\tPER[1]", "columns"),
    ("2-1\t19-23", "2-1\t9-13", "not a valid sentence start"), ("2-1\t19-23", "2-1\t999999999-999999999", "is not "), ("#Text=😀 Kim Il sent 300\n", "", "no #Text="), ("1-5\t15", "x\t15", "not a token"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(old, new, said):
    (found,) = read(FOREIGN.replace(old, new))
    assert isinstance(found, Unreadable)
    assert said in str(found)
    assert str(found).startswith("file.tsv, line")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff",
        b"PK\x03\x04",
        b"#FORMAT=WebAnno TSV 3.3",
        b"#FORMAT=WebAnno TSV 3.3\n\n\n" + b"1-1\t" * 10_000,
        b"#FORMAT=WebAnno TSV 3.3\n#T_SP=\n\n\n#Text=a\n1-1\t0-1\ta\t_\t",
    ],
)
def test_poison_is_unreadable_or_empty_and_nothing_else(raw):
    (found,) = read(raw)
    assert isinstance(found, Unreadable) or not found.marks


@pytest.mark.parametrize(
    "value", ["\\" * 50_000, "[" * 50_000, "|" * 50_000, "*->1-1" * 10_000, "[1]" * 20_000, "\\[" * 20_000 + "x"]
)
def test_long_cells_are_read_quickly(value):
    read(FOREIGN.replace("\tPER[1]|LOC[2]\t", f"\t{value}\t"))


BARE = """#FORMAT=WebAnno TSV 3.3
#T_SP=custom.Place|kind
#T_RL=custom.Near|BT_custom.Place


#Text=Port dock end
1-1\t0-4\tPort\tquay\t_\t
1-2\t5-9\tdock\t_\t_\t
1-3\t10-13\tend\tpier\t1-1\t
"""


def test_a_relation_without_features_has_its_reference_alone():
    (found,) = read(BARE)
    assert isinstance(found, Flat), found
    named = {mark.id: found.quote(mark) for mark in found.marks}
    assert [(tie.type, named[tie.source], named[tie.target]) for tie in found.ties] == [("Near", "Port", "end")]
    assert render(parse(BARE, "file.tsv")) == BARE
