"""brat standoff, out and in."""

import io
import json
import zipfile

import pytest
from hypothesis import given

from annotations.formats.base import Losses, Unreadable
from annotations.formats.brat import standoff
from annotations.formats.middle.flat import Flat, FlatNote, Frame, Mark, Tie
from tests.annotations.formats.flats import flats, shape


def written(*documents, losses=None):
    return b"".join(standoff.write(documents, Losses() if losses is None else losses, {}))


def files(*documents):
    with zipfile.ZipFile(io.BytesIO(written(*documents))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read(content, name="a.zip", **options):
    return list(standoff.read(io.BytesIO(content), name, options))


def packed(**members):
    pipe = io.BytesIO()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return pipe.getvalue()


TEXT = "Google and YouTube merged.\nWikinews reported it."
MERGER = Flat(
    TEXT,
    [
        Mark("A1", "ORG", [(0, 6)], {"entity": "E-G", "entity.name": "Google Inc.", "entity.type": "ORG"}),
        Mark("A2", "ORG", [(11, 18)]),
        Mark("T1", "Merge-org", [(19, 25)]),
        Mark("X", "Report", [(36, 44)]),
        Mark("Y", "State body", [(0, 6), (19, 25)], {"low": 300, "approximate": True, "comparator": "eq"}),
        Mark("Z", "CLAIM", [(11, 35)]),
    ],
    [
        Frame("EV1", "Merge-org", ["T1"], [("party", "A1"), ("party", "A2")], {"status": "happened"}),
        Frame("EV2", "Report", ["X", "T1"], [("what", "EV1")]),
    ],
    [Tie("part_of", "A2", "A1")],
    [FlatNote("one event", "EV1"), FlatNote("two\nlines"), FlatNote("who?", "A1")],
    title="A merger",
    facts={"url": "https://example.org"},
    key="news/1",
)


def test_what_is_written_is_standoff_as_brat_reads_it():
    found = files(MERGER)
    assert found["news_1.txt"] == TEXT
    assert found["news_1.ann"].splitlines() == [
        "T2\tORG 0 6\tGoogle",
        "T3\tORG 11 18\tYouTube",
        "T1\tMerge-org 19 25\tmerged",
        "T4\tReport 36 44\treported",
        "T5\tState_body_ 0 6;19 25\tGoogle merged",
        "T6\tCLAIM 11 26;27 35\tYouTube merged. Wikinews",
        "E1\tMerge-org:T1 party:T2 party2:T3",
        "E2\tReport:T4 what:E1 Trigger:T1",
        "R1\tpart_of Arg1:T3 Arg2:T2\t",
        "N1\tReference T2 Attest:E-G\tGoogle Inc.",
        "A1\tentity.type T2 ORG",
        "A2\tlow T5 300",
        "A3\tapproximate T5",
        "A4\tcomparator T5 eq",
        "A5\tstatus E1 happened",
        "#1\tFragments T6\t[[11, 35]]",
        "#2\tAnnotatorNotes E1\tone event",
        '#3\tNoteJSON T0\t"two\\nlines"',
        "#4\tAnnotatorNotes T2\twho?",
        '#5\tDocument T0\t{"title": "A merger", "facts": {"url": "https://example.org"}, "key": "news/1"}',
    ]
    assert json.loads(found["labels.json"]) == {"State_body_": "State body"}


def test_the_configuration_names_all_that_is_drawn():
    assert files(MERGER)["annotation.conf"].splitlines() == [
        "[entities]", "ORG", "State_body_", "CLAIM",
        "[relations]", "part_of\tArg1:<ANY>, Arg2:<ANY>",
        "[events]", "Merge-org\tparty*:<ANY>", "Report\tTrigger*:<ANY>, what*:<ANY>",
        "[attributes]", "entity.type\tArg:<ANY>, Value:ORG", "low\tArg:<ANY>, Value:300", "approximate\tArg:<ANY>",
        "comparator\tArg:<ANY>, Value:eq", "status\tArg:<ANY>, Value:happened",
    ]  # fmt: skip


@given(flats())
def test_all_that_is_said_comes_back(flat):
    losses = Losses()
    (back,) = read(written(flat, losses=losses))
    assert isinstance(back, Flat), back
    if not losses:
        expected = shape(flat)
        expected["key"] = flat.key or "text-1"
        assert shape(back) == expected


def test_texts_of_one_key_have_a_file_each():
    again = read(written(Flat("a", key="x"), Flat("b", key="x"), Flat("c")))
    assert {(flat.key, flat.text) for flat in again} == {("x", "a"), ("x", "b"), ("text-3", "c")}


def test_marks_of_nothing_but_line_ends_are_counted_with_what_hangs_on_them():
    flat = Flat(
        "a\n\nb", [Mark("T1", "X", [(1, 3)]), Mark("T2", "X", [(0, 1)])], [Frame("E1", "X", ["T1"])], [Tie("r", "T1", "T2")]
    )
    losses = Losses()
    (back,) = read(written(flat, losses=losses))
    assert [mark.id for mark in back.marks] == ["T2"]
    assert losses.counts == {
        "marks of line ends only": 1,
        "events without a trigger": 1,
        "relations to marks that are not in the file": 1,
    }


# What brat and its kin write


STANDOFF = """T1\tPerson 0 3\tKim
T2\tPerson 8 12\tmore
*\tAlias T1 T2 T3
T3\tPay 4 7\tsaw
E1\tPay:T3 Giver:T1 Giver2:T2
M1\tNegation E1
A2\tConfidence E1 High
N1\tReference T1 Wikidata:Q95\tKim
N2\tReference T1 UN:KPi.1\tKIM
#1\tAnnotatorNotes T2\tC:\\new
"""


def test_other_lines_of_brat_are_understood():
    (flat,) = read(packed(a_txt="Kim saw more", a_ann=STANDOFF))
    assert flat.frames == [
        Frame("E1", "Pay", ["T3"], [("Giver", "T1"), ("Giver", "T2")], {"Negation": True, "Confidence": "High"})
    ]
    assert [(tie.type, tie.source, tie.target) for tie in flat.ties] == [("Alias", "T1", "T2"), ("Alias", "T2", "T3")]
    assert flat.marks[0].attributes == {"entity": "Wikidata:Q95", "entity.name": "Kim", "reference": ["UN:KPi.1", "KIM"]}
    assert flat.notes == [FlatNote("C:\\new", "T2")]
    (again,) = read(written(flat))
    assert shape(again) == shape(flat)
    assert "*\tAlias T1 T2 T3" in files(flat)["a.ann"]


def test_one_file_comes_with_its_text():
    (flat,) = read(b"T1\tPerson 0 3\tKim\n", "a.ann", text="Kim saw")
    assert flat.marks == [Mark("T1", "Person", [(0, 3)])]
    (missing,) = read(b"T1\tPerson 0 3\tKim\n", "a.ann")
    assert "the text is missing" in str(missing)


def test_entities_and_events_in_two_files_are_one():
    (flat,) = read(packed(a_txt="Kim ran", a_a1="T1\tPerson 0 3\tKim", a_a2="T2\tRun 4 7\tran\nE1\tRun:T2 Who:T1"))
    assert flat.frames[0].arguments == [("Who", "T1")]


@pytest.mark.parametrize("places", ["4 7", "5 8"], ids=["as one", "as two"])
def test_the_quotation_says_how_line_ends_are_counted(places):
    (flat,) = read(packed(a_txt="one\r\ntwo", a_ann=f"T1\tNumber {places}\ttwo"))
    assert flat.marks == [Mark("T1", "Number", [(5, 8)])]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1\tPerson 1 4\tKim", "line 2: T1 quotes 'Kim'; the text has 'im '"),
        ("T1\tPerson 0 99\tKim", "quotes"),
        ("T1\tPerson 0 99\t", "not a range in a text of 7"),
        ("T1\tPerson 5 3\t", "is not "),
        ("T1\tPerson -1 3\tKim", "is not valid in brat"),
        ("T1\tPerson 0 9999999999999\tKim", "is not valid in brat"),
        ("T1\tPerson 0 3 Kim", "is not valid in brat"),
        ("T1 Person 0 3 Kim", "not a brat annotation"),
        ("hello", "not a brat annotation"),
        ("E1\tPay", "is not valid in brat"),
        ("E1\tPay:T9", "T9 does not exist"),
        ("R1\tKnows Arg1:T8", "is not valid in brat"),
        ("R1\tKnows Arg1:T8 Arg2:T9", "T8 does not exist"),
        ("A1\tNegation", "is not valid in brat"),
        ("A1\tNegation E7", "an attribute of E7"),
        ("#1\tAnnotatorNotes T7\tx", "T7 does not exist"),
        ("#1\tDocument T0\t[1]", "should be an object"),
        ("#1\tDocument T0\t" + "[" * 100_000, "nested too deeply"),
        ("#1\tFragments T1\t[3]", "line 2"),
        ("T1\tA 0 3\tKim\nT1\tA 0 3\tKim", "T1 occurs twice"),
    ],
)
def test_a_bad_line_is_named_and_ends_only_its_document(line, reason):
    bad, good = read(packed(a_txt="Kim saw", a_ann=f"\n{line}\n", b_txt="Kim", b_ann="T1\tPerson 0 3\tKim"))
    assert isinstance(good, Flat)
    assert isinstance(bad, Unreadable)
    assert reason in str(bad)
    assert "a.zip, a.ann" in str(bad)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 and then nothing", "not a ZIP archive"),
        (packed(a_ann="T1\tX 0 1\ta"), "a.txt is missing"),
        (packed(a_ann="", a_txt=b"\xff\xfe"), "a.txt: byte 0 is not UTF-8"),
        (packed(a_ann="", a_txt="a\x00b"), "U+0000 cannot be stored"),
        (packed(a_ann=b"\xff", a_txt="a"), "a.ann: byte 0 is not UTF-8"),
        (packed(labels_json="[1]", a_ann="", a_txt="a"), "should be an object of strings"),
    ],
)
def test_a_bad_archive_says_what_is_wrong(content, reason):
    (found,) = read(content)
    assert isinstance(found, Unreadable)
    assert reason in str(found)


def test_a_line_end_of_two_characters_is_written_as_one():
    flat = Flat("one\r\ntwo\r\nsix", [Mark("T1", "N", [(5, 8)]), Mark("T2", "N", [(10, 13)]), Mark("T3", "N", [(0, 3)])])
    lines = files(flat)["text-1.ann"].splitlines()
    assert lines[:3] == ["T1\tN 4 7\ttwo", "T2\tN 8 11\tsix", "T3\tN 0 3\tone"]
