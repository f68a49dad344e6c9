"""What a reading is offered over the API: of whom, without what is marked or decided, in a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Assignment, Change, Plan, PracticeArticle, Span, SuggestionsShown, TeamSettings
from annotations.suggesters.serve import answer
from registry.models import Entity
from tests import factories, marks
from tests.annotations.conftest import new

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading(assignment):
    known(assignment, "Daily NK", "MEDIA")
    return assignment


def known(reading, name, type_):
    """An entity that nobody has made while reading."""
    return marks.entity(reading.document.corpus, name, type=type_, anonymous=False)


def served(reading):
    return answer(Assignment.whole(reading.pk)).native()


def words(reading):
    return [(each["fragments"][0]["quote"], each["label"]) for each in served(reading)["suggestions"] if each["kind"] == "span"]


FIGURES = [("300", "PEOPLE"), ("170", "ITEMS"), ("45,000 RMB per month", "MONEY")]


def test_numbers_and_known_names_are_offered(reading):
    assert words(reading) == [*FIGURES[:2], ("Daily NK", "MEDIA"), FIGURES[2]]
    whole = served(reading)
    assert (whole["arm"], whole["held"]) == ("on", 0)
    assert [each["code"] for each in whole["suggesters"]] == [
        "register",
        "memory",
        "measures",
        "sums",
        "figures",
        "claims",
        "triggers",
    ]
    marked = [each for each in whole["suggestions"] if each["kind"] == "span"]
    first = marked[0]
    assert first["attributes"]["low"] == 300
    assert [each["suggester"] for each in first["by"]] == ["figures"]
    name = marked[2]
    assert (name["attributes"], name["why"]) == ({"entity": str(Entity.objects.get().pk)}, "a name of Daily NK")


def test_offsets_count_utf_16_units_where_they_are_asked_for(reading, client):
    client.force_login(reading.annotator)
    address = f"/api/v1/assignments/{reading.pk}/suggestions/"
    points, units = (client.get(address + query).json()["suggestions"] for query in ("", "?offsets=utf16"))
    text = reading.document.text
    assert "\N{PILE OF POO}" in text
    for point, unit in zip(points, units, strict=True):
        start = point["fragments"][0]["start"]
        assert unit["fragments"][0]["start"] == len(text[:start].encode("utf-16-le")) // 2


def test_nothing_is_stored_until_it_is_shown(reading, client):
    address = f"/api/v1/assignments/{reading.pk}/suggestions/"
    client.force_login(reading.annotator)
    offered = client.get(address).json()
    digest = offered["digest"]
    assert (Span.objects.count(), Change.objects.count(), SuggestionsShown.objects.count()) == (0, 0, 0)
    for told in (digest, digest, "0" * 64):
        assert client.post(address, {"digest": told}, "application/json").status_code == 204
    shown = SuggestionsShown.objects.get()
    assert shown.digest == digest
    assert [item["by"] for item in shown.items] == [[by["suggester"] for by in each["by"]] for each in offered["suggestions"]]
    assert (Span.objects.count(), Change.objects.count()) == (0, 0)


def test_what_is_marked_or_decided_is_offered_no_more(reading, write, fragment):
    offered = {each["fragments"][0]["quote"]: each for each in served(reading)["suggestions"]}
    write(("create", "span", {"id": new(), "layer": "FIGURE", "label": "PEOPLE", "fragments": [fragment("300")]}))
    kept = {name: offered["170"][name] for name in ("kind", "layer", "label", "fragments", "by", "key")}
    write(("create", "outcome", {"id": new(), **kept, "outcome": "rejected"}))
    assert words(reading) == [("Daily NK", "MEDIA"), FIGURES[2]]
    write(("delete", "span", {"id": str(Span.objects.get().pk)}))
    assert words(reading) == [FIGURES[0], ("Daily NK", "MEDIA"), FIGURES[2]]


def test_the_text_is_read_once(reading, monkeypatch):
    first = words(reading)
    monkeypatch.setattr("annotations.suggesters.figures.suggest", lambda read: 1 / 0)
    assert words(reading) == first


@pytest.mark.parametrize("arm", ["control", "switched off", "practice", "test", "gold", "submitted"])
def test_readings_that_get_none(reading, corpus, annotator, arm):
    if arm == "control":
        reading.delete()
        reading = factories.assignment(reading.document, annotator, suggesting=False)
    elif arm == "switched off":
        TeamSettings.objects.create(corpus=corpus, suggestions=False)
    elif arm == "practice":
        reading.document.article.practice = True
        reading.document.article.save()
    elif arm == "test":
        plan = Plan.objects.create(corpus=corpus, name="Tests", created_by=annotator)
        PracticeArticle.objects.create(plan=plan, document=reading.document, kind="test", created_by=annotator)
    elif arm == "gold":
        reading = factories.assignment(reading.document, annotator, role="adjudication")
    elif arm == "submitted":
        factories.submitted(reading)
    whole = served(reading)
    assert (whole["arm"], whole["suggestions"], whole["suggesters"]) == ("control" if arm == "control" else "off", [], [])


def test_queries_do_not_grow_with_names_and_marks(reading):
    served(reading)
    with CaptureQueriesContext(connection) as few:
        served(reading)
    for name in ("Workers", "North", "RMB"):
        known(reading, name, "ORG")
    served(reading)
    with CaptureQueriesContext(connection) as many:
        served(reading)
    assert len(many) == len(few) <= 14
