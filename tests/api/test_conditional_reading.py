"""ETag and If-None-Match: what a client has already is not sent again, and nobody learns by it."""

import pytest
from django.conf import settings

PATHS = ["corpora/", "corpora/own/", "corpora/own/articles/", "corpora/own/intakes/", "spans/", "figures/", "events/", "claims/",
         "entities/", "base-entities/", "measures/", "assignments/", "me/", "schema/"]  # fmt: skip


@pytest.fixture
def paths(own):
    more = [f"articles/{own.article.pk}/", f"documents/{own.document.pk}/", f"assignments/{own.assignment.pk}/",
            f"assignments/{own.assignment.pk}/changes/"]  # fmt: skip
    return [f"/api/v1/{path}" for path in PATHS + more]


def test_every_answer_to_get_has_an_etag_that_spares_the_second(paths, annotator):
    for path in paths:
        first = annotator.get(path)
        assert first["ETag"], path
        again = annotator.get(path, HTTP_IF_NONE_MATCH=first["ETag"])
        assert (again.status_code, again.content) == (304, b""), path
        assert again["ETag"] == first["ETag"]


def test_another_etag_gets_the_whole(paths, annotator):
    for path in paths:
        assert annotator.get(path, HTTP_IF_NONE_MATCH='"something else"').status_code == 200


def test_the_etag_of_a_list_changes_with_its_rows(own, annotator):
    first = annotator.get("/api/v1/spans/?drafts=true")
    type(own.assignment).objects.all()  # nothing written yet
    assert annotator.get("/api/v1/spans/?drafts=true")["ETag"] == first["ETag"]
    own.assignment.spans.filter(pk=own.ids["part"]).update(revision=9)
    assert annotator.get("/api/v1/spans/?drafts=true")["ETag"] != first["ETag"]


def test_two_people_share_no_answer(own, world, annotator):
    mine = annotator.get("/api/v1/spans/?drafts=true")
    theirs = world.clients["viewer"].get("/api/v1/spans/?drafts=true", HTTP_IF_NONE_MATCH=mine["ETag"])
    assert theirs.status_code == 200


def test_an_answer_is_kept_by_nobody_in_between(paths, annotator):
    for path in paths:
        response = annotator.get(path)
        assert response["Cache-Control"] == "private, no-cache"
        assert {"Authorization", "Cookie"} <= {word.strip() for word in response["Vary"].split(",")}


def test_an_error_is_not_kept_at_all(annotator):
    response = annotator.get("/api/v1/nothing/")
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


def test_a_write_has_no_etag(own, annotator, changes_url):
    response = annotator.post(changes_url, {"base": 1, "changes": []}, format="json")
    assert "ETag" not in response


def test_a_head_request_tells_the_headers_only(annotator):
    response = annotator.head("/api/v1/spans/?drafts=true")
    assert (response.status_code, response.content) == (200, b"")


def test_every_answer_has_the_headers_of_the_site(paths, annotator):
    for path in paths:
        response = annotator.get(path)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["Referrer-Policy"] == settings.SECURE_REFERRER_POLICY
