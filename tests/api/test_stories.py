"""By API: what is a copy of what, and which articles tell one story."""

import pytest

from corpus.models import Article, Cluster
from tests import factories
from tests.api.test_authorisation import a_copy
from tests.api.world import new, session


@pytest.fixture
def manager(world, own):
    return session(world.cast["manager"])


def url(article, what):
    return f"/api/v1/articles/{article.pk}/{what}/"


def test_a_near_copy_is_confirmed_or_kept_as_an_article_of_its_own(manager, own):
    copied = a_copy(own).article
    confirmed = manager.post(url(copied, "copy"), {"is_copy": True}, format="json").json()
    assert (confirmed["copy_of"], Article.objects.get(pk=copied.pk).copy_decided) == (str(own.article.pk), True)
    kept = manager.post(url(copied, "copy"), {"is_copy": False}, format="json").json()
    assert (kept["id"], kept["copy_of"]) == (str(copied.pk), None)


def test_an_article_is_declared_to_be_a_copy(manager, own):
    body = {"is_copy": True, "of": str(own.article.pk)}
    said = manager.post(url(own.unread.article, "copy"), body, format="json").json()
    assert said["copy_of"] == str(own.article.pk)
    assert 0 <= said["similarity"] <= 1


@pytest.mark.parametrize("what", ["copy", "story"])
def test_nothing_is_beside_itself_or_an_article_of_elsewhere(what, manager, own, world):
    field = "of" if what == "copy" else "other"
    more = {"is_copy": True} if what == "copy" else {}
    for pk, status in ((own.article.pk, 422), (world.foreign.article.pk, 404), (new(), 404)):
        assert manager.post(url(own.article, what), {field: str(pk)} | more, format="json").status_code == status


def test_a_copy_of_nothing_is_told(manager, own):
    answer = manager.post(url(own.unread.article, "copy"), {"is_copy": True}, format="json")
    assert answer.status_code == 422
    assert "give the other article" in answer.json()["detail"]


def test_an_article_without_a_text_is_no_copy(manager, own):
    empty = factories.article(own.corpus, "Nothing of it has come in")
    answer = manager.post(url(empty, "copy"), {"is_copy": True, "of": str(own.article.pk)}, format="json")
    assert (answer.status_code, answer.json()["detail"]) == (422, "One of the two articles has no text yet.")


def test_articles_are_put_together_as_a_story_and_taken_out(manager, own):
    third = factories.article(own.corpus, "The same in another language")
    told = manager.post(url(third, "story"), {"other": str(own.article.pk)}, format="json").json()
    assert told["cluster"] == Article.objects.get(pk=own.article.pk).cluster_id
    assert manager.delete(url(third, "story")).json()["cluster"] is None
    assert manager.delete(url(own.article, "story")).json()["cluster"] is None
    assert not Cluster.objects.filter(corpus=own.corpus).exists()
