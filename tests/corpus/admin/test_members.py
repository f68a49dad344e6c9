"""Members of a corpus: a manager adds the people they know, by name, and changes nobody elsewhere."""

import pytest
from django.contrib.admin.models import LogEntry

from corpus.models import Corpus, Membership
from tests import factories
from tests.staff import address, form_of, texts_of


@pytest.fixture
def page(ours):
    return address(Corpus, "change", ours.pk)


def with_new_member(client, page, **row):
    sent = form_of(client.get(page))
    place = int(sent["memberships-TOTAL_FORMS"])
    sent["memberships-TOTAL_FORMS"] = place + 1
    return client.post(page, sent | {f"memberships-{place}-{name}": value for name, value in row.items()})


def test_a_manager_adds_a_person_by_their_name(ours, page, as_manager):
    person = factories.user("reviewer")
    response = with_new_member(as_manager, page, user="reviewer", role="reviewer")
    assert response.status_code == 302
    assert ours.role_of(person) == "reviewer"


def test_the_log_of_the_admin_says_who_did_it(page, manager, as_manager):
    factories.user("reviewer")
    with_new_member(as_manager, page, user="reviewer", role="reviewer")
    entry = LogEntry.objects.get()
    assert entry.user == manager
    assert "membership" in entry.get_change_message()


@pytest.mark.parametrize("name", ["nobody", "inactive"])
def test_a_name_that_no_active_account_has_is_refused_in_words(page, as_manager, name):
    factories.user("inactive", is_active=False)
    response = with_new_member(as_manager, page, user=name, role="viewer")
    assert "No active account has this user name." in texts_of(response)


def test_a_second_membership_of_one_person_is_refused_in_words(ours, page, as_manager, viewer):
    response = with_new_member(as_manager, page, user="viewer", role="reviewer")
    assert response.status_code == 200
    assert "viewer" in ours.role_of(viewer)
    assert "correct the" in texts_of(response)


def test_a_manager_is_not_offered_all_accounts(page, as_manager):
    factories.user("stranger")
    assert "stranger" not in texts_of(as_manager.get(page))


def test_a_superuser_picks_from_all_accounts(page, as_administrator):
    person = factories.user("stranger")
    response = with_new_member(as_administrator, page, user=person.pk, role="viewer")
    assert response.status_code == 302
    assert Membership.objects.filter(user=person).exists()


def test_a_manager_changes_a_role_and_takes_a_member_away(ours, page, as_manager, viewer):
    sent = form_of(as_manager.get(page))
    place = next(n for n in range(2) if sent[f"memberships-{n}-user"] == "viewer")
    as_manager.post(page, sent | {f"memberships-{place}-role": "annotator"})
    assert ours.role_of(viewer) == "annotator"
    as_manager.post(page, sent | {f"memberships-{place}-DELETE": "on"})
    assert ours.role_of(viewer) is None


def test_a_viewer_sees_the_members_and_changes_nothing(ours, page, as_viewer):
    assert "Save" not in texts_of(as_viewer.get(page))
    assert as_viewer.post(page, {"name": "Mine", "slug": "mine"}).status_code == 403
    assert Corpus.objects.get(pk=ours.pk).name == "Our corpus"


def test_a_manager_renames_the_corpus_but_not_its_address(ours, page, as_manager):
    sent = form_of(as_manager.get(page)) | {"name": "New name", "slug": "taken"}
    assert as_manager.post(page, sent).status_code == 302
    ours.refresh_from_db()
    assert (ours.name, ours.slug) == ("New name", "ours")


def test_only_a_superuser_makes_a_corpus(as_manager, as_administrator):
    assert as_manager.get(address(Corpus, "add")).status_code == 403
    assert as_administrator.get(address(Corpus, "add")).status_code == 200


def test_nobody_is_made_a_member_of_a_corpus_that_one_does_not_manage(theirs, as_manager):
    person = factories.user("reviewer")
    response = as_manager.post(address(Membership, "add"), {"corpus": theirs.pk, "user": "reviewer", "role": "manager"})
    assert "Select a valid choice" in texts_of(response)
    assert theirs.role_of(person) is None


def test_who_manages_one_corpus_and_views_another_changes_the_first_only(ours, manager, as_manager):
    other = factories.corpus("other")
    factories.membership(other, manager, "viewer")
    assert as_manager.get(address(Corpus, "change", other.pk)).status_code == 200
    assert as_manager.post(address(Corpus, "change", other.pk), {"name": "x"}).status_code == 403
    response = as_manager.post(address(Membership, "add"), {"corpus": other.pk, "user": "manager", "role": "manager"})
    assert "Select a valid choice" in texts_of(response)


def test_a_corpus_with_articles_is_not_deleted_and_says_why(ours, as_administrator):
    factories.article(ours)
    response = as_administrator.post(address(Corpus, "delete", ours.pk), {"post": "yes"}, follow=True)
    assert "cannot be deleted: 1 article of it" in texts_of(response)
    assert Corpus.objects.filter(pk=ours.pk).exists()


def test_the_last_manager_stays_a_member_who_manages(ours, page, manager, as_manager, as_administrator):
    own = ours.memberships.get(user=manager)
    ours.memberships.filter(role="manager").exclude(pk=own.pk).delete()
    sent = form_of(as_manager.get(page))
    row = next(name.removesuffix("-id") for name, value in sent.items() if name.endswith("-id") and str(value) == str(own.pk))
    for change in ({f"{row}-role": "viewer"}, {f"{row}-DELETE": "on"}):
        response = as_manager.post(page, sent | change)
        assert ours.role_of(manager) == "manager", change
        if f"{row}-role" in change:
            assert "no active manager" in texts_of(response)
    alone = address(Membership, "change", own.pk)
    assert "no active manager" in texts_of(
        as_administrator.post(alone, form_of(as_administrator.get(alone)) | {"role": "viewer"})
    )
    assert as_administrator.post(address(Membership, "delete", own.pk), {"post": "yes"}).status_code == 403
    assert ours.role_of(manager) == "manager"
