"""Rulings by API."""

import pytest

from annotations.guidelines.versions import create
from annotations.models import Ruling
from tests.api.world import new


@pytest.fixture
def address(own):
    text = {"title": "Companies", "body": "Mark the name."}
    made = create(own.corpus, "ACTOR.COMPANY", own.gold.annotator, **text)
    return f"/api/v1/guidelines/{made.guideline_id}/rulings/"


def body(own, **fields):
    return {"document": str(own.document.pk), "start": 0, "end": 5, "right": "ACTOR.COMPANY", "why": "A firm."} | fields


def test_a_ruling_is_written_and_listed(client_of, own, address):
    answer = client_of("reviewer").post(address, body(own), format="json")
    assert answer.status_code == 201
    row = answer.json()
    assert (row["quote"], row["fragments"], row["wrong"], row["version"]) == (own.document.text[:5], [[0, 5]], None, 1)
    assert client_of("reviewer").get(address).json()["results"] == [row]
    [hidden] = client_of("annotator").get(address).json()["results"]
    assert (hidden["quote"], hidden["document"], hidden["fragments"], hidden["why"]) == (None, None, None, "A firm.")


def test_refusals(client_of, own, world, address):
    for fields, status in [
        ({"document": str(world.foreign.document.pk)}, 400), ({"end": 0}, 400), ({"start": 5}, 400), ({"end": 10**6}, 400),
        ({"right": "ACTOR.GHOST"}, 422), ({"wrong": "ACTOR.COMPANY"}, 422), ({"decision": new()}, 400), ({"why": ""}, 400),
    ]:  # fmt: skip
        assert client_of("reviewer").post(address, body(own, **fields), format="json").status_code == status, fields
    assert client_of("annotator").post(address, body(own), format="json").status_code == 403
    assert client_of("foreign_manager").get(address).status_code == 404
    assert not Ruling.objects.exists()
