"""Prodigy's JSON Lines, out and in."""

import io
import json

import pytest
from hypothesis import given

from annotations.formats.base import Losses
from annotations.formats.middle.flat import Flat, FlatNote, Mark, Tie
from annotations.formats.prodigy import examples
from tests.annotations.formats.flats import flats, shape


def written(*documents, losses=None):
    return b"".join(examples.write(documents, Losses() if losses is None else losses, {}))


def read(*lines):
    content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(examples.read(io.BytesIO(content), "a.jsonl", {}))


MET = Flat(
    "Kim met\n\nLees father.",
    [Mark("A1", "PERSON", [(0, 3)]), Mark("A2", "PERSON", [(9, 12)], {"entity": "E1"}), Mark("A3", "GROUP", [(9, 20)])],
    ties=[Tie("knows", "A1", "A3")],
    key="m",
    title="Met",
)


def test_tokens_are_cut_where_marks_end_and_white_space_counts():
    line = json.loads(written(MET))
    assert [token["text"] for token in line["tokens"]] == ["Kim", "met", "\n\n", "Lee", "s", "father", "."]
    assert [token["ws"] for token in line["tokens"]] == [True, False, False, False, True, False, False]
    assert line["spans"][1:] == [
        {"start": 9, "end": 12, "token_start": 3, "token_end": 3, "label": "PERSON", "id": "A2", "attributes": {"entity": "E1"}},
        {"start": 9, "end": 20, "token_start": 3, "token_end": 5, "label": "GROUP", "id": "A3"},
    ]
    (relation,) = line["relations"]
    assert (relation["head"], relation["child"], relation["label"]) == (0, 5, "knows")
    assert line["meta"] == {"key": "m", "title": "Met"}


@given(flats(fragments=1, frames=False, notes=False))
def test_all_that_is_said_comes_back(flat):
    losses = Losses()
    content = written(flat, losses=losses)
    (back,) = read(content)
    assert isinstance(back, Flat), back
    if not losses:
        assert shape(back) == shape(flat)
    line = json.loads(content)
    texts = [token["text"] for token in line["tokens"]]
    assert "".join(text + " " * token["ws"] for text, token in zip(texts, line["tokens"], strict=True)) in (
        flat.text,
        flat.text.lstrip(" "),
    )


def test_a_space_that_is_a_token_does_not_also_follow_one():
    line = json.loads(written(Flat("  a", [Mark("T1", "X", [(0, 1)])])))
    assert [(token["text"], token["ws"]) for token in line["tokens"]] == [(" ", False), (" ", False), ("a", False)]


def test_a_single_space_is_no_token():
    losses = Losses()
    (back,) = read(written(Flat("a b", [Mark("T1", "X", [(1, 2)])]), losses=losses))
    assert not back.marks
    assert losses.lines() == ["marks of a single space: 1"]


def test_what_prodigy_writes_is_read():
    tokens = [{"text": "Kim", "start": 0, "end": 3, "id": 0}, {"text": "ran", "start": 4, "end": 7, "id": 1}]
    spans = [
        {"start": 0, "end": 3, "token_start": 0, "token_end": 0, "label": "PERSON"},
        {"token_start": 1, "token_end": 1, "label": "GO"},
    ]
    relation = {"head": 1, "child": 0, "label": "who"}
    (flat,) = read(
        {"text": "Kim ran", "tokens": tokens, "spans": spans, "relations": [relation], "accept": ["sport"], "_session_id": "anna"}
    )
    assert [(mark.label, mark.fragments) for mark in flat.marks] == [("PERSON", [(0, 3)]), ("GO", [(4, 7)])]
    assert flat.ties == [Tie("who", "S2", "S1")]
    assert flat.notes == [FlatNote("accept: sport")]
    assert flat.annotator == "anna"


def test_what_was_rejected_is_told_and_not_read():
    (flat,) = read({"text": "Kim", "spans": [{"start": 0, "end": 3, "label": "X"}], "answer": "reject"})
    assert not flat.marks
    assert flat.losses.lines() == ["rejected or ignored examples: 1"]


KIM = {"text": "Kim", "start": 0, "end": 3, "id": 0}


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"spans": []}, "text: should be a string"),
        ({"text": "Lee", "tokens": [KIM]}, "token 0 is 'Kim'; the text has 'Lee' at 0–3"),
        ({"text": "Kim", "tokens": [4]}, "token 0: should be an object"),
        ({"text": "Kim", "spans": [{"start": 0, "end": 9, "label": "X"}]}, "is not a range"),
        ({"text": "Kim", "spans": [{"start": 0, "end": 3}]}, "label: should be a string"),
        ({"text": "Kim", "spans": [{"token_start": 0, "token_end": 7, "label": "X"}], "tokens": [KIM]}, "there is no token 7"),
        ({"text": "Kim", "spans": {}}, "spans: should be a list"),
        ({"text": "Kim", "relations": [{"head": 0, "child": 0, "label": "x"}]}, "no span ends at token 0"),
        ({"text": "Kim", "relations": [{"head": [], "child": 0}]}, "should be a whole number"),
        ([], "should be an object"),
        (b"nonsense", "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(record, reason):
    if record == []:
        record = 3
    found = read({"text": "Kim"}, record, {"text": "Kim"})
    assert [isinstance(each, Flat) for each in found] == [True, False, True]
    assert "a.jsonl, line 2" in str(found[1])
    assert reason in str(found[1])
