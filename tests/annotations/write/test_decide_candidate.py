"""Candidates of screening are decided by the one verb: who may, what it keeps, what was overtaken, and what never returns."""

import json
import uuid
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.queries.listable import listable_types
from annotations.write.decide_candidate import decide_candidate
from annotations.write.errors import Conflict, Invalid, Malformed, Reused
from annotations.write.merge_entities import merge
from annotations.write.merge_entities import undo as part
from annotations.write.screening_runs import carry_on, defer_unfinished, start, start_for_changed_lists
from corpus.db import round_trip
from registry.models import Decision, Entity, EntityIdentifier, ListCandidate, ListEntry, ListLink, ScreenedBy, ScreeningRun
from tests import factories, listed

pytestmark = pytest.mark.django_db
V1 = (
    "TEST-001; Example Trading Corp; alias: Exampel Trading Corporation; KP; 2016-03-02\nTEST-004; Muster Bank AG; DE; 2019-01-01"
)
ROLES = ("viewer", "annotator", "reviewer", "manager")


@pytest.fixture
def corpus():
    factories.scheme()
    made = factories.corpus()
    factories.adopt(made)
    version = listed.version("TEST", V1, "2024-05-15")
    ScreenedBy.objects.create(corpus=made, list=version.list)
    return made


@pytest.fixture
def people(corpus):
    made = {role: factories.user(role) for role in ROLES}
    for role, person in made.items():
        factories.membership(corpus, person, role)
    return made


@pytest.fixture
def candidate(corpus):
    entity(corpus, "Exampel Trading Corporation")
    screen(corpus)
    return ListCandidate.objects.get()


def entity(corpus, name, label="COMPANY"):
    return Entity.objects.create(corpus=corpus, name=name, type=label)


def screen(corpus):
    carry_on(start(corpus).pk)


def sent(candidate, match, **more):
    candidate.refresh_from_db()
    return {"id": str(uuid.uuid4()), "match": match, "entry": candidate.entry_digest, **more}


def decide(candidate, person, match, **more):
    return decide_candidate(candidate, person, sent(candidate, match, **more), "page")


def state(candidate):
    candidate.refresh_from_db()
    entity = Entity.objects.get(pk=candidate.entity_id)
    return candidate.state, entity.screening, [link.match for link in entity.list_links.all()]


def test_each_role_decides_what_it_may(candidate, people):
    with pytest.raises(PermissionDenied):
        decide(candidate, people["viewer"], "possible")
    with pytest.raises(PermissionDenied):
        decide(candidate, people["annotator"], "confirmed")
    decide(candidate, people["annotator"], "probable")
    assert state(candidate) == ("decided", "linked", ["probable"])
    revision = Entity.objects.get().revision
    decide(candidate, people["reviewer"], "confirmed", revision=revision)
    assert state(candidate) == ("decided", "linked", ["confirmed"])
    with pytest.raises(PermissionDenied):
        decide(candidate, people["annotator"], "withdrawn")
    decide(candidate, people["reviewer"], "withdrawn")
    assert state(candidate) == ("open", "candidates", [])


def test_a_decision_keeps_what_was_seen(candidate, people):
    made = decide(candidate, people["annotator"], "rejected", note="another firm")
    assert (made.version, made.entry_digest, made.explanation) == (1, candidate.entry_digest, candidate.explanation)
    assert (made.list, made.entry, str(made.list_version), made.note) == ("TEST", "TEST-001", "2024-05-15", "another firm")
    assert state(candidate) == ("decided", "no_match", ["rejected"])


def test_a_weak_or_contradicted_match_is_confirmed_with_a_note(corpus, candidate, people):
    Entity.objects.update(countries=["DE"])
    screen(corpus)
    with pytest.raises(Invalid, match="country"):
        decide(candidate, people["reviewer"], "confirmed")
    decide(candidate, people["reviewer"], "confirmed", note="moved in 2015")
    entity(corpus, "Muster Bank GmbH")
    screen(corpus)
    weak = ListCandidate.objects.get(ref="TEST-004")
    ListCandidate.objects.filter(pk=weak.pk).update(score=84)
    with pytest.raises(Invalid, match="the score is 84"):
        decide(weak, people["reviewer"], "confirmed")
    decide(weak, people["reviewer"], "probable")


def test_a_decision_is_sent_twice_and_made_once(candidate, people):
    body = sent(candidate, "possible")
    first, second = (decide_candidate(candidate, people["annotator"], body, "api") for _ in range(2))
    assert (first.pk, Decision.objects.count()) == (second.pk, 1)
    with pytest.raises(Reused):
        decide_candidate(candidate, people["annotator"], body | {"match": "rejected"}, "api")
    with pytest.raises(Malformed):
        decide_candidate(candidate, people["annotator"], body | {"match": "not_applicable"}, "api")


def test_two_persons_who_decide_at_once(candidate, people):
    decide(candidate, people["reviewer"], "confirmed")
    with pytest.raises(Conflict) as refused:
        decide(candidate, people["manager"], "rejected")
    (conflict,) = refused.value.conflicts
    assert (conflict["yours"]["match"], conflict["theirs"]["match"], conflict["theirs"]["reviewer"]) == (
        "rejected", "confirmed", "reviewer"
    )  # fmt: skip
    with pytest.raises(Conflict):
        decide(candidate, people["manager"], "rejected", revision=1)
    assert Decision.objects.count() == 1


def test_a_list_that_changes_under_the_card(corpus, candidate, people):
    body = sent(candidate, "confirmed")
    listed.version("TEST", V1.replace("KP", "CN"))
    for screened in (False, True):
        if screened:
            screen(corpus)
        with pytest.raises(Conflict) as refused:
            decide_candidate(candidate, people["reviewer"], body, "page")
        (conflict,) = refused.value.conflicts
        current = ListEntry.objects.current().get(ref="TEST-001").digest
        assert (conflict["yours"]["entry"], conflict["theirs"]["entry"]) == (body["entry"], current)
    decide(candidate, people["reviewer"], "confirmed")


def test_rejected_does_not_come_back_by_a_merge(corpus, candidate, people):
    decide(candidate, people["annotator"], "rejected")
    other = entity(corpus, "Exampel Trading Corp")
    screen(corpus)
    assert ListCandidate.objects.get(entity=other).state == "open"
    gone = Entity.objects.get(pk=candidate.entity_id)
    done = merge(gone, other, people["reviewer"])
    (row,) = ListCandidate.objects.all()
    assert state(row) == ("decided", "no_match", ["rejected"])  # before anybody screens
    screen(corpus)
    (row,) = ListCandidate.objects.all()
    assert (row.entity_id, row.state, ListLink.objects.get().match) == (other.pk, "decided", "rejected")
    part(done, people["reviewer"])
    assert state(row) == ("open", "candidates", [])
    screen(corpus)
    assert {(str(each.entity_id), each.state) for each in ListCandidate.objects.all()} == {
        (str(gone.pk), "decided"), (str(other.pk), "open")
    }  # fmt: skip


def test_a_run_whose_worker_died_gets_another_job(corpus):
    run = start(corpus)
    assert start(corpus) == run
    defer_unfinished()
    carry_on(run.pk)
    run.refresh_from_db()
    assert run.finished


def test_a_list_that_changed_is_screened_against_without_anybody(corpus):
    assert start_for_changed_lists() == []  # nobody has screened the corpus yet
    screen(corpus)
    assert start_for_changed_lists() == []
    listed.version("TEST", V1.replace("KP", "CN"))
    (run,) = start_for_changed_lists()
    assert (run.trigger, run.user, run.versions) == ("list", None, {"TEST": 2})
    assert start_for_changed_lists() == []  # it goes on
    carry_on(run.pk)
    assert start_for_changed_lists() == []


def test_without_a_list_nothing_is_screened(people):
    other = factories.corpus()
    with pytest.raises(Invalid, match="Choose a list"):
        start(other)
    with pytest.raises(PermissionDenied):
        start(other, people["manager"])


def test_a_decision_takes_four_round_trips(candidate, people, monkeypatch):
    """Who may decide, what is known, the decision with its link, and the state that follows from them, which brings the commit."""
    trips, original = [], round_trip.sent
    body = sent(candidate, "rejected")
    monkeypatch.setattr(round_trip, "sent", lambda *arguments: (trips.append(1), original(*arguments))[1])
    with CaptureQueriesContext(connection) as queries:
        made = decide_candidate(candidate, people["annotator"], body, "page")
    assert (len(trips), len(queries)) == (4, 22)
    stored = Decision.objects.get()
    assert {field.attname: getattr(made, field.attname) for field in Decision._meta.concrete_fields} == {
        field.attname: getattr(stored, field.attname) for field in Decision._meta.concrete_fields
    }


def test_commands(corpus, candidate):
    out = StringIO()
    entity(corpus, "Muster Bank GmbH")
    call_command("screen", corpus=corpus.slug, stdout=out)
    assert "entities compared: 1; candidates: 1 new, 0 changed, 0 gone, 2 open" in out.getvalue()
    call_command("explain_match", candidate.pk, stdout=out)
    assert "the same, word for word" in out.getvalue()
    assert "says the same" in out.getvalue()
    ListCandidate.objects.filter(pk=candidate.pk).update(explanation=candidate.explanation | {"score": 3})
    call_command("explain_match", candidate.pk, stdout=out)
    assert '"score": 100' in out.getvalue()


def test_listable_types_are_those_of_the_scheme(corpus):
    assert "VESSEL" in listable_types(corpus)
    assert "PLACE" not in listable_types(corpus)
    assert listable_types(factories.corpus()) == () or "VESSEL" in listable_types(factories.corpus())
    assert ScreeningRun.objects.count() == EntityIdentifier.objects.count() == 0
    assert json.dumps(listable_types(corpus))
