"""Practice and test articles: chosen by managers, offered to newcomers first, scored against the gold, and needed for work."""

import pytest
from django.db import Error, connection, transaction

from annotations.assign import reopen, submit
from annotations.bin.put import delete
from annotations.models import Assignment, Notice, PracticeArticle, PracticeResult, TeamSettings
from annotations.plans.draw import preview
from annotations.plans.take import NotQualified, take_next
from annotations.practice.articles import choose
from annotations.practice.results import differences_of, qualification, scores_of
from corpus.edits.history import EditError
from tests import factories, marks
from tests.annotations.plans.conftest import draft, every, running

TEXT = "The firm paid. A broker left."


def gold_text(corpus, user, title):
    """A text whose gold marks two actors."""
    text = factories.document(TEXT, of=factories.article(corpus, title))
    gold = factories.assignment(text, user, role="adjudication")
    for words in ("firm", "broker"):
        marks.span(gold, words, "COMPANY")
    return text


@pytest.fixture
def plan(corpus, manager, texts):
    return running(corpus, manager)


@pytest.fixture
def practice(plan, manager, corpus):
    text = gold_text(corpus, manager, "Practice")
    choose(plan, text.article, "practice", manager)
    return text


@pytest.fixture
def tests(plan, manager, corpus):
    made = [gold_text(corpus, manager, f"Test {number}") for number in (1, 2)]
    for text in made:
        choose(plan, text.article, "test", manager)
    TeamSettings.objects.update_or_create(corpus=corpus, defaults={"practice_tests": 1})
    return made


def read(reading, *words):
    for each in words:
        marks.span(reading, each, "COMPANY", entity=marks.entity(reading.document.corpus, type="COMPANY"))
    return submit(reading)


def test_a_newcomer_passes_a_test_before_any_work(plan, practice, tests, ann, corpus):
    taken = take_next(ann).assignment
    assert taken.document == practice
    assert taken.plan is None
    read(taken)  # nothing marked: practice need not be passed
    failed = take_next(ann).assignment
    assert failed.document == tests[0]
    read(failed, "firm")  # one of two: 67 %
    assert qualification(ann, corpus, "annotator").passed == 0
    second = take_next(ann).assignment
    assert second.document == tests[1]
    read(second, "firm", "broker")
    assert qualification(ann, corpus, "annotator").is_reached
    assert Notice.objects.get(kind="tests").assignment == second
    work = take_next(ann).assignment
    assert work.plan == plan
    assert list(PracticeResult.objects.order_by("pk").values_list("kind", "passed")) == [
        ("practice", False),
        ("test", False),
        ("test", True),
    ]


def test_what_is_in_the_bin_is_not_offered(plan, practice, tests, ann, manager):
    delete(practice.article, manager, "a copy")
    delete(Assignment.objects.gold().get(document=tests[0]), manager, "begun anew")
    assert take_next(ann).assignment.document == tests[1]


def test_who_has_failed_all_tests_is_offered_nothing(plan, tests, ann):
    for text in tests:
        taken = take_next(ann).assignment
        assert taken.document == text
        read(taken)
    with pytest.raises(NotQualified, match="Tests passed: 0 of 1 in Reports"):
        take_next(ann)
    assert not Assignment.objects.filter(plan=plan).exists()


def test_nothing_is_asked_of_reviewers_and_practised_hands(plan, tests, practice, corpus, manager, ann):
    reviewer = factories.user("rev")
    factories.membership(corpus, reviewer, "reviewer")
    assert take_next(reviewer).assignment.plan == plan
    TeamSettings.objects.update(practice_tests=0)
    assert take_next(ann).assignment.document == practice  # a newcomer is offered it all the same
    done = factories.assignment(factories.document("Earlier.", corpus=corpus), ann)
    submit(done)
    assert take_next(ann).assignment.plan == plan


def test_the_score_is_of_each_layer_and_the_line_is_kept(tests, ann, corpus):
    TeamSettings.objects.update(practice_least=60)
    reading = factories.assignment(tests[0], ann)
    read(reading, "firm")
    result = PracticeResult.objects.get()
    assert result.layers == {"ACTOR": {"left": 2, "right": 1, "exact": 1, "overlap": 1}}
    [score] = scores_of(result.layers, result.least)
    assert (score.layer, round(score.overlap), score.passed, result.passed) == ("ACTOR", 67, True, True)
    TeamSettings.objects.update(practice_least=90)
    assert PracticeResult.objects.get().least == 60
    [missing] = [row for row in differences_of(result) if row.kind == "mark"]
    assert (missing.kind, missing.left, missing.right) == ("mark", "COMPANY: broker", "")


def test_each_submission_of_a_practice_article_has_a_result(practice, ann):
    reading = factories.assignment(practice, ann)
    read(reading)
    reopen(reading)
    Assignment.objects.filter(pk=reading.pk).update(revision=1)
    read(Assignment.objects.get(pk=reading.pk), "firm", "broker")
    assert [row.passed for row in PracticeResult.objects.order_by("revision")] == [False, True]
    reopen(reading)
    submit(Assignment.objects.get(pk=reading.pk))  # as it was
    assert PracticeResult.objects.count() == 2
    assert Assignment.objects.get(pk=reading.pk).independent is None


def test_the_gold_of_a_test_opens_with_the_own_reading(tests, practice, ann):
    golds = Assignment.objects.for_user(ann).gold()
    assert [gold.document for gold in golds] == [practice]
    read(factories.assignment(tests[0], ann))
    assert {gold.document for gold in golds.all()} == {practice, tests[0]}


def test_what_can_be_chosen(plan, corpus, manager, practice, tests, texts):
    for text, kind, message in [
        (factories.document("No gold.", corpus=corpus), "test", "no submitted gold"),
        (practice, "test", "gold of a practice article is open"),
        (tests[0], "practice", "is a test"),
    ]:
        with pytest.raises(EditError, match=message):
            choose(plan, text.article, kind, manager)
    factories.assignment(texts[0], manager, role="adjudication")
    with pytest.raises(EditError, match="hands out this article"):
        choose(plan, texts[0].article, "test", manager)
    assert choose(plan, tests[0].article, "test", manager).kind == "test"
    choose(plan, tests[0].article, "none", manager)
    assert [row.document for row in PracticeArticle.objects.filter(kind="test")] == [tests[1]]


def test_they_are_not_drawn_as_work(plan, tests, practice, corpus, manager):
    other = draft(corpus, manager, name="Further")
    assert preview(other, every(other)).articles == 0


def test_results_only_grow(tests, ann):
    read(factories.assignment(tests[0], ann))
    for statement in ("UPDATE annotations_practiceresult SET passed = true", "DELETE FROM annotations_practiceresult"):
        with pytest.raises(Error, match="only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
