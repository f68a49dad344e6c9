"""Scheme changes by API."""

import pytest

from annotations.models import Assignment, Move
from annotations.moves import change
from registry.models import Relation
from tests import factories
from tests.annotations.moves.conftest import version
from tests.annotations.moves.test_moved_relations import other_relation
from tests.annotations.moves.test_moves import RENAMED, renamed
from tests.api.test_plans import code
from tests.api.world import session


@pytest.fixture
def corpus(own):
    return f"/api/v1/corpora/{own.corpus.slug}/moves/"


@pytest.fixture
def manager(world, own):
    return session(world.cast["manager"])


def test_a_scheme_change_from_its_draft_to_its_undoing(own, corpus, manager, world):
    target = version(renamed)
    made = manager.post(corpus, {"target": "sanctions-core/1.9.0", "scope": "all"}, format="json")
    assert made.status_code == 201, made.content
    address = f"{corpus}{made.json()['id']}/"
    told = manager.get(f"{address}preview/").json()
    [row] = told["missing"]
    assert (row["code"], row["marks"]) == ("REPATRIATE", row["events"])
    assert (told["readings"], told["tried"], len(told["staying"])) == (3, 3, 2)
    refused = manager.post(f"{address}do/")
    assert code(refused) == (422, "invalid")
    assert "REPATRIATE" in refused.json()["detail"]
    rows = [{name: getattr(row, name) for name in ("kind", "layer", "label", "attribute", "code", "to")} for row in RENAMED]
    wrong = manager.patch(address, {"mapping": [rows[0] | {"to": "NOTHING"}]}, format="json")
    assert code(wrong) == (422, "invalid")
    assert manager.patch(address, {"mapping": rows}, format="json").json()["mapping"][0]["to"] == "RETURN"
    assert manager.get(f"{address}preview/").json()["missing"] == []
    assert [manager.post(f"{address}do/").json()["state"] for _ in range(2)] == ["running"] * 2
    assert code(manager.delete(address)) == (422, "invalid")
    change.carry_out(Move.objects.get().pk)
    items = manager.get(f"{address}readings/").json()["results"]
    assert len(items) == told["readings"]
    assert {item["outcome"] for item in items} == {"moved"}
    assert Assignment.objects.filter(document__corpus=own.corpus, scheme=target).count() == len(items)
    changed = manager.get(f"/api/v1/assignments/{own.gold.pk}/changes/").json()["results"]
    assert any(each["object"] and each["object"].get("type") == "RETURN" for each in changed)
    assert manager.post(f"{address}undo/").json()["state"] == "undoing"
    change.carry_out(Move.objects.get().pk)
    assert [each["state"] for each in manager.get(corpus).json()["results"]] == ["undone"]
    assert not Assignment.objects.filter(scheme=target).exists()


def test_a_row_of_a_type_of_relations(own, corpus, manager):
    version(other_relation)
    row = {"kind": "relation", "layer": "ENTITY", "code": "controls", "to": "owns"}
    made = manager.post(corpus, {"target": "sanctions-core/1.9.0", "scope": "all", "mapping": [row]}, format="json")
    assert made.status_code == 201, made.content
    [told] = manager.get(f"{corpus}{made.json()['id']}/preview/").json()["rows"]
    used = Relation.objects.filter(type="controls").count()
    assert (told["kind"], told["relations"], told["to"]) == ("relation", used, "owns")
    wrong = manager.patch(f"{corpus}{made.json()['id']}/", {"mapping": [row | {"layer": "ACTOR"}]}, format="json")
    assert code(wrong) == (422, "invalid")


def test_what_cannot_be_a_scheme_change(own, corpus, manager):
    factories.scheme()
    for body in ({}, {"target": "nothing/1"}, {"target": "x", "scope": "some"}, {"target": "x", "mapping": [{}]}, {"target": 1}):
        assert manager.post(corpus, body, format="json").status_code == 400, body
    scheme = own.assignment.scheme
    same = manager.post(corpus, {"target": f"{scheme.code}/{scheme.version}"}, format="json")
    assert code(same) == (422, "invalid")
    assert not Move.objects.exists()
