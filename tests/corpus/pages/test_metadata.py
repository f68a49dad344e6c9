"""The page on which the metadata of an article are edited."""

import pytest

from corpus.edits.articles import edit_articles
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
