"""A corpus as a stream: who may have it, of what it consists, and that it is one moment."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from annotations.annotate import apply_changes
from annotations.models import Assignment
from tests.api.world import World, bearer, change, fragment, new, session

URL = "/api/v1/corpora/own/export/"


def lines(response):
    assert response.status_code == 200
    return [json.loads(line) for line in response.getvalue().decode().splitlines()]


@pytest.fixture
def manager(own, world):
    return session(world.cast["manager"])


def test_a_line_is_one_assignment(own, manager):
    response = manager.get(URL, {"format": "native"})
    assert response["Content-Type"] == "application/x-ndjson"
    assert response["Content-Disposition"] == 'attachment; filename="own.jsonl"'
    assert response.streaming
    found = lines(response)
    assert {(line["annotator"], line["role"]) for line in found} >= {("annotator", "annotation"), ("reviewer", "adjudication")}
    assert all(line["format"].startswith("sanctions-gold/") for line in found)


def test_the_gold_alone(manager):
    assert [line["role"] for line in lines(manager.get(URL, {"format": "native", "gold": "1"}))] == ["adjudication"]


def test_the_marks_of_one_person(manager):
    found = lines(manager.get(URL, {"format": "native", "annotator": "annotator"}))
    assert [line["annotator"] for line in found] == ["annotator"]
    assert lines(manager.get(URL, {"format": "native", "annotator": "nobody"})) == []


def test_an_export_holds_what_one_may_see_and_no_more(own, world):
    viewer, annotator = world.clients["viewer"], world.clients["annotator"]
    assert {line["role"] for line in lines(viewer.get(URL, {"format": "native"}))} == {"adjudication"}
    assert [line["annotator"] for line in lines(annotator.get(URL, {"format": "native"}))] == ["annotator"]


@pytest.mark.parametrize(
    "query",
    [{}, {"format": "xml"}, {"format": "native", "gold": "yes"}, {"format": "native", "annotator": "a\x00"},
     {"format": "native", "annotator": "x" * 151}, {"format": "native", "corpus": "foreign"}, {"format": ""}],
    ids=str,
)  # fmt: skip
def test_a_wrong_parameter_is_400(query, manager):
    response = manager.get(URL, query)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_what_is_asked_for_as_lines_fails_as_a_problem(manager):
    response = manager.get(URL, {"format": "xml"}, HTTP_ACCEPT="application/x-ndjson")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert lines(manager.get(URL, {"format": "native"}, HTTP_ACCEPT="application/x-ndjson"))


def test_the_words_of_every_fragment_are_those_of_the_text(own, manager):
    for line in lines(manager.get(URL, {"format": "native"})):
        for mention in line["mentions"]:
            for part in mention["fragments"]:
                assert own.document.text[part["start"] : part["end"]] == part["quote"]


@pytest.mark.django_db(transaction=True)
def test_an_export_is_one_moment_while_others_write():
    """A writer moves one mark from the first assignment to the second and back, always one in all.

    Each line is read on its own; were it not one snapshot, some export would see none or two.
    """
    world = World()
    own = world.own
    words = [fragment(own.document.text, "45,000 RMB")]
    exporter = bearer(world.cast["manager"], "export")
    stop = []

    def write():
        here, there, at = own.assignment, own.gold, None
        try:
            while not stop:
                with transaction.atomic():
                    if at:
                        apply_changes(here, here.annotator, revision(here), [change("delete", "span", {"id": at})])
                    at = new()
                    item = {"id": at, "layer": "FIGURE", "label": "MONEY", "fragments": words}
                    apply_changes(there, there.annotator, revision(there), [change("create", "span", item)])
                here, there = there, here
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        moving = pool.submit(write)
        counts = []
        try:
            while revision(own.gold) == 1:
                time.sleep(0.01)
            while len(counts) < 15:
                found = lines(exporter.get(URL, {"format": "native"}))
                counts.append(sum(m["quote"] == "45,000 RMB" for line in found for m in line["mentions"]))
        finally:
            stop.append(True)
        moving.result()
    assert set(counts) == {1}
    assert revision(own.assignment) > 3, "the writer wrote"


def revision(assignment):
    return Assignment.objects.values_list("revision", flat=True).get(pk=assignment.pk)
