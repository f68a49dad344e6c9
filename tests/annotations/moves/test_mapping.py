"""What a mapping makes of a document, without a database."""

import json

import pytest

from annotations.mapping.document import CannotMap, changes_between, mapped
from annotations.mapping.rows import Code, CodeMapping, is_settled, options, problems
from annotations.scheme.view import SchemeView
from tests import schemes
from tests.annotations.moves.conftest import label, row


def view(edit=lambda body: None):
    body = json.loads(schemes.FILE.read_text("utf-8"))
    edit(body)
    return SchemeView(body)


def a_document():
    event = {"id": "E", "type": "PERMIT", "status": "happened", "attributes": {"permit_type": "visa", "decision": "granted"},
             "arguments": [{"role": "holder", "mention": "A"}, {"role": "cause", "event": "F"}], "read": {"decision": [[0, 3]]}}  # fmt: skip
    other = {"id": "F", "type": "PAY", "attributes": {}, "arguments": [], "read": {}}
    return {
        "mentions": [
            {"id": "A", "layer": "ACTOR", "label": "PERSON", "attributes": {"mention_type": "NAM", "entity": "P"}},
            {"id": "N", "layer": "FIGURE", "label": "PEOPLE", "attributes": {"low": 1, "counted": {"mention": "A"}, "use": "limit"}},
            {"id": "T", "layer": "EVENT", "label": "PERMIT", "event": "E"},
            {"id": "U", "layer": "EVENT", "label": "PAY", "event": "F"},
        ],
        "events": [event, other],
        "attributions": [{"id": "C", "source_mention": "A", "source_entity": "P", "mode": "direct", "read": {"mode": [[1, 2]]}}],
        "measure_refs": [{"id": "M", "paragraph_basis": "stated"}],
        "relations": [{"id": "L", "type": "part_of", "source": "N", "target": "N2"}],
        "entities": [{"id": "P", "type": "PERSON", "revision": 3}, {"id": "Q", "type": "PERSON", "revision": 1}],
        "entity_relations": [],
    }  # fmt: skip


def changed(*rows):
    """(op, kind, what is sent) of what differs."""
    before = a_document()
    after = mapped(before, CodeMapping(rows), view())
    assert before == a_document()
    before["relations"], after["relations"] = [], []
    return [(each["op"], each["kind"], each["object"]) for each in changes_between(before, after, lambda: "x")]


def test_an_attribute_gets_another_code_and_keeps_the_words_it_was_read_from():
    assert changed(row("attribute", "EVENT.PERMIT", "decision", "outcome")) == [
        ("update", "event", {"id": "E", "attributes": {"permit_type": "visa", "decision": None, "outcome": "granted"}, "read": {"outcome": [[0, 3]]}}),
    ]  # fmt: skip


def test_a_choice_is_another_or_none():
    rows = [row("choice", "EVENT.PERMIT.decision", "granted", "", "r"), row("choice", "ATTRIBUTION..mode", "direct", "indirect"),
            row("choice", "MEASURE_REF..paragraph_basis", "stated", "none"), row("choice", "FIGURE.PEOPLE.use", "limit", "basis")]  # fmt: skip
    assert changed(*rows) == [
        ("update", "event", {"id": "E", "attributes": {"permit_type": "visa", "decision": None}, "read": {}}),
        ("update", "span", {"id": "N", "attributes": {"low": 1, "counted": {"mention": "A"}, "use": "basis"}}),
        ("update", "citation", {"id": "M", "paragraph_basis": "none"}),
        ("update", "claim", {"id": "C", "mode": "indirect", "read": {"mode": [[1, 2]]}}),
    ]


def test_what_points_at_what_is_left_out():
    rows = [row("label", "ACTOR", "PERSON", "", "r"), row("label", "EVENT", "PAY", "", "r")]
    assert changed(*rows) == [
        ("update", "event", {"id": "E", "arguments": [], "read": {"decision": [[0, 3]]}}),
        ("update", "span", {"id": "N", "attributes": {"low": 1, "counted": None, "use": "limit"}}),
        ("update", "claim", {"id": "C", "source_mention": None, "read": {"mode": [[1, 2]]}}),
        ("delete", "event", {"id": "F"}),
        ("delete", "span", {"id": "A"}),
        ("delete", "span", {"id": "U"}),
    ]


def test_the_type_of_an_entity_follows_where_the_reading_means_it():
    assert changed(row("label", "ACTOR", "PERSON", "ORG"))[0] == ("update", "entity", {"id": "P", "type": "ORG", "revision": 3})
    assert len(changed(row("label", "ACTOR", "PERSON", "ORG"))) == 2


def test_two_values_are_not_made_one():
    with pytest.raises(CannotMap, match="permit_type"):
        mapped(a_document(), CodeMapping([row("attribute", "EVENT.PERMIT", "decision", "permit_type")]), view())


def test_no_mapping_is_no_change():
    assert changed() == []


def test_what_is_settled_and_what_it_can_become():
    def fewer(body):
        permit = label(body, "PERMIT")
        permit["attributes"] = [each for each in permit["attributes"] if each["code"] != "decision"]
        permit["code"] = "LICENCE"

    new, none = view(fewer), CodeMapping([])
    of_label, decision = Code("label", "EVENT", "", "", "PERMIT"), Code("attribute", "EVENT", "PERMIT", "", "decision")
    granted = Code("choice", "EVENT", "PERMIT", "decision", "granted")
    assert [is_settled(code, none, new) for code in (of_label, decision, granted)] == [False, False, True]
    renamed = CodeMapping([row("label", "EVENT", "PERMIT", "LICENCE")])
    assert "permit_type" in options(decision, renamed, new)
    assert "decision" not in options(decision, renamed, new)
    left_out = CodeMapping([row("label", "EVENT", "PERMIT", "", "r")])
    assert [is_settled(code, left_out, new) for code in (of_label, decision, granted)] == [True] * 3
    wrong = CodeMapping(
        [row("label", "EVENT", "NONE", "PAY"), row("label", "EVENT", "PAY", ""), row("label", "EVENT", "ADOPT", "NONE")]
    )
    assert [each.split(":")[0] for each in problems(wrong, view(), new)] == ["NONE", "PAY", "ADOPT"]
