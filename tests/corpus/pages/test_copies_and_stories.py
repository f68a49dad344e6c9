"""A near-copy beside its article, the versions of one article, and articles of one story."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corpus.intake.ingest import ingest
from corpus.models import Article, Cluster
from corpus.near_duplicates.stories import join
from corpus.passages.index import index_all
from tests import factories

TEXT = "Factory closed\n\nThe factory in Dandong sent 170 workers home, a manager said. It had closed in August, when their visas ended."
AGAIN = TEXT.replace("Dandong", "Dandong City") + "\n\nCopyright Example Wire"


@pytest.fixture
def corpus(db):
    return factories.corpus("reports")


@pytest.fixture
def as_(client, corpus):
    def enter(role):
        person = factories.user(role)
        factories.membership(corpus, person, role)
        client.force_login(person)
        return client

    return enter


@pytest.fixture
def pair(corpus):
    ingest(corpus, [("a.txt", TEXT.encode()), ("b.txt", AGAIN.encode())], door="page")
    return Article.objects.order_by("created")


def test_a_near_copy_stands_beside_its_article_and_a_manager_says_what_it_is(as_, pair) -> None:
    first, copy = pair
    client, address = as_("manager"), f"/articles/{copy.pk}/copy/"
    page = client.get(address).content.decode()
    assert "<ins>City </ins>" in page
    assert "<ins>Copyright Example Wire" in page
    assert "not confirmed" in page
    answer = client.post(address, {"verdict": "own", "of": first.pk})
    assert answer.url == f"{address}?of={first.pk}"
    assert Article.objects.get(pk=copy.pk).copy_of is None
    assert "Each counts on its own." in client.get(answer.url).content.decode()
    client.post(address, {"verdict": "copy", "of": first.pk})
    again = Article.objects.get(pk=copy.pk)
    assert (again.copy_of, again.copy_decided) == (first, True)
    assert "Confirmed." in client.get(address).content.decode()


def test_what_is_beside_nothing_is_not_there(as_, pair, corpus) -> None:
    first, _ = pair
    foreign = factories.document(TEXT, corpus=factories.corpus("elsewhere")).article
    client = as_("manager")
    for query in ("", "?of=x", f"?of={first.pk}", f"?of={foreign.pk}"):
        assert client.get(f"/articles/{first.pk}/copy/{query}").status_code == 404
    assert client.get(f"/articles/{foreign.pk}/copy/?of={first.pk}").status_code == 404


def test_a_viewer_reads_and_decides_nothing(as_, pair) -> None:
    first, copy = pair
    client = as_("viewer")
    assert "Confirm duplicate</button>" not in client.get(f"/articles/{copy.pk}/copy/").content.decode()
    assert client.post(f"/articles/{copy.pk}/copy/", {"verdict": "own"}).status_code == 403
    assert client.get(f"/articles/{first.pk}/story/").status_code == 403


def test_copies_are_put_aside_until_they_are_asked_for(as_, pair) -> None:
    client = as_("manager")
    page = client.get("/corpora/reports/").content.decode()
    assert ("1 article<" in page, "+1 duplicate" in page) == (True, True)
    assert "2 matching articles<" in client.get("/corpora/reports/?copies=on").content.decode()
    assert [part.count for part in client.get("/").context["corpora"][0].shares] == [1]


def test_a_story_is_put_together_and_taken_apart_by_hand(as_, pair, corpus) -> None:
    first, _ = pair
    other = factories.document("丹東市の繊維工場\n\n170人が帰国させられた。", corpus=corpus).article
    client, address = as_("manager"), f"/articles/{first.pk}/story/"
    assert "not indexed yet" in client.get(f"{address}?q=170人").content.decode()
    index_all()
    assert "needs a letter beside it" in client.get(f"{address}?q=*").content.decode()
    assert [row.pk for row in client.get(f"{address}?q=170人").context["offered"]] == [other.pk]
    client.post(address, {"of": other.pk})
    story = Cluster.objects.get()
    assert set(story.articles.all()) == {first, other}
    assert list(client.get(address).context["told"]) == [other]
    page = client.get(f"/corpora/reports/?cluster={story.pk}")
    assert set(page.context["page"].object_list) == {first, other}
    assert "丹東市の繊維工場" in client.get(f"/articles/{first.pk}/").content.decode()
    client.post(address, {"leave": ""})
    assert not Cluster.objects.exists()


def test_only_what_may_be_the_same_story_is_offered_unasked(as_, corpus) -> None:
    titles = ("Workers sent home from Dandong", "Dandong: workers leave", "Rocket launched in spring", "Workers strike")
    first, alike, *_ = (factories.document(f"{title}\n\nText of {title}.", corpus=corpus).article for title in titles)
    copy = factories.article(corpus, "Elsewhere", copy_of=first, similarity=0.9)
    client = as_("manager")
    offered = client.get(f"/articles/{first.pk}/story/").context["offered"]
    assert [row.pk for row in offered] == [alike.pk, copy.pk]
    nothing = client.get(f"/articles/{factories.article(corpus, 'Storm').pk}/story/").content.decode()
    assert "No similar titles" in nothing


def test_two_stories_become_one(pair, corpus) -> None:
    rows = [factories.document(f"Report {n}\n\nText {n}", corpus=corpus).article for n in range(4)]
    join(rows[0], rows[1])
    join(rows[2], rows[3])
    join(rows[0], Article.objects.get(pk=rows[3].pk))
    assert Cluster.objects.get().articles.count() == 4
    with pytest.raises(ValueError, match="same corpus"):
        join(rows[0], rows[0])
    assert Cluster.objects.count() == 1


def test_what_changed_between_two_texts_of_an_article(as_, corpus) -> None:
    article = factories.article(corpus, "Factory closed")
    old, new = factories.document(TEXT, of=article), factories.document(AGAIN, of=article)
    client = as_("viewer")
    assert "<ins>City </ins>" in client.get(f"/documents/{new.pk}/changes/").content.decode()
    assert client.get(f"/documents/{old.pk}/changes/").status_code == 404
    assert f"/documents/{new.pk}/changes/" in client.get(f"/articles/{article.pk}/").content.decode()


def test_what_the_pages_ask_of_the_database_does_not_grow(as_, corpus) -> None:
    client, counts = as_("manager"), []
    first = factories.document(TEXT, corpus=corpus).article
    for number in (1, 5):
        for _ in range(number):
            n = corpus.articles.count()
            one = factories.document(
                f"Report {n}\n\nText of {n}",
                of=factories.article(corpus, f"Report {n}", outlet=factories.outlet(corpus, f"Wire {n}")),
            ).article
            join(Article.objects.get(pk=first.pk), one)
            copy = factories.article(corpus, f"Copy {n}", outlet=one.outlet, copy_of=first, similarity=0.9)
            factories.document(f"Copy {n}", of=copy)
        asked = []
        for address in (f"/articles/{first.pk}/", f"/articles/{first.pk}/story/", "/corpora/reports/?copies=on"):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            asked.append(len(seen))
        counts.append(asked)
    assert counts[0] == counts[1]
