"""Members of a corpus by API: what a manager changes, with its history, and what stays as it is."""

import pytest

from corpus.models import Edit, Membership
from tests import factories

URL = "/api/v1/corpora/own/members/"


@pytest.fixture
def manager(client_of):
    return client_of("manager")


def member(manager, name):
    return next(row for row in manager.get(URL).json()["results"] if row["user"] == name)


def test_a_manager_adds_changes_and_removes_a_member(own, manager):
    factories.user("newcomer")
    made = manager.post(URL, {"user": "newcomer", "role": "annotator"}, format="json")
    assert (made.status_code, made.json()["role"], made.json()["languages"]) == (201, "annotator", [])
    address = f"{URL}{made.json()['id']}/"
    changed = manager.patch(address, {"role": "reviewer", "languages": ["ko", "zh-Hans"], "capacity": 20_000}, format="json")
    assert changed.status_code == 200
    assert changed.json() == made.json() | {"role": "reviewer", "languages": ["ko", "zh-Hans"], "capacity": 20_000}
    assert member(manager, "newcomer") == changed.json()
    assert manager.patch(address, {"paused": True}, format="json").json()["paused"] is True
    assert manager.delete(address).status_code == 204
    assert not Membership.objects.filter(user__username="newcomer").exists()
    edits = Edit.objects.filter(corpus=own.corpus, kind=Edit.Kind.MEMBER, label="newcomer").order_by("at", "pk")
    assert [(edit.before, edit.after) for edit in edits] == [
        (None, {"role": "annotator"}),
        ({"role": "annotator"}, {"role": "reviewer"}),
        ({"languages": [], "capacity": None}, {"languages": ["ko", "zh-Hans"], "capacity": 20_000}),
        ({"paused": False}, {"paused": True}),
        ({"role": "reviewer"}, None),
    ]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"user": "nobody", "role": "viewer"}, 400, "No active account"),
        ({"user": "deactivated_user", "role": "viewer"}, 400, "No active account"),
        ({"user": "annotator", "role": "viewer"}, 422, "already a member"),
        ({"user": "annotator", "role": "owner"}, 400, "role"),
    ],
)
def test_who_cannot_be_added_is_refused_with_the_reason(manager, body, status, words):
    answer = manager.post(URL, body, format="json")
    assert (answer.status_code, words in answer.content.decode()) == (status, True)


def test_the_last_manager_stays_one_and_nothing_of_that_change_is_stored(own, manager):
    Membership.objects.filter(corpus=own.corpus, role="manager").exclude(user__username="manager").delete()
    address = f"{URL}{member(manager, 'manager')['id']}/"
    answers = [manager.patch(address, {"role": "viewer", "paused": True}, format="json"), manager.delete(address)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "last active manager" in answers[0].json()["detail"]
    assert member(manager, "manager")["paused"] is False
    assert manager.patch(address, {"languages": ["not a tag"]}, format="json").status_code == 400


def test_a_member_of_another_corpus_is_not_there(manager):
    other = factories.membership(factories.corpus("other"), factories.user("elsewhere"), "viewer")
    assert manager.patch(f"{URL}{other.pk}/", {"paused": True}, format="json").status_code == 404
