"""`read` of events and claims: which values were read from the text, and how long they stay so."""

import json

import pytest

from annotations.documents.build import document as native
from annotations.models import Change, Claim, Event
from annotations.write.errors import Invalid
from annotations.write.inverse import inverse
from tests.annotations.conftest import new

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(write, span, fragment):
    """A return that was read as one that happened; that it was forced stands in a word before it."""
    forced = fragment("forced")
    made = {
        "id": new(), "type": "REPATRIATE", "status": "happened", "polarity": "positive", "attributes": {"manner": "forced"},
        "read": {"status": [], "polarity": [], "manner": [[forced["start"], forced["end"]]]},
    }  # fmt: skip
    trigger = {"id": new(), "layer": "EVENT", "label": "REPATRIATE", "fragments": [fragment("return")], "event": made["id"]}
    write(("create", "event", made), ("create", "span", trigger))
    return made


def stored():
    return Event.objects.get().read


def test_what_was_read_is_stored_and_leaves_in_the_native_document(event, assignment):
    assert stored() == event["read"]
    assert native(assignment)["events"][0]["read"] == event["read"]


@pytest.mark.parametrize(
    ("update", "gone"),
    [
        ({"status": "expected"}, {"status"}),
        ({"status": "happened"}, {"status"}),
        ({"status": None}, {"status"}),
        ({"attributes": {"manner": "voluntary"}, "polarity": "negative"}, {"manner", "polarity"}),
        ({"attributes": {"manner": None}}, {"manner"}),
        ({"certainty": "certain", "note": "seen"}, set()),
    ],
)
def test_what_a_change_states_is_not_read_any_more(event, write, update, gone):
    write(("update", "event", {"id": event["id"], **update}))
    assert stored() == {code: words for code, words in event["read"].items() if code not in gone}


def test_a_change_may_bring_what_was_read(event, write):
    write(("update", "event", {"id": event["id"], "status": "expected", "read": {"status": [[0, 7]]}}))
    assert stored() == {"status": [[0, 7]]}


def test_undo_brings_back_what_was_read(event, write):
    write(("update", "event", {"id": event["id"], "status": "expected"}))
    write(*inverse(Change.objects.filter(op="update")))
    assert (stored(), Event.objects.get().status) == (event["read"], "happened")


@pytest.mark.parametrize(
    ("read", "why"),
    [
        ({"certainty": []}, "'certainty' does not apply to this object"),
        ({"colour": []}, "'colour' does not apply to this object"),
        ({"status": [[0, 100_000]]}, "the text has"),
    ],
)
def test_what_nobody_could_have_read_is_refused(event, write, read, why):
    with pytest.raises(Invalid) as caught:
        write(("update", "event", {"id": event["id"], "read": read}))
    assert why in caught.value.errors[0]["detail"]


def test_a_claim_has_read_values_too(write, fragment, assignment):
    told = fragment("told")
    claim = {
        "id": new(), "content": [fragment("170 were forced")], "source_basis": "none", "modality": "reported",
        "read": {"modality": [[told["start"], told["end"]]]},
    }  # fmt: skip
    write(("create", "claim", claim))
    assert native(assignment)["attributions"][0]["read"] == claim["read"]
    write(("update", "claim", {"id": claim["id"], "modality": "alleged"}))
    assert Claim.objects.get().read == {}


def test_it_takes_no_part_in_a_comparison(event, assignment):
    from tests.native_diff import compare

    whole = native(assignment)
    other = json.loads(json.dumps(whole))
    other["events"][0]["read"] = {}
    assert compare(whole, other) == []
