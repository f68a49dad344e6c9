"""A save by a program goes past most of Django, and is answered word for word like one that goes through all of it."""

import pytest
from rest_framework.throttling import SimpleRateThrottle

from annotations.models import Assignment, Span
from tests.api.world import bearer, change, fragment, holding, new

# What a plain request does not say: the long way is taken, and the answer is the same.
LONG = "application/json, text/plain"


@pytest.fixture
def program(own, world):
    return bearer(world.cast["annotator"], "annotate")


@pytest.fixture
def figure(own):
    words = [fragment(own.document.text, "45,000 RMB")]
    return change("create", "span", {"id": new(), "layer": "FIGURE", "label": "MONEY", "fragments": words})


def posted(client, url, body, **headers):
    kind = {"content_type": "application/json"} if isinstance(body, str) else {"format": "json"}
    return client.post(url, body, **kind, **headers)


def is_short(response):
    """No view was looked up for it."""
    return response.wsgi_request.resolver_match is None


def both(client, url, body, *, goes_short=True):
    """The answer, when both ways give the same one."""
    short, long = posted(client, url, body), posted(client, url, body, HTTP_ACCEPT=LONG)
    assert (is_short(short), is_short(long)) == (goes_short, False)
    assert (short.status_code, dict(short.items()), short.content) == (long.status_code, dict(long.items()), long.content)
    return short


def test_a_save_and_its_repetition(program, changes_url, own, figure):
    body = {"base": 1, "changes": [figure]}
    first = posted(program, changes_url, body)
    assert (first.status_code, is_short(first)) == (200, True)
    assert both(program, changes_url, body).json() == first.json()
    assert Span.objects.filter(assignment=own.assignment, quote="45,000 RMB").count() == 1


def test_what_is_wrong_with_the_body(program, changes_url, figure):
    refused = {
        '{"base": 1': 400,
        "[]": 400,
        '{"base": 1, "base": 1, "changes": []}': 400,
        '{"base": 1, "changes": [], "more": 1}': 400,
        '{"base": 1, "changes": []}': 400,
        '{"base": 1, "changes": [{"id": "x"}]}': 400,
        '{"changes": 7}': 400,
        '"\\u0000"': 400,
        "\N{SNOWMAN}": 400,
    }
    assert {body: both(program, changes_url, body).status_code for body in refused} == refused
    assert both(program, changes_url, {"changes": [figure]}).status_code == 428
    assert both(program, changes_url, {"base": 99, "changes": [figure]}).status_code == 400


def test_what_the_rules_refuse(program, changes_url, own, figure):
    wrong = figure | {"object": figure["object"] | {"label": "NONE"}}
    assert both(program, changes_url, {"base": 1, "changes": [wrong]}).json()["code"] == "invalid"
    assert posted(program, changes_url, {"base": 1, "changes": [figure]}).status_code == 200
    assert both(program, changes_url, {"base": 1, "changes": [wrong]}).json()["code"] == "id-reused"
    late = change("update", "span", {"id": own.ids["figure"], "attributes": {"approximate": True}})
    assert posted(program, changes_url, {"base": 1, "changes": [late]}).status_code == 200
    again = change("update", "span", {"id": own.ids["figure"], "attributes": {"low": 299}})
    assert both(program, changes_url, {"base": 1, "changes": [again]}).json()["code"] == "conflict"
    gone = change("delete", "span", {"id": own.ids["actor"]})
    assert both(program, changes_url, {"base": 3, "changes": [gone]}).json()["code"] == "in-use"


def test_a_submitted_assignment(program, changes_url, own, figure):
    Assignment.objects.filter(pk=own.assignment.pk).update(status="submitted", submitted="2026-01-01T00:00:00Z")
    assert both(program, changes_url, {"base": 1, "changes": [figure]}).json()["code"] == "submitted"


@pytest.mark.parametrize("body", ["{", '{"base": 1, "changes": []}', None])
@pytest.mark.parametrize(("role", "status"), [("reviewer", 403), ("viewer", 404), ("foreign_manager", 404), ("site_admin", 403)])
def test_who_may_not_write_here_learns_nothing_else(world, changes_url, figure, role, status, body):
    client = bearer(world.cast[role], "annotate")
    assert both(client, changes_url, body or {"base": 1, "changes": [figure]}).status_code == status
    assert both(client, changes_url.replace("/changes", "")[:-37] + new() + "/changes/", "{").status_code == 404


def test_who_is_not_let_in_goes_the_long_way(own, world, changes_url, figure):
    body = {"base": 1, "changes": [figure]}
    person = world.cast["annotator"]
    for client, status in ((bearer(person, "read"), 403), (holding("wrong"), 401), (holding(""), 401)):
        assert both(client, changes_url, body, goes_short=False).status_code == status


def test_everything_else_goes_the_long_way(program, annotator, changes_url, figure):
    body = {"base": 1, "changes": [figure]}
    assert not is_short(program.get(changes_url))
    assert not is_short(posted(annotator, changes_url, body))  # with a session
    assert not is_short(posted(program, f"{changes_url}?x=1", body))
    assert not is_short(program.post(changes_url, "x", content_type="text/plain"))
    assert not is_short(program.post(changes_url))
    program.cookies["anything"] = "1"
    assert not is_short(posted(program, changes_url, body))


def test_without_tls_it_is_sent_to_https(program, changes_url, figure, settings):
    settings.SECURE_SSL_REDIRECT = True
    body = {"base": 1, "changes": [figure]}
    assert posted(program, changes_url, body).status_code == 301
    answer = program.post(changes_url, body, format="json", secure=True)
    assert (answer.status_code, is_short(answer)) == (200, True)


def test_a_host_that_is_not_ours_is_refused(program, changes_url, figure):
    answer = posted(program, changes_url, {"base": 1, "changes": [figure]}, HTTP_HOST="elsewhere.example")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")


def test_both_ways_count_for_one_limit(program, changes_url, figure, monkeypatch):
    rates = {"user": "3/hour", "anon": None, "export": None, "import": None}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    body = {"base": 1, "changes": [figure]}
    assert posted(program, changes_url, body).status_code == 200
    assert both(program, changes_url, body).status_code == 200
    refused = both(program, changes_url, body)
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many")
    assert 1100 < int(refused["Retry-After"]) <= 1200
