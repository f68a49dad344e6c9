"""Metadata that people edit: of one article, of many, and what an undo restores."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.edits.articles import edit_article, edit_articles, state_of, undo_article, undo_batch
from corpus.edits.history import EditError
from corpus.models import Article, Edit, EvidenceLog, Outlet
from tests import factories


@pytest.fixture
def corpus(db):
    return factories.corpus("reports")


@pytest.fixture
def mina(corpus):
    return factories.membership(corpus, factories.user("mina"), "manager").user


def fresh(article):
    return Article.objects.get(pk=article.pk)


def test_who_enters_a_value_states_it_and_an_undo_brings_the_old_basis_back(corpus, mina):
    wire = factories.outlet(corpus, "Wire")
    article = factories.article(
        corpus, outlet=wire, outlet_basis="named by its own site", published_edtf="2017-09-04/2017-09-30",
        published_earliest="2017-09-04", published_latest="2017-09-30",
    )  # fmt: skip
    before = state_of(fresh(article))
    edit = edit_article(fresh(article), {"outlet": "Daily NK", "published": "2017-09"}, mina)
    now = fresh(article)
    assert (now.outlet.name, now.outlet_basis) == ("Daily NK", "stated by mina")
    assert (str(now.published_earliest), str(now.published_latest)) == ("2017-09-01", "2017-09-30")
    assert [line[0] for line in edit.lines] == ["outlet", "basis of the outlet", "publication date"]
    undo_article(edit, mina)
    assert state_of(fresh(article)) == before
    assert EvidenceLog.objects.filter(chain=f"article/{article.pk}", op="update").count() == 2


def test_who_saves_what_is_there_has_stated_nothing(corpus, mina):
    article = factories.article(corpus, outlet=factories.outlet(corpus, "Wire"), outlet_basis="named by its own site")
    assert edit_article(fresh(article), {"outlet": "Wire", "title": article.title, "url": "", "published": ""}, mina) is None
    assert fresh(article).outlet_basis == "named by its own site"
    assert not Edit.objects.exists()


def test_a_url_of_another_article_is_refused_and_nothing_is_stored(corpus, mina):
    factories.article(corpus, url="https://example.org/1")
    article = factories.article(corpus, "Another")
    with pytest.raises(EditError, match="has this URL"):
        edit_article(article, {"title": "New", "url": "https://example.org/1"}, mina)
    assert fresh(article).title == "Another"
    assert not Edit.objects.exists()


def test_many_are_edited_with_as_many_queries_as_few(corpus, mina):
    def asked(count):
        keys = [factories.article(corpus, f"Number {number}").pk for number in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert len(edit_articles(corpus, keys, {"outlet": "Wire", "language": "ko"}, mina)) == count
        return len(queries)

    assert asked(2) >= asked(20)  # the first one makes the outlet
    assert set(Article.objects.values_list("outlet__name", "language")) == {("Wire", "ko")}


def test_a_batch_is_undone_but_where_something_came_later(corpus, mina):
    articles = [factories.article(corpus, f"Number {number}", language=code) for number, code in enumerate(["en", "", "ko"])]
    (first, *_) = edits = edit_articles(corpus, [row.pk for row in articles], {"language": "ko"}, mina)
    assert len(edits) == 2
    edit_article(fresh(articles[1]), {"language": "ja"}, mina)
    assert undo_batch(corpus, first.batch, mina) == (1, 1)
    assert [fresh(row).language for row in articles] == ["en", "ja", "ko"]
    assert undo_batch(corpus, first.batch, mina) == (0, 1)
    assert Edit.objects.count() == 4


def test_articles_and_outlets_of_another_corpus_stay_as_they_are(corpus, mina):
    foreign = factories.article(factories.corpus("foreign"), language="en")
    factories.outlet(foreign.corpus, "Wire")
    assert edit_articles(corpus, [foreign.pk], {"language": "ko", "outlet": "Wire"}, mina) == []
    edit_article(factories.article(corpus), {"outlet": "Wire"}, mina)
    assert fresh(foreign).language == "en"
    assert Outlet.objects.filter(corpus=corpus).count() == 1
