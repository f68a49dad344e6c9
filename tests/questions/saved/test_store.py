"""Questions under a name: which are kept, in which form, and who sees them."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from questions.address.question import AddressError
from questions.models import SavedQuestion, SeenState
from questions.saved import store
from tests import factories, marks

pytestmark = pytest.mark.django_db


def test_a_question_is_kept_in_its_one_form(save):
    row = save("  Sent home ", query="?status=any&type=REPATRIATE,EMPLOY&polarity=positive")
    assert (row.name, row.ledger, row.query) == ("Sent home", "events", "type=EMPLOY,REPATRIATE&status=any")
    assert row.get_absolute_url() == f"/questions/{row.pk}/"
    assert save("Everything", query="").query == ""


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ledger": "nothing"}, "ledger"),
        ({"query": "type=NOTHING"}, "type"),
        ({"query": "label=PEOPLE"}, "label"),
        ({"query": "from=2018-01-01&to=2017-01-01"}, "from"),
        ({"query": "type=PAY&type=PAY"}, "type"),
        ({"query": "type"}, "query"),
        ({"query": "a=%ff"}, "query"),
        ({"query": "type=" + "A" * 4000}, "query"),
        ({"query": "&".join(["type=PAY"] * 101)}, "query"),
        ({"query": f"place={uuid4()}"}, "place"),
        ({"name": " "}, "name"),
        ({"name": "a\nb"}, "name"),
        ({"name": "a" * 201}, "name"),
        ({"name": "a\0"}, "name"),
        ({"note": "a" * 10_001}, "note"),
    ],
)
def test_what_cannot_be_asked_is_not_kept(save, fields, name):
    with pytest.raises(AddressError) as refused:
        save(**fields)
    assert refused.value.name == name
    assert not SavedQuestion.objects.exists()


def test_an_entity_of_another_corpus_is_as_one_that_does_not_exist(save):
    other = marks.entity(factories.corpus("other"), "Elsewhere")
    messages = set()
    for pk in (other.pk, uuid4()):
        with pytest.raises(AddressError) as refused:
            save(query=f"place={pk}")
        messages.add(str(refused.value))
    assert messages == {"place names nothing in this corpus"}


def test_a_name_is_there_once_for_an_owner(save, viewer):
    save()
    save(by=viewer)
    with pytest.raises(store.UsedName, match="Sent home"):
        save(query="type=PAY")
    other = save("Paid", query="type=PAY")
    with pytest.raises(store.UsedName):
        store.change(other, other.owner, {"name": "Sent home"})
    assert SavedQuestion.objects.get(pk=other.pk).name == "Paid"


def test_the_same_may_be_sent_again_under_its_id(save, viewer):
    pk = uuid4()
    assert save(id=pk) == save(id=pk)
    for other in ({"query": "type=PAY"}, {"name": "Other"}, {"by": viewer}):
        with pytest.raises(store.UsedId):
            save(**{"id": pk, **other})
    assert SavedQuestion.objects.count() == 1


def test_a_change_leaves_the_rest(save):
    row = save(note="For the report", is_shared=True)
    before = row.changed
    store.change(row, row.owner, {"name": "Gone home"})
    row.refresh_from_db()
    assert (row.name, row.query, row.note, row.is_shared) == ("Gone home", "type=REPATRIATE&status=any", "For the report", True)
    assert row.changed > before
    store.change(row, row.owner, {"ledger": "figures", "query": "label=PEOPLE"})
    row.refresh_from_db()
    assert (row.ledger, row.query) == ("figures", "label=PEOPLE")
    with pytest.raises(AddressError):
        store.change(row, row.owner, {"ledger": "screening"})


class TestWhoSees:
    def test_their_own_and_the_shared_ones(self, save, seeded, reviewer, viewer):
        own, shared = save(), save("Shared", is_shared=True)
        assert set(SavedQuestion.objects.for_user(reviewer)) == {own, shared}
        assert set(SavedQuestion.objects.for_user(viewer)) == {shared}
        assert not SavedQuestion.objects.for_user(factories.user("outsider")).exists()

    def test_nobody_who_is_no_longer_a_member(self, save, seeded, reviewer):
        row = save(is_shared=True)
        SeenState.objects.create(question=row, user=reviewer, at=row.created)
        assert SeenState.objects.for_user(reviewer).exists()
        seeded.memberships.filter(user=reviewer).delete()
        assert not SavedQuestion.objects.for_user(reviewer).exists()
        assert not SeenState.objects.for_user(reviewer).exists()

    def test_nobody_sees_what_another_has_seen(self, save, reviewer, viewer):
        row = save(is_shared=True)
        SeenState.objects.create(question=row, user=reviewer, at=row.created)
        assert not SeenState.objects.for_user(viewer).exists()


class TestWhatTheDatabaseHolds:
    @pytest.mark.parametrize("fields", [{"name": ""}, {"name": " a"}, {"ledger": ""}, {"ledger": "Events "}], ids=str)
    def test_a_question(self, save, fields):
        row = save()
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedQuestion.objects.filter(pk=row.pk).update(**fields)

    @pytest.mark.parametrize(
        "fields",
        [{"rows": {str(number): "" for number in range(2001)}}, {"rows": []}, {"new": 1}, {"gone": 0}],
        ids=["rows", "list", "new", "gone"],
    )
    def test_a_seen_state(self, save, reviewer, fields):
        row = save()
        with pytest.raises(IntegrityError), transaction.atomic():
            SeenState.objects.create(question=row, user=reviewer, at=row.created, **fields)

    def test_one_seen_state_for_each_person(self, save, reviewer, viewer):
        row = save()
        SeenState.objects.create(question=row, user=reviewer, at=row.created)
        SeenState.objects.create(question=row, user=viewer, at=row.created)
        with pytest.raises(IntegrityError), transaction.atomic():
            SeenState.objects.create(question=row, user=viewer, at=row.created)
