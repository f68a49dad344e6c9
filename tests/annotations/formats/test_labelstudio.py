"""Label Studio's tasks and configuration, out and in."""

import io
import json
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from annotations.formats.base import Losses, Unreadable
from annotations.formats.labelstudio import task_list
from annotations.formats.middle.flat import Flat, FlatNote, Mark, Tie
from tests.annotations.formats.flats import flats, shape


def written(*documents, losses=None, **options):
    return b"".join(task_list.write(documents, Losses() if losses is None else losses, options))


def files(*documents):
    with zipfile.ZipFile(io.BytesIO(written(*documents))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read(content, **options):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return list(task_list.read(io.BytesIO(raw), "a.json", options))


PAID = Flat(
    "Kim paid 5 won.",
    [
        Mark("A1", "PERSON", [(0, 3)], {"entity.name": "Kim Il", "mention_type": "NAM"}),
        Mark("F1", "MONEY", [(9, 14)], {"low": 5, "approximate": False, "label": "x"}),
        Mark("T1", "PAY", [(4, 8)]),
    ],
    ties=[Tie("role:payer", "T1", "A1")],
    notes=[FlatNote("who?", "A1"), FlatNote("all")],
    title="Payment",
    facts={"url": "https://example.org"},
    annotator="anna",
    key="p",
)


def test_what_is_written_is_a_task_with_regions():
    (task,) = json.loads(files(PAID)["tasks.json"])
    assert task["data"] == {"text": "Kim paid 5 won.", "title": "Payment", "url": "https://example.org"}
    results = task["annotations"][0]["result"]
    assert results[0] == {
        "id": "A1", "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual",
        "value": {"start": 0, "end": 3, "text": "Kim", "labels": ["PERSON"]},
    }  # fmt: skip
    told = [
        (each["id"], each["from_name"], each["type"], each["value"].get("choices") or each["value"]["text"])
        for each in results[1:-1]
    ]
    assert told == [
        ("A1", "entity.name:text", "textarea", ["Kim Il"]),
        ("A1", "mention_type", "choices", ["NAM"]),
        ("F1", "label", "labels", "5 won"),
        ("F1", "low:text", "textarea", ["5"]),
        ("F1", "approximate", "choices", ["false"]),
        ("F1", "label_", "choices", ["x"]),
        ("T1", "label", "labels", "paid"),
        ("A1", "note", "textarea", ["who?"]),
        ("note-2", "notes", "textarea", ["all"]),
    ]
    assert results[-1] == {"type": "relation", "from_id": "T1", "to_id": "A1", "direction": "right", "labels": ["role:payer"]}


@given(flats(fragments=1, frames=False))
def test_every_name_in_the_data_is_one_of_the_configuration(flat):
    found = files(flat)
    view = ET.fromstring(found["config.xml"])
    controls = {element.get("name"): element for element in view if element.get("name")}
    for task in json.loads(found["tasks.json"]):
        for each in task["annotations"][0]["result"]:
            if each["type"] != "relation":
                control = controls[each["from_name"]]
                assert control.get("toName") == each["to_name"]
                assert control.tag.lower() == each["type"]
                assert set(each["value"].get("choices", [])) <= {choice.get("value") for choice in control}


@given(flats(fragments=1, frames=False))
def test_all_that_is_said_comes_back(flat):
    (back,) = read(written(flat))
    assert isinstance(back, Flat), back
    assert shape(back) == shape(flat)
    (alone,) = read(written(flat, config="no"))
    assert shape(alone) == shape(flat)


def test_readings_of_one_text_are_annotations_of_one_task():
    other = Flat(PAID.text, [Mark("A1", "GROUP", [(0, 3)])], key="p", annotator="ben")
    tasks = json.loads(written(PAID, other, Flat("x", key="q"), config="no"))
    assert [len(task["annotations"]) for task in tasks] == [2, 1]
    found = read(written(PAID, other, Flat("x", key="q")))
    assert [(flat.key, flat.annotator, len(flat.marks)) for flat in found] == [("p", "anna", 3), ("p", "ben", 1), ("q", "", 0)]


def test_nothing_is_an_empty_list():
    assert json.loads(written(config="no")) == []
    assert read(written()) == []


def test_a_choice_of_too_many_words_goes_on_as_text():
    marks = [Mark(f"T{n}", "X", [(0, 1)], {"code": f"w{n}"}) for n in range(60)]
    (task,) = json.loads(written(Flat("a", marks), config="no"))
    kinds = [each["type"] for each in task["annotations"][0]["result"] if each["from_name"].startswith("code")]
    assert (kinds.count("choices"), kinds.count("textarea")) == (50, 10)


# What Label Studio writes


def region(start, end, text=None, labels=("ORG",), pk="r1", **value):
    words = {} if text is None else {"text": text}
    return {"id": pk, "from_name": "ner", "to_name": "text", "type": "labels",
            "value": {"start": start, "end": end, **words, "labels": list(labels), **value}}  # fmt: skip


def task(*results, text="😀 Kim  paid 5 won.", **fields):
    return {
        "id": 4,
        "data": {"text": text},
        "annotations": [{"completed_by": {"id": 3, "email": "a@b.c"}, "result": list(results)}],
    } | fields


@pytest.mark.parametrize(
    ("start", "end", "text", "words"),
    [
        (2, 5, "Kim", "Kim"),
        (3, 6, "Kim", "Kim"),
        (2, 11, "Kim paid", "Kim  paid"),
        (2, 5, None, "Kim"),
        (2, 5, "won", "won"),
    ],
    ids=["code points", "UTF-16", "folded white space", "no words", "moved"],
)
def test_the_words_decide_where_a_region_lies(start, end, text, words):
    (flat,) = read([task(region(start, end, text))])
    assert flat.quote(flat.marks[0]) == words
    assert (flat.key, flat.annotator) == ("4", "a@b.c")


def test_other_results_of_a_region_are_its_attributes_and_of_none_notes():
    (flat,) = read(
        [
            task(
                region(2, 5, "Kim", labels=("PERSON", "ORG")),
                {"id": "r1", "from_name": "sex", "type": "choices", "value": {"start": 2, "end": 5, "choices": ["m", "f"]}},
                {"id": "r1", "from_name": "sure", "type": "rating", "value": {"rating": 4}},
                {"id": "c1", "from_name": "mood", "type": "choices", "value": {"choices": ["dull"]}},
                {"type": "relation", "from_id": "r1", "to_id": "r1", "direction": "left", "labels": ["is", "was"]},
                {"type": "relation", "from_id": "r1", "to_id": "r1", "direction": "bi"},
            )
        ]
    )
    assert [(mark.id, mark.label, mark.attributes) for mark in flat.marks] == [
        ("r1", "PERSON", {"sex": ["m", "f"], "sure": 4}),
        ("r1-2", "ORG", {}),
    ]
    assert flat.notes == [FlatNote("mood: dull")]
    assert [(tie.type, tie.attributes) for tie in flat.ties] == [("is", {}), ("was", {}), ("relation", {"direction": "bi"})]


def test_what_is_no_reading_is_told():
    (flat,) = read([task(region(2, 5), predictions=[{"result": []}])])
    assert flat.losses.lines() == ["predictions (not made by a person): 1"]
    (flat,) = read([task(text="a", annotations=[{"was_cancelled": True, "result": [region(0, 9)]}])])
    assert flat.losses.lines() == ["cancelled annotations: 1"]
    assert not flat.marks


def test_the_text_is_found_where_it_stands_alone_and_by_the_option():
    (alone,) = read([task(data={"article": "Kim"}, annotations=[])])
    assert alone.text == "Kim"
    (named,) = read([task(data={"a": "Lee", "b": "Kim"}, annotations=[])], text="b")
    assert named.text == "Kim"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (3, "should be an object"),
        ({"data": []}, "data: should be an object"),
        ({"data": {"image": 4}}, "data.text: should be a string"),
        (task(annotations={}), "annotations: should be a list"),
        (task(annotations=[3]), "should be an object"),
        (task("x"), "result 1: should be an object"),
        (task(region(0, 99)), "r1: 0–99 is not a range"),
        (task(region(5, 2)), "is not a range"),
        (task(region("/p[1]", 2)), "start: should be a whole number"),
        (task(region(2, 5, "Lee")), "the words 'Lee' are not in the text"),
        (task(region(2, 5, labels=[5])), "label: should be a string"),
        (task({"type": "relation", "from_id": "a", "to_id": "b"}), "there is no region 'a'"),
        (task({"id": "r1", "type": "labels", "value": 4}), "value: should be an object"),
        (task(text="a\x00"), "U+0000 cannot be stored"),
    ],
)
def test_a_bad_task_is_named_and_the_others_are_read(bad, reason):
    good = task(region(2, 5, "Kim"))
    for separators, content in (("lines", b"[\n" + b",\n".join(json.dumps(t).encode() for t in (good, bad, good)) + b"\n]\n"),):
        found = read(content)
        assert [isinstance(each, Flat) for each in found] == [True, False, True], separators
        assert "a.json, line 3" in str(found[1])
        assert reason in str(found[1])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"PK\x03\x04", "not a ZIP archive"),
        (b"\xff\xfe[\x00", "not UTF-8"),
        (b"[NaN]", "NaN"),
    ],
)
def test_what_is_no_file_of_tasks_says_why(content, reason):
    (found,) = read(content)
    assert isinstance(found, Unreadable)
    assert reason in str(found)
