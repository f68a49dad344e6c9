"""Each kind can be created, changed, deleted and brought back; each refuses what it cannot hold."""

import pytest

from annotations.kinds import KINDS
from annotations.models import Change
from annotations.write.errors import Invalid, Malformed
from annotations.write.inverse import inverse
from registry.models import Entity
from tests.annotations.conftest import new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]


@pytest.fixture
def scene(write, fragment):
    """One object of each kind that points at others, by name."""
    ids = {name: new() for name in ("workers", "north", "mark", "count", "more", "event", "trigger", "citation")}
    write(
        ("create", "entity", {"id": ids["workers"], "type": "GROUP", "name": "Workers", "aliases": ["staff"]}),
        ("create", "entity", {"id": ids["north"], "type": "TERRITORY", "name": "North Korea"}),
        ("create", "span", {"id": ids["mark"], "layer": "ACTOR", "label": "GROUP", "fragments": [fragment("North Korean workers")], "attributes": {"entity": ids["workers"]}}),
        ("create", "span", {"id": ids["count"], "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment("300")]}),
        ("create", "span", {"id": ids["more"], "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment("170")]}),
        ("create", "citation", {"id": ids["citation"], "fragments": [fragment("the North")], "measure": "UNSCR-2371"}),
        ("create", "event", {"id": ids["event"], "type": "REPATRIATE", "arguments": [{"role": "people", "mention": ids["mark"]}, {"role": "destination", "entity": ids["north"]}, {"role": "legal_basis", "measure_ref": ids["citation"]}]}),
        ("create", "span", {"id": ids["trigger"], "layer": "EVENT", "label": "REPATRIATE", "fragments": [fragment("return")], "event": ids["event"]}),
    )  # fmt: skip
    return ids


def bodies(ids, fragment):
    """kind → (a new object, a change of it)."""
    return {
        "span": ({"layer": "ACTOR", "label": "PERSON", "fragments": [fragment("manager")]}, {"label": "GROUP"}),
        "event": ({"type": "EMPLOY", "arguments": [{"role": "worker", "mention": ids["mark"]}]}, {"status": "expected", "attributes": {"early": True}}),
        "claim": ({"content": [fragment("170 were forced")], "cue": [fragment("told")], "source_entity": ids["workers"]}, {"modality": "alleged", "reliability": "C", "rating_note": "knows the place"}),
        "citation": ({"fragments": [fragment("Daily NK")], "measure": "UNSCR-2371"}, {"paragraph": "11", "paragraph_basis": "stated"}),
        "link": ({"type": "part_of", "source": ids["more"], "target": ids["count"]}, {"type": "equivalent_to"}),
        "outcome": ({"kind": "span", "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment("170")], "by": [{"suggester": "figures", "version": "1", "score": 0.8}], "outcome": "accepted", "made": {"kind": "span", "id": ids["more"]}}, {"seconds": 1.5}),
        "note": ({"text": "The year is inferred.", "order": 2}, {"text": "The year is stated."}),
        "entity": ({"type": "PERSON", "name": "Manager", "aliases": ["boss"], "countries": ["CN"], "births": [{"edtf": "196X", "words": "in his fifties"}], "identifiers": [{"scheme": "imo", "value": "1"}]}, {"name": "The manager", "aliases": []}),
        "relation": ({"type": "part_of", "source": ids["workers"], "target": ids["north"]}, {"basis": "inferred", "note": "from the name"}),
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_it_can_be_made_changed_deleted_and_brought_back(kind, scene, write, fragment):
    new_one, difference = bodies(scene, fragment)[kind]
    item = {"id": new(), **new_one}
    made = write(("create", kind, item)).changes[0]["object"]
    for field, value in new_one.items():
        assert made[field] == value or field in ("attributes", "arguments", "list_links")
    read = {"revision": 1} if "revision" in KINDS[kind].SHAPE else {}
    changed = write(("update", kind, {"id": item["id"], **read, **difference})).changes[0]["object"]
    for field, value in difference.items():
        assert changed[field] == value or value.items() <= changed[field].items()
    read = {"revision": 2} if read else {}
    write(("delete", kind, {"id": item["id"], **read}))
    assert not KINDS[kind].MODEL.objects.filter(pk=item["id"]).exists()
    for step in sorted(Change.objects.filter(object_id=item["id"]), key=lambda c: -c.revision)[:2]:
        write(*inverse([step]))
    back = Change.objects.filter(object_id=item["id"]).order_by("-revision")[0].after
    assert without_revision(back) == without_revision(made)


def without_revision(item):
    return {key: value for key, value in item.items() if key != "revision"}


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        ("span", {"attributes": {"entity": "north"}, "layer": "ACTOR", "label": "GROUP"}, "ACT-01"),
        ("event", {"type": "REPATRIATE", "arguments": [{"role": "count", "mention": "mark"}]}, "EVT-02"),
        ("event", {"type": "REPATRIATE", "arguments": [{"role": "count", "mention": "count"}, {"role": "count", "mention": "more"}]}, "EVT-02"),
        ("event", {"type": "REPATRIATE", "arguments": [{"role": "boss", "mention": "mark"}]}, "EVT-02"),
        ("event", {"type": "REPATRIATE", "time": {"basis": "stated", "edtf": "last week"}}, "EVT-06"),
        ("event", {"type": "REPATRIATE", "status": "maybe"}, "SCHEME"),
        ("claim", {"source_basis": "none", "source_entity": "workers"}, "ATT-02"),
        ("claim", {"source_basis": "stated"}, "ATT-02"),
        ("link", {"type": "part_of", "source": "mark", "target": "count"}, "SCHEME"),
        ("entity", {"type": "NOBODY", "name": "x"}, "SCHEME"),
    ],
)  # fmt: skip
def test_a_contradiction_is_refused_with_the_code_of_the_rule(kind, fields, code, scene, write, fragment):
    item = {"id": new()} | named(fields, scene)
    if kind in ("span", "claim"):
        item |= {"fragments" if kind == "span" else "content": [fragment("manager")]}
    with pytest.raises(Invalid) as caught:
        write(("create", kind, item))
    assert code in {error["code"] for error in caught.value.errors}


def named(value, ids):
    if isinstance(value, dict):
        return {key: named(entry, ids) for key, entry in value.items()}
    if isinstance(value, list):
        return [named(entry, ids) for entry in value]
    return ids.get(value, value) if isinstance(value, str) else value


def test_an_event_does_not_cause_itself_round_a_loop(scene, write):
    other = new()
    cause = {"role": "cause", "event": scene["event"]}
    write(("create", "event", {"id": other, "type": "EMPLOY", "arguments": [cause]}))
    with pytest.raises(Invalid, match="EVT-03"):
        write(("update", "event", {"id": scene["event"], "arguments": [{"role": "cause", "event": other}]}))


def test_a_label_is_not_changed_under_a_role_that_it_does_not_fit(scene, write):
    with pytest.raises(Invalid, match="EVT-02"):
        write(("update", "span", {"id": scene["mark"], "label": "MEDIA", "attributes": {"entity": None}}))


def test_the_days_of_an_event_follow_from_its_edtf(scene, write):
    time = {"basis": "inferred", "edtf": "2017-08-05/2017-09-30", "earliest": "1999-01-01"}
    answer = write(("update", "event", {"id": scene["event"], "time": time}))
    stored = answer.changes[0]["object"]["time"]
    assert (stored["earliest"], stored["latest"]) == ("2017-08-05", "2017-09-30")


def test_the_words_of_a_time_stand_in_the_text(scene, write):
    time = {"basis": "open", "text": "soon", "start": 0, "end": 4}
    with pytest.raises(Invalid, match="the text has 'Work'"):
        write(("update", "event", {"id": scene["event"], "time": time}))


def test_a_rating_is_signed(write, fragment, scene, annotator):
    from annotations.models import Claim

    item = {"id": new(), "content": [fragment("170 were forced")], "source_entity": scene["workers"]}
    write(("create", "claim", item))
    assert Claim.objects.get().rated_by is None
    write(("update", "claim", {"id": item["id"], "reliability": "C", "rating_note": "why"}))
    assert (Claim.objects.get().rated_by, Claim.objects.get().rated_at is not None) == (annotator, True)


def test_an_unknown_measure_is_refused(write, fragment):
    with pytest.raises(Invalid, match="not in the register"):
        write(("create", "citation", {"id": new(), "fragments": [fragment("300")], "measure": "UNSCR-1"}))


def test_a_change_of_an_entity_names_the_revision_that_was_read(scene, write):
    with pytest.raises(Malformed, match="'revision' is missing"):
        write(("update", "entity", {"id": scene["workers"], "name": "x"}))


def test_an_entity_that_marks_mean_is_not_deleted(scene, write):
    with pytest.raises(Invalid.__base__, match="in-use"):
        write(("delete", "entity", {"id": scene["workers"], "revision": 1}))
    assert Entity.objects.count() == 2
