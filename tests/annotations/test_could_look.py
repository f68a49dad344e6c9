"""A reviewer who could look at the reading of another before they began their own has no independent one."""

import pytest

from annotations.assign import skip, submit
from annotations.models import Assignment
from annotations.scoring.report import AgreementReport
from corpus.edits.members import add_member, change_role, remove_member
from tests import factories
from tests.annotations.conftest import new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]


@pytest.fixture
def manager(corpus):
    account = factories.user("manager")
    factories.membership(corpus, account, "manager")
    return account


@pytest.fixture
def colleague(corpus, manager):
    account = factories.user("colleague")
    add_member(corpus, account, "annotator", manager)
    return account


def annotate(write):
    write(("create", "entity", {"id": new(), "type": "GROUP", "name": "Workers"}))


def membership(account):
    return account.memberships.get()


def independent(reading):
    submit(reading)
    return Assignment.objects.get(pk=reading.pk).independent is not None


@pytest.mark.parametrize(("role", "counts"), [("annotator", True), ("reviewer", False), ("manager", False)])
def test_who_reviews_and_begins_second_could_look(corpus, manager, colleague, document, assignment, write, role, counts):
    change_role(corpus, membership(colleague), role, manager)
    annotate(write)
    assert independent(factories.assignment(document, colleague)) is counts
    report = AgreementReport(corpus, manager)
    assert report.left_out["not_independent"] == (not counts)


def test_a_submitted_reading_without_annotations_can_be_looked_at_too(corpus, manager, colleague, document, assignment):
    change_role(corpus, membership(colleague), "reviewer", manager)
    submit(assignment)
    assert not independent(factories.assignment(document, colleague))


def test_there_was_nothing_to_look_at_while_others_had_only_begun_or_begin_later(
    corpus, manager, colleague, document, assignment, write
):
    change_role(corpus, membership(colleague), "reviewer", manager)
    own = factories.assignment(document, colleague)
    annotate(write)
    submit(assignment)
    assert independent(own)


def test_who_reviewed_when_there_was_something_and_does_no_longer_could_look(
    corpus, manager, colleague, document, assignment, write
):
    annotate(write)
    change_role(corpus, membership(colleague), "reviewer", manager)
    change_role(corpus, membership(colleague), "annotator", manager)
    assert not independent(factories.assignment(document, colleague))


def test_who_left_and_came_back_as_an_annotator_could_look(corpus, manager, colleague, document, assignment, write):
    annotate(write)
    change_role(corpus, membership(colleague), "reviewer", manager)
    remove_member(corpus, membership(colleague), manager)
    add_member(corpus, colleague, "annotator", manager)
    assert not independent(factories.assignment(document, colleague))


def test_who_became_a_reviewer_while_annotating_could_not_look(corpus, manager, colleague, document, assignment, write):
    annotate(write)
    own = factories.assignment(document, colleague)
    change_role(corpus, membership(colleague), "reviewer", manager)
    assert independent(own)


def test_who_skipped_as_a_reviewer_could_look_from_then_on(corpus, manager, colleague, document, assignment, write):
    change_role(corpus, membership(colleague), "reviewer", manager)
    own = factories.assignment(document, colleague)
    skip(own, colleague, "copy")
    annotate(write)
    Assignment.objects.filter(pk=own.pk).update(status="open")  # returned by another reviewer
    assert not independent(own)
