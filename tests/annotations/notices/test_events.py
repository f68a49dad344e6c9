"""Whom each event notifies, and that nobody is notified of their own act."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from annotations import assign
from annotations.discussion.threads import answer, open_thread, resolve
from annotations.guidelines.versions import change, create
from annotations.models import Assignment, Notice, NoticeChoice, Transition
from annotations.notices.dated import forget_old, notify_of_dates
from annotations.notices.make import notify
from annotations.plans.change import change_state
from annotations.plans.lapse import lapse
from annotations.write.adjudicate import DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from corpus.models import Intake, IntakeItem
from tests import factories, marks, readings
from tests.annotations.notices.conftest import notices
from tests.annotations.plans.conftest import running


def test_articles_that_another_assigns_are_counted_until_that_is_read(as_, corpus, people):
    keys = [factories.document(f"Text {number}", corpus=corpus).article_id for number in range(3)]
    member = corpus.memberships.get(user=people.annotator).pk

    def assign_to(member, chosen):
        sent = {"article": chosen, "member": member, "save": "on", "seen": len(chosen)}
        assert as_("manager").post("/corpora/reports/selection/assign/", sent).status_code == 302

    assign_to(member, keys[:2])
    assert Notice.objects.get(user=people.annotator).number == 2
    assign_to(member, keys[2:])
    assert Notice.objects.get(user=people.annotator).number == 3
    assign_to(corpus.memberships.get(user=people.manager).pk, keys)
    assert notices(people.manager) == []
    Notice.objects.update(read=timezone.now())
    factories.document("Text 4", corpus=corpus)
    assign_to(member, [corpus.articles.get(title="Text 4").pk])
    assert list(Notice.objects.order_by("pk").values_list("number", flat=True)) == [3, 1]


def test_a_reading_that_is_returned_lapses_or_is_skipped_twice(corpus, people, reading):
    assign.submit(reading)
    assign.give_back(reading, people.reviewer, "Read again.")
    assert notices(people.annotator) == ["returned"]
    assign.skip(reading, people.annotator, "copy")
    assert notices(people.manager) == []
    other = factories.assignment(reading.document, people.reviewer)
    assign.skip(other, people.reviewer, "copy")
    assert Notice.objects.get(user=people.manager).article == reading.document.article
    late = factories.assignment(factories.document("Late.", corpus=corpus), people.annotator, due=date(2020, 1, 1))
    Assignment.objects.filter(pk=late.pk).update(created=timezone.now() - timedelta(days=30))
    assert lapse(late.pk)
    assert notices(people.annotator, assignment=late) == ["lapsed"]
    assert notices(people.reviewer) == []


def test_what_is_due_in_two_days_and_what_is_late_once_each(corpus, people, reading):
    today = timezone.now().date()
    for days, kinds in ((3, []), (2, ["due"]), (-1, ["due", "late"]), (1, ["due", "late"])):
        Assignment.objects.update(due=today + timedelta(days=days))
        notify_of_dates()
        assert notify_of_dates() == 0
        assert notices(people.annotator) == kinds
    Notice.objects.update(read=timezone.now())
    assert notify_of_dates() == 0, "read is no reason to say it again"
    Notice.objects.update(at=timezone.now() - timedelta(days=30))
    assert notify_of_dates() == 1, "the date was moved"
    assign.submit(reading)
    Notice.objects.all().delete()
    assert notify_of_dates() == 0


def test_a_thread_and_who_must_not_know_of_it(corpus, people, reading):
    busy = factories.user("busy")
    factories.membership(corpus, busy, "manager")
    factories.assignment(reading.document, busy)
    thread = open_thread(reading, None, "Is this a firm?", people.annotator)
    assert [notices(who) for who in (people.annotator, people.manager, people.reviewer, busy)] == [[], ["question"], [], []]
    answer(thread, "Yes.", people.reviewer)
    answer(thread, "Yes!", people.reviewer)
    assert notices(people.annotator) == ["answer"]
    answer(thread, "Why?", people.annotator)
    assert (notices(people.reviewer), notices(people.manager)) == (["question"], ["question"])
    resolve(thread, people.reviewer)
    assert (notices(people.annotator), notices(people.reviewer)) == (["answer", "resolved"], ["question"])


def test_a_guideline_reaches_those_who_used_its_label(corpus, people, reading):
    other = factories.assignment(factories.document("A worker.", corpus=corpus), people.manager)
    marks.span(reading, "firm", "COMPANY")
    marks.span(other, "worker", "PERSON")
    version = create(corpus, "ACTOR.COMPANY", people.reviewer, title="Firms", body="Whole names.")
    assert (notices(people.annotator), notices(people.manager), notices(people.reviewer)) == (["guideline"], [], [])
    Notice.objects.update(read=timezone.now())
    change(version.guideline, 1, people.reviewer, title="Firms", body="Whole names.")
    assert notices(people.annotator) == ["guideline"], "nothing has changed"
    create(corpus, "", people.manager, title="All", body="Read twice.")
    assert (notices(people.annotator), notices(people.manager)) == (["guideline", "guideline"], [])


def test_a_gold_tells_each_reader_how_much_of_theirs_is_not_in_it(corpus, people):
    ben = factories.user("ben")
    factories.membership(corpus, ben, "annotator")
    pair = readings.readings(corpus, [people.annotator, ben], [readings.no_edit, readings.some_differences])
    begun = start(pair[0].document, people.reviewer)[0]
    letter = begun.inputs.get(assignment=pair[0]).letter
    while undecided := AdjudicationState(begun).undecided:
        base = Assignment.objects.get(pk=begun.gold_id).revision
        decide(begun, people.reviewer, DecisionDraft(uuid4(), str(undecided[0].location), "accepted", base, letter))
    Notice.objects.all().delete()
    readings.look_at_all(begun, people.reviewer)
    assign.submit(begun.gold, people.reviewer)
    numbers = dict(Notice.objects.values_list("user__username", "number"))
    assert numbers["annotator"] == 0
    assert numbers["ben"] == len(AdjudicationState(begun).differences) == 5


def test_a_new_text_reaches_its_readers_but_not_who_imported_it(corpus, people, reading):
    article = reading.document.article
    factories.assignment(reading.document, people.manager)
    intake = Intake.objects.create(corpus=corpus, user=people.manager, door="page", finished=timezone.now())
    newer = factories.document("The firm paid 180 workers.", of=article)
    IntakeItem.objects.create(intake=intake, name="a.txt", outcome="stored", document=newer)
    factories.document("Another article.", corpus=corpus)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert (notices(people.annotator), notices(people.manager)) == (["text"], [])
    assert Notice.objects.get().article == article


def test_a_plan_is_done_with_its_last_reading_or_by_a_manager(corpus, people, reading):
    second = factories.user("second")
    factories.membership(corpus, second, "manager")
    more = factories.document("More.", corpus=corpus)
    plan = running(corpus, people.manager)
    planned = factories.assignment(more, people.annotator, plan=plan)
    factories.document("In no plan.", corpus=corpus)
    assign.submit(planned)
    assert notices(second) == []
    assign.submit(reading)
    assert (notices(second), notices(people.manager)) == (["plan"], ["plan"])
    Notice.objects.all().delete()
    change_state(plan, "done", people.manager)
    assert (notices(second), notices(people.manager)) == (["plan"], [])


def test_choices_hold_and_the_transaction_takes_the_notice_along(corpus, people, reading):
    choice = NoticeChoice.objects.create(user=people.annotator, kind="returned", in_app=False, mail="off")
    assign.submit(reading)
    assign.give_back(reading, people.reviewer, "Again.")
    assert notices(people.annotator) == []
    NoticeChoice.objects.filter(pk=choice.pk).update(mail="daily")
    notify("returned", corpus, [people.annotator.pk], assignment=reading.pk)
    notify("returned", corpus, [people.annotator.pk], assignment=reading.pk)
    assert Notice.objects.get().in_app is False
    assert not Notice.objects.for_user(people.annotator).exists()
    with transaction.atomic():
        notify("lapsed", corpus, [people.annotator.pk], assignment=reading.pk)
        transaction.set_rollback(True)
    assert notices(people.annotator) == ["returned"]


def test_the_database_holds_what_a_notice_is(corpus, people, reading):
    good = {"user": people.annotator, "corpus": corpus, "in_app": True}
    for wrong in ({"kind": "late"}, {"kind": "assigned"}, {"kind": "plan", "assignment": reading}, {"kind": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(**good, **wrong)
    Notice.objects.create(**good, kind="late", assignment=reading)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(**good, kind="late", assignment=reading)


def test_what_was_read_goes_after_90_days(corpus, people, reading):
    for kind, days in (("late", 91), ("due", 89), ("lapsed", None)):
        read = days and timezone.now() - timedelta(days=days)
        Notice.objects.create(user=people.annotator, corpus=corpus, kind=kind, assignment=reading, in_app=True, read=read)
    assert forget_old() == 1
    assert notices(people.annotator) == ["due", "lapsed"]
    assert Transition.objects.count() == 0
