"""Sanctions lists over HTTP: versions with their changes, entries, an upload, and who decides."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob

from registry.list_versions.load import load
from registry.list_versions.submit import submit
from registry.models import SanctionsList
from registry.tasks import load_list_version
from tests import factories
from tests.registry.list_versions.conftest import FIXTURES

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/lists/"


@pytest.fixture
def manager(client):
    corpus, person = factories.corpus("ours"), factories.user("manager")
    factories.membership(corpus, person, "manager")
    sanctions_list = SanctionsList.objects.create(code="TEST", name="Test list", corpus=corpus)
    for name in ("v1", "v2", "v3_is_held"):
        load(submit(sanctions_list, FIXTURES[name].encode(), name=f"{name}.csv"))
    client.force_login(person)
    return client


def rows(client, path, **query):
    return client.get(ROOT + path, query).json()["results"]


def test_a_list_tells_its_versions(manager):
    (row,) = rows(manager, "")
    assert (row["code"], row["corpus"], row["issuer"], row["current"], row["held"]) == ("TEST", "ours", None, 2, 3)
    versions = rows(manager, "TEST/versions/")
    assert [(each["number"], each["state"], each["entries"]) for each in versions] == [
        (3, "held", 1),
        (2, "current", 4),
        (1, "past", 4),
    ]
    assert versions[0]["reasons"] == ["3 of 4 entries of the current version are gone (75.0 %)."]
    assert (versions[0]["published"], versions[0]["file"], len(versions[0]["sha256"])) == (None, "v3_is_held.csv", 64)


def test_changes_are_told_by_kind(manager):
    assert [row["ref"] for row in rows(manager, "TEST/versions/2/changes/", kind="added")] == FIXTURES["changes"]["added"]
    (removed,) = rows(manager, "TEST/versions/2/changes/", kind="removed")
    assert (removed["ref"], removed["change"], removed["names_gone"]) == ("TEST-003", "removed", ["MV Sample Star"])
    one, other = rows(manager, "TEST/versions/2/changes/")
    assert (one["ref"], one["change"], one["names_added"]) == ("TEST-001", "changed", ["Beispiel Handel"])
    assert (other["ref"], other["change"], other["respelled"]) == (
        "TEST-004",
        "respelled",
        [["Muster Bank AG", "MUSTER BANK AG"]],
    )
    assert manager.get(f"{ROOT}TEST/versions/2/changes/", {"kind": "other"}).status_code == 400


def test_entries_are_those_of_the_current_version_or_of_another_one(manager):
    assert [row["ref"] for row in rows(manager, "TEST/entries/")] == ["TEST-001", "TEST-002", "TEST-004", "TEST-005"]
    assert [row["ref"] for row in rows(manager, "TEST/entries/", version=1, country="KP")] == ["TEST-001", "TEST-002", "TEST-003"]
    assert [row["ref"] for row in rows(manager, "TEST/entries/", version=3)] == ["TEST-001"]
    first = manager.get(f"{ROOT}TEST/entries/", {"limit": 3}).json()
    assert [row["ref"] for row in manager.get(first["next"]).json()["results"]] == ["TEST-005"]
    entry = manager.get(f"{ROOT}TEST/entries/TEST-003/").json()
    assert (entry["identifiers"], entry["last_version"], entry["remarks"]) == ([["imo", "1234567"]], 1, None)


def test_a_file_is_uploaded_and_loaded_by_the_worker(manager):
    def upload(**more):
        return manager.post(
            f"{ROOT}TEST/versions/", {"file": SimpleUploadedFile("v4.csv", FIXTURES["v2"].encode() + b"A; B\n"), **more}
        )

    response = upload(format="own")
    assert (response.status_code, response["Location"], response.json()["state"]) == (202, f"{ROOT}TEST/versions/4/", "loading")
    load_list_version(**ProcrastinateJob.objects.get(task_name="load_list_version").args)
    assert manager.get(response["Location"]).json()["state"] == "current"
    assert (upload().status_code, upload().json()["number"]) == (409, 4)
    assert upload(format="none").status_code == 400


def test_a_held_version_is_decided_once(manager):
    confirmed = manager.post(f"{ROOT}TEST/versions/3/confirm/")
    assert (confirmed.status_code, confirmed.json()["state"], confirmed.json()["decided_by"]) == (200, "current", "manager")
    again = manager.post(f"{ROOT}TEST/versions/3/refuse/")
    assert (again.status_code, again.json()["detail"]) == (409, "Version 3 of TEST is not held: it is current.")


def test_a_public_list_is_changed_by_administrators_only(manager):
    SanctionsList.objects.create(code="UN", name="Public")
    assert manager.get(f"{ROOT}UN/").json()["corpus"] is None
    response = manager.post(f"{ROOT}UN/look/")
    assert (response.status_code, response.json()["detail"]) == (403, "This needs an administrator.")
