"""Making and revoking API tokens on the page."""

import re

import pytest
from django.utils import timezone

from corpus.models import Token


@pytest.fixture
def page(client, person):
    client.force_login(person)
    return client


def make(page, name="nightly mirror", scopes=("read",), days="90"):
    return page.post("/tokens/", {"name": name, "scopes": list(scopes), "days": days})


def secret_in(answer):
    return re.search(r'id="secret"[^>]*>([^<]+)<', answer.content.decode())[1]


def test_the_secret_is_shown_once_and_works(page):
    secret = secret_in(make(page))
    assert Token.objects.find(secret).name == "nightly mirror"
    assert secret not in page.get("/tokens/").content.decode()


def test_the_token_may_what_was_ticked_and_ends_when_chosen(page):
    make(page, scopes=["read", "export"], days="30")
    token = Token.objects.get()
    assert token.scopes == ["read", "export"]
    assert round((token.expires - timezone.now()).total_seconds() / 86400) == 30


@pytest.mark.parametrize("bad", [{"scopes": []}, {"scopes": ["everything"]}, {"days": "4000"}, {"name": ""}, {"name": "x" * 101}])
def test_what_cannot_be_is_told_at_its_field(page, bad):
    answer = make(page, **bad)
    assert list(answer.context["form"].errors) == list(bad)
    assert not Token.objects.exists()


def test_revoking_asks_first(page, person):
    token, secret = Token.issue(person, "nightly mirror", ["read"])
    assert b"Revoke \xe2\x80\x9cnightly mirror\xe2\x80\x9d?" in page.get(f"/tokens/{token.pk}/revoke/").content
    assert Token.objects.find(secret)
    page.post(f"/tokens/{token.pk}/revoke/")
    assert Token.objects.find(secret) is None


def test_a_revoked_token_can_not_be_revoked_again(page, person):
    token, _ = Token.issue(person, "nightly mirror", ["read"], revoked=timezone.now())
    assert page.post(f"/tokens/{token.pk}/revoke/").status_code == 404


def test_tokens_of_others_are_neither_seen_nor_revoked(page, django_user_model):
    other = django_user_model.objects.create_user("reviewer")
    token, secret = Token.issue(other, "secret plan", ["read"])
    assert b"secret plan" not in page.get("/tokens/").content
    assert page.post(f"/tokens/{token.pk}/revoke/").status_code == 404
    assert Token.objects.find(secret)


def test_not_even_a_superuser_sees_those_of_others_here(client, person, django_user_model):
    Token.issue(person, "secret plan", ["read"])
    client.force_login(django_user_model.objects.create_superuser("manager"))
    assert b"secret plan" not in client.get("/tokens/").content


def test_without_tokens_the_page_says_what_they_are_for(page):
    assert b"No tokens yet" in page.get("/tokens/").content
