"""Bringing things in by API."""

import pytest

from corpus.models import Intake, Token
from tests.api.world import holding, session

URL = "/api/v1/corpora/own/intakes/"


@pytest.mark.parametrize("body", [None, {}])
def test_silence_opens_no_intake(world, own, body):
    manager, before = session(world.cast["manager"]), Intake.objects.count()
    answer = manager.post(URL, body, format="json")
    assert answer.status_code == 400
    assert "The body is empty: give urls" in answer.json()["errors"][0]["detail"]
    assert Intake.objects.count() == before
    assert manager.post(URL, {"urls": []}, format="json").status_code == 202, "one for files"


def test_an_upload_of_the_page_is_not_one_of_a_program(world, own):
    """Both come by the API: one with the session of somebody who looks at the page, the other with a token."""
    manager = world.cast["manager"]
    _, secret = Token.issue(manager, "nightly", ["annotate"])
    for client, door in ((session(manager), "page"), (holding(secret), "api")):
        answer = client.post(URL, {"urls": []}, format="json")
        assert Intake.objects.get(pk=answer.json()["id"]).door == door == answer.json()["door"]
