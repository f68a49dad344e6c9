"""Which differences of pairs change a statement, and which an adjudication has decided: on the page and by API."""

import uuid

import pytest

from annotations.assign import submit
from annotations.models import Adjudication, Assignment
from annotations.scoring import worked_out
from annotations.scoring.pairs import score
from annotations.write.adjudicate import ACCEPT, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.undo_decision import undo
from tests import factories, readings
from tests.api.world import bearer, fragment

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(corpus, people):
    made = readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.some_differences])
    score()
    return made


@pytest.fixture
def adjudication(two, people):
    return start(two[0].document, people["reviewer"])[0]


def listed(client, corpus, **asked):
    return client.get(f"/corpora/{corpus.slug}/differences/", asked).context["lines"]


def kinds(client, corpus, **asked):
    return sorted((line.difference.kind, line.difference.outcome) for line in listed(client, corpus, **asked))


def decide_one(adjudication, chief, kind):
    state = AdjudicationState(Adjudication.objects.get(pk=adjudication.pk))
    group = next(group for group in state.undecided if group.kind == kind)
    base = Assignment.objects.get(pk=adjudication.gold_id).revision
    return decide(adjudication, chief, DecisionDraft(uuid.uuid4(), str(group.location), ACCEPT, base, "A"))


def finish(adjudication, chief):
    while undecided := AdjudicationState(Adjudication.objects.get(pk=adjudication.pk)).undecided:
        decide_one(adjudication, chief, undecided[0].kind)
    readings.look_at_all(adjudication, chief)
    return submit(Assignment.objects.get(pk=adjudication.gold_id))


def test_material_differences_are_those_that_change_a_statement(two, corpus, people, client):
    client.force_login(people["reviewer"])
    changing = kinds(client, corpus, material="1")
    assert ("event", "status") in changing
    assert ("value", "low, high") in changing
    assert ("argument", "count") in changing
    assert {kind for kind, _ in changing} == {"value", "event", "argument", "source"}
    others = kinds(client, corpus, material="0")
    assert sorted(changing + others) == kinds(client, corpus)
    assert kinds(client, corpus, material="0", kind="value") == []
    assert kinds(client, corpus, material="2") == kinds(client, corpus), "what is no choice asks for all"


def test_more_words_of_the_same_figure_change_no_statement(corpus, people, client):
    def other_words(named):
        named["before"][1]["fragments"] = [fragment(readings.TEXT, "be 300")]

    readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, other_words])
    score()
    client.force_login(people["reviewer"])
    page = client.get(f"/corpora/{corpus.slug}/differences/")
    assert page.context["counts"] == (len(page.context["lines"]), 0, 0)
    assert page.context["counts"].differences > 0


def test_what_an_adjudicator_decided_is_decided_until_it_is_undone(two, adjudication, corpus, people, client):
    chief = people["reviewer"]
    client.force_login(chief)
    assert kinds(client, corpus, decided="1") == []
    decide_one(adjudication, chief, "event")
    assert kinds(client, corpus, decided="1") == [("event", "status")]
    page = client.get(f"/corpora/{corpus.slug}/differences/")
    assert page.context["counts"].decided == 1
    assert "1 decided" in page.content.decode()
    undo(adjudication, chief, uuid.uuid4())
    assert kinds(client, corpus, decided="1") == []
    finish(adjudication, chief)
    score()
    assert kinds(client, corpus, decided="0") == []
    assert kinds(client, corpus, decided="1") == kinds(client, corpus) != []


def differing(adjudication):
    """Whose version was not accepted."""
    return adjudication.inputs.get(position=1).assignment.annotator.username


def test_what_was_not_beside_the_others_is_not_decided(two, adjudication, corpus, people, client):
    finish(adjudication, people["reviewer"])
    factories.membership(corpus, late := factories.user("late"), "annotator")
    reading = factories.assignment(two[0].document, late)
    factories.submitted(reading)
    Assignment.objects.filter(pk=reading.pk).update(independent=reading.revision)
    score()
    client.force_login(people["manager"])
    names = {frozenset((line.row.left, line.row.right)) for line in listed(client, corpus, decided="0")}
    assert names == {frozenset(("ann", "late")), frozenset(("ben", "late"))}
    assert {line.row.right for line in listed(client, corpus, decided="1", against="gold")} == {differing(adjudication)}
    assert {line.row.right for line in listed(client, corpus, decided="0", against="gold")} == {"late"}


def test_the_same_by_api_with_counts(two, adjudication, corpus, people):
    decide_one(adjudication, people["reviewer"], "event")
    api, address = bearer(people["reviewer"], "read"), f"/api/v1/corpora/{corpus.slug}/agreement/differences/"
    [row] = api.get(address).json()["results"]
    flags = [(each["material"], each["decided"]) for each in row["differences"]]
    assert row["counts"] == {
        "differences": len(flags),
        "material": sum(material for material, _ in flags),
        "decided": sum(decided for _, decided in flags),
    }
    assert row["counts"]["decided"] == 1
    [some] = api.get(address, {"material": "1", "decided": "0"}).json()["results"]
    assert [(each["material"], each["decided"]) for each in some["differences"]] == [
        each for each in flags if each == (True, False)
    ]
    assert some["counts"] == row["counts"], "of all of the kind and the label"
    [values] = api.get(address, {"kind": "value"}).json()["results"]
    assert values["counts"]["differences"] == len(values["differences"]) == 1
    assert [api.get(address, asked).status_code for asked in ({"material": "yes"}, {"decided": "2"})] == [400, 400]


def test_an_adjudication_takes_no_further_queries_for_each_text(
    two, adjudication, corpus, people, client, django_assert_max_num_queries
):
    client.force_login(people["reviewer"])
    client.get(f"/corpora/{corpus.slug}/differences/")
    worked_out.kept.clear()
    with django_assert_max_num_queries(70) as first:
        listed(client, corpus)
    for _ in range(2):
        document = factories.document(readings.TEXT, corpus=corpus)
        readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.some_differences], document)
        decide_one(start(document, people["reviewer"])[0], people["reviewer"], "event")
    score()
    worked_out.kept.clear()
    with django_assert_max_num_queries(len(first)):
        assert len({line.row.pk for line in listed(client, corpus, decided="1")}) == 2
