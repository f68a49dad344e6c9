"""A merge of many marks over HTTP and on its page: accepted, how far it is, finished, undone before it is."""

import re

import pytest

from annotations.models import Merge
from annotations.write import merge_entities
from annotations.write.merge_slices import carry_on, carry_out

PROGRESS = re.compile(r'<progress id="progress" max="(\d+)" value="(\d+)"')


@pytest.fixture
def long(world, own, monkeypatch):
    """One of what points at the gold's group is moved at once; the answer to the merge."""
    monkeypatch.setattr(merge_entities, "AT_ONCE", 1)
    gone, kept = own.gold_ids["group"], own.ids["group"]
    answer = world.clients["reviewer"].post(f"/api/v1/entities/{gone}/merge/", {"into": kept}, format="json")
    assert answer.status_code == 202
    return answer


def page_of(client, answer):
    response = client.get(f"/merges/{answer.json()['id']}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_accepted_with_the_address_of_its_progress(world, long):
    body = long.json()
    assert (body["state"], body["moved"]) == ("merging", 1)
    assert body["total"] > 1
    assert long["Location"] == f"/api/v1/merges/{body['id']}/"
    assert world.clients["reviewer"].get(long["Location"]).json() == body


def test_the_address_says_when_it_is_finished(world, long):
    carry_out(long.json()["id"])
    body = world.clients["viewer"].get(long["Location"]).json()
    assert (body["state"], body["moved"]) == ("merged", body["total"])


def test_it_is_undone_before_it_is_finished(world, own, long):
    reviewer = world.clients["reviewer"]
    carry_on(long.json()["id"], 1, [])
    answer = reviewer.post(f"{long['Location']}undo/")
    assert (answer.status_code, answer.json()["state"], answer["Location"]) == (202, "undoing", long["Location"])
    carry_out(long.json()["id"])
    assert reviewer.get(long["Location"]).json()["state"] == "undone"


def test_its_page_shows_how_far_it_is_and_what_to_do(world, long):
    body = long.json()
    text = page_of(world.clients["reviewer"], long)
    assert PROGRESS.search(text).groups() == (str(body["total"]), "1")
    assert f'data-live="{long["Location"]}"' in text
    assert "No worker is running" in text
    assert f'action="/merges/{body["id"]}/undo/"' in text
    assert f'action="/merges/{body["id"]}/undo/"' not in page_of(world.clients["viewer"], long)


def test_its_page_says_when_it_is_finished(world, long):
    carry_out(long.json()["id"])
    text = page_of(world.clients["reviewer"], long)
    marks = Merge.objects.get().marks
    assert f"Merged: {marks} mark" in text
    assert 'data-live="no"' in text
    assert not PROGRESS.search(text)


def test_a_merge_on_the_page_leads_to_its_progress(world, own, monkeypatch):
    monkeypatch.setattr(merge_entities, "AT_ONCE", 1)
    reviewer = world.clients["reviewer"]
    answer = reviewer.post(f"/entities/{own.gold_ids['group']}/merge/?into={own.ids['group']}")
    progress = f"/merges/{Merge.objects.get().pk}/"
    assert answer["Location"] == progress
    carry_out(Merge.objects.get().pk)
    assert reviewer.post(f"{progress}undo/")["Location"] == progress
