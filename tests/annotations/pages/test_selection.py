"""Many articles at once: what is selected, the preview that counts, and what a confirmation does. And the order of the list."""

import re

import pytest
from django.utils import timezone

from annotations.bin import put
from annotations.models import Assignment
from corpus.models import Article, Edit
from corpus.passages.index import index_all
from tests import factories

LIST = "/corpora/reports/"


@pytest.fixture
def articles(corpus):
    wire = factories.outlet(corpus, "Wire")
    facts = [("Alpha", "2017-02-01", wire), ("Beta", "2017-01-01", None), ("Gamma", None, factories.outlet(corpus, "Daily"))]
    rows = [
        factories.article(corpus, title, published_earliest=day, published_latest=day, outlet=row) for title, day, row in facts
    ]
    for article in rows[:2]:
        factories.document(f"{article.title} workers\n\nThey were sent home by the firm in {article.title} city.", of=article)
    return rows


def titles(answer):
    return re.findall(r'class="title"><a [^>]*>([^<]+)<', answer.content.decode())


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("title", "ABG"),
        ("-title", "GBA"),
        ("date", "BAG"),
        ("-date", "ABG"),
        ("outlet", "GAB"),
        ("added", "ABG"),
        ("password", "GBA"),
    ],
)
def test_the_list_is_sorted_and_what_has_no_value_comes_last(as_, articles, sort, order):
    assert "".join(title[0] for title in titles(as_("viewer").get(f"{LIST}?sort={sort}"))) == order


def test_a_heading_says_its_order_and_leads_to_the_other(as_, articles):
    text = as_("viewer").get(f"{LIST}?language=&sort=title").content.decode()
    assert re.findall(r'aria-sort="(\w+)"><a class="sort" href="([^"]+)"', text) == [("ascending", "?language=&amp;sort=-title")]


def test_a_search_shows_its_words_in_the_text(as_, articles):
    index_all()
    text = as_("viewer").get(f"{LIST}?q=sent home").content.decode()
    assert text.count("They were <mark>sent home</mark> by the firm") == 2


def send(client, act, articles=(), **fields):
    return client.post(f"{LIST}selection/{act}/", {"article": [row.pk for row in articles], **fields})


def test_metadata_of_the_selected_change_after_a_preview(as_, articles):
    manager = as_("manager")
    assert b"Edit metadata: 2 articles" in send(manager, "metadata", articles[:2]).content
    preview = send(manager, "metadata", articles[:2], outlet="Wire", preview="")
    assert (preview.context["count"], preview.context["unchanged"]) == (1, 1)
    assert not Edit.objects.exists()
    answer = send(manager, "metadata", articles[:2], outlet="Wire", save="", seen="1")
    assert answer.url == f"/corpora/reports/batches/{Edit.objects.get().batch}/"
    assert sorted(Article.objects.values_list("title", "outlet__name")) == [
        ("Alpha", "Wire"),
        ("Beta", "Wire"),
        ("Gamma", "Daily"),
    ]


def test_all_are_those_that_pass_the_filter_not_those_of_the_page(as_, articles, monkeypatch):
    monkeypatch.setattr("annotations.views.articles.PAGE", 1)
    manager = as_("manager")
    send(manager, "metadata", articles[2:], all="1", query="since=2017-01-01&page=2", language="ko", save="", seen="2")
    assert set(Article.objects.filter(language="ko").values_list("title", flat=True)) == {"Alpha", "Beta"}


def test_what_has_changed_since_the_preview_is_shown_again(as_, articles):
    answer = send(as_("manager"), "metadata", articles, language="ko", save="", seen="2")
    assert answer.context["count"] == 3
    assert not Edit.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"article": "x"}, {"all": "1", "query": "since=soon"}])
def test_what_selects_nothing_changes_nothing(as_, articles, fields):
    answer = as_("manager").post(f"{LIST}selection/metadata/", {**fields, "language": "ko", "save": "", "seen": "3"})
    assert answer.url == LIST
    assert not Edit.objects.exists()


def test_articles_of_another_corpus_are_not_selected(as_, articles):
    foreign = factories.article(factories.corpus("foreign"), "Foreign")
    answer = send(as_("manager"), "metadata", [articles[0], foreign])
    assert answer.context["total"] == 1
    assert b"Foreign" not in answer.content


def test_the_selected_are_assigned_to_a_member_once(as_, corpus, articles, people):
    member = corpus.memberships.get(user=people.annotator)
    factories.assignment(articles[0].current, people.annotator)
    preview = send(as_("manager"), "assign", articles, member=member.pk, preview="")
    assert (preview.context["count"], preview.context["unchanged"]) == (1, 2)
    answer = send(as_("manager"), "assign", articles, member=member.pk, save="", seen="1")
    assert answer.url.startswith(f"{LIST}assigned/")
    rows = Assignment.objects.filter(annotator=people.annotator).values_list("document__article__title", flat=True)
    assert sorted(rows) == ["Alpha", "Beta"]


def test_all_that_is_selected_is_assigned_at_once_and_fewer_only_after_a_preview(as_, corpus, articles, people):
    member = corpus.memberships.get(user=people.annotator)
    with_texts = [row for row in articles if row.current]
    factories.assignment(with_texts[0].current, people.annotator)
    fewer = send(as_("manager"), "assign", with_texts, member=member.pk, save="")
    assert (fewer.context["count"], fewer.context["unchanged"]) == (len(with_texts) - 1, 1)
    member.languages = ["ko"]
    member.save()
    Article.objects.filter(pk=with_texts[1].pk).update(language="en")
    foreign = send(as_("manager"), "assign", with_texts[1:], member=member.pk, save="")
    assert foreign.context["other_languages"] == 1
    assert Assignment.objects.filter(annotator=people.annotator).count() == 1
    Article.objects.filter(pk=with_texts[1].pk).update(language="ko")
    whole = send(as_("manager"), "assign", with_texts[1:], member=member.pk, save="")
    assert whole.url.startswith(f"{LIST}assigned/")
    assert Assignment.objects.filter(annotator=people.annotator).count() == len(with_texts)


def test_a_reading_in_the_bin_keeps_only_who_saw_a_gold_by_it_from_the_article(as_, corpus, articles, people):
    member = corpus.memberships.get(user=people.annotator)
    put.delete(factories.assignment(articles[0].current, people.annotator, revision=1), people.manager, "A mistake.")
    seen = factories.assignment(articles[1].current, people.annotator, released=timezone.now())
    put.delete(seen, people.manager, "Annotate it again.")
    answer = send(as_("manager"), "assign", articles, member=member.pk, save="", seen="1")
    assert answer.url.startswith(f"{LIST}assigned/")
    assert Assignment.objects.outside_bin().get().document == articles[0].current


@pytest.mark.parametrize("role", ["viewer", "annotator", "reviewer"])
def test_only_a_manager_selects(as_, articles, role):
    assert b'name="article"' not in as_(role).get(LIST).content
    assert send(as_(role), "assign", articles).status_code == 403


def test_a_viewer_is_assigned_nothing(as_, corpus, articles, people):
    viewer = corpus.memberships.get(user=people.viewer)
    answer = send(as_("manager"), "assign", articles, member=viewer.pk, save="", seen="2")
    assert list(answer.context["form"].errors) == ["member"]
    assert not Assignment.objects.exists()


def test_the_preview_holds_the_articles_against_the_member(as_, corpus, articles, people):
    member = corpus.memberships.get(user=people.annotator)
    member.languages, member.capacity = ["ko"], 500
    member.save()
    Article.objects.filter(title="Alpha").update(language="ko-KR")
    Article.objects.filter(title="Beta").update(language="en")
    factories.assignment(factories.document("A text in progress", corpus=corpus), people.annotator)
    preview = send(as_("manager"), "assign", articles, member=member.pk, preview="")
    lengths = [row.current.length for row in articles[:2]]
    assert (preview.context["other_languages"], preview.context["begun"], preview.context["more"]) == (1, 18, sum(lengths))
    assert b"1 article is in languages other than ko" in preview.content


def test_assigned_articles_have_a_due_date(as_, articles, people, corpus):
    member = corpus.memberships.get(user=people.annotator)
    client = as_("manager")
    fields = {"member": member.pk, "due": "2031-02-01", "save": "", "seen": "2"}
    assert send(client, "assign", articles, **fields).status_code == 302
    assert [str(row.due) for row in Assignment.objects.all()] == ["2031-02-01"] * 2


@pytest.fixture
def assigned(as_, corpus, articles, people):
    """The page of one press that assigned two articles, of which the annotator has begun the first."""
    member = corpus.memberships.get(user=people.annotator)
    page = send(as_("manager"), "assign", articles, member=member.pk, due="2027-03-01", save="", seen="2").url
    begun = Assignment.objects.order_by("pk")[0]
    Assignment.objects.filter(pk=begun.pk).update(revision=1)
    return page, begun


def test_one_undo_takes_back_what_one_press_assigned_but_what_was_begun(as_, assigned, people):
    address, begun = assigned
    manager = as_("manager")
    page = manager.get(address).text
    assert "2 articles assigned" in page
    assert ("1 of these can be undone" in page, "Begun since, left as it is: 1." in page) == (True, True)
    page = manager.post(address, follow=True).text
    assert "Undone: 1 reading. 1 begun since: left as it is." in page
    assert "Nothing to undo." in page
    assert [row.pk for row in Assignment.objects.outside_bin()] == [begun.pk]
    undone = Edit.objects.get(undoes__isnull=False)
    assert (undone.before, undone.after) == ({"annotator": people.annotator.username, "due": "2027-03-01"}, None)
    assert "Undone: 0 readings." in manager.post(address, follow=True).text
    assert Assignment.objects.outside_bin().count() == 1


def test_what_was_taken_back_can_be_assigned_again(as_, assigned, corpus, articles, people):
    manager, (address, _) = as_("manager"), assigned
    manager.post(address)
    member = corpus.memberships.get(user=people.annotator)
    assert send(manager, "assign", articles, member=member.pk, save="", seen="1").url != address
    assert Assignment.objects.outside_bin().count() == 2


@pytest.mark.parametrize(("role", "status"), [("reviewer", 403), ("viewer", 403), ("stranger", 404)])
def test_only_a_manager_takes_it_back(as_, assigned, role, status):
    assert as_(role).get(assigned[0]).status_code == status
    assert as_(role).post(assigned[0]).status_code == status
    assert Assignment.objects.outside_bin().count() == 2
