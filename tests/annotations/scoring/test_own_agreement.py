"""Your agreement: own readings beside the gold that one may see, kinds of slips, and nothing of colleagues."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.models import Assignment
from annotations.plans.reread import take_again
from annotations.scoring.differences import PairDifference
from annotations.scoring.pairs import score
from annotations.scoring.profile import slip_of
from tests import factories
from tests.annotations.scoring.readings import read, rewrite, submitted
from tests.api.world import bearer

pytestmark = pytest.mark.django_db


@pytest.fixture
def gold(pair, people, text):
    """Ben has 3,000 where the gold has 300, and one mark less; Ann has what the gold has."""
    ben = pair[1]
    rewrite(
        ben,
        ("update", "span", {"id": ben.ids["figure"], "attributes": {"low": 3000, "high": 3000}}),
        ("delete", "link", {"id": ben.ids["link"]}),
        ("delete", "span", {"id": ben.ids["second"]}),
    )
    submitted(ben)
    made = read(text, people["reviewer"], role="adjudication")
    score()
    return made


@pytest.fixture
def see(corpus, client):
    def page(who):
        client.force_login(who)
        return client.get(f"/corpora/{corpus.slug}/agreement/own/")

    return page


def slips(answer):
    return {(line.slip, line.label): line.number for _, line, _ in answer.context["slips"]}


def test_everybody_sees_their_own_readings_and_how_they_differ(gold, people, see):
    ben = see(people["ben"])
    assert ("power of ten", "FIGURE.PEOPLE_COUNT") in slips(ben) or {kind for kind, _ in slips(ben)} >= {"power of ten"}
    assert {kind for kind, _ in slips(ben)} >= {"missed", "power of ten"}
    assert {kind for kind, _ in slips(see(people["ann"]))} <= {"entity", "source", "argument"}


def test_nothing_of_a_colleague_is_in_it(gold, pair, people, see):
    page = see(people["ben"]).content.decode()
    assert str(pair[1].pk) in page
    assert str(pair[0].pk) not in page
    assert "ann" not in {row.right for part in see(people["ben"]).context["parts"] for row in part[2].worked_out.scores}


def test_a_gold_that_one_may_not_see_is_not_compared(gold, pair, people, see):
    Assignment.objects.filter(pk=pair[1].pk).update(status="open", submitted=None)
    answer = see(people["ben"])
    assert slips(answer) == {}
    assert "None of your independent readings has a gold yet" in answer.content.decode()


def test_the_guideline_of_a_label_stands_beside_it(gold, corpus, people, see):
    [(_, layer_and_label)] = [key for key in slips(see(people["ben"])) if key[0] == "power of ten"]
    layer, label = layer_and_label.split(".")
    guideline = corpus.guidelines.create(layer=layer, label=label)
    guideline.versions.create(number=1, title="Counts", body="Read on.", user=people["manager"], at=timezone.now())
    assert f'href="{guideline.get_absolute_url()}"' in see(people["ben"]).content.decode()


def test_agreement_with_oneself_is_there_once_the_rereading_is_submitted(pair, people, text, see):
    before = timezone.now() - timedelta(days=40)
    Assignment.objects.filter(pk=pair[0].pk).update(submitted=before, created=before)
    assert "No rereadings yet" in see(people["ann"]).content.decode()
    again = take_again(people["ann"]).assignment
    factories.submitted(again)
    score()
    assert "No rereadings yet" not in see(people["ann"]).content.decode()
    assert "No rereadings yet" in see(people["ben"]).content.decode()


def test_the_same_by_api(gold, pair, corpus, people, see):
    address = f"/api/v1/corpora/{corpus.slug}/agreement/own/"
    answer = bearer(people["ben"], "read").get(address).json()
    assert {(each["slip"], each["label"]): each["count"] for each in answer["slips"]} == slips(see(people["ben"]))
    assert (answer["against"], answer["articles"], answer["readings"]) == ("gold", 1, 1)
    [part, _] = see(people["ben"]).context["parts"]
    assert {(each["measure"], each["layer"], each["value"]) for each in answer["measures"]} >= {
        (line.measure.measure, line.measure.layer, line.measure.value) for line in part[3]
    }
    [power] = [each for each in answer["slips"] if each["slip"] == "power of ten"]
    assert "3,000" in power["examples"][0]["difference"]["right"]
    again = bearer(people["ben"], "read").get(address, {"against": "again"}).json()
    assert (again["articles"], again["slips"]) == (0, [])
    assert bearer(people["ben"], "read").get(address, {"against": "each"}).status_code == 400
    assert bearer(people["ann"], "read").get(address).json()["slips"] != answer["slips"]


def test_by_api_neither_managers_nor_other_names_lead_to_readings_of_somebody(gold, corpus, people):
    address = f"/api/v1/corpora/{corpus.slug}/agreement/own/"
    assert bearer(people["manager"], "read").get(address).json()["articles"] == 0
    assert bearer(people["manager"], "read").get(address, {"reader": "ben"}).status_code == 400
    assert bearer(people["viewer"], "read").get(address).status_code == 403


def test_viewers_have_none(gold, people, see):
    assert see(people["viewer"]).status_code == 403


@pytest.mark.parametrize(
    ("kind", "outcome", "left", "right", "slip"),
    [
        ("mark", "only left", "ORG: a", "", "missed"),
        ("mark", "only right", "", "ORG: a", "extra"),
        ("mark", "label", "ORG: a", "PERSON: a", "label"),
        ("mark", "words", "ORG: the bank", "ORG: the bank of", "too long"),
        ("mark", "words", "ORG: the bank of", "ORG: bank", "too short"),
        ("mark", "words", "ORG: the bank", "ORG: bank of", "words"),
        ("value", "low, high", "low 1,000; high 1,000", "low 10,000; high 10,000", "power of ten"),
        ("value", "low", "low 0.5", "low 50", "power of ten"),
        ("value", "low", "low 300", "low 310", "value"),
        ("value", "low", "low –", "low 310", "value"),
        ("value", "low", "low 0", "low 310", "value"),
        ("value", "unit", "unit day", "unit month", "value"),
        ("source", "source", "A", "–", "source"),
    ],
)
def test_kinds_of_slips(kind, outcome, left, right, slip):
    assert slip_of(PairDifference(kind, outcome, "ACTOR", 0, 1, "a", left, right, ("ORG",))) == slip
