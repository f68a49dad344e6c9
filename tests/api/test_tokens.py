"""What a token lets a program do, and when it stops."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from corpus.models import Membership, Token
from tests import factories
from tests.api.world import bearer, change, fragment, holding, new, session

ME = "/api/v1/me/"


@pytest.fixture
def person(db):
    """Who owns the token: an annotator, of no corpus unless the test asks for one."""
    return factories.user("person")


@pytest.fixture
def token(person):
    return Token.issue(person, "nightly mirror", ["read"])


def test_only_the_digest_of_the_secret_is_kept(token):
    row, secret = token
    stored = Token.objects.filter(pk=row.pk).values().get()
    assert secret not in str(stored)
    assert stored["prefix"] == secret[:8]
    assert len(stored["digest"]) == 64


def test_it_says_who_is_asking_and_what_it_may(token):
    factories.membership(factories.corpus("reports"), token[0].user, "annotator")
    body = holding(token[1]).get(ME).json()
    assert (body["username"], body["scopes"], body["token"]["name"]) == ("person", ["read"], "nightly mirror")
    assert body["corpora"] == [{"corpus": "reports", "role": "annotator"}]


def test_a_session_has_no_scopes_of_its_own(reader):
    assert reader.get(ME).json()["scopes"] is None


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer wrong", "Bearer two words", "bearer \u00e9\u00e9", "Bearer " + "x" * 5000, "Bearer \x00"],
    ids=ascii,
)
def test_a_wrong_secret_is_401_and_says_how_to_ask(header, db):
    response = APIClient().get(ME, HTTP_AUTHORIZATION=header)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="attest"'
    assert response.json()["code"] == "unauthenticated"


def test_a_wrong_secret_is_not_made_good_by_a_session(reader):
    assert reader.get(ME, HTTP_AUTHORIZATION="Bearer wrong").status_code == 401


def test_another_scheme_of_authorisation_is_none(token):
    assert APIClient().get(ME, HTTP_AUTHORIZATION=f"Token {token[1]}").status_code == 401


def test_the_digest_is_no_secret(token):
    assert holding(token[0].digest).get(ME).status_code == 401


@pytest.mark.parametrize(
    "end",
    [
        lambda token: Token.objects.filter(pk=token.pk).update(revoked=timezone.now()),
        lambda token: Token.objects.filter(pk=token.pk).update(expires=timezone.now()),
        lambda token: type(token.user).objects.filter(pk=token.user_id).update(is_active=False),
        lambda token: token.delete(),
    ],
    ids=["revoked", "expired", "owner deactivated", "deleted"],
)
def test_it_ends_with_the_next_request(end, token):
    client = holding(token[1])
    assert client.get(ME).status_code == 200
    end(token[0])
    assert client.get(ME).status_code == 401


def test_the_clock_of_the_database_says_when_it_ends(token, monkeypatch):
    """A day behind on our side makes no dead token live."""
    Token.objects.filter(pk=token[0].pk).update(expires=timezone.now() - timedelta(hours=1))
    yesterday = timezone.now() - timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: yesterday)
    assert holding(token[1]).get(ME).status_code == 401


def test_it_does_no_more_than_its_owner(world, own):
    client = bearer(world.cast["viewer"], "read", "annotate", "export")
    assert client.get(f"/api/v1/assignments/{world.own.assignment.pk}/").status_code == 404
    assert client.post("/api/v1/assignments/", {"document": str(world.own.document.pk)}, format="json").status_code == 403


def test_it_loses_a_corpus_with_its_owner(world):
    person = world.cast["annotator"]
    client = bearer(person, "annotate")
    url = f"/api/v1/assignments/{world.own.assignment.pk}/"
    assert client.get(url).status_code == 200
    Membership.objects.filter(user=person).delete()
    assert client.get(url).status_code == 404


def test_a_role_that_was_cut_is_cut_in_the_next_write(world):
    person = world.cast["annotator"]
    client = bearer(person, "annotate")
    words = [fragment(world.own.document.text, "45,000 RMB")]
    item = {"id": new(), "layer": "FIGURE", "label": "MONEY", "fragments": words}
    Membership.objects.filter(user=person).update(role="viewer")
    body = {"base": 1, "changes": [change("create", "span", item)]}
    assert client.post(f"/api/v1/assignments/{world.own.assignment.pk}/changes/", body, format="json").status_code == 403


@pytest.mark.parametrize(("scope", "status"), [("read", 403), ("annotate", 201), ("export", 403)])
def test_a_manager_adds_articles_with_the_scope_that_writes(scope, status, person):
    factories.membership(factories.corpus("reports"), person, "manager")
    client = bearer(person, scope)
    response = client.post("/api/v1/corpora/reports/articles/", {"title": "T", "text": "Some words."}, format="json")
    assert response.status_code == status


@pytest.mark.parametrize(("scope", "status"), [("read", 403), ("annotate", 403), ("export", 200)])
def test_a_corpus_is_downloaded_with_the_scope_export(scope, status, person):
    factories.membership(factories.corpus("reports"), person, "viewer")
    client = bearer(person, scope)
    assert client.get("/api/v1/corpora/reports/export/?format=native").status_code == status


def test_the_refusal_names_the_scope_that_is_missing(person):
    response = bearer(person, "read").post("/api/v1/assignments/", {}, format="json")
    assert "annotate" in response.json()["detail"]


@pytest.mark.parametrize("scope", ["annotate", "export"])
def test_every_scope_includes_reading(scope, person):
    assert bearer(person, scope).get("/api/v1/spans/").status_code == 200


def test_its_last_use_is_noted_once_a_minute(token):
    client = holding(token[1])
    client.get(ME)
    first = Token.objects.get(pk=token[0].pk).last_used
    assert first is not None
    with CaptureQueriesContext(connection) as queries:
        client.get(ME)
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]
    Token.objects.filter(pk=token[0].pk).update(last_used=first - timedelta(minutes=2))
    client.get(ME)
    assert Token.objects.get(pk=token[0].pk).last_used > first - timedelta(seconds=1)


def test_a_clock_of_ours_that_is_behind_notes_no_use_twice(token, monkeypatch):
    client = holding(token[1])
    client.get(ME)
    first = Token.objects.get(pk=token[0].pk).last_used
    yesterday = timezone.now() - timedelta(days=1)
    monkeypatch.setattr("corpus.api.authentication.timezone.now", lambda: yesterday)
    client.get(ME)
    assert Token.objects.get(pk=token[0].pk).last_used == first


# Sessions


UNSAFE = [
    ("post", "assignments/"), ("patch", "assignments/{assignment}/"), ("post", "assignments/{assignment}/changes/"),
    ("post", "corpora/own/articles/"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), UNSAFE)
def test_a_session_writes_only_with_its_csrf_token(method, path, world):
    client = session(world.cast["manager"], csrf=False)
    response = getattr(client, method)(f"/api/v1/{path.format(assignment=world.own.assignment.pk)}", {}, format="json")
    assert response.status_code == 403
    assert "CSRF" in response.json()["detail"]


@pytest.mark.parametrize(("method", "path"), UNSAFE)
def test_a_page_of_another_host_cannot_write(method, path, world):
    client = session(world.cast["manager"])
    url = f"/api/v1/{path.format(assignment=world.own.assignment.pk)}"
    response = getattr(client, method)(url, {}, format="json", HTTP_ORIGIN="https://elsewhere.example")
    assert response.status_code == 403


def test_no_answer_opens_the_api_to_other_hosts(reader):
    response = reader.get(ME, HTTP_ORIGIN="https://elsewhere.example")
    assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_logging_out_ends_the_session_of_the_api_too(person):
    client = session(person)
    assert client.get(ME).status_code == 200
    client.logout()
    assert client.get(ME).status_code == 401
