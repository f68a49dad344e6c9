"""What was skipped or has lapsed keeps its marks and counts nowhere; the database takes no other reason than those of the list."""

import pytest
from django.db import IntegrityError, transaction

from annotations.assign import give_back, move, reopen, skip, submit
from annotations.documents.selection import Selection
from annotations.models import Assignment, Span, Transition
from annotations.scoring.pairs import pending
from annotations.write.errors import Closed, Invalid, Released, WithoutPlace
from questions.address.question import read
from questions.asking import rests_on
from questions.asking.asker import Asker
from questions.index.compare import disagreements
from questions.index.keep import take_up
from questions.models import Entry, IndexedAssignment
from questions.past.cut import present
from tests import factories
from tests.annotations.conftest import new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]


def skipped(assignment):
    skip(assignment, assignment.annotator, "copy")
    assignment.refresh_from_db()
    return assignment


def lapsed(assignment):
    move(assignment, "lapsed", None)
    return assignment


@pytest.mark.parametrize("step", [skipped, lapsed])
def test_nothing_is_written_or_submitted_until_it_is_taken_up_again(assignment, span, step):
    step(assignment)
    with pytest.raises(WithoutPlace, match="Take it up again"):
        span("170", "PEOPLE")
    with pytest.raises(WithoutPlace, match="Take it up again, then submit it"):
        submit(assignment)
    reopen(assignment)
    span("170", "PEOPLE")
    assert Assignment.objects.get().status == "open"


def test_skipping_twice_is_one_step(assignment):
    skipped(skipped(assignment))
    assert Transition.objects.count() == 1


def test_a_gold_is_not_skipped(document, annotator, scheme):
    gold = factories.assignment(document, annotator, role="adjudication", status="open")
    with pytest.raises(Invalid, match="gold cannot be skipped"):
        skip(gold, annotator, "copy")
    with pytest.raises(Closed):
        skip(factories.submitted(gold), annotator, "copy")


def test_a_reviewer_can_return_it_too(assignment):
    give_back(skipped(assignment), factories.user("reviewer"), "It is on topic.")
    assert Assignment.objects.get().status == "open"


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "skipped"},
        {"kind": "skipped", "reason": "boredom"},
        {"kind": "skipped", "reason": "other"},
        {"kind": "lapsed", "reason": "copy"},
    ],
)
def test_the_database_knows_the_reasons(assignment, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Transition.objects.create(assignment=assignment, revision=0, at=assignment.created, **fields)


def test_the_database_lets_no_gold_give_its_place_away(document, annotator, scheme):
    gold = factories.assignment(document, annotator, role="adjudication")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=gold.pk).update(status="skipped", submitted=None)


@pytest.mark.parametrize("step", [skipped, lapsed])
def test_it_is_in_no_export_unless_its_status_is_asked_for(assignment, span, step):
    span("170", "PEOPLE")
    step(assignment)
    corpus = assignment.document.corpus
    rows = [Selection(**each).rows(corpus).count() for each in ({}, {"drafts": True}, {"annotator": "annotator", "drafts": True})]
    assert rows == [0, 0, 0]
    assert Selection.parse({"status": assignment.status}).rows(corpus).get().pk == assignment.pk
    assert Span.objects.count() == 1


def test_agreement_leaves_it_out(assignment, document, scheme):
    other = factories.assignment(document, factories.user("other"))
    for reading in (assignment, other):
        submit(reading)
    assert len(pending(document.corpus_id)) == 1
    reopen(other)
    assert len(pending(document.corpus_id)) == 1
    skipped(other)
    assert pending(document.corpus_id) == []


def test_the_index_of_questions_leaves_it_out(assignment, span):
    span("170", "PEOPLE")
    while take_up():
        pass
    assert (Entry.objects.count(), IndexedAssignment.objects.count()) == (1, 1)
    skipped(assignment)
    manager = factories.user("manager", is_superuser=True)
    assert rests_on.rests_on(Asker(read("events", []), assignment.document.corpus, manager), 0, present())["drafts"] == 0
    while take_up():
        pass
    assert (Entry.objects.count(), IndexedAssignment.objects.count()) == (0, 0)
    assert not list(disagreements())


def test_a_reviewer_who_skips_sees_other_readings_and_cannot_take_theirs_up_again(assignment, document):
    reviewer, another = factories.user("reviewer"), factories.user("another")
    for person in (reviewer, another):
        factories.membership(document.corpus, person, "reviewer")
    own = factories.assignment(document, reviewer)
    assert assignment not in Assignment.objects.for_user(reviewer)
    lapsed(own)
    assert assignment not in Assignment.objects.for_user(reviewer)
    reopen(own)
    skipped(own)
    submit(assignment)
    assert assignment in Assignment.objects.for_user(reviewer)
    with pytest.raises(Released, match="Ask another reviewer"):
        reopen(own)
    give_back(own, another, "Please read it all the same.")
    assert Assignment.objects.get(pk=own.pk).status == "open"
    submit(own)
    assert Assignment.objects.get(pk=own.pk).independent is None


@pytest.mark.parametrize(("role", "independent"), [("annotator", 1), ("reviewer", 0)])
def test_what_a_reviewer_changes_after_submitting_is_not_independent(assignment, annotator, document, write, role, independent):
    submit(factories.assignment(document, factories.user("other")))
    annotator.memberships.update(role=role)
    submit(assignment)
    reopen(assignment)
    write(("create", "entity", {"id": new(), "type": "GROUP", "name": "Workers"}))
    submit(assignment)
    assert Assignment.objects.get(pk=assignment.pk).independent == independent
