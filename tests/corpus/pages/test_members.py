"""Members of a corpus on its page: added, given another role, removed, with history and undo."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from corpus.models import Edit, Membership
from tests import factories


@pytest.fixture
def corpus(db):
    return factories.corpus("reports")


@pytest.fixture
def manager(corpus):
    return factories.membership(corpus, factories.user("mina"), "manager")


@pytest.fixture
def page(client, manager):
    client.force_login(manager.user)
    return client


def roles(corpus):
    return dict(corpus.memberships.values_list("user__username", "role"))


def change(page, membership, role):
    return page.post(f"/corpora/reports/members/{membership.pk}/role/", {"role": role}, follow=True).content.decode()


def test_a_member_is_added_changed_and_removed_and_the_history_says_so(page, corpus):
    factories.user("jun")
    page.post("/corpora/reports/members/", {"user_name": "jun", "role": "annotator"})
    membership = corpus.memberships.get(user__username="jun")
    change(page, membership, "reviewer")
    assert roles(corpus)["jun"] == "reviewer"
    assert b"Remove \xe2\x80\x9cjun\xe2\x80\x9d" in page.get(f"/corpora/reports/members/{membership.pk}/remove/").content
    page.post(f"/corpora/reports/members/{membership.pk}/remove/")
    assert roles(corpus) == {"mina": "manager"}
    states = [(edit.before, edit.after, edit.user.username) for edit in Edit.objects.order_by("id")]
    annotator, reviewer = {"role": "annotator"}, {"role": "reviewer"}
    assert states == [(None, annotator, "mina"), (annotator, reviewer, "mina"), (reviewer, None, "mina")]


@pytest.mark.parametrize("name", ["nobody", "gone", "mina"])
def test_an_account_that_cannot_be_added_is_told_at_its_field(page, corpus, name):
    factories.user("gone", is_active=False)
    answer = page.post("/corpora/reports/members/", {"user_name": name, "role": "viewer"})
    assert list(answer.context["form"].errors) == ["user_name"]
    assert roles(corpus) == {"mina": "manager"}


@pytest.mark.parametrize("other_is_active", [True, False])
def test_the_last_active_manager_stays(page, corpus, manager, other_is_active):
    factories.membership(corpus, factories.user("other", is_active=other_is_active), "manager")
    change(page, manager, "viewer")
    assert roles(corpus)["mina"] == ("viewer" if other_is_active else "manager")
    page.post(f"/corpora/reports/members/{manager.pk}/remove/")
    assert "mina" in roles(corpus)


def undo(page, edit):
    return page.post(f"/corpora/reports/edits/{edit.pk}/undo/", follow=True).content.decode()


def test_a_removal_is_undone_once(page, corpus):
    jun = factories.membership(corpus, factories.user("jun"), "reviewer")
    page.post(f"/corpora/reports/members/{jun.pk}/remove/")
    removal = Edit.objects.get()
    assert "Undone: jun" in undo(page, removal)
    assert roles(corpus)["jun"] == "reviewer"
    assert page.post(f"/corpora/reports/edits/{removal.pk}/undo/").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Edit.objects.create(corpus=corpus, kind="member", object="1", label="x", after={}, user=jun.user, undoes=removal)


def test_an_undo_takes_nothing_back_that_came_later(page, corpus):
    jun = factories.membership(corpus, factories.user("jun"), "viewer")
    change(page, jun, "annotator")
    first = Edit.objects.get()
    change(page, jun, "reviewer")
    assert "has changed since" in undo(page, first)
    assert roles(corpus)["jun"] == "reviewer"


def test_the_history_only_grows(page, corpus):
    jun = factories.membership(corpus, factories.user("jun"), "viewer")
    change(page, jun, "annotator")
    for sql in ("UPDATE corpus_edit SET label = ''", "DELETE FROM corpus_edit"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_page_asks_as_much_for_many_members(page, corpus):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert page.get("/corpora/reports/members/").status_code == 200
        return len(queries)

    asked()  # the first one writes the session
    few = asked()
    for number in range(15):
        change(page, factories.membership(corpus, factories.user(f"person{number}"), "viewer"), "annotator")
    assert Membership.objects.count() == 16
    assert asked() == few


def test_languages_and_capacity_are_saved_and_undone(page, corpus):
    jun = factories.membership(corpus, factories.user("jun"), "annotator")
    page.post(f"/corpora/reports/members/{jun.pk}/work/", {"languages": "ko, zh-Hans,ko", "capacity": "40000"})
    jun.refresh_from_db()
    assert (jun.languages, jun.capacity) == (["ko", "zh-Hans"], 40_000)
    undo(page, Edit.objects.get())
    jun.refresh_from_db()
    assert (jun.languages, jun.capacity, jun.role) == ([], None, "annotator")


@pytest.mark.parametrize(("fields", "field"), [({"languages": "k"}, "languages"), ({"capacity": "-1"}, "capacity")])
def test_languages_and_capacity_that_cannot_be_are_told(page, manager, fields, field):
    answer = page.post(f"/corpora/reports/members/{manager.pk}/work/", fields)
    assert list(answer.context["form"].errors) == [field]
