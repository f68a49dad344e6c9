"""The page on which the metadata of an article are edited."""

import pytest

from corpus.edits.articles import edit_articles
from corpus.intake.ingest import ingest_text
from corpus.models import Article, Edit
from tests import factories

FIELDS = {"title": "An article", "outlet": "", "published": "", "published_basis": "", "language": "", "url": ""}


@pytest.fixture
def article(db):
    return factories.article(factories.corpus("reports"), published_edtf="2017-09-04/2017-09-30")


@pytest.fixture
def page(client, article):
    client.force_login(factories.membership(article.corpus, factories.user("mina"), "manager").user)
    return client


def save(page, article, **fields):
    return page.post(f"/articles/{article.pk}/metadata/", FIELDS | {"published": article.published_edtf} | fields)


def test_a_field_is_saved_and_undone_in_the_history(page, article):
    save(page, article, outlet="Daily NK", language="ko")
    assert b"Daily NK" in page.get(f"/articles/{article.pk}/").content
    edit = Edit.objects.get()
    assert set(edit.after) == {"outlet", "outlet_basis", "language"}
    assert b'<ins dir="auto">Daily NK</ins>' in page.get(f"/articles/{article.pk}/metadata/").content
    page.post(f"/corpora/reports/edits/{edit.pk}/undo/")
    article = Article.objects.get(pk=article.pk)
    assert (article.outlet, article.language) == (None, "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("published", "2017-13"),
        ("published", "yesterday"),
        ("language", "k"),
        ("url", "javascript:alert(1)"),
        ("published_basis", "x"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(page, article, field, value):
    answer = save(page, article, **{field: value})
    assert list(answer.context["form"].errors) == [field]
    assert not Edit.objects.exists()


def test_what_one_press_changed_is_shown_and_undone_at_once(page, article):
    mina = article.corpus.memberships.get().user
    batch = edit_articles(article.corpus, [article.pk], {"language": "ko"}, mina)[0].batch
    assert b"1 article edited" in page.get(f"/corpora/reports/batches/{batch}/").content
    answer = page.post(f"/corpora/reports/batches/{batch}/undo/", follow=True)
    assert b"1 article restored" in answer.content
    assert Article.objects.get().language == ""


DATELINED = "A ship leaves port\n\nSEOUL, March 14, 2019 (Pacific Wire) — A ship left."


def test_a_dateline_is_shown_as_read_and_entered_only_by_a_person(page):
    corpus = factories.corpus("pasted")
    mina = factories.membership(corpus, factories.user("pia"), "manager").user
    page.force_login(mina)
    article = ingest_text(corpus, DATELINED, user=mina, door="page").document.article
    shown = page.get(f"/articles/{article.pk}/").content.decode()
    assert "read from the words: outlet Pacific Wire, date 2019-03-14; not entered" in shown
    assert "<dt>Received from</dt><dd>pasted text" in shown
    assert (article.outlet, article.published_edtf) == (None, "")

    form = page.get(f"/articles/{article.pk}/metadata/?from=dateline").context["form"]
    assert [form[name].value() for name in ("outlet", "published", "published_basis")] == ["Pacific Wire", "2019-03-14", "stated"]
    assert "Read from “SEOUL, March 14, 2019 (Pacific Wire) —”." in form["outlet"].help_text
    save(page, article, title=article.title, **{name: form[name].value() for name in ("outlet", "published", "published_basis")})
    article = Article.objects.get(pk=article.pk)
    assert (article.outlet.name, article.published_edtf, article.outlet_basis) == ("Pacific Wire", "2019-03-14", "stated by pia")
    assert "not entered" not in page.get(f"/articles/{article.pk}/").content.decode()


def test_a_dateline_does_not_replace_what_a_person_gave(page):
    corpus = factories.corpus("stated")
    mina = factories.membership(corpus, factories.user("pia"), "manager").user
    page.force_login(mina)
    facts = {"outlet": "Harbour Press", "published": "2019-03-15"}
    article = ingest_text(corpus, DATELINED, user=mina, door="page", facts=facts).document.article
    form = page.get(f"/articles/{article.pk}/metadata/?from=dateline").context["form"]
    assert [form[name].value() for name in ("outlet", "published")] == ["Harbour Press", "2019-03-15"]
