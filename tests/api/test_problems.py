"""Every error is application/problem+json: a code, a reason, and nothing that is nobody's business."""

import errno

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.db import DataError, IntegrityError, OperationalError
from rest_framework.exceptions import Throttled

from corpus.api.problems import CODES, problem_of, problem_response
from tests import factories
from tests.api.world import bearer, new


def test_an_error_has_type_title_status_code_and_detail(reader):
    response = reader.get("/api/v1/nothing/")
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body == {
        "type": "/api/v1/docs/#not-found",
        "title": "Not found.",
        "status": 404,
        "code": "not-found",
        "detail": "It does not exist, or you don't have access to it.",
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "spans", 404), ("get", "spans/x", 404), ("get", "corpora/a%0Ab/", 404), ("get", "assignments/not-a-uuid/", 404), ("get", "", 404),
        ("post", "spans/", 405), ("delete", "assignments/{pk}/", 405), ("put", "assignments/{pk}/", 405),
        ("options", "spans/", 405), ("trace", "spans/", 405), ("get", "spans/?limit=0", 400),
    ],
)  # fmt: skip
def test_whatever_is_wrong_with_the_address_or_method(method, path, status, db):
    client = bearer(factories.user(), "annotate")
    response = client.generic(method.upper(), f"/api/v1/{path.format(pk=new())}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status


def test_a_media_type_that_cannot_be_given_is_406(reader):
    response = reader.get("/api/v1/spans/", HTTP_ACCEPT="application/xml")
    assert (response.status_code, response.json()["code"]) == (406, "not-acceptable")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (DataError("secret value"), 400), (IntegrityError("secret value"), 400), (RecursionError("secret value"), 400),
        (UnicodeEncodeError("utf-8", "secret value", 0, 1, "x"), 400), (RequestDataTooBig("secret value"), 413),
        (TooManyFieldsSent("secret value"), 400), (OperationalError("secret value"), 503), (OSError(errno.ENOSPC, "secret value"), 507),
        (OSError(errno.ENOENT, "secret value"), 500), (PermissionDenied(), 403),
        (RuntimeError("secret value"), 500), (KeyError("secret value"), 500), (Throttled(wait=1.2), 429),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_code_or_database_raise_becomes_a_problem(error, status):
    response = problem_response(error, {})
    assert response.status_code == response.data["status"] == status
    assert "secret" not in str(response.data["detail"] if status != 413 else "")
    assert response.data["code"] in CODES


def test_what_nobody_foresaw_is_logged_under_the_id_that_it_tells(caplog):
    response = problem_response(RuntimeError("the cause"), {})
    name = response.data["detail"].split()[-1].rstrip(".")
    [record] = caplog.records
    assert name in record.getMessage()
    assert "the cause" in str(record.exc_info[1])
    assert "the cause" not in str(response.data)


@pytest.mark.parametrize(("error", "least"), [(Throttled(wait=0.2), 1), (Throttled(wait=61.5), 62), (OperationalError(), 1)])
def test_an_answer_to_try_again_says_when(error, least):
    assert problem_response(error, {})["Retry-After"] == str(least)


def test_each_field_that_is_wrong_is_named(world, own):
    response = world.clients["manager"].post("/api/v1/corpora/own/articles/", {"text": ""}, format="json")
    assert response.status_code == 400
    assert {error["field"] for error in response.json()["errors"]} == {"title", "text"}


def test_every_code_is_explained_where_its_type_points(reader):
    page = reader.get("/api/v1/docs/").content.decode()
    assert [code for code in CODES if f'id="{code}"' not in page] == []


def test_a_problem_is_its_own_answer():
    error = problem_of(PermissionDenied("why"))
    assert problem_of(error) is error
    assert str(error) == "forbidden: why"
