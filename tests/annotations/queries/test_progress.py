"""Who has how much to do, asked of the database."""

import pytest

from annotations.queries.home import corpora_of
from annotations.queries.progress import next_for
from tests import factories


@pytest.fixture
def annotator(db):
    return factories.user("annotator")


def test_a_superuser_is_a_manager_everywhere(db, django_user_model):
    factories.corpus("reports")
    boss = django_user_model.objects.create_superuser("manager")
    assert [(row.slug, row.role) for row in corpora_of(boss)] == [("reports", "manager")]


def test_only_corpora_in_which_one_may_mark_offer_a_next_article(annotator):
    read, marked = factories.corpus("read"), factories.corpus("marked")
    factories.membership(read, annotator, "viewer")
    factories.membership(marked, annotator, "annotator")
    factories.document("Only to read", corpus=read)
    factories.document("To mark", corpus=marked)
    assert next_for(annotator).title == "To mark"


def test_an_article_with_two_texts_is_offered_once_and_not_after_one_is_begun(annotator):
    corpus = factories.corpus()
    factories.membership(corpus, annotator, "annotator")
    first = factories.document("A text", corpus=corpus)
    factories.document("A newer text", of=first.article)
    factories.assignment(first, annotator)
    assert next_for(annotator) is None
