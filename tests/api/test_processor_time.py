"""A request that takes much of a processor is ended, tells what to do, leaves nothing behind, and lets others be answered meanwhile."""

from types import SimpleNamespace

import pytest

from annotations.models import Change, Claim
from config.front import processor_time
from config.front.application import WATCH
from corpus.api.problems import Problem
from corpus.budget import go_on
from tests import factories
from tests.api.world import bearer, change, new

CLAIMS, SHORT = 1_000, 0.1  # each is held against each other one


@pytest.fixture
def reading(own, world):
    """The address of an empty one, a text of so many words, and its annotator."""
    text = " ".join(f"Word{number:04}" for number in range(CLAIMS))
    client = bearer(world.cast["annotator"], "read", "annotate")
    made = client.post("/api/v1/assignments/", {"document": str(factories.document(text, corpus=own.corpus).pk)}, format="json")
    return SimpleNamespace(address=f"/api/v1/assignments/{made.json()['id']}/", pk=made.json()["id"], text=text, client=client)


def claims(text, count):
    for number in range(count):
        start = 9 * number
        cue = {"start": start, "end": start + 8, "quote": text[start : start + 8]}
        stated = {"source_basis": "none", "mode": "indirect", "modality": "asserted"}
        yield change("create", "claim", {"id": new(), "cue": [cue], "content": [cue], **stated})


def save(reading, changes, base=0):
    return reading.client.post(f"{reading.address}changes/", {"base": base, "changes": changes}, format="json")


def test_a_body_that_asks_for_too_much_is_refused_and_leaves_nothing(reading, monkeypatch):
    monkeypatch.setattr(processor_time, "FREE", SHORT / 2)
    monkeypatch.setattr(processor_time, "SECONDS", SHORT)
    changes = list(claims(reading.text, CLAIMS))
    refused = save(reading, changes)
    assert (refused.status_code, refused.json()["code"]) == (503, "too-long")
    assert refused.json()["detail"] == f"It would take more than {SHORT:g} s of a processor. Send or ask for less in one request."
    assert not Claim.objects.filter(assignment=reading.pk).exists()
    assert not Change.objects.filter(assignment=reading.pk).exists()
    assert save(reading, changes[:20]).status_code == 200


def spin(request):
    go_on()
    return "answered"


@pytest.fixture
def front(monkeypatch):
    monkeypatch.setattr(processor_time, "FREE", -1)
    return processor_time.ProcessorTime(spin)


def of(account, **meta):
    return SimpleNamespace(user=SimpleNamespace(pk=account), META=meta)


def test_one_of_an_account_and_few_in_a_process_are_long(front):
    for account in range(processor_time.PLACES - 1):
        front.take_place(account)
    with pytest.raises(Problem, match="too-many"):
        front(of(0))
    assert front(of(9)) == front(of(9)) == "answered"  # its place is free again
    front.take_place("the last place")
    with pytest.raises(Problem, match="too-many"):
        front(of(9))


def test_a_request_ends_when_its_client_has_left(front):
    for left in (True, False):
        future = SimpleNamespace(done=lambda left=left: left, cancel=lambda: None)
        if left:
            with pytest.raises(Problem, match="too-long"):
                front(of(1, **{WATCH: lambda future=future: future}))
        else:
            assert front(of(1, **{WATCH: lambda future=future: future})) == "answered"


def test_what_is_short_takes_no_place(front, monkeypatch):
    monkeypatch.setattr(processor_time, "FREE", 1)
    monkeypatch.setattr(front, "take_place", pytest.fail)
    assert front(of(1)) == "answered"
