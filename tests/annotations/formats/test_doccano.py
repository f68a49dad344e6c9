"""doccano's JSON Lines, out and in."""

import io
import json

import pytest
from hypothesis import given

from annotations.formats import doccano
from annotations.formats.base import Losses, Unreadable
from annotations.formats.middle.flat import Flat, FlatNote, Mark, Tie
from tests.annotations.formats.flats import flats, shape


def written(*documents, losses=None, **options):
    return b"".join(doccano.write(documents, Losses() if losses is None else losses, options))


def read(*lines, **options):
    content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(doccano.read(io.BytesIO(content), "a.jsonl", options))


FOUNDED = Flat(
    "Google by Page.",
    [Mark("A1", "ORG", [(0, 6)]), Mark("A2", "PERSON", [(10, 14)])],
    ties=[Tie("foundedBy", "A1", "A2")],
    title="Founders",
    facts={"url": "https://example.org"},
    key="g",
)


def test_a_relations_project_has_entities_and_relations():
    assert json.loads(written(FOUNDED)) == {
        "text": "Google by Page.",
        "entities": [
            {"id": 0, "start_offset": 0, "end_offset": 6, "label": "ORG"},
            {"id": 1, "start_offset": 10, "end_offset": 14, "label": "PERSON"},
        ],
        "relations": [{"id": 0, "from_id": 0, "to_id": 1, "type": "foundedBy"}],
        "key": "g",
        "title": "Founders",
        "url": "https://example.org",
    }


def test_a_project_of_spans_loses_relations_and_says_so():
    losses = Losses()
    line = json.loads(written(FOUNDED, losses=losses, project="spans"))
    assert line["label"] == [[0, 6, "ORG"], [10, 14, "PERSON"]]
    assert losses.lines() == ["relations between marks: 1"]


@given(flats(fragments=1, attributes=False, frames=False, notes=False))
def test_all_that_is_said_comes_back_where_the_unit_is_known(flat):
    (back,) = read(written(flat), unit="codepoints")
    assert shape(back, ids=False) == shape(flat, ids=False)


@given(flats(fragments=1, attributes=False, frames=False, ties=False, notes=False))
def test_other_units_hold_what_lies_between_their_characters(flat):
    for unit in ("utf16", "graphemes"):
        losses = Losses()
        (back,) = read(written(flat, losses=losses, unit=unit), unit=unit)
        assert len(back.marks) == len(flat.marks) - sum(losses.counts.values())
        if not losses:
            assert shape(back, ids=False) == shape(flat, ids=False)


# Positions without words


EMOJI = "👩‍👩‍👧 and 🏳️‍🌈: Kim paid Lee."


def spans(unit):
    counting = doccano.Counting(EMOJI)
    ranges = [(EMOJI.index(words), EMOJI.index(words) + len(words)) for words in ("Kim", "Lee")]
    return [[counting.position(start, unit), counting.position(end, unit), "PERSON"] for start, end in ranges]


@pytest.mark.parametrize("unit", ["codepoints", "utf16", "graphemes"])
def test_the_unit_is_the_one_in_which_no_mark_cuts_a_word(unit):
    (flat,) = read({"text": EMOJI, "label": spans(unit)})
    assert [flat.quote(mark) for mark in flat.marks] == ["Kim", "Lee"]
    told = f"texts whose offsets were read as {unit}, the only unit in which no mark cuts a word: 1"
    assert flat.losses.lines() == ([] if unit == "codepoints" else [told])


def test_no_fit_and_several_fits_ask_for_the_unit():
    (none,) = read({"text": EMOJI, "label": [[20, 23, "PERSON"]]})
    assert "a.jsonl, line 1: no unit matches the marks: set `unit`" in str(none)
    (several,) = read({"text": "😀北朝鮮の労働者", "label": [[2, 4, "GROUP"]]})
    assert "more than one unit matches" in str(several)
    (told,) = read({"text": "😀北朝鮮の労働者", "label": [[2, 4, "GROUP"]]}, unit="utf16")
    assert told.quote(told.marks[0]) == "北朝"


def test_a_thai_vowel_belongs_to_its_consonant_where_characters_are_counted():
    (flat,) = read({"text": "น้ำ 300 คน", "label": [[2, 5, "QUANTITY"]]}, unit="graphemes")
    assert flat.quote(flat.marks[0]) == "300"


def test_a_cut_word_is_no_matter_where_all_units_agree():
    (flat,) = read({"text": "exampleA", "label": [[0, 1, "LOC"]]})
    assert flat.quote(flat.marks[0]) == "e"


# What doccano writes


def test_older_and_newer_keys_are_read():
    a, b, c = read(
        {"id": 7, "text": "Kim", "labels": [[0, 3, "PERSON"]], "meta": {"url": "https://a", "n": 1}},
        {"id": 8, "data": "Kim", "label": [[0, 3, "PERSON"]], "Comments": ["who?", {"text": "he"}]},
        {
            "text": "Kim",
            "entities": [{"id": 123, "start_offset": 0, "end_offset": 3, "label": "X"}],
            "cats": ["a"],
            "label": ["b"],
        },
    )
    assert (a.key, a.facts, len(a.marks)) == ("7", {"url": "https://a"}, 1)
    assert b.notes == [FlatNote("who?"), FlatNote("he")]
    assert c.losses.counts == {"labels of whole documents": 2}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"label": [[0, 1, "PER"]]}, "text: should be a string"),
        ({"text": "Kim", "label": [[0, 9, "PER"]]}, "outside the text of 3 characters"),
        ({"text": "Kim", "label": [[2, 1, "PER"]]}, "is not a range"),
        ({"text": "Kim", "label": [[0, 3]]}, "should be start, end and label"),
        ({"text": "Kim", "label": [["0", 3, "PER"]]}, "should be a whole number"),
        ({"text": "Kim", "label": [[-1, 3, "PER"]]}, "should be a whole number"),
        ({"text": "Kim", "label": [[0, True, "PER"]]}, "should be a whole number"),
        ({"text": "Kim", "label": [[0, 3, 5]]}, "should be a string"),
        ({"text": "Kim", "label": [5]}, "should be an object"),
        ({"text": "Kim", "label": {"a": 1}}, "should be a list"),
        ({"text": "Kim", "entities": [], "relations": [{"from_id": 1, "to_id": 2, "type": "x"}]}, "1 does not exist"),
        ([1], "should be an object"),
        ({"text": "a\x00b"}, "U+0000 cannot be stored"),
        (b'{"text": "a', "not JSON"),
        (b'{"text": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"text": "a", "label": [[0, 1e999, "x"]]}', "should be a whole number"),
        (b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(record, reason):
    good = {"text": "Kim", "label": []}
    found = read(good, record, good)
    assert [isinstance(each, Flat) for each in found] == [True, False, True]
    assert "a.jsonl, line 2" in str(found[1])
    assert reason in str(found[1])


def test_unknown_options_are_refused():
    (found,) = read({"text": "a", "label": []}, unit="bytes")
    assert isinstance(found, Unreadable)
    with pytest.raises(Unreadable, match="project should be one of"):
        written(FOUNDED, project="images")
