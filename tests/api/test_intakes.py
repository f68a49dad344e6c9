"""Bringing things in by API."""

import pytest

from corpus.models import Intake
from tests.api.world import session

URL = "/api/v1/corpora/own/intakes/"


@pytest.mark.parametrize("body", [None, {}])
def test_silence_opens_no_intake(world, own, body):
    manager, before = session(world.cast["manager"]), Intake.objects.count()
    answer = manager.post(URL, body, format="json")
    assert answer.status_code == 400
    assert "The body is empty: give urls" in answer.json()["errors"][0]["detail"]
    assert Intake.objects.count() == before
    assert manager.post(URL, {"urls": []}, format="json").status_code == 202, "one for files"
