"""What was stored before is examined: articles whose address or outlet rests on a claim are listed with the reason."""

from __future__ import annotations

import importlib

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corpus.models import Article, Document, Intake, IntakeItem
from corpus.provenance.doubts import doubts
from tests import factories

pytestmark = pytest.mark.django_db
SQL = importlib.import_module("corpus.migrations.0009_origin_of_stored_texts").ORIGINS
TRUE = "http://good.example/report-1"


def text(article: Article, source: str, **fields) -> Document:
    return factories.document(f"Text {article.documents.count()} of {article.pk}.", of=article, retrieved_from=source, **fields)


@pytest.fixture
def corpus():
    return factories.corpus("reports")


def one_text(corpus, source: str, **fields) -> Article:
    article = factories.article(corpus, **fields)
    text(article, source)
    return article


def told(capsys) -> list[str]:
    with pytest.raises(CommandError, match="unconfirmed"):
        call_command("doubtful_articles")
    return capsys.readouterr().out.splitlines()


def test_an_address_that_nothing_came_from_is_doubtful(corpus, capsys):
    forged = one_text(corpus, "http://evil.test/feed", url=TRUE, url_basis="not known")
    unknown = one_text(corpus, "", url=f"{TRUE}0", title="Another")
    lines = told(capsys)
    assert len(lines) == 2
    assert any(str(forged.pk) in line and "text 1 came from http://evil.test/feed" in line for line in lines)
    assert any(str(unknown.pk) in line and "an unknown source" in line for line in lines)


def test_a_further_text_from_elsewhere_is_doubtful_until_somebody_accepts_it(corpus, capsys):
    article = one_text(corpus, TRUE, url=TRUE, url_basis="not known")
    text(article, "page.html", accepted_by=factories.user("manager"))
    assert list(doubts()) == []
    text(article, "other.html")
    assert f"text 3 came from other.html, not from {TRUE}, and was not accepted by anyone" in told(capsys)[0]


def test_an_outlet_that_nothing_came_from_is_doubtful(corpus, capsys):
    outlet = factories.outlet(corpus, "Good Example", domain="good.example")
    one_text(corpus, "page.html", outlet=outlet, outlet_basis="not known")
    assert "its outlet “Good Example” is not confirmed: nothing came from good.example" in told(capsys)[0]


def test_what_its_site_sent_or_a_person_stated_is_not_doubtful(corpus, capsys):
    outlet = factories.outlet(corpus, "Good Example", domain="good.example")
    one_text(corpus, "http://www.good.example/feed", url=TRUE, outlet=outlet, outlet_basis="not known")
    one_text(corpus, "web page", url=f"{TRUE}0", url_basis="stated by manager", outlet=outlet, outlet_basis="stated by manager")
    one_text(corpus, "page.html", claimed_url=TRUE, claimed_by="the file page.html")
    call_command("doubtful_articles", corpus="reports")
    assert capsys.readouterr().out == "No unconfirmed articles.\n"


def test_what_another_author_of_the_site_stated_before_is_doubtful(corpus, capsys):
    """As it was stored when all of a registrant was one site."""
    outlet = factories.outlet(corpus, "Good", domain="good.pixnet.test")
    of_evil = {"url_basis": "stated by its own site", "outlet": outlet, "outlet_basis": "named by its own site"}
    one_text(corpus, "http://evil.pixnet.test/1", url="http://good.pixnet.test/1", **of_evil)
    article = one_text(corpus, "http://good.pixnet.test/2", url="http://good.pixnet.test/2", url_basis="fetched from it")
    text(article, "http://evil.pixnet.test/2")
    lines = "\n".join(told(capsys))
    assert "its URL http://good.pixnet.test/1 is not confirmed: text 1 came from http://evil.pixnet.test/1" in lines
    assert "text 2 came from http://evil.pixnet.test/2, not from http://good.pixnet.test/2" in lines
    assert "its outlet “Good” is not confirmed" in lines


def test_as_many_queries_for_many_as_for_one(corpus):
    one_text(corpus, "", url=TRUE)
    with CaptureQueriesContext(connection) as few:
        assert len(list(doubts(corpus))) == 1
    for number in range(5):
        one_text(corpus, "", url=f"{TRUE}/{number}", title=f"Article {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(list(doubts(corpus))) == 6
    assert len(many) == len(few)


def test_a_corpus_that_there_is_not_is_told(db):
    with pytest.raises(CommandError, match="no such corpus: 'nowhere'"):
        call_command("doubtful_articles", corpus="nowhere")


# What the migration makes of it


def examined() -> None:
    """As the migration does, before the database keeps origins as they are."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE corpus_document DISABLE TRIGGER document_immutable")
        cursor.execute(SQL)
        cursor.execute("ALTER TABLE corpus_document ENABLE TRIGGER document_immutable")


def before(corpus, door: str, title: str, **delivery) -> Document:
    """A text as it was stored before: it says itself where it came from."""
    document = text(factories.article(corpus, title, url=f"{TRUE}/{title}"), f"{TRUE}/{title}")
    intake = Intake.objects.create(corpus=corpus, door=door)
    given = intake.deliveries.create(position=0, state="done", **delivery) if delivery else None
    IntakeItem.objects.create(intake=intake, name=title, outcome="stored", document=document, delivery=given)
    return document


def test_the_intake_tells_where_stored_texts_came_from_and_nothing_is_invented(corpus):
    feed = corpus.feeds.create(url="http://evil.test/f2", created_by=factories.user("manager"), due=timezone.now())
    expected = {
        before(corpus, "page", "a.html", name="a.html"): "a.html",
        before(corpus, "page", "b", name="http://good.example/b", url="http://good.example/b"): "http://good.example/b",
        before(corpus, "feed", f"{feed.url}/{TRUE}"): feed.url,
        before(corpus, "feed", "http://gone.test/feed/1"): "",
        before(corpus, "command", "c.txt"): "c.txt",
        before(corpus, "api", "d"): "",
    }
    examined()
    assert {document: Document.objects.get(pk=document.pk).retrieved_from for document in expected} == expected
    assert set(Article.objects.values_list("url_basis", flat=True)) == {"not known"}


def test_a_basis_that_a_file_gave_is_not_known(corpus):
    article = factories.article(corpus, url=TRUE, url_basis="stated by manager")
    examined()
    article.refresh_from_db()
    assert article.url_basis == "not known; noted: stated by manager"


def test_the_database_keeps_the_origin_of_a_text_as_it_is(corpus):
    document = text(factories.article(corpus), "page.html")
    with pytest.raises(DatabaseError, match="cannot be changed"):
        Document.objects.filter(pk=document.pk).update(retrieved_from=TRUE)
