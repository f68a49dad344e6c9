"""An earlier state of an object by API: marks, entities and relations, refused where somebody else has written since."""

import pytest

from annotations.models import LoggedChange
from registry.models import Entity, Relation
from tests import factories
from tests.api.world import change, new, session

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    person = factories.user("ann")
    factories.membership(corpus, person, "annotator")
    return person, factories.assignment(factories.document("The firm paid 170 workers.", corpus=corpus), person)


@pytest.fixture
def scheme(db):
    return factories.scheme()


def call(ann, base, *changes):
    person, reading = ann
    body = {"base": base, "changes": list(changes)}
    return session(person).post(f"/api/v1/assignments/{reading.pk}/changes/", body, format="json")


def restore(ann, pk, base, person=None):
    made = LoggedChange.objects.filter(assignment=ann[1], object_id=pk, op="create").order_by("revision").first()
    body = {"change": str(made.pk)} | ({} if base is None else {"base": base})
    return session(person or ann[0]).post(f"/api/v1/assignments/{ann[1].pk}/restore/", body, format="json")


@pytest.fixture
def deleted(ann):
    """A relation and one of its entities, deleted together at revision 2."""
    firm, owner, relation = new(), new(), new()
    made = [
        change("create", "entity", {"id": firm, "type": "COMPANY", "name": "The firm"}),
        change("create", "entity", {"id": owner, "type": "PERSON", "name": "The owner"}),
        change("create", "relation", {"id": relation, "source": owner, "type": "controls", "target": firm}),
    ]
    assert call(ann, 0, *made).status_code == 200
    gone = [
        change("delete", "relation", {"id": relation, "revision": 1}),
        change("delete", "entity", {"id": firm, "revision": 1}),
    ]
    assert call(ann, 1, *gone).status_code == 200
    return firm, relation


def test_a_deleted_relation_comes_back_with_its_entity_and_once(ann, deleted):
    firm, relation = deleted
    assert restore(ann, relation, None).json()["code"] == "base-missing"
    answer = restore(ann, relation, 2)
    assert (answer.status_code, answer.json()["revision"]) == (200, 3)
    assert {row["kind"] for row in answer.json()["changes"]} == {"entity", "relation"}
    assert (str(Relation.objects.get().pk), str(Entity.objects.get(name="The firm").pk)) == (relation, firm)
    again = restore(ann, relation, 2)
    assert (again.status_code, again.json()) == (200, {"revision": 3, "changes": []})


def test_what_another_reading_has_written_since_is_a_conflict(ann, deleted):
    firm, relation = deleted
    restore(ann, relation, 2)
    other = factories.user("ben")
    factories.membership(ann[1].document.corpus, other, "annotator")
    theirs = factories.assignment(factories.document("Another text.", corpus=ann[1].document.corpus), other)
    call(ann, 3, change("update", "entity", {"id": firm, "revision": 1, "name": "A firm"}))
    call((other, theirs), 0, change("update", "entity", {"id": firm, "revision": 2, "name": "Their firm"}))
    answer = restore(ann, firm, 4)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert Entity.objects.get(pk=firm).name == "Their firm"


def test_a_change_of_another_assignment_is_none_of_this_one(ann, deleted):
    body = {"change": new(), "base": 2}
    answer = session(ann[0]).post(f"/api/v1/assignments/{ann[1].pk}/restore/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


@pytest.mark.parametrize(("role", "status"), [("reviewer", 403), ("viewer", 404), (None, 404)])
def test_only_its_annotator_restores(ann, deleted, role, status):
    person = factories.user("other")
    if role:
        factories.membership(ann[1].document.corpus, person, role)
    assert restore(ann, deleted[1], 2, person).status_code == status
    assert not Relation.objects.exists()
