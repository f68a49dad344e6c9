"""A reading that is submitted after an adjudication began is included: it adds differences, and what was decided stays."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from annotations.assign import reopen, submit
from annotations.documents.build import document as native
from annotations.models import AdjudicationDecision, AdjudicationInput, Assignment, Plan, Scheme
from annotations.write import frozen_inputs
from annotations.write.adjudicate import ACCEPT, DROP, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.errors import BeingAdjudicated, CannotAdjudicate, Closed
from annotations.write.include import include_later_readings
from tests import factories, readings
from tests.annotations.pages.conftest import as_, corpus, page, people, queries
from tests.api.world import session

__all__ = ["as_", "corpus", "page", "people", "queries"]


def other_status(named):
    """As the second reading has it, and another value of a figure in which the first two agree."""
    named["event"][1]["status"] = "expected"
    named["count"][1]["attributes"] |= {"low": 171, "high": 171}


@pytest.fixture
def three(corpus, people):
    """Who read, and who reads later."""
    cast = [people.annotator, *(factories.user(name) for name in ("ben", "cid"))]
    for account in cast[1:]:
        factories.membership(corpus, account, "annotator")
    return cast


@pytest.fixture
def pair(corpus, three):
    return readings.readings(corpus, three[:2], [readings.no_edit, readings.some_differences])


@pytest.fixture
def begun(pair, people):
    frozen_inputs.compared.clear()
    return start(pair[0].document, people.reviewer)[0]


@pytest.fixture
def late(begun, pair, three, corpus):
    """A third reading of the text, with some marks that the first two agree in and some that they do not."""
    [reading] = readings.readings(corpus, three[2:], [other_status], pair[0].document)
    return reading


def gold(begun):
    body = native(Assignment.objects.get(pk=begun.gold_id))
    return {
        name: value for name, value in body.items() if name in ("mentions", "events", "attributions", "measure_refs", "relations")
    }


def draft(begun, group, outcome=ACCEPT, reader="A"):
    base = Assignment.objects.get(pk=begun.gold_id).revision
    return DecisionDraft(uuid.uuid4(), str(group.location), outcome, base, reader)


def decide_all(begun, who, reader="A"):
    while undecided := AdjudicationState(begun).undecided:
        decide(begun, who, draft(begun, undecided[0], reader=reader))


def test_what_was_decided_stays_and_differences_are_added(begun, late, people):
    decide_all(begun, people.reviewer)
    before, decided = gold(begun), AdjudicationDecision.objects.count()
    names = {str(group.location) for group in AdjudicationState(begun).differences}
    assert AdjudicationState(begun).left_out == 1
    assert include_later_readings(begun, people.reviewer) == 1
    state = AdjudicationState(begun)
    assert (gold(begun), AdjudicationDecision.objects.count(), state.left_out) == (before, decided, 0)
    added = {str(group.location) for group in state.undecided}
    assert added
    assert not added & names, "what was decided is not asked again"
    assert {str(group.location) for group in state.differences} == names | added
    assert any(group.kind == "mark" for group in state.undecided), "the figure on which the first two agree"
    agreed = AdjudicationDecision.objects.filter(outcome="auto").count()
    assert state.counts["auto"] == agreed - sum(
        str(each.location) in added for each in state.groups if each.location in state.kept
    )
    row = AdjudicationInput.objects.get(assignment=late)
    assert (row.letter, row.revision, row.user, row.at is not None) == ("C", late.revision, people.reviewer, True)
    assert include_later_readings(begun, people.reviewer) == 0


def test_the_later_version_is_accepted_or_the_earlier_one_kept(begun, late, people):
    decide_all(begun, people.reviewer)
    include_later_readings(begun, people.reviewer)
    [figure] = [
        group for group in AdjudicationState(begun).undecided if group.kind == "mark" and group.location.layer == "FIGURE"
    ]
    before = gold(begun)
    decide(begun, people.reviewer, draft(begun, figure, reader="A"))
    assert gold(begun) == before, "as the first two have it"
    decide(begun, people.reviewer, draft(begun, figure, reader="C"))
    values = [mark["attributes"].get("low") for mark in gold(begun)["mentions"] if mark["layer"] == "FIGURE"]
    assert 171 in values
    assert len(gold(begun)["mentions"]) == len(before["mentions"]), "the same mark with another value"
    decide(begun, people.reviewer, draft(begun, figure, DROP))
    assert len(gold(begun)["mentions"]) == len(before["mentions"]) - 1


def test_the_gold_is_submitted_once_the_added_ones_are_decided_and_the_reading_is_closed_until_then(begun, late, people):
    decide_all(begun, people.reviewer)
    readings.look_at_all(begun, people.reviewer)
    include_later_readings(begun, people.reviewer)
    with pytest.raises(BeingAdjudicated):
        reopen(late)
    decide_all(begun, people.reviewer)
    readings.look_at_all(begun, people.reviewer)
    submit(begun.gold, people.reviewer)
    deviations = AdjudicationState(begun).deviations
    assert deviations[late.pk] > 0
    with pytest.raises(Closed):
        include_later_readings(begun, people.reviewer)


def test_another_process_sees_the_readings_that_were_taken_in(begun, late, people):
    known = dict(frozen_inputs.compared)
    include_later_readings(begun, people.reviewer)
    frozen_inputs.compared.clear()
    frozen_inputs.compared.update(known)  # as a process has it that did not take them in
    assert len(AdjudicationState(begun).inputs) == 3


def test_a_reading_under_another_version_of_the_scheme_is_not_taken_in(begun, late, people):
    other = Scheme.objects.create(code="other", version="9", name="Other")
    Assignment.objects.filter(pk=late.pk).update(scheme=other)
    with pytest.raises(CannotAdjudicate, match="another version of the scheme"):
        include_later_readings(begun, people.reviewer)
    assert AdjudicationInput.objects.count() == 2


def test_the_database_holds_who_took_a_reading_in_and_when(begun, late, people):
    with pytest.raises(IntegrityError, match="adjudication_input_later"), transaction.atomic():
        AdjudicationInput.objects.create(adjudication=begun, assignment=late, revision=1, position=2, user=people.reviewer)


def test_by_page_and_api_for_the_holder_alone(as_, begun, late, people):
    address = begun.get_absolute_url()
    assert "/include/" in as_("reviewer").get(address).text
    assert "/include/" not in as_("manager").get(address).text
    as_("manager").post(f"{address}include/")
    api = f"/api/v1/adjudications/{begun.pk}/readings/"
    assert session(people.manager).post(api).status_code == 403
    assert AdjudicationInput.objects.count() == 2
    text = as_("reviewer").post(f"{address}include/", follow=True).text
    assert "Included: 1 reading." in text
    assert "not included" not in text
    answer = session(people.reviewer).post(api)
    assert (answer.status_code, answer.json()["left_out"]) == (200, 0)
    assert [each["at"] is None for each in answer.json()["inputs"]] == [True, True, False]
    assert session(people.reviewer).post(api, {"all": True}, format="json").status_code == 400


# Fewer readings than planned


@pytest.fixture
def planned(pair, corpus, people):
    plan = Plan.objects.create(
        corpus=corpus, name="Three", readings=3, share=100, created_by=people.manager, state="running", started=pair[0].created
    )
    return plan.articles.create(document=pair[0].document, needed=3, chance=1, position=0, live=2)


def test_two_of_three_planned_readings_need_a_reason_which_is_kept_and_shown(as_, planned, pair, people):
    with pytest.raises(CannotAdjudicate, match="2 of 3 planned readings"):
        start(pair[0].document, people.reviewer, " ")
    reviewer, address = as_("reviewer"), f"/articles/{pair[0].document.article_id}/adjudicate/"
    assert "The plan asks for 3 readings." in reviewer.get(address).text
    assert reviewer.post(address).status_code == 409
    text = reviewer.post(address, {"reason": "The third has left."}, follow=True).text
    assert "Begun with fewer readings than planned:" in text
    assert "The third has left." in text


def test_by_api_the_reason_comes_with_the_beginning(planned, pair, people):
    client, address = session(people.reviewer), f"/api/v1/documents/{pair[0].document.pk}/adjudication/"
    refused = client.post(address)
    assert (refused.status_code, refused.json()["code"]) == (409, "cannot-adjudicate")
    made = client.post(address, {"reason": "The third has left."}, format="json")
    assert (made.status_code, made.json()["reason"]) == (201, "The third has left.")


def test_as_many_as_planned_and_a_finished_plan_need_none(planned, pair, people):
    Plan.objects.update(state="done")
    assert start(pair[0].document, people.reviewer, "Not needed")[0].reason == ""


def test_nobody_else_adjudicates_with_a_reason(planned, pair, people):
    with pytest.raises(PermissionDenied):
        start(pair[0].document, people.annotator, "I may not.")
