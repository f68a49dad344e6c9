"""A reading as it was at a revision, its steps, and where two readings of a text differ."""

import pytest

from annotations.assign import give_back, submit
from annotations.documents.build import document
from annotations.models import Assignment
from tests import factories
from tests.annotations.scoring.readings import read, rewrite
from tests.api.world import TEXT, bearer


@pytest.fixture
def corpus(db):
    made = factories.corpus("reports")
    factories.adopt(made)
    return made


@pytest.fixture
def people(corpus):
    cast = {name: factories.user(name) for name in ("ann", "ben", "reviewer")}
    for name, person in cast.items():
        factories.membership(corpus, person, "reviewer" if name == "reviewer" else "annotator")
    return cast


@pytest.fixture
def reading(corpus, people):
    return read(factories.document(TEXT.format(canary="seed"), corpus=corpus), people["ann"])


def address(of, rest=""):
    return f"/api/v1/assignments/{of.pk}/{rest}"


def test_a_reading_is_read_as_it_was(reading, people):
    api = bearer(people["ann"], "read")
    before = api.get(address(reading)).json()
    rewrite(
        reading,
        ("update", "span", {"id": reading.ids["figure"], "attributes": {"low": 3000, "high": 3000}}),
        ("delete", "link", {"id": reading.ids["link"]}),
        ("update", "claim", {"id": reading.ids["claim"], "note": "Who?"}),
        ("update", "event", {"id": reading.ids["event"], "status": "expected"}),
    )
    after = api.get(address(reading)).json()
    assert (before["revision"], after["revision"]) == (1, 2)
    earlier = api.get(address(reading), {"revision": 1}).json()
    for array in ("mentions", "attributions", "events", "measure_refs", "entities"):
        assert earlier[array] == before[array], array
    assert earlier["relations"] == before["relations"] != after["relations"]
    assert api.get(address(reading), {"revision": 2}).json() == after
    assert api.get(address(reading), {"revision": 0}).json()["mentions"] == []
    assert [api.get(address(reading), {"revision": value}).status_code for value in ("3", "-1", "x", "")] == [400] * 4


def test_offsets_in_utf16_and_the_text_go_with_an_earlier_revision(reading, people):
    answer = bearer(people["ann"], "read").get(address(reading), {"revision": 0, "text": "1", "offsets": "utf16"}).json()
    assert answer["revision"] == 0
    assert answer["text"]


@pytest.mark.usefixtures("stays_whole")
def test_steps_are_listed_oldest_first(corpus, people):
    made = factories.assignment(factories.document("Nothing.", corpus=corpus), people["ann"])
    submit(made)
    give_back(made, people["reviewer"], "Look at the figures")
    rows = bearer(people["ann"], "read").get(address(made, "transitions/")).json()["results"]
    assert [(row["kind"], row["user"], row["note"], row["reason"]) for row in rows] == [
        ("submitted", "ann", None, None),
        ("returned", "reviewer", "Look at the figures", None),
    ]
    assert bearer(people["ben"], "read").get(address(made, "transitions/")).status_code == 404


def test_two_readings_of_a_text_differ(reading, people):
    other = read(reading.document, people["ben"])
    rewrite(other, ("update", "span", {"id": other.ids["figure"], "attributes": {"low": 3000, "high": 3000}}))
    api = bearer(people["reviewer"], "read")
    answer = api.get(address(reading, "differences/"), {"with": other.pk}).json()
    assert (answer["left"], answer["left_revision"], answer["right_revision"]) == (str(reading.pk), 1, 2)
    assert ("value", "low 300; high 300", "low 3,000; high 3,000") in {
        (row["kind"], row["left"], row["right"]) for row in answer["differences"]
    }


def test_whoever_sees_one_reading_learns_nothing_of_another(reading, people, corpus):
    other = read(reading.document, people["ben"])
    elsewhere = factories.assignment(factories.document("Nothing.", corpus=corpus), people["ben"])
    assert bearer(people["ann"], "read").get(address(reading, "differences/"), {"with": other.pk}).status_code == 404
    api = bearer(people["reviewer"], "read")
    wrong = ({"with": elsewhere.pk}, {"with": reading.pk}, {"with": "x"}, {})
    assert [api.get(address(reading, "differences/"), each).status_code for each in wrong] == [400] * 4
    assert document(Assignment.whole(reading.pk))["revision"] == 1
