"""Events are added up by API: the sum with its reasons, or the pairs that may count the same."""

import pytest
from rest_framework.test import APIClient

from annotations.models import Event
from questions.coreference.judge import judge
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(gold, indexed):
    return {event.key: event for event in Event.objects.all()}


@pytest.fixture
def get(seeded):
    def get(*rows, by=None, **query):
        client = APIClient()
        client.force_authenticate(by or factories.user(is_superuser=True))
        ids = ",".join(str(getattr(row, "pk", row)) for row in rows)
        return client.get(f"/api/v1/corpora/{seeded.slug}/ask/events/sum/", {"rows": ids, **query})

    return get


def test_the_sum_with_its_terms_and_reasons(get, events):
    answer = get(events["EV07"], events["EV08"])
    body = answer.json()
    assert answer.status_code == 200
    assert {name: body["total"][name] for name in ("has_low", "has_high")} == {"has_low": True, "has_high": True}
    assert float(body["total"]["low"]) == float(body["total"]["high"]) == 300
    assert [term["id"] for term in body["terms"]] == [str(events[key].pk) for key in ("EV07", "EV08")]
    assert [term["row"]["values"][0]["figures"][0]["quote"] for term in body["terms"]] == ["170", "130"]
    assert (body["measure"]["label"], body["approximate"]) == ("PEOPLE", False)
    (pair,) = body["pairs"]
    assert (pair["reason"], pair["judgement"]) == ("parts_of_whole", None)
    assert body["rests_on"]["marked"] == 1


def test_pairs_that_may_count_the_same(get, events):
    answer = get(events["EV07"], events["EV08"], events["EV16"])
    body = answer.json()
    assert (answer.status_code, body["code"]) == (409, "overlap")
    assert answer["Content-Type"] == "application/problem+json"
    assert body["detail"].startswith("2 of 3 pairs of rows may count the same")
    assert [(pair["one"], pair["other"], pair["reason"]) for pair in body["pairs"]] == [
        (str(events[one].pk), str(events["EV16"].pk), "unknown") for one in ("EV07", "EV08")
    ]
    boss = factories.user(is_superuser=True)
    for one in ("EV07", "EV08"):
        judge(events[one], events["EV16"], "different", boss, "Photographed elsewhere.")
    body = get(events["EV07"], events["EV08"], events["EV16"]).json()
    assert float(body["total"]["low"]) == 320
    assert body["pairs"][1]["note"] == "Photographed elsewhere."


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "x",
        "x,y",
        "3b241101-e2bb-4255-8caf-4136c566a962,3b241101-e2bb-4255-8caf-4136c566a963",
        "\x00,\x00",
        ",".join(["a" * 32] * 60),
    ],
)
def test_bad_rows_are_refused_by_name(get, events, rows):
    answer = get(rows)
    assert answer.status_code == 400
    assert "rows" in answer.content.decode()


@pytest.mark.parametrize("query", [{"whose": "nobody"}, {"status": "any"}])
def test_bad_parameters_are_refused_by_name(get, events, query):
    answer = get(events["EV07"], events["EV08"], **query)
    assert answer.status_code == 400
    assert next(iter(query)) in answer.content.decode()


def test_a_parameter_that_is_there_twice_is_refused(get, events):
    assert get(events["EV07"], events["EV08"], whose=["best", "gold"]).status_code == 400


def test_by_whom(get, events, seeded):
    viewer, annotator, outsider = factories.user(), factories.user(), factories.user()
    factories.membership(seeded, viewer, "viewer")
    factories.membership(seeded, annotator, "annotator")
    asked = [get(events["EV07"], events["EV08"], by=who).status_code for who in (viewer, annotator, outsider)]
    assert asked == [200, 400, 404]
