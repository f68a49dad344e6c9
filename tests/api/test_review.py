"""By API: what would be stored, each repair by the key that refuses it, and what becomes of it."""

import pytest

from corpus.intake.review import hold
from corpus.models import IntakeItem
from corpus.readers.extracted import Record
from tests.api.world import session

TEXT = "Title\n\nThe factory in Dandong closed its doors last week because the visas of\n\u00a0its workers had ended.\n"


@pytest.fixture
def manager(world, own):
    return session(world.cast["manager"])


@pytest.fixture
def item(own):
    return f"/api/v1/intake-items/{hold(own.intake, Record.of_text(TEXT, name='a.txt')).pk}/"


def test_a_look_tells_what_would_be_stored(manager, item):
    look = manager.get(item).json()
    assert look["counts"] == ["2 segments", "1 line join", "1 stray no-break space removed"]
    assert look["text"].endswith("visas of its workers had ended.\n")
    assert [(repair["op"], repair["raw"], repair["clean"]) for repair in look["repairs"]] == [("rejoin", "\n\u00a0", " ")]


def test_it_is_saved_without_the_refused_repair_and_only_once(manager, item):
    key = manager.get(item).json()["repairs"][0]["key"]
    saved = manager.post(f"{item}save/", {"refuse": [key]}, format="json").json()
    assert saved["outcome"] == "stored"
    assert "visas of\n" in IntakeItem.objects.get(pk=saved["id"]).document.text
    again = manager.post(f"{item}save/", {}, format="json")
    assert (again.status_code, again.json()["detail"]) == (422, "Already decided: stored.")


def test_what_is_left_out_can_still_be_saved(manager, item):
    assert manager.post(f"{item}leave/").json()["outcome"] == "left"
    assert manager.post(f"{item}save/", {}, format="json").json()["outcome"] == "stored"


def test_a_repair_that_there_is_not_is_told(manager, item):
    answer = manager.post(f"{item}save/", {"refuse": ["rejoin@1-9999"]}, format="json")
    assert answer.status_code == 422
    assert "this text has no repair" in answer.json()["detail"]
