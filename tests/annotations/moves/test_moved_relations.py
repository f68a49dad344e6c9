"""Types of relations between entities in a scheme change. A relation is of all readings that reach it: it changes once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.documents.build import document
from annotations.mapping.rows import ENTITY, CodeRow
from annotations.models import Assignment, Change
from annotations.moves import change
from annotations.moves.adoption import check_adoption
from annotations.queries.integrity import faults
from annotations.write.apply import apply_changes
from corpus.edits.history import EditError
from registry.models import Entity, Relation
from tests import factories
from tests.annotations.moves.conftest import moved, same, version, without_revisions
from tests.annotations.moves.test_moves import killed
from tests.api.world import change as one_change
from tests.api.world import new


def other_relation(body):
    controls = next(each for each in body["entity"]["relations"] if each["code"] == "controls")
    controls["code"] = "owns"


def relation_row(to, reason="", code="controls"):
    return CodeRow("relation", ENTITY, "", "", code, to, reason)


OWNS = relation_row("owns")


def relate(reading, source, target, of_type="controls"):
    """Through the one write, as an annotator does, whatever the state of the reading."""
    state, pk = Assignment.objects.filter(pk=reading.pk), new()
    state.update(status="open", submitted=None)
    reading.refresh_from_db()
    item = {"id": pk, "source": str(source.pk), "type": of_type, "target": str(target.pk)}
    apply_changes(reading, reading.annotator, reading.revision, [one_change("create", "relation", item)])
    factories.submitted(reading)
    reading.refresh_from_db()
    state.update(independent=reading.revision)
    return pk


@pytest.fixture
def entities(corpus, both):
    """Two that marks mean, and two that none does."""
    made = {name: Entity.objects.create(corpus=corpus, type="GOVERNMENT", name=name) for name in ("Bureau", "Office")}
    return made | {"Manager": Entity.objects.get(name="Manager"), "Workers": Entity.objects.get(name="Workers")}


@pytest.fixture
def related(both, entities):
    """Relations that both readings reach, the second one over the first."""
    return [
        relate(both[0], entities["Manager"], entities["Bureau"]),
        relate(both[0], entities["Bureau"], entities["Office"]),
    ]


def types_of(reading):
    return sorted(each["type"] for each in document(Assignment.objects.get(pk=reading.pk))["entity_relations"])


def undone(made, manager):
    change.undo(made, manager)
    change.carry_out(made.pk)


def test_the_count_of_the_preview_is_what_changes_and_undoing_leaves_nothing(corpus, scheme, manager, both, related):
    target = version(other_relation)
    before = [without_revisions(reading) for reading in both]
    draft = change.create_move(corpus, scheme, target, "all", manager)
    [missing] = change.preview(draft).missing
    assert {name: missing[name] for name in ("kind", "layer", "code", "relations", "readings", "links")} == {
        "kind": "relation", "layer": "ENTITY", "code": "controls", "relations": 2, "readings": 2, "links": 0,
    }  # fmt: skip
    with pytest.raises(EditError, match="no controls"):
        change.begin(draft, manager)
    with pytest.raises(EditError, match="no controls"):
        check_adoption(corpus, target)
    made = moved(corpus, scheme, target, manager, [OWNS])
    assert {item.outcome for item in made.items.all()} == {"moved"}
    logged = Change.objects.filter(user=manager)
    assert list(logged.values_list("kind", "op")) == [("relation", "update")] * made.counts["rows"][0]["relations"]
    assert [types_of(reading) for reading in both] == [["owns", "owns"]] * 2
    assert list(faults(corpus)) == []
    check_adoption(corpus, target)
    undone(made, manager)
    assert {item.outcome for item in made.items.all()} == {"back"}
    assert [without_revisions(reading) for reading in both] == before


def test_a_type_is_left_out_for_a_reason_and_comes_back(corpus, scheme, manager, both, related):
    target, before = version(other_relation), [without_revisions(reading) for reading in both]
    with pytest.raises(EditError, match="controls: give a reason"):
        moved(corpus, scheme, target, manager, [relation_row("")])
    made = moved(corpus, scheme, target, manager, [relation_row("", "not used any more")])
    assert not Relation.objects.exists()
    assert sorted(Change.objects.filter(user=manager, op="delete").values_list("object_id", flat=True).distinct()) == sorted(
        pk for pk in Change.objects.filter(kind="relation", op="create").values_list("object_id", flat=True)
    )
    undone(made, manager)
    assert [without_revisions(reading) for reading in both] == before


def test_readings_outside_the_scope_keep_the_type(corpus, scheme, manager, both, related):
    Assignment.objects.filter(pk=both[1].pk).update(status="open", submitted=None)
    made = moved(corpus, scheme, version(other_relation), manager, [OWNS], scope="open")
    [item] = made.items.all()
    assert (item.outcome, [each["code"] for each in item.findings]) == ("stayed", ["SCHEME", "SCHEME"])
    assert "“Manager – controls – Bureau” is also annotated in readings outside the scope" in str(item.findings)
    assert set(Relation.objects.values_list("type", flat=True)) == {"controls"}


def test_only_relations_that_a_reading_reaches_are_in_use(corpus, scheme, manager, both, entities):
    """What is related to an entity that it means, but not the other way round, unless the type goes both ways."""
    far = Relation.objects.create(corpus=corpus, source=entities["Office"], target=entities["Manager"], type="controls")
    target = version(other_relation)
    draft = change.create_move(corpus, scheme, target, "all", manager)
    assert change.preview(draft).missing == []
    Relation.objects.create(corpus=corpus, source=entities["Office"], target=entities["Workers"], type="possible_same_as")
    assert [(each["code"], each["relations"]) for each in change.preview(draft).missing] == [("controls", 1)]
    moved(corpus, scheme, target, manager, [OWNS])
    far.refresh_from_db()
    assert far.type == "owns"


def test_two_relations_do_not_become_one(corpus, scheme, manager, both, entities, related):
    relate(both[0], entities["Manager"], entities["Bureau"], "acts_for")
    made = moved(corpus, scheme, version(same), manager, [relation_row("acts_for")])
    assert {item.outcome for item in made.items.all()} == {"stayed"}
    assert "would both be acts_for" in made.items.all()[0].findings[0]["detail"]


def test_a_type_that_only_the_new_version_has_hinders_the_way_back(corpus, scheme, manager, both, entities, related):
    made = moved(corpus, scheme, version(other_relation), manager, [OWNS])
    relate(both[1], entities["Workers"], entities["Office"], "owns")
    undone(made, manager)
    assert {item.outcome for item in made.items.all()} == {"stuck"}
    assert "has no owns" in made.items.all()[0].findings[0]["detail"]
    assert set(Relation.objects.values_list("type", flat=True)) == {"owns"}
    assert set(Assignment.objects.values_list("scheme__version", flat=True)) == {"1.9.0"}


def test_a_killed_worker_changes_each_relation_once(corpus, scheme, manager, both, related, monkeypatch):
    made = change.create_move(corpus, scheme, version(other_relation), "all", manager, [OWNS])
    change.begin(made, manager)
    add_steps = change.add_steps
    monkeypatch.setattr(change, "AT_ONCE", 1)
    monkeypatch.setattr(change, "add_steps", killed)
    with pytest.raises(KeyboardInterrupt):
        change.carry_out(made.pk)
    assert set(Relation.objects.values_list("type", flat=True)) == {"controls"}
    monkeypatch.setattr(change, "add_steps", add_steps)
    change.carry_out(made.pk)
    assert set(Relation.objects.values_list("type", "revision")) == {("owns", 2)}
    assert Change.objects.filter(user=manager).count() == 2


def test_queries_do_not_grow_with_relations(corpus, scheme, manager, both, entities, related):
    draft = change.create_move(corpus, scheme, version(other_relation), "all", manager)
    number = queries_of(draft)
    for of_type in ("controls", "acts_for", "works_for"):
        relate(both[1], entities["Workers"], entities["Office"], of_type)
    assert queries_of(draft) == number


def queries_of(draft):
    with CaptureQueriesContext(connection) as captured:
        change.preview(draft)
    return len(captured)
