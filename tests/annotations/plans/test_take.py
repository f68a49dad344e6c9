"""The next article: who gets which, in which order, and why nobody gets one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.assign import reopen, skip
from annotations.bin.put import delete
from annotations.models import Assignment, PlanArticle, TeamSettings
from annotations.plans import take
from annotations.plans.take import NothingLeft, NotQualified, Paused, take_next
from annotations.plans.team import require_choice
from annotations.write.errors import NoPlace
from corpus.models import Article, Cluster, Membership
from tests import factories
from tests.annotations.plans.conftest import running

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def many(corpus):
    return TeamSettings.objects.create(corpus=corpus, open_at_once=50)


def taken(person, corpus=None):
    return take_next(person, corpus).assignment.document


def all_of(person, corpus=None):
    """All that somebody gets one after the other, and why there is no more."""
    rows = []
    for _ in range(50):
        try:
            rows.append(taken(person, corpus))
        except NothingLeft as stopped:
            return rows, stopped.reasons
    raise AssertionError(rows)


def test_articles_come_in_the_order_of_the_plan_with_its_due_date(corpus, manager, ann, texts):
    plan = running(corpus, manager, due=timezone.now().date())
    rows, reasons = all_of(ann)
    assert rows == texts
    assert {(row.plan, row.due) for row in Assignment.objects.all()} == {(plan, plan.due)}
    assert reasons == ["Overlap: all places are taken."]
    assert set(PlanArticle.objects.values_list("live", flat=True)) == {1}


def test_one_who_has_met_the_first_reader_reads_with_another(corpus, manager, ann, ben, texts):
    cleo = factories.user("cleo")
    factories.membership(corpus, cleo, "annotator")
    running(corpus, manager, readings=2, share=100)
    assert [taken(ann), taken(ben)] == [texts[0], texts[0]]
    for person, text in ((ann, texts[1]), (cleo, texts[2])):
        factories.assignment(text, person)
    assert taken(ben) == texts[2]  # texts[1] comes first in the plan, but is ann's


def test_second_readings_come_first_and_nobody_reads_twice(corpus, manager, ann, ben, texts):
    running(corpus, manager, readings=2, share=100)
    first = [taken(ann), taken(ann)]
    assert [taken(ben) for _ in range(3)] == [*first, texts[2]]
    assert taken(ann) == texts[2]
    rows, reasons = all_of(ann)
    assert rows == texts[3:]
    assert reasons == ["Overlap: of 2 articles with a free place, 2 read or skipped by you."]


def test_what_is_due_earlier_comes_first(corpus, manager, ann, texts):
    today = timezone.now().date()
    Article.objects.exclude(pk=texts[3].article_id).update(practice=True)
    running(corpus, manager, name="Later", due=today + timedelta(days=9))
    Article.objects.update(practice=False)
    running(corpus, manager, name="Sooner", due=today)
    assert taken(ann) == texts[0]
    assert [taken(ann) for _ in range(4)] == [texts[1], texts[2], texts[4], texts[3]]


def test_languages_stories_and_newer_texts(corpus, manager, ann, texts):
    languages = ["ko", "en-GB", "", "en", "en"]
    cluster = Cluster.objects.create(corpus=corpus)
    for text, language in zip(texts, languages, strict=True):
        text.article.language = language
        text.article.cluster = cluster if text in (texts[1], texts[3]) else None
        text.article.save()
    Membership.objects.filter(user=ann).update(languages=["en-US"])
    running(corpus, manager)
    factories.document("Text 4, corrected", of=texts[4].article)
    rows, [reason] = all_of(ann)
    assert rows == [texts[1], texts[2]]
    for words in ("1 in other languages than yours", "1 of a story that you have read", "1 with a newer text"):
        assert words in reason


def test_as_many_as_are_open_at_once_are_taken(corpus, manager, ann, texts, many):
    TeamSettings.objects.update(open_at_once=2)
    running(corpus, manager)
    assert [taken(ann), taken(ann)] == texts[:2]
    again = take_next(ann)
    assert (again.assignment.document, again.is_new) == (texts[0], False)
    assert Assignment.objects.count() == 2
    factories.submitted(again.assignment)
    assert taken(ann) == texts[2]


def test_a_paused_member_gets_nothing(corpus, manager, ann, texts):
    Membership.objects.filter(user=ann).update(paused=True)
    with pytest.raises(Paused):
        take_next(ann)
    running(corpus, manager)
    with pytest.raises(Paused):
        take_next(ann, corpus)


def test_a_plan_with_people_is_for_them(corpus, manager, ann, ben, texts):
    running(corpus, manager, {ann: None})
    assert taken(ann) == texts[0]
    with pytest.raises(NotQualified, match="for other people"):
        take_next(ben)


def test_weights_divide_the_readings(corpus, manager, ann, ben, texts):
    running(corpus, manager, {ann: 1, ben: 2})
    rows, reasons = all_of(ann)
    assert (len(rows), reasons) == (2, ["Overlap: your share of the readings is taken."])
    assert len(all_of(ben)[0]) == 3


def test_what_two_have_skipped_is_offered_to_nobody(corpus, manager, ann, ben, texts):
    plan = running(corpus, manager)
    for person in (ann, ben):
        reading = take_next(person).assignment
        assert reading.document == texts[0]
        skip(reading, person, "off-topic")
    assert PlanArticle.objects.get(plan=plan, document=texts[0]).live == 0
    third = factories.user("cem")
    factories.membership(corpus, third, "annotator")
    rows, [reason] = all_of(third)
    assert texts[0] not in rows
    assert "1 skipped by two annotators" in reason


def test_a_skipped_one_is_taken_up_again_while_its_place_is_free(corpus, manager, ann, ben, texts):
    running(corpus, manager)
    reading = take_next(ann).assignment
    skip(reading, ann, "language")
    reopen(reading)
    skip(reading, ann, "language")
    assert taken(ben) == texts[0]
    with pytest.raises(NoPlace):
        reopen(reading)
    assert PlanArticle.objects.get(document=texts[0]).live == 1


def test_without_a_plan_it_is_the_oldest_article(corpus, ann, texts):
    assert all_of(ann)[0] == texts


def test_without_self_service_nothing_is_opened_of_ones_own_choice(corpus, manager, ann, texts):
    TeamSettings.objects.update(self_service=False)
    with pytest.raises(NothingLeft):
        take_next(ann)
    with pytest.raises(PermissionDenied, match="Take the next article"):
        require_choice(ann, texts[0])
    require_choice(manager, texts[0])
    running(corpus, manager)
    require_choice(ann, taken(ann))


def test_the_number_of_queries_does_not_grow_with_the_plan(corpus, manager, ann, texts):
    for number in range(100):
        factories.document(f"More {number}", corpus=corpus)
    running(corpus, manager, readings=2, share=50)
    with CaptureQueriesContext(connection) as first:
        take_next(ann)
    for _ in range(30):
        take_next(ann)
    with CaptureQueriesContext(connection) as later:
        take_next(ann)
    assert len(first) == len(later) <= 9


def test_a_plan_hands_out_nothing_that_is_in_the_bin(corpus, manager, ann, texts):
    running(corpus, manager)
    delete(texts[0].article, manager, "a copy")
    assert taken(ann) == texts[1]
    delete(corpus, manager, "ended")
    with pytest.raises(NothingLeft):
        taken(ann)


def test_a_text_that_one_opens_elsewhere_at_that_moment_is_not_taken_twice(corpus, manager, ann, texts, monkeypatch):
    running(corpus, manager)
    locked = take.free_text

    def opened_before(*values, **options):
        """As if another window had opened it between the statement that locks and the one that inserts."""
        monkeypatch.setattr(take, "free_text", locked)
        text = locked(*values, **options)
        return text._replace(document=begun.document_id)

    begun = factories.assignment(texts[0], ann)
    monkeypatch.setattr(take, "free_text", opened_before)
    assert taken(ann) == texts[1]
