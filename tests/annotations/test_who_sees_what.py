"""Assignments are seen by those who should see them, and by nobody else."""

import pytest
from django.utils import timezone

from annotations.models import Assignment, Span
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(corpus, assignment, annotator):
    people = {role: factories.user(role) for role in ("viewer", "colleague", "reviewer", "manager", "stranger")}
    for role in ("viewer", "reviewer", "manager"):
        factories.membership(corpus, people[role], role)
    factories.membership(corpus, people["colleague"], "annotator")
    return people | {"annotator": annotator, "admin": factories.user("admin", is_superuser=True)}


@pytest.fixture
def gold(document, cast):
    return factories.assignment(document, cast["reviewer"], role="adjudication")


def seen_by(user):
    return set(Assignment.objects.for_user(user))


def test_annotators_see_their_own_marks_and_not_each_others(cast, assignment):
    assert seen_by(cast["annotator"]) == {assignment}
    assert seen_by(cast["colleague"]) == set()


def test_reviewers_and_managers_see_everybodys(cast, assignment):
    assert seen_by(cast["reviewer"]) == seen_by(cast["manager"]) == {assignment}


def test_a_reviewer_sees_no_other_reading_of_a_text_before_their_own_is_submitted(cast, assignment, gold, corpus):
    elsewhere = factories.assignment(factories.document("Another text.", corpus=corpus), cast["colleague"])
    own = factories.assignment(assignment.document, cast["reviewer"])
    assert seen_by(cast["reviewer"]) == {gold, elsewhere, own}
    assert seen_by(cast["manager"]) == {gold, elsewhere, own, assignment}
    factories.submitted(own)
    assert seen_by(cast["reviewer"]) == {gold, elsewhere, own, assignment}


def test_viewers_see_the_gold_only(cast, assignment, gold):
    assert seen_by(cast["viewer"]) == {gold}


def test_a_gold_that_is_not_submitted_is_seen_by_reviewers_only(cast, assignment, gold, document):
    document.article.practice = True
    document.article.save()
    factories.submitted(assignment)
    Assignment.objects.filter(pk=gold.pk).update(status="open", submitted=None)
    assert [gold in seen_by(cast[each]) for each in ("viewer", "annotator", "colleague")] == [False] * 3
    assert gold in seen_by(cast["manager"])


def test_outsiders_see_nothing_and_the_superuser_all(cast, assignment, gold):
    assert seen_by(cast["stranger"]) == set()
    assert seen_by(cast["admin"]) == {assignment, gold}


def test_an_annotator_sees_the_gold_only_after_submitting(cast, assignment, gold):
    assert gold not in seen_by(cast["annotator"])
    Assignment.objects.filter(pk=assignment.pk).update(status="submitted", submitted=timezone.now())
    assert gold in seen_by(cast["annotator"])
    assert gold not in seen_by(cast["colleague"])


def test_the_gold_of_a_practice_article_is_open_to_annotators(cast, gold, document):
    document.article.practice = True
    document.article.save()
    assert gold in seen_by(cast["colleague"])


def test_a_former_member_and_a_deactivated_one_see_nothing(cast, assignment, annotator, corpus):
    annotator.is_active = False
    annotator.save()
    assert seen_by(annotator) == set()
    annotator.is_active = True
    annotator.save()
    corpus.memberships.filter(user=annotator).delete()
    assert seen_by(annotator) == set()


def test_only_ones_own_can_be_written(cast, assignment, gold, corpus, annotator):
    writable = Assignment.objects.writable_by
    assert set(writable(annotator)) == {assignment}
    assert set(writable(cast["manager"])) == set()
    assert set(writable(cast["reviewer"])) == {gold}
    corpus.memberships.filter(user=cast["reviewer"]).update(role="annotator")
    assert set(writable(cast["reviewer"])) == set(), "a gold is written by who may adjudicate"
    corpus.memberships.filter(user=annotator).update(role="viewer")
    assert set(writable(annotator)) == set()


def test_marks_are_seen_with_their_assignment(cast, span, annotator):
    span("300", "PEOPLE")
    assert Span.objects.for_user(annotator).count() == 1
    assert Span.objects.for_user(cast["reviewer"]).count() == 1
    assert not Span.objects.for_user(cast["colleague"]).exists()


@pytest.mark.parametrize("person", ["annotator", "colleague", "viewer", "reviewer", "manager", "stranger", "admin"])
def test_the_question_for_one_assignment_is_answered_as_that_for_all(cast, assignment, gold, person):
    user = cast[person]
    for each in (assignment, gold):
        assert (Assignment.readable(user, each.pk) == each) == (each in seen_by(user))
        assert (Assignment.writable(user, each.pk) == each) == (each in set(Assignment.objects.writable_by(user)))
    user.is_active = False
    assert Assignment.readable(user, assignment.pk) is None
    assert Assignment.writable(user, assignment.pk) is None
