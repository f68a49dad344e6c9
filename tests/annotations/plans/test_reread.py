"""Reading one's own article again: drawn, late enough, blind to the first reading, and evidence of nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from annotations.assign import give_back, reopen, skip, submit
from annotations.documents.selection import Selection
from annotations.models import Assignment, Transition
from annotations.plans.reread import rereadable, take_again
from annotations.plans.take import NothingLeft, Paused
from annotations.scoring.pairs import score
from annotations.scoring.report import AgreementReport
from annotations.scoring.score_rows import AGAIN, EACH
from annotations.write.errors import Invalid, Released
from corpus.db.round_trip import round_trip
from questions.asking.access import access_of, access_statements
from questions.index.keep import rebuild
from questions.models import Entry
from tests import factories
from tests.annotations.scoring.readings import read
from tests.api.world import TEXT

pytestmark = pytest.mark.django_db


def aged(reading, days=31):
    Assignment.objects.filter(pk=reading.pk).update(
        submitted=timezone.now() - timedelta(days=days),
        independent=reading.revision,
        created=timezone.now() - timedelta(days=days),
    )
    reading.refresh_from_db()
    return reading


@pytest.fixture
def texts(corpus):
    return [factories.document(TEXT.format(canary=number), corpus=corpus) for number in range(2)]


@pytest.fixture
def first(texts, ann):
    return aged(read(texts[0], ann))


@pytest.fixture
def again(first, ann):
    return take_again(ann).assignment


def test_one_of_ones_own_articles_is_read_again_after_thirty_days_and_once(first, ann, ben):
    taken = take_again(ann)
    assert taken.is_new
    assert (taken.assignment.document_id, taken.assignment.scheme_id) == (first.document_id, first.scheme_id)
    assert (take_again(ann).assignment, take_again(ann).is_new) == (taken.assignment, False)
    submit(taken.assignment)
    with pytest.raises(NothingLeft):
        take_again(ann)
    with pytest.raises(NothingLeft):
        take_again(ben)


def test_before_thirty_days_nothing_is_drawn_and_the_database_refuses_it(first, ann):
    aged(first, days=29)
    with pytest.raises(NothingLeft):
        take_again(ann)
    with pytest.raises(IntegrityError, match="30 days"), transaction.atomic():
        factories.assignment(first.document, ann, role="rereading")


def test_a_reading_of_somebody_else_is_no_first_reading(first, ben):
    with pytest.raises(IntegrityError, match="30 days"), transaction.atomic():
        factories.assignment(first.document, ben, role="rereading")


def test_whoever_could_see_the_gold_or_other_readings_is_not_asked(first, ann, ben, corpus):
    Assignment.objects.filter(pk=first.pk).update(released=timezone.now())
    with pytest.raises(NothingLeft):
        take_again(ann)
    Assignment.objects.filter(pk=first.pk).update(released=None)
    Transition.objects.create(assignment=first, revision=first.revision, at=first.submitted, kind="submitted", user=ann)
    read(first.document, ben)
    corpus.memberships.filter(user=ann).update(role="reviewer")
    with pytest.raises(NothingLeft):
        take_again(ann)


def test_a_paused_member_is_offered_nothing(first, ann, corpus):
    corpus.memberships.filter(user=ann).update(paused=True)
    assert not rereadable(ann).exists()
    with pytest.raises(Paused):
        take_again(ann)


def test_the_first_reading_and_the_gold_are_hidden_until_the_second_is_submitted(first, again, ann, manager):
    gold = factories.assignment(first.document, manager, role="adjudication")
    seen = Assignment.objects.for_user(ann)
    assert set(seen) == {again}
    assert Assignment.readable(ann, first.pk) is None
    assert Assignment.writable(ann, again.pk) is not None
    submit(again)
    assert set(seen.all()) == {first, again, gold}


def test_the_readings_of_others_are_hidden_from_a_reviewer_who_reads_again(first, again, ann, ben, manager, corpus):
    other = read(first.document, ben)
    gold = factories.assignment(first.document, manager, role="adjudication")
    corpus.memberships.filter(user=ann).update(role="reviewer")
    seen = Assignment.objects.for_user(ann)
    assert set(seen) == {again}
    assert withheld(corpus, ann) == {first.pk, other.pk, gold.pk}, "from ledgers, too"
    submit(again)
    assert set(seen.all()) == {first, again, other, gold}
    assert withheld(corpus, ann) == set()


def withheld(corpus, user):
    return set(access_of(corpus, user, round_trip(access_statements(corpus, user))).withheld)


def test_a_submitted_rereading_stays_closed_and_an_open_one_is_not_skipped(again, ann, manager):
    with pytest.raises(Invalid, match="skipped"):
        skip(again, ann, "other")
    submit(again)
    for step in (lambda: reopen(again), lambda: give_back(again, manager, "look")):
        with pytest.raises(Released, match="stays closed"):
            step()
    again.refresh_from_db()
    assert (again.status, again.independent) == ("submitted", None)


def test_the_database_never_counts_a_rereading_as_independent(again):
    with pytest.raises(IntegrityError, match="assignment_independent_revision"), transaction.atomic():
        Assignment.objects.filter(pk=again.pk).update(independent=0)


def test_agreement_with_oneself_is_a_measure_of_its_own(first, texts, ann, ben, corpus, manager):
    read(texts[0], ben)
    rereading = submit_read(texts[0], ann)
    score(corpus.pk)
    with_others, with_self = (AgreementReport(corpus, manager, against) for against in (EACH, AGAIN))
    [pair] = with_self.rows()
    assert (pair.left_id, pair.right_id, pair.right_revision) == (first.pk, rereading.pk, rereading.revision)
    assert with_others.worked_out.summary.pairs == 1
    assert rereading.pk not in {key for row in with_others.rows() for key in (row.left_id, row.right_id)}
    [own] = with_self.worked_out.readers
    assert (own.left, own.right, own.articles) == ("ann", "ann", 1)
    assert 0 < own.exact <= 1


def test_a_rereading_is_no_evidence(first, texts, ann, corpus, manager):
    rereading = submit_read(texts[0], ann)
    assert set(Selection().rows(corpus)) == {first}
    assert set(Selection(drafts=True).rows(corpus)) == {first}
    assert set(Selection(annotator="ann").rows(corpus)) == {first}
    list(rebuild())
    entries = set(Entry.objects.values_list("assignment", flat=True))
    assert first.pk in entries
    assert rereading.pk not in entries


def submit_read(text, person):
    """A rereading with something of every kind."""
    made = read(text, person, role="rereading")
    made.refresh_from_db()
    return made
