"""Threads about marks: who sees them, what becomes of them, and that they outlive their mark."""

import json
import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction

from annotations.discussion.threads import answer, assignees, give, open_thread, publish, resolve
from annotations.guidelines.versions import create
from annotations.models import Notice, Thread, ThreadPost
from annotations.write.apply import apply_changes
from corpus.edits.history import EditError
from tests import factories, marks


@pytest.fixture
def reading(corpus, people):
    return factories.assignment(factories.document("The firm paid 170 workers.", corpus=corpus), people.annotator, revision=1)


@pytest.fixture
def firm(reading):
    return marks.span(reading, "firm", "COMPANY")


@pytest.fixture
def thread(reading, firm, people):
    return open_thread(reading, firm.pk, "Is this a company?", people.annotator)


def test_from_a_mark_to_an_answer_and_a_guideline(as_, corpus, people, reading, firm):
    annotator, reviewer = as_("annotator"), as_("reviewer")
    form = f"/annotate/{reading.pk}/discuss/?mark={firm.pk}"
    assert "<q>firm</q>" in annotator.get(form).text
    page = annotator.post(form, {"text": "Is this a company?"}, follow=True)
    assert "Thread opened." in page.text
    thread = Thread.objects.get()
    assert (thread.quote, thread.label, thread.state) == ("firm", "ACTOR.COMPANY", "open")
    address = thread.get_absolute_url()
    assert "Is this a company?" in reviewer.get("/corpora/reports/discussion/").text
    reviewer.post(address, {"text": "Yes."})
    assert "Answered" in annotator.get(address).text
    annotator.post(address, {"text": "Also without a name?"})
    assert "open" in Thread.objects.values_list("state", flat=True)
    version = create(corpus, "ACTOR.COMPANY", people.reviewer, title="Companies", body="Also without a name.")
    seen = reviewer.post(f"{address}resolve/", {"guideline": version.pk}, follow=True).text
    assert f"/guidelines/{version.guideline_id}/?version=1" in seen
    assert "No threads here" in annotator.get("/corpora/reports/discussion/").text
    assert "Is this a company?" in annotator.get("/corpora/reports/discussion/?state=resolved&own=on").text


def test_the_list_resolves_a_thread_and_goes_on_to_the_next(as_, people, reading, firm, thread):
    second = open_thread(reading, firm.pk, "And since when?", people.annotator)
    listed = "/corpora/reports/discussion/?state=all"
    seen = as_("reviewer").get(listed).text
    assert f'href="{second.get_absolute_url()}#id_text" data-key="r"' in seen
    there = re.search(rf'{second.get_absolute_url()}resolve/">.*?name="next" value="([^"]+)"', seen, re.DOTALL)[1]
    assert there == f"{listed}#thread-{thread.pk}"
    assert f'id="thread-{thread.pk}"' in seen
    answer = as_("reviewer").post(f"{second.get_absolute_url()}resolve/", {"next": there})
    assert (answer.status_code, answer["Location"]) == (302, there)
    second.refresh_from_db()
    assert (second.state, second.resolved_by) == ("resolved", people.reviewer)
    assert f"{second.get_absolute_url()}resolve/" not in as_("reviewer").get(listed).text
    away = as_("reviewer").post(f"{thread.get_absolute_url()}resolve/", {"next": "https://elsewhere.example/"})
    assert away["Location"] == thread.get_absolute_url()


def test_the_list_offers_to_resolve_to_author_and_reviewers_alone(page, people, reading, firm):
    thread = open_thread(reading, firm.pk, "Is this a company?", people.reviewer)
    assert f"{thread.get_absolute_url()}#id_text" in page("annotator", "/corpora/reports/discussion/")
    assert f"{thread.get_absolute_url()}resolve/" not in page("annotator", "/corpora/reports/discussion/")
    assert f"{thread.get_absolute_url()}resolve/" in page("manager", "/corpora/reports/discussion/")


def test_a_thread_resolved_twice_notifies_once_and_keeps_its_guideline(corpus, people, thread):
    version = create(corpus, "ACTOR.COMPANY", people.reviewer, title="Companies", body="Whole names.")
    resolve(thread, people.reviewer, version)
    Notice.objects.all().delete()
    resolve(thread, people.manager)
    thread.refresh_from_db()
    assert (thread.resolved_by, thread.guideline, Notice.objects.count()) == (people.reviewer, version, 0)


def test_another_post_opens_it_again_and_takes_the_decision_back(people, thread):
    resolve(thread, people.reviewer)
    answer(thread, "Still not clear.", people.annotator)
    thread.refresh_from_db()
    assert (thread.state, thread.resolved_by, thread.guideline) == ("open", None, None)


def test_a_thread_outlives_its_mark(page, people, reading, firm, thread):
    apply_changes(
        reading, people.annotator, 1, [{"id": str(uuid4()), "op": "delete", "kind": "span", "object": {"id": str(firm.pk)}}]
    )
    seen = page("annotator", thread.get_absolute_url())
    assert "The mark was deleted since." in seen
    assert "firm" in seen


def test_a_mark_that_is_not_there_is_said_and_nothing_is_stored(as_, reading):
    page = as_("annotator").post(f"/annotate/{reading.pk}/discuss/?mark={uuid4()}", {"text": "x"})
    assert "not saved yet, or it was deleted" in page.text
    assert as_("annotator").get(f"/annotate/{reading.pk}/discuss/?mark=none").status_code == 404
    assert not Thread.objects.exists()


def test_who_sees_a_thread(as_, corpus, thread):
    other = factories.user("other")
    factories.membership(corpus, other, "annotator")
    address = thread.get_absolute_url()
    answers = {who: as_(who).get(address).status_code for who in ("viewer", "annotator", "reviewer", "manager", "stranger")}
    assert answers == {"viewer": 404, "annotator": 200, "reviewer": 200, "manager": 200, "stranger": 404}
    assert as_(other).get(address).status_code == 404
    assert "No threads here" in as_(other).get("/corpora/reports/discussion/?state=all").text
    assert as_("viewer").get("/corpora/reports/discussion/").status_code == 403


def test_a_reviewer_who_annotates_the_text_sees_no_thread_of_it(as_, people, reading, thread):
    own = factories.assignment(reading.document, people.reviewer)
    assert as_("reviewer").get(thread.get_absolute_url()).status_code == 404
    factories.submitted(own)
    assert as_("reviewer").get(thread.get_absolute_url()).status_code == 200


def test_only_its_author_and_reviewers_resolve(as_, people, reading, firm):
    thread = open_thread(reading, firm.pk, "Why so?", people.reviewer)
    assert as_("annotator").post(f"{thread.get_absolute_url()}resolve/").status_code == 403
    assert as_("manager").post(f"{thread.get_absolute_url()}resolve/").status_code == 302


def test_an_id_is_used_once(people, reading, firm, thread):
    key = uuid4()
    first = answer(thread, "Yes.", people.reviewer, key)
    assert answer(thread, "Yes.", people.reviewer, key) == first
    with pytest.raises(EditError, match="another post"):
        answer(thread, "No.", people.reviewer, key)
    assert open_thread(reading, firm.pk, "x", people.annotator, thread.pk) == thread
    with pytest.raises(EditError, match="another thread"):
        open_thread(reading, None, "x", people.annotator, thread.pk)
    assert ThreadPost.objects.count() == 2


def test_posts_only_grow(thread):
    for statement in ("UPDATE annotations_threadpost SET text = 'x'", "DELETE FROM annotations_threadpost"):
        with pytest.raises(Error, match="only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_resolution_of_nobody_is_refused_by_the_database(thread):
    with pytest.raises(Error, match="thread_resolved_by_somebody"), transaction.atomic():
        Thread.objects.update(state="resolved")


def test_words_of_others_are_shown_as_text(as_, people, reading, firm, thread):
    answer(thread, "<script>alert(1)</script>", people.annotator)
    for address in (thread.get_absolute_url(), "/corpora/reports/discussion/"):
        assert "<script>alert" not in as_("reviewer").get(address).text


def test_the_list_asks_no_more_with_more_threads(queries, people, reading, thread):
    before = queries("reviewer", "/corpora/reports/discussion/")
    for _ in range(5):
        open_thread(reading, None, "And?", people.annotator)
    assert queries("reviewer", "/corpora/reports/discussion/") == before


def test_the_annotator_knows_the_threads_of_its_marks(page, as_, people, corpus, reading, firm, thread):
    seen = page("annotator", f"/annotate/{reading.pk}/")
    [data] = re.findall(r'<script id="threads" type="application/json">(.*?)</script>', seen)
    assert json.loads(data) == {str(firm.pk): {"address": thread.get_absolute_url(), "state": "open"}}
    gold = factories.assignment(reading.document, people.manager, role="adjudication")
    assert 'id="threads"' not in page("viewer", f"/annotate/{gold.pk}/")


def test_a_thread_is_given_to_somebody_who_sees_it(as_, people, thread, corpus):
    address = thread.get_absolute_url()
    colleague = factories.user("colleague")
    factories.membership(corpus, colleague, "annotator")
    reviewer = as_("reviewer")
    page = reviewer.get(address).text
    assert f'value="{people.manager.pk}"' in page
    assert f'value="{colleague.pk}"' not in page, "annotators see no reading of others"
    assert "Choose somebody" in reviewer.post(f"{address}give/", {"assignee": colleague.pk}, follow=True).text
    reviewer.post(f"{address}give/", {"assignee": people.manager.pk})
    thread.refresh_from_db()
    assert thread.assignee == people.manager
    assert "Is this a company?" in as_("manager").get("/corpora/reports/discussion/?given=on").text
    assert "No threads here" in reviewer.get("/corpora/reports/discussion/?given=on").text
    with pytest.raises(EditError, match="somebody who sees"):
        give(thread, colleague.pk, people.reviewer)
    reviewer.post(f"{address}give/", {"assignee": ""})
    thread.refresh_from_db()
    assert thread.assignee is None


def test_who_is_given_a_thread_gets_a_notice_and_nobody_else_a_second_one(people, thread):
    Notice.objects.all().delete()
    give(thread, people.manager.pk, people.reviewer)
    give(thread, people.manager.pk, people.reviewer)
    assert list(Notice.objects.values_list("user", "kind")) == [(people.manager.pk, "question")]


def test_only_its_author_and_reviewers_give_it_away(as_, people, thread, corpus):
    other = factories.user("other")
    factories.membership(corpus, other, "annotator")
    with pytest.raises(PermissionDenied):
        give(thread, people.manager.pk, other)
    assert as_(other).post(f"{thread.get_absolute_url()}give/", {"assignee": ""}).status_code == 404
    give(thread, people.reviewer.pk, people.annotator)


def test_a_reviewer_at_work_on_the_text_is_not_asked_about_it(people, thread, reading):
    factories.assignment(reading.document, people.reviewer)
    assert people.reviewer not in assignees(thread)
    assert people.manager in assignees(thread)


def test_the_list_is_filtered_by_label(as_, people, reading, firm, thread):
    figure = marks.figure(reading, "170", low=170, high=170, comparator="eq")
    other = open_thread(reading, figure.span_id, "Or more?", people.annotator)
    browser, address = as_("reviewer"), "/corpora/reports/discussion/"

    def threads(query):
        return {row.pk for row in browser.get(f"{address}?{query}").context["page"]}

    assert threads("label=ACTOR.COMPANY") == {thread.pk}
    assert threads("label=FIGURE.PEOPLE") == {other.pk}
    assert threads("label=FIGURE.MONEY") == {thread.pk, other.pk}
    resolve(thread, people.annotator)
    nothing = browser.get(f"{address}?label=ACTOR.COMPANY").text
    assert "No threads here" in nothing
    assert "Show all threads" in nothing


def test_the_list_has_ages_and_keys(as_, thread):
    page = as_("annotator").get("/corpora/reports/discussion/").text
    assert "minutes ago" in page
    assert "data-opener" in page


@pytest.fixture
def colleague(corpus):
    made = factories.user("colleague")
    factories.membership(corpus, made, "annotator")
    return made


def test_a_public_thread_is_read_without_words_article_and_names(as_, people, thread, colleague):
    address, browser = thread.get_absolute_url(), as_(colleague)
    answer(thread, "Yes, it is.", people.reviewer)
    assert browser.get(address).status_code == 404
    assert as_("annotator").post(f"{address}publish/", {"public": "1"}).status_code == 403
    as_("reviewer").post(f"{address}publish/", {"public": "1"})
    hidden = ("firm", ">annotator<", "reviewer", thread.assignment.document.article.title)
    for page in (browser.get(address).text, browser.get("/corpora/reports/discussion/").text):
        assert "Is this a company?" in page
        assert [each for each in hidden if each in page] == []
    assert "Yes, it is." in browser.get(address).text
    assert browser.post(address, {"text": "Me too"}).status_code == 404
    as_("reviewer").post(f"{address}publish/", {"public": "0"})
    assert browser.get(address).status_code == 404
    assert "No threads here" in browser.get("/corpora/reports/discussion/").text


def test_whoever_annotates_the_text_reads_no_public_thread_about_it(as_, people, thread, colleague):
    publish(thread, people.reviewer, is_public=True)
    own = factories.assignment(thread.assignment.document, colleague)
    assert as_(colleague).get(thread.get_absolute_url()).status_code == 404
    factories.submitted(own)
    assert as_(colleague).get(thread.get_absolute_url()).status_code == 200
    assert as_("viewer").get(thread.get_absolute_url()).status_code == 404
