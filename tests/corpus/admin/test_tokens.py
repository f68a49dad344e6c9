"""Tokens: the secret is shown once, the digest never; a revoked one stays in the list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corpus.models import Token
from tests import factories
from tests.staff import address, form_of, texts_of


def issue(client, **fields):
    day = (timezone.now() + timedelta(days=30)).date().isoformat()
    sent = {"name": "nightly mirror", "scopes": ["read"], "expires_0": day, "expires_1": "12:00:00", **fields}
    return client.post(address(Token, "add"), sent)


def secret_in(response):
    return texts_of(response).split('id="secret">')[1].split("<")[0]


def test_the_secret_is_shown_once_and_works(manager, as_manager):
    response = issue(as_manager)
    token = Token.objects.get()
    assert Token.objects.find(secret_in(response)) == token
    assert (token.user, token.scopes) == (manager, ["read"])
    assert "no-store" in response["Cache-Control"]


def test_the_secret_is_nowhere_else(as_manager):
    """Neither in a page that follows, nor in a message that a cookie or a session carries."""
    response = issue(as_manager)
    secret = secret_in(response)
    assert secret not in str(as_manager.cookies)
    assert secret not in str(dict(as_manager.session))
    for page in (address(Token, "changelist"), address(Token, "change", Token.objects.get().pk)):
        assert secret not in texts_of(as_manager.get(page))


def test_the_digest_is_shown_to_nobody(administrator, as_administrator):
    token, _ = Token.issue(administrator, "mirror", ["read"])
    pages = [address(Token, "changelist"), address(Token, "change", token.pk), address(Token, "history", token.pk)]
    assert not [page for page in pages if token.digest in texts_of(as_administrator.get(page))]
    selection = {"action": "download_csv", "_selected_action": [token.pk]}
    download = as_administrator.post(address(Token, "changelist"), selection)
    assert token.digest not in b"".join(download.streaming_content).decode()


def test_staff_issue_tokens_for_themselves_whatever_they_send(manager, administrator, as_manager):
    issue(as_manager, user=administrator.pk)
    assert Token.objects.get().user == manager


def test_a_superuser_issues_one_for_a_program_account(as_administrator):
    program = factories.user("program")
    issue(as_administrator, user=program.pk)
    assert Token.objects.get().user == program


@pytest.mark.parametrize("days", [-1, 400])
def test_a_token_ends_within_a_year_and_in_the_future(as_manager, days):
    day = (timezone.now() + timedelta(days=days)).date().isoformat()
    response = issue(as_manager, expires_0=day)
    assert "Choose a date in the future, at most one year from now." in texts_of(response)
    assert not Token.objects.exists()


@pytest.mark.parametrize("scopes", [[], ["everything"]])
def test_a_token_has_scopes_that_there_are(as_manager, scopes):
    assert issue(as_manager, scopes=scopes).status_code == 200
    assert not Token.objects.exists()


def test_a_revoked_token_stops_working_and_stays_in_the_list(manager, as_manager):
    token, secret = Token.issue(manager, "mirror", ["read"])
    response = as_manager.post(address(Token, "changelist"), {"action": "revoke", "_selected_action": [token.pk]}, follow=True)
    assert "Revoked: mirror" in texts_of(response)
    assert Token.objects.find(secret) is None
    assert as_manager.post(address(Token, "delete", token.pk), {"post": "yes"}).status_code == 403


def test_a_token_of_another_person_is_not_revoked(administrator, as_manager):
    token, secret = Token.issue(administrator, "mirror", ["read"])
    as_manager.post(address(Token, "changelist"), {"action": "revoke", "_selected_action": [token.pk]})
    assert Token.objects.find(secret) == token


def test_the_name_changes_and_what_it_may_do_does_not(manager, as_manager):
    token, _ = Token.issue(manager, "mirror", ["read"])
    page = address(Token, "change", token.pk)
    as_manager.post(page, form_of(as_manager.get(page)) | {"name": "new", "scopes": ["export"]})
    token.refresh_from_db()
    assert (token.name, token.scopes) == ("new", ["read"])


def test_a_token_is_not_drawn_out_beyond_a_year(manager, as_manager):
    token, _ = Token.issue(manager, "mirror", ["read"])
    page = address(Token, "change", token.pk)
    response = as_manager.post(page, form_of(as_manager.get(page)) | {"expires_0": "2099-01-01"})
    assert "at most one year from now" in texts_of(response)
