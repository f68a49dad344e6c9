"""Merging over HTTP, and events by place with everything that lies in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Span
from registry.models import Entity, Relation
from tests.api.world import change, new


@pytest.fixture
def foreign(world):
    return world.foreign


@pytest.fixture
def write(annotator, changes_url):
    """The one write, on the newest revision."""

    def send(*changes):
        base = annotator.get(changes_url).json()["revision"]
        return annotator.post(changes_url, {"base": base, "changes": list(changes)}, format="json")

    return send


@pytest.fixture
def places(own, write):
    """A province, a city in it, and the city's station, where something happens without words for it."""
    province, city, station = (
        Entity.objects.create(corpus=own.corpus, type=kind, name=name)
        for kind, name in (("TERRITORY", "Liaoning Province"), ("TERRITORY", "Dandong"), ("FACILITY", "Dandong Railway Station"))
    )
    Relation.objects.create(corpus=own.corpus, source=station, target=city, type="part_of", basis="inferred")
    Relation.objects.create(corpus=own.corpus, source=city, target=province, type="located_in")
    # Round in a ring, as people's mistakes go.
    Relation.objects.create(corpus=own.corpus, source=province, target=station, type="located_in")
    arguments = [{"role": "via", "entity": str(station.pk)}, {"role": "agent", "entity": own.ids["country"]}]
    assert write(change("update", "event", {"id": own.ids["event"], "arguments": arguments})).status_code == 200
    return province, city, station


def found(client, place):
    return [row["id"] for row in client.get("/api/v1/events/", {"drafts": "true", "place": str(place)}).json()["results"]]


def test_a_place_finds_what_happens_in_everything_that_lies_in_it(annotator, own, places):
    for place in places:
        assert found(annotator, place.pk) == [own.ids["event"]]


def test_who_only_acts_is_no_place(annotator, own, places):
    assert found(annotator, own.ids["country"]) == []


def test_a_place_that_one_may_not_see_finds_nothing(annotator, own, foreign):
    assert found(annotator, foreign.ids["country"]) == found(annotator, new()) == []


def test_a_deeper_place_takes_no_more_queries(annotator, own, places):
    def spent(place):
        with CaptureQueriesContext(connection) as queries:
            found(annotator, place.pk)
        return len(queries)

    spent(places[2])
    assert spent(places[0]) == spent(places[2])


def test_a_merge_is_answered_listed_and_undone(world, own):
    reviewer = world.clients["reviewer"]
    gone, kept = own.ids["group"], own.gold_ids["group"]
    answer = reviewer.post(f"/api/v1/entities/{gone}/merge/", {"into": kept}, format="json")
    assert answer.status_code == 201
    made = answer.json()
    assert (made["gone"], made["kept"], made["marks"], made["user"], made["undone_at"]) == (gone, kept, 1, "reviewer", None)
    assert str(Span.objects.get(pk=own.ids["actor"]).entity_id) == kept
    assert reviewer.get(f"/api/v1/corpora/{own.corpus.slug}/merges/").json()["results"] == [made]
    undone = reviewer.post(f"/api/v1/merges/{made['id']}/undo/").json()
    assert undone["undone_by"] == "reviewer"
    assert str(Span.objects.get(pk=own.ids["actor"]).entity_id) == gone


def test_an_open_page_learns_of_it_from_the_log(world, own, annotator):
    log = f"/api/v1/assignments/{own.assignment.pk}/changes/"
    before = annotator.get(log).json()["revision"]
    world.clients["reviewer"].post(f"/api/v1/entities/{own.ids['group']}/merge/", {"into": own.gold_ids["group"]}, format="json")
    told = {(row["kind"], row["op"]) for row in annotator.get(log, {"since": before}).json()["results"]}
    assert {("span", "update"), ("claim", "update"), ("entity", "delete")} <= told


@pytest.mark.parametrize("into", ["country", None, "nothing"])
def test_what_cannot_be_one_is_refused_with_the_reason(world, own, into):
    body = {"into": own.ids.get(into, new())} if into else {}
    answer = world.clients["reviewer"].post(f"/api/v1/entities/{own.ids['group']}/merge/", body, format="json")
    assert answer.status_code == {"country": 422, None: 400, "nothing": 404}[into]
    if into == "country":
        assert answer.json()["errors"][0]["code"] == "ACT-01"


def test_a_group_is_no_place_for_a_mark(own, write):
    """A2: an actor's mark under GROUP means no entity of type TERRITORY."""
    answer = write(change("update", "span", {"id": own.ids["actor"], "attributes": {"entity": own.ids["country"]}}))
    assert answer.status_code == 422
    assert {error["code"] for error in answer.json()["errors"]} == {"ACT-01"}
