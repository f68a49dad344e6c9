"""An earlier state of an object by API, and changes undone: marks, entities and relations, refused where somebody has written since."""

import pytest

from annotations.models import Change, Figure, LoggedChange, Span
from registry.models import Entity, Relation
from tests import factories
from tests.api.world import change, fragment, new, session

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


def undo(ann, *changes, person=None):
    address = f"/api/v1/assignments/{ann[1].pk}/undo/"
    return session(person or ann[0]).post(address, {"changes": [str(pk) for pk in changes]}, format="json")


def ids(ann, revision):
    return list(Change.objects.filter(assignment=ann[1], revision=revision).values_list("pk", flat=True))


@pytest.fixture
def mark(ann):
    """170, corrected to 17 at revision 2."""
    pk, fragments = new(), [fragment("The firm paid 170 workers.", "170")]
    assert (
        call(
            ann, 0, change("create", "span", {"id": pk, "layer": "FIGURE", "label": "PEOPLE", "fragments": fragments})
        ).status_code
        == 200
    )
    assert call(ann, 1, change("update", "span", {"id": pk, "attributes": {"low": 17, "high": 17}})).status_code == 200
    return pk


def low():
    return [int(each) for each in Figure.objects.values_list("low", flat=True)]


def test_a_change_is_undone_once_and_its_undoing_too(ann, mark):
    answer = undo(ann, *ids(ann, 2))
    assert (answer.status_code, answer.json()["revision"], low()) == (200, 3, [170])
    again = undo(ann, *ids(ann, 2))
    assert (again.status_code, again.json()) == (200, answer.json())
    assert undo(ann, *ids(ann, 3)).json()["revision"] == 4
    assert low() == [17]


def test_changes_of_several_batches_go_together(ann, mark):
    assert undo(ann, *ids(ann, 1), *ids(ann, 2)).json()["revision"] == 3
    assert not Span.objects.exists()
    assert undo(ann, *ids(ann, 3)).status_code == 200
    assert low() == [17]


def test_what_was_written_to_since_is_a_conflict_with_both_versions(ann, mark):
    refused = undo(ann, *ids(ann, 1))
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    [conflict] = refused.json()["conflicts"]
    assert (conflict["change"], conflict["kind"], conflict["yours"]) == (str(ids(ann, 1)[0]), "span", {})
    assert conflict["theirs"]["attributes"]["low"] == 17
    assert undo(ann, *ids(ann, 2)).status_code == 200
    assert undo(ann, *ids(ann, 1)).json()["code"] == "conflict", "its undoing is a later write"
    assert low() == [170]


def test_an_entity_that_another_reading_has_changed_is_a_conflict(ann):
    firm = new()
    call(ann, 0, change("create", "entity", {"id": firm, "type": "COMPANY", "name": "The firm"}))
    call(ann, 1, change("update", "entity", {"id": firm, "revision": 1, "name": "A firm"}))
    other = factories.user("ben")
    factories.membership(ann[1].document.corpus, other, "annotator")
    theirs = factories.assignment(factories.document("Another text.", corpus=ann[1].document.corpus), other)
    call((other, theirs), 0, change("update", "entity", {"id": firm, "revision": 2, "name": "Their firm"}))
    refused = undo(ann, *ids(ann, 2))
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert Entity.objects.get(pk=firm).name == "Their firm"


def test_changes_that_are_not_its_own_are_refused(ann, mark):
    assert undo(ann, new()).json()["code"] == "malformed"
    assert undo(ann, *ids(ann, 2), new()).json()["code"] == "malformed"
    assert undo(ann).json()["code"] == "malformed"
    assert low() == [17]


def test_only_its_annotator_undoes_and_only_while_it_is_open(ann, mark):
    reviewer, stranger = factories.user("rev"), factories.user("stranger")
    factories.membership(ann[1].document.corpus, reviewer, "reviewer")
    assert undo(ann, *ids(ann, 2), person=reviewer).status_code == 403
    assert undo(ann, *ids(ann, 2), person=stranger).status_code == 404
    factories.submitted(ann[1])
    assert undo(ann, *ids(ann, 2)).json()["code"] == "submitted"
    assert low() == [17]
