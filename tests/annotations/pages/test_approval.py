"""Approval: verdicts on submitted readings, those that await one, and gold of the approved ones."""

from uuid import UUID

import pytest
from django.db import Error, connection, transaction

from annotations.approval.verdicts import awaiting_verdict
from annotations.assign import reopen, submit
from annotations.bin import put
from annotations.models import Adjudication, Assignment, TeamSettings, Transition
from tests import factories, marks, readings
from tests.annotations.pages.conftest import submitted

LIST = "/corpora/reports/approval/"


@pytest.fixture
def reading(corpus, people):
    TeamSettings.objects.create(corpus=corpus, approve=100)
    [made] = readings.readings(corpus, [people.annotator], [readings.no_edit])
    return made


def approve(browser, reading, **fields):
    return browser.post(f"/annotate/{reading.pk}/approve/", {"revision": reading.revision} | fields, follow=True)


def test_a_reading_waits_until_a_reviewer_approves_it(as_, page, reading):
    assert f"/annotate/{reading.pk}/approve/" in page("reviewer", LIST)
    assert "Approve…" in page("reviewer", f"/annotate/{reading.pk}/")
    assert "Approve…" not in page("annotator", f"/annotate/{reading.pk}/")
    assert "approved." in approve(as_("reviewer"), reading, note="Well read.").text
    assert "No reading awaits a verdict" in page("reviewer", LIST)
    assert "Make gold of 1 approved reading" in page("reviewer", LIST)
    assert "My annotations approved" in page("annotator", "/notices/")
    assert 'approved: <span dir="auto">Well read.' in page("annotator", f"/annotate/{reading.pk}/")
    step = Transition.objects.get(assignment=reading)
    assert (step.kind, step.revision, step.note) == ("approved", reading.revision, "Well read.")
    reading.refresh_from_db()
    assert reading.status == "submitted"
    assert as_("reviewer").get(f"/annotate/{reading.pk}/approve/").status_code == 403


def test_a_verdict_ends_when_the_reading_is_submitted_again(as_, page, reading):
    approve(as_("reviewer"), reading)
    reopen(reading)
    submit(reading)
    assert f"/annotate/{reading.pk}/approve/" in page("reviewer", LIST)


def test_a_verdict_on_another_revision_is_refused(as_, reading):
    answer = as_("reviewer").post(f"/annotate/{reading.pk}/approve/", {"revision": reading.revision - 1})
    assert answer.status_code == 409
    assert "look at it again" in answer.text
    assert not Transition.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("viewer", 404), ("annotator", 403), ("reviewer", 200), ("stranger", 404)])
def test_who_gives_a_verdict(role, status, as_, reading):
    assert as_(role).get(f"/annotate/{reading.pk}/approve/").status_code == status
    Assignment.objects.filter(pk=reading.pk).update(status="open", submitted=None)
    if status == 200:
        assert as_(role).get(f"/annotate/{reading.pk}/approve/").status_code == 403


def test_nobody_approves_their_own_reading(as_, page, corpus, people):
    TeamSettings.objects.create(corpus=corpus, approve=100)
    own = submitted(factories.document("The firm paid.", corpus=corpus), people.reviewer)
    assert "No reading awaits a verdict" in page("reviewer", LIST)
    assert as_("reviewer").get(f"/annotate/{own.pk}/approve/").status_code == 403
    assert as_("manager").get(f"/annotate/{own.pk}/approve/").status_code == 200


def test_the_share_is_drawn_by_ids_and_by_nobody(corpus, people):
    for number in range(40):
        text = factories.document(f"Text {number}", corpus=corpus)
        submitted(text, people.annotator, pk=UUID(int=number))
    settings = TeamSettings.objects.create(corpus=corpus)
    drawn = {}
    for share in (0, 20, 60, 100):
        settings.approve = share
        settings.save()
        drawn[share] = {row.pk.int for row in awaiting_verdict(corpus, people.reviewer)}
    assert [len(each) for each in drawn.values()] == [0, 6, 22, 40]
    assert drawn[20] < drawn[60]


def test_approved_readings_become_gold(as_, page, reading, people):
    approve(as_("reviewer"), reading)
    answer = as_("reviewer").post(LIST, follow=True)
    assert "Gold of 1 reading made. Still approved: 0." in answer.text
    made = Adjudication.objects.get()
    assert (made.gold.status, made.gold.annotator) == ("submitted", people.reviewer)
    decisions = made.decisions.all()
    assert {row.outcome for row in decisions} == {"accepted"}
    assert {row.taken.assignment_id for row in decisions} == {reading.pk}
    reading.refresh_from_db()
    assert reading.released
    counts = [(row.spans.count(), row.events.count(), row.claims.count()) for row in (reading, made.gold)]
    assert counts[0] == counts[1] != (0, 0, 0)
    assert f"All {decisions.count()} differences decided" in page("reviewer", made.get_absolute_url())


def test_a_reading_in_the_bin_does_not_keep_its_annotator_from_making_gold(as_, page, reading, people):
    approve(as_("reviewer"), reading)
    mistake = factories.assignment(reading.document, people.reviewer)
    put.delete(mistake, people.manager, "Opened by mistake.")
    assert "Make gold of 1 approved reading" in page("reviewer", LIST)


def test_what_cannot_become_gold_is_named_and_the_others_do(as_, reading, corpus, people):
    broken = factories.assignment(factories.document("The firm paid.", corpus=corpus), people.annotator)
    marks.event(broken, "paid", "PAY")
    factories.submitted(broken)
    twice = factories.document("Read twice.", corpus=corpus)
    both = [submitted(twice, person) for person in (people.annotator, people.manager)]
    own = submitted(factories.document("Read by the reviewer.", corpus=corpus), people.annotator)
    submitted(own.document, people.reviewer)
    for row in (reading, broken, *both, own):
        row.refresh_from_db()
        approve(as_("manager" if row.annotator == people.annotator else "reviewer"), row)
    answer = as_("reviewer").post(LIST, follow=True)
    assert [row.gold.document_id for row in Adjudication.objects.all()] == [reading.document_id]
    assert "Gold of 1 reading made. Still approved: 0." in answer.text
    [refused] = [str(each) for each in answer.context["messages"] if "No gold" in str(each)]
    assert refused.startswith("No gold of “The firm paid.”: The changes violate rules of the scheme.")


def test_the_list_asks_no_more_with_more_readings(queries, reading, corpus, people):
    before = queries("reviewer", LIST)
    for number in range(5):
        submitted(factories.document(f"Text {number}", corpus=corpus), people.annotator)
    assert queries("reviewer", LIST) == before


def test_verdicts_only_grow(as_, reading):
    approve(as_("reviewer"), reading)
    for statement in ("UPDATE annotations_transition SET note = 'x'", "DELETE FROM annotations_transition"):
        with pytest.raises(Error, match="only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_share_is_a_setting(as_, page, corpus):
    assert "Set the share of readings to approve" in page("manager", LIST)
    sent = {"self_service": "on", "open_at_once": 3, "lapse_days": 14, "approve": 25, "practice_tests": 0, "practice_least": 80}
    sent |= {"suggestions": "on", "control_share": 10}
    assert "Team settings saved." in as_("manager").post("/corpora/reports/settings/team/", sent, follow=True).text
    assert "25 % of the submitted readings" in page("reviewer", LIST)
