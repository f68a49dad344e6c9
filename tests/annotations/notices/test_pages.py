"""The page of notices, the count on top of every page, the choices, and the link in a mail."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.discussion.threads import answer, open_thread
from annotations.guidelines.versions import create
from annotations.models import AgreementTarget, Notice, NoticeChoice, NoticeSettings
from annotations.notices.choices import mail_key
from annotations.notices.make import notify
from annotations.plans.change import create_plan
from tests import factories


@pytest.fixture
def one_of_each(corpus, people, reading):
    """Unread, for the annotator."""
    thread = open_thread(reading, None, "A firm?", people.annotator)
    answer(thread, "Yes.", people.reviewer)
    create(corpus, "", people.reviewer, title="Whole names", body="Mark them.")
    target = AgreementTarget.objects.create(corpus=corpus, layer="ACTOR", label="STATE_BODY", least=80)
    plan = create_plan(corpus, {"name": "Overlap", "readings": 1, "share": 0}, {}, people.manager)
    about_reading, about_thread, about_article = (
        {"assignment": reading.pk},
        {"thread": thread.pk},
        {"article": reading.document.article_id},
    )
    subjects = {
        "due": about_reading, "late": about_reading, "returned": about_reading, "lapsed": about_reading,
        "text": about_article, "skips": about_article, "question": about_thread, "resolved": about_thread,
        "approved": about_reading, "adjudicated": about_reading | {"number": 1}, "assigned": {"number": 2}, "plan": {"plan": plan.pk},
        "tests": about_reading, "handed-over": about_reading, "joined": {"plan": plan.pk}, "rescheduled": about_reading, "target": {"target": target.pk},
    }  # fmt: skip
    for kind, subject in subjects.items():
        notify(kind, corpus, [people.annotator.pk], **subject)
    return people.annotator


def count_of(text):
    counts = re.findall(r'<span class="count">(\d+\+?)<span class="visually-hidden"> unread</span></span>', text)
    return counts[0] if counts else ""


def test_notices_are_filtered_by_kind(as_, one_of_each):
    client = as_("annotator")
    kinds = lambda query: {row.kind for row in client.get(f"/notices/{query}").context["page"]}  # noqa: E731
    assert kinds("?kind=late") == {"late"}
    assert kinds("?kind=nonsense") == kinds("")
    Notice.objects.filter(kind="late").update(read=timezone.now())
    empty = client.get("/notices/?kind=late")
    assert ("Nothing new" in empty.text, "Remove the filter" in empty.text) == (True, True)
    assert kinds("?kind=late&show=all") == {"late"}
    Notice.objects.exclude(kind__in=["late", "due"]).delete()
    assert [value for value, _ in client.get("/notices/").context["kinds"]] == ["due", "late"]


def test_each_kind_has_its_line_and_leads_somewhere(as_, one_of_each):
    client = as_("annotator")
    text = client.get("/notices/").text
    assert count_of(text) == "19"
    for words in (
        "2 articles assigned to you", "Adjudicated: 1 difference from your reading", "Guideline changed", "“Whole names”", "Plan done", "“Overlap”", "Tests passed", "Agreement under target: state body, 80 %",
        "<strong>Late</strong>", "New text of an article", "Answer to my question", "“The firm paid 170 workers.”",
    ):  # fmt: skip
        assert words in text
    for notice in Notice.objects.for_user(one_of_each).exclude(kind__in=["plan", "target"]):
        answer = client.post(f"/notices/{notice.pk}/read/", {"open": ""}, follow=True)
        assert answer.status_code == 200, notice.kind
        assert answer.redirect_chain[0][0] != "/notices/"
    assert count_of(client.get("/notices/").text) == "2"
    for notice in Notice.objects.for_user(one_of_each).unread():  # an annotator may not follow them
        client.post(f"/notices/{notice.pk}/read/")
    empty = client.get("/notices/").text
    assert "Nothing new" in empty
    assert "Mark all as read" not in empty
    assert count_of(empty) == ""
    assert "“Overlap”" in client.get("/notices/?show=all").text


def test_all_are_read_up_to_the_newest_that_was_seen(as_, corpus, people, one_of_each):
    client = as_("annotator")
    newest = re.search(r'name="newest" value="(\d+)"', client.get("/notices/").text)[1]
    Notice.objects.filter(kind="late").delete()
    notify("late", corpus, [people.annotator.pk], assignment=Notice.objects.get(kind="due").assignment_id)
    answer = client.post("/notices/read/", {"newest": newest}, follow=True)
    assert "18 notices marked as read." in answer.text
    assert list(Notice.objects.for_user(people.annotator).unread().values_list("kind", flat=True)) == ["late"]
    notify("assigned", corpus, [people.manager.pk], number=1)
    assert as_("manager").post(f"/notices/{Notice.objects.get(kind='late').pk}/read/").status_code == 404
    assert "1 notice marked" in client.post("/notices/read/", follow=True).text
    assert Notice.objects.filter(user=people.manager).unread().count() == 2


def test_page_and_count_ask_no_more_with_more_notices(as_, corpus, people, one_of_each):
    client = as_("annotator")

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return [query["sql"] for query in seen]

    before = len(queries("/notices/")), len(queries("/queue/"))
    for number in range(120):
        article = factories.article(corpus, f"Article {number}")
        notify("text", corpus, [people.annotator.pk], article=article.pk)
    assert (len(queries("/notices/")), len(queries("/queue/"))) == before
    [counting] = [sql for sql in queries("/queue/") if "annotations_notice" in sql]
    assert "LIMIT 100" in counting
    assert count_of(client.get("/queue/").text) == "99+"
    of_others = [
        Notice(user=people.viewer, corpus=corpus, kind="text", article=row, in_app=True) for row in corpus.articles.all()
    ]
    Notice.objects.bulk_create(of_others)
    with connection.cursor() as cursor:
        # That it can be looked up; what a table is worth reading whole depends on the rows that earlier tests have left in it.
        cursor.execute("ANALYZE annotations_notice; SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (GENERIC_PLAN) {counting}")
        assert re.search("notice_(unread|newest)", str(cursor.fetchall()))


def test_choices_are_kept_and_hold(as_, corpus, people, reading):
    client = as_("annotator")
    text = client.get("/notices/choices/").text
    assert "This server sends no mail." in text
    sent = {f"mail_{kind}": "daily" for kind in Notice.Kind.values} | {"mail_late": "off", "app_due": "on", "mail": "on"}
    assert "Choices saved." in client.post("/notices/choices/", sent, follow=True).text
    assert not NoticeSettings.objects.get(user=people.annotator).corpus_names
    late = NoticeChoice.objects.get(user=people.annotator, kind="late")
    assert (late.in_app, late.mail) == (False, "off")
    for kind in ("late", "due", "returned"):
        notify(kind, corpus, [people.annotator.pk], assignment=reading.pk)
    assert list(Notice.objects.order_by("pk").values_list("kind", "in_app")) == [("due", True), ("returned", False)]
    assert "Select a valid choice" in client.post("/notices/choices/", sent | {"mail_due": "hourly"}).text


def test_the_link_of_a_mail_stops_mails_without_a_sign_in(settings, as_, people):
    stranger, address = Client(enforce_csrf_checks=True), f"/notices/stop/{mail_key(people.annotator.pk)}/"
    page = stranger.get(address).text
    assert "Stop all mails of Attest" in page
    assert people.annotator.username not in page
    assert not NoticeSettings.objects.exists()
    assert "Mails stopped" in stranger.post(address, {"List-Unsubscribe": "One-Click"}).text
    assert NoticeSettings.objects.get().mail is False
    assert stranger.post(address.replace("/stop/", "/stop/1")).status_code == 404
    settings.MAIL_FROM = "attest@example.org"
    assert "no mail address" in as_("annotator").get("/notices/choices/").text
