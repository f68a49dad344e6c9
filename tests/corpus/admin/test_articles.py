"""Articles and outlets: the metadata are edited, the texts are not, nothing goes away by the hundred."""

import pytest
from django.contrib import admin

from corpus.models import (
    Article,
    Cluster,
    Delivery,
    Document,
    Feed,
    Held,
    Intake,
    IntakeItem,
    Outlet,
    Raw,
    Repair,
    RunningCount,
    SearchPassage,
    SearchWord,
    Segment,
    Sketch,
    UnindexedArticle,
    Zone,
)
from tests import everything, factories
from tests.staff import address, form_of, texts_of


@pytest.fixture
def article(ours):
    return factories.article(ours, "Workers sent home", outlet=factories.outlet(ours))


def test_a_manager_corrects_the_metadata(article, as_manager):
    page = address(Article, "change", article.pk)
    sent = form_of(as_manager.get(page)) | {"title": "Workers return", "language": "en"}
    assert as_manager.post(page, sent).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.language) == ("Workers return", "en")


def test_an_outlet_of_another_corpus_is_refused(article, theirs, as_manager, as_administrator):
    """A manager cannot even name it; a superuser is told what is wrong."""
    foreign = Outlet.objects.get(corpus=theirs)
    page = address(Article, "change", article.pk)
    sent = form_of(as_manager.get(page)) | {"outlet": foreign.pk}
    assert "Select a valid choice" in texts_of(as_manager.post(page, sent))
    assert "This outlet belongs to another corpus." in texts_of(as_administrator.post(page, sent))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("url", "https://example.org/2", "Another article of this corpus has this URL."),
        ("key", "002", "Another article of this corpus has this file key."),
        ("published_earliest", "2030-01-01", "The earliest date is after the latest one."),
    ],
)
def test_what_the_database_would_refuse_is_said_in_words(article, ours, as_manager, field, value, sentence):
    factories.article(ours, url="https://example.org/2", key="002")
    page = address(Article, "change", article.pk)
    sent = form_of(as_manager.get(page)) | {"published_latest": "2017-09-04", field: value}
    response = as_manager.post(page, sent)
    assert response.status_code == 200
    assert sentence in texts_of(response)


def test_an_address_is_a_link_only_where_it_leads_to_a_web_page(article, as_manager):
    page = address(Article, "change", article.pk)
    for url, linked in [("https://example.org/1", True), ("javascript:alert(1)", False), ("data:text/html,x", False)]:
        Article.objects.filter(pk=article.pk).update(url=url)
        assert (f'href="{url}"' in texts_of(as_manager.get(page))) is linked


def test_hostile_words_are_shown_as_words(ours, as_manager):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    article = factories.article(ours, hostile)
    factories.document(f"{hostile}\n\nText", of=article)
    for model, key in [(Article, article.pk), (Document, article.documents.get().pk)]:
        for page in (address(model, "changelist"), address(model, "change", key)):
            text = texts_of(as_manager.get(page))
            assert "<script>alert" not in text
            assert "&lt;script&gt;alert" in text


def test_an_article_is_neither_added_nor_deleted_here(article, as_administrator):
    assert as_administrator.get(address(Article, "add")).status_code == 403
    assert as_administrator.post(address(Article, "delete", article.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "model",
    [
        Document,
        Raw,
        Segment,
        Zone,
        Repair,
        Intake,
        IntakeItem,
        Delivery,
        Held,
        Feed,
        Cluster,
        Sketch,
        SearchPassage,
        SearchWord,
        UnindexedArticle,
        RunningCount,
    ],
    ids=lambda model: model.__name__,
)
def test_what_the_readers_wrote_is_only_shown(model, filled, as_administrator):
    row = model.objects.first()
    assert as_administrator.get(address(model, "change", row.pk)).status_code == 200
    assert as_administrator.post(address(model, "change", row.pk), {}).status_code == 403
    assert as_administrator.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert as_administrator.get(address(model, "add")).status_code == 403


def test_no_list_offers_to_delete_many(as_administrator):
    for model in admin.site._registry:
        response = as_administrator.get(address(model, "changelist"))
        assert 'value="delete_selected"' not in texts_of(response), model


def test_a_text_shows_its_segments_zones_and_repairs(ours, as_manager):
    everything.one_of_each(ours)
    document = Document.objects.get()
    text = texts_of(as_manager.get(address(Document, "change", document.pk)))
    for words in ("Workers sent home", "credit", "EUC-KR", "▲"):
        assert words in text


def test_a_long_text_is_cut_on_its_page(ours, as_manager):
    document = factories.document("a" * 20_000 + "THE END", corpus=ours)
    text = texts_of(as_manager.get(address(Document, "change", document.pk)))
    assert "THE END" not in text
    assert "and 7 more characters" in text


def test_a_list_of_texts_does_not_fetch_them(ours, as_manager, django_assert_max_num_queries):
    factories.document("WORDS" * 100, corpus=ours)
    with django_assert_max_num_queries(30) as captured:
        as_manager.get(address(Document, "changelist"))
    assert not [query for query in captured.captured_queries if '"corpus_document"."text"' in query["sql"]]


def test_the_bytes_of_a_raw_file_are_never_fetched(ours, as_manager):
    raw = factories.document("Words", corpus=ours).raw
    text = texts_of(as_manager.get(address(Raw, "change", raw.pk)))
    assert "5 bytes" in text


def test_a_manager_adds_an_outlet_to_their_corpus_only(ours, theirs, as_manager):
    add = address(Outlet, "add")
    assert "Select a valid choice" in texts_of(as_manager.post(add, {"corpus": theirs.pk, "name": "New Wire"}))
    assert as_manager.post(add, {"corpus": ours.pk, "name": "New Wire", "domain": "new.example"}).status_code == 302
    assert Outlet.objects.get(name="New Wire").corpus == ours


def test_two_outlets_of_one_domain_are_refused_in_words(ours, as_manager):
    factories.outlet(ours, domain="one.example")
    response = as_manager.post(address(Outlet, "add"), {"corpus": ours.pk, "name": "Other", "domain": "one.example"})
    assert "Another outlet of this corpus has this domain." in texts_of(response)


def test_an_outlet_stays_in_its_corpus(ours, article, manager, as_manager):
    other = factories.corpus("other")
    factories.membership(other, manager, "manager")
    page = address(Outlet, "change", article.outlet.pk)
    as_manager.post(page, {"corpus": other.pk, "name": "Renamed"})
    article.outlet.refresh_from_db()
    assert (article.outlet.name, article.outlet.corpus) == ("Renamed", ours)


def test_an_outlet_with_articles_is_not_deleted_and_says_why(article, as_manager):
    response = as_manager.post(address(Outlet, "delete", article.outlet.pk), {"post": "yes"}, follow=True)
    assert "cannot be deleted: 1 article of it" in texts_of(response)
    assert Outlet.objects.exists()
