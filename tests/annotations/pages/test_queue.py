"""My queue."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.discussion.threads import open_thread, resolve
from annotations.models import Assignment
from tests import factories, marks
from tests.annotations.pages.conftest import submitted


@pytest.fixture
def texts(corpus):
    return [factories.document(name, corpus=corpus) for name in ("First", "Second", "Third")]


def titles(text):
    return re.findall(r'class="title"><a [^>]*>([^<]+)<', text)


def test_open_ones_come_first_and_the_oldest_of_them_on_top(page, texts, people):
    submitted(texts[0], people.annotator)
    factories.assignment(texts[2], people.annotator)
    factories.assignment(texts[1], people.annotator)
    assert titles(page("annotator", "/queue/")) == ["Third", "Second", "First"]


def test_it_holds_nothing_of_others(page, texts, people):
    factories.assignment(texts[0], people.annotator)
    assert titles(page("manager", "/queue/")) == []


def test_the_next_article_is_the_oldest_that_i_have_not_begun(as_, page, texts, people):
    factories.assignment(texts[0], people.annotator)
    assert as_("annotator").get("/queue/").context["next"].title == "Second"


def test_taking_the_next_one_opens_it(as_, texts, people):
    client = as_("annotator")
    address = re.search(r'action="(/articles/[^"]+/annotate/)"', client.get("/queue/").content.decode())[1]
    client.post(address)
    assert Assignment.objects.get(annotator=people.annotator).document == texts[0]


def test_who_may_not_mark_is_offered_nothing(as_, texts):
    assert as_("viewer").get("/queue/").context["next"] is None


def test_articles_without_text_are_not_offered(as_, corpus):
    factories.article(corpus)
    assert as_("annotator").get("/queue/").context["next"] is None


def test_an_empty_queue_names_the_next_article(page, texts):
    text = page("annotator", "/queue/")
    assert "No articles in progress" in text
    assert "First</strong> in Reports" in text


def test_with_nothing_left_it_says_where_to_look(page, corpus):
    assert "No more articles to annotate" in page("annotator", "/queue/")


def test_what_a_corpus_that_one_has_left_held_is_gone(page, texts, people, corpus):
    factories.assignment(texts[0], people.annotator)
    corpus.memberships.filter(user=people.annotator).delete()
    assert titles(page("annotator", "/queue/")) == []


def test_a_long_queue_comes_in_pages(page, corpus, people):
    submitted(factories.document("Done", corpus=corpus), people.annotator)
    for number in range(60):
        factories.assignment(factories.document(f"Text {number:02}", corpus=corpus), people.annotator)
    first, second = page("annotator", "/queue/"), page("annotator", "/queue/?page=2")
    assert titles(first) == [f"Text {number:02}" for number in range(50)]
    assert titles(second) == [f"Text {number:02}" for number in range(50, 60)] + ["Done"]
    assert "No articles in progress" not in first + second


def test_the_number_of_queries_does_not_grow(queries, corpus, people):
    def add(numbers):
        for number in numbers:
            factories.assignment(factories.document(f"Text {number}", corpus=corpus), people.annotator)
            submitted(factories.document(f"Done {number}", corpus=corpus), people.annotator)

    add([1])
    few = queries("annotator", "/queue/")
    add(range(2, 51))
    assert queries("annotator", "/queue/") == few


def test_filters_by_corpus_and_state(as_, page, texts, people):
    other = factories.corpus("other")
    factories.membership(other, people.annotator, "annotator")
    factories.assignment(factories.document("Elsewhere", corpus=other), people.annotator)
    factories.assignment(texts[0], people.annotator)
    submitted(texts[1], people.annotator)
    names = lambda query: titles(page("annotator", f"/queue/{query}"))  # noqa: E731
    assert names("?corpus=reports") == ["First", "Second"]
    assert names("?corpus=other") == ["Elsewhere"]
    assert names("?corpus=reports&state=submitted") == ["Second"]
    assert names("?state=open") == ["Elsewhere", "First"]
    assert len(names("?state=deleted&corpus=secret")) == 3
    text = page("annotator", "/queue/?state=lapsed")
    assert ("No matching articles" in text, "No articles in progress" in text) == (True, False)
    corpora = next(values for name, _, values in as_("annotator").get("/queue/").context["filters"] if name == "corpus")
    assert {slug for slug, _ in corpora} == {"reports", "other"}


def test_a_row_has_its_length_its_last_write_and_its_question(page, texts, people):
    reading = factories.assignment(texts[0], people.annotator)
    text = page("annotator", "/queue/")
    assert ('data-name="Characters">5<' in text, 'data-name="Last write (UTC)">–<' in text) == (True, True)
    change = marks.change(reading)
    thread = open_thread(reading, None, "Is a firm a COMPANY?", people.reviewer)
    text = page("annotator", "/queue/")
    assert f'<time datetime="{change.at.isoformat()}"' in text
    assert "Open question" in text
    resolve(thread, people.reviewer)
    assert "Open question" not in page("annotator", "/queue/")


def test_who_submits_is_told_how_many_today_and_nothing_of_others(page, texts, people):
    submitted(texts[0], people.reviewer)
    done = submitted(texts[0], people.annotator)
    factories.assignment(texts[1], people.annotator, status="submitted", submitted=timezone.now() - timedelta(days=1))
    factories.assignment(texts[2], people.annotator)
    assert "Submitted today: 1<" in page("annotator", "/queue/")
    assert "Submitted today: 1<" in page("annotator", done.get_absolute_url() + "?submitted")
    assert "Submitted today" not in page("annotator", done.get_absolute_url())
    assert "Submitted today" not in page("manager", "/queue/")


def test_what_was_submitted_leads_to_the_next_article(page, texts, people):
    done = submitted(texts[0], people.annotator)
    later, sooner = factories.assignment(texts[2], people.annotator), factories.assignment(texts[1], people.annotator)
    Assignment.objects.filter(pk=sooner.pk).update(created=done.created)
    text = page("annotator", done.get_absolute_url() + "?submitted")
    assert re.search(rf'href="{sooner.get_absolute_url()}" title="Second" autofocus>Next article', text)
    assert "autofocus" not in page("annotator", done.get_absolute_url())
    assert "Next article" not in page("annotator", later.get_absolute_url())
    Assignment.objects.exclude(pk=done.pk).delete()
    assert re.search(rf'action="/articles/{texts[1].article_id}/annotate/"', page("annotator", done.get_absolute_url()))


def test_with_nothing_left_what_was_submitted_leads_to_the_queue(page, texts, people):
    done = [submitted(text, people.annotator) for text in texts]
    text = page("annotator", done[0].get_absolute_url() + "?submitted")
    assert re.search(r'href="/queue/"[^>]* autofocus>Queue is empty', text)


def test_what_is_due_comes_first_and_late_is_said_in_words(page, texts, people):
    today = timezone.now().date()
    for text, days in zip(texts, (None, 2, -3), strict=True):
        factories.assignment(text, people.annotator, due=days and today + timedelta(days=days))
    text = page("annotator", "/queue/")
    assert titles(text) == ["Third", "Second", "First"]
    assert re.findall(r'<time datetime="[^"]+" title="[^"]+">([^<]+)<', text) == ["late by 3 days", "due in 2 days"]
    assert "late by 3 days" in page("manager", "/corpora/reports/")


def test_an_article_of_long_ago_is_read_again(as_, page, texts, people):
    first = submitted(texts[0], people.annotator)
    assert "Read an article again" not in page("annotator", "/queue/")
    before = timezone.now() - timedelta(days=40)
    Assignment.objects.filter(pk=first.pk).update(submitted=before, created=before, independent=0)
    assert "Read an article again" in page("annotator", "/queue/")
    client = as_("annotator")
    opened = client.post("/queue/next/", {"again": "1"}, follow=True)
    assert b"skip-article" not in opened.getvalue()
    assert "rereading" in page("annotator", "/queue/")
    assert client.get(first.get_absolute_url()).status_code == 404
    article = page("annotator", texts[0].article.get_absolute_url())
    assert "rereading" in article
    assert first.get_absolute_url() not in article


def test_due_leaves_what_is_late_what_comes_and_what_has_no_date(page, texts, people):
    today = timezone.now().date()
    for text, days in zip(texts, (-1, 3, None), strict=True):
        factories.assignment(text, people.annotator, due=None if days is None else today + timedelta(days=days))
    assert titles(page("annotator", "/queue/?due=late")) == ["First"]
    assert titles(page("annotator", "/queue/?due=week")) == ["Second"]
    assert titles(page("annotator", "/queue/?due=none")) == ["Third"]
    assert len(titles(page("annotator", "/queue/?due=ever"))) == 3
    factories.submitted(Assignment.objects.get(document=texts[0]))
    assert titles(page("annotator", "/queue/?due=late")) == []
