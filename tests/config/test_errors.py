"""The page for an error needs nothing that may be what failed."""

import pytest
from django.test import RequestFactory, override_settings

from config.errors import full_disk, server_error
from config.static import HashedStaticFiles

NOT_COLLECTED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": f"{HashedStaticFiles.__module__}.{HashedStaticFiles.__qualname__}"},
}


@pytest.fixture
def not_collected(tmp_path):
    with override_settings(STORAGES=NOT_COLLECTED, STATIC_ROOT=tmp_path, DEBUG=False):
        yield


def test_an_error_is_named_before_the_static_files_are_collected(not_collected, client):
    client.raise_request_exception = False
    answer = client.get("/no-such-page/")
    assert answer.status_code == 500
    assert b"send this error code" in answer.content
    assert b"stylesheet" not in answer.content


def test_a_full_disk_is_told_before_the_static_files_are_collected(not_collected):
    answer = full_disk(OSError())
    assert answer.status_code == 507
    assert b"stylesheet" not in answer.content


def test_an_error_page_has_its_style_sheet():
    answer = server_error(RequestFactory().get("/"))
    assert b'<link rel="stylesheet" href="/static/css/site' in answer.content


def test_an_address_that_only_takes_forms_says_so(client, django_user_model, db):
    """A browser opens it again out of its history. Programs get a problem, as always."""
    client.force_login(django_user_model.objects.create_user("someone"))
    page = client.get("/corpora/reports/settings/team/")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert b"Go back to the page with the form" in page.content
    assert client.delete("/api/v1/me/")["Content-Type"] == "application/problem+json"
