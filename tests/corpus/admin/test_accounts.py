"""Accounts: made, given a password, switched off; never deleted, and never the last administrator."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from corpus.models import Corpus, Membership, Token
from tests import factories
from tests.staff import address, form_of, signed_in, texts_of

User = get_user_model()
PASSWORD = "vier graue Pferde 7"


@pytest.fixture
def person(db):
    return factories.user("annotator")


def run(client, action, *people):
    data = {"action": action, "_selected_action": [one.pk for one in people]}
    return client.post(address(User, "changelist"), data, follow=True)


def test_a_superuser_makes_an_account_with_a_password_and_a_membership(ours, as_administrator):
    added = as_administrator.post(
        address(User, "add"),
        {
            "username": "reviewer", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD,
            "memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0,
            "memberships-0-corpus": ours.pk, "memberships-0-role": "reviewer",
        },
    )  # fmt: skip
    account = User.objects.get(username="reviewer")
    assert added.status_code == 302
    assert account.check_password(PASSWORD)
    assert ours.role_of(account) == "reviewer"


@pytest.mark.parametrize("email", ["ann@example.org, eve@example.com", '"ann@example.org,"@example.com'])
def test_two_recipients_are_no_address(person, as_administrator, email):
    page = address(User, "change", person.pk)
    response = as_administrator.post(page, form_of(as_administrator.get(page)) | {"email": email})
    assert response.status_code == 200
    assert "one mail address" in texts_of(response) or "valid email address" in texts_of(response)
    person.refresh_from_db()
    assert person.email == ""
    as_administrator.post(page, form_of(as_administrator.get(page)) | {"email": "ann@example.org"})
    person.refresh_from_db()
    assert person.email == "ann@example.org"


def test_a_short_password_is_refused_in_words(person, as_administrator):
    page = f"/admin/auth/user/{person.pk}/password/"
    response = as_administrator.post(page, {"password1": "short", "password2": "short", "usable_password": "true"})
    assert "at least 12 characters" in texts_of(response)


def test_a_new_password_ends_sessions_and_tokens(person, as_administrator):
    _, secret = Token.issue(person, "mirror", ["read"])
    session = signed_in(person)
    page = f"/admin/auth/user/{person.pk}/password/"
    sent = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true", "set-password": "1"}
    assert as_administrator.post(page, sent).status_code == 302
    assert Token.objects.find(secret) is None
    assert session.get("/").status_code == 302


def test_an_account_that_is_switched_off_is_out_at_once(person, as_administrator):
    _, secret = Token.issue(person, "mirror", ["read"])
    session = signed_in(person)
    response = run(as_administrator, "deactivate", person)
    assert "Annotator deactivated." in texts_of(response)
    assert session.get("/").status_code == 302
    assert Token.objects.find(secret) is None


def test_it_can_be_switched_on_again(person, as_administrator):
    run(as_administrator, "deactivate", person)
    run(as_administrator, "activate", person)
    person.refresh_from_db()
    assert person.is_active


def test_nobody_switches_themselves_off(administrator, as_administrator):
    factories.user("other", is_staff=True, is_superuser=True)
    response = run(as_administrator, "deactivate", administrator)
    administrator.refresh_from_db()
    assert administrator.is_active
    assert "stays active" in texts_of(response)


def test_the_last_superuser_stays_one(administrator, as_administrator):
    page = address(User, "change", administrator.pk)
    sent = form_of(as_administrator.get(page))
    sent.pop("is_superuser")
    assert "the last active superuser" in texts_of(as_administrator.post(page, sent))
    factories.user("other", is_staff=True, is_superuser=True)
    assert as_administrator.post(page, sent).status_code == 302


@pytest.fixture
def managers(db):
    """Of “Reports”: two, one of whom also manages “Letters” alone."""
    reports, letters = factories.corpus("reports", name="Reports"), factories.corpus("letters", name="Letters")
    people = [factories.user(name) for name in ("ada", "bob")]
    for person in people:
        factories.membership(reports, person, "manager")
    factories.membership(letters, people[0], "manager")
    return people


def test_the_last_manager_of_a_corpus_is_not_switched_off(managers, as_administrator):
    ada, bob = managers
    response = run(as_administrator, "deactivate", bob, ada)
    assert "Ada stays active. “ada” is the last active manager of “Letters”." in texts_of(response)
    page = address(User, "change", ada.pk)
    sent = form_of(as_administrator.get(page))
    sent.pop("is_active")
    run(as_administrator, "activate", bob)
    text = texts_of(as_administrator.post(page, sent))
    assert "“ada” is the last active manager of “Letters”. Make another member a manager first." in text
    assert User.objects.filter(pk=ada.pk, is_active=True).exists()
    factories.membership(Corpus.objects.get(slug="letters"), bob, "manager")
    assert as_administrator.post(page, sent).status_code == 302


def test_two_last_managers_do_not_go_together(managers, as_administrator):
    Membership.objects.filter(corpus__slug="letters").delete()
    response = run(as_administrator, "deactivate", *managers)
    assert "stays active. “" in texts_of(response)
    assert User.objects.filter(pk__in=[person.pk for person in managers], is_active=True).count() == 1


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"DELETE": "on"}])
def test_the_page_of_an_account_keeps_a_manager_for_its_corpora(change, managers, as_administrator):
    page = address(User, "change", managers[0].pk)
    sent = form_of(as_administrator.get(page))
    alone = str(Membership.objects.get(corpus__slug="letters").pk)
    row = next(name.removesuffix("-id") for name, value in sent.items() if name.endswith("-id") and str(value) == alone)
    response = as_administrator.post(page, sent | {f"{row}-{name}": value for name, value in change.items()})
    assert "“Letters” would have no active manager" in texts_of(response)
    assert Membership.objects.filter(pk=alone, role="manager").exists()


def test_an_account_is_never_deleted(person, as_administrator):
    assert as_administrator.post(address(User, "delete", person.pk), {"post": "yes"}).status_code == 403
    assert "Delete" not in texts_of(as_administrator.get(address(User, "change", person.pk))).split("submit-row")[1]


def test_other_staff_find_no_accounts(person, as_manager):
    assert as_manager.get(address(User, "changelist")).status_code == 403
    assert as_manager.get(f"/admin/auth/user/{person.pk}/password/").status_code == 403
    query = {"app_label": "corpus", "model_name": "membership", "field_name": "user", "term": "a"}
    assert as_manager.get("/admin/autocomplete/", query).status_code == 403


def test_groups_and_model_permissions_are_not_a_second_answer(person, as_administrator):
    assert not admin.site.is_registered(Group)
    assert 'name="user_permissions"' not in texts_of(as_administrator.get(address(User, "change", person.pk)))


@pytest.mark.parametrize("lookup", ["password__startswith", "password", "email__startswith"])
def test_accounts_are_not_filtered_by_what_is_not_shown(as_administrator, lookup):
    assert as_administrator.get(address(User, "changelist"), {lookup: "a"}).status_code == 400
