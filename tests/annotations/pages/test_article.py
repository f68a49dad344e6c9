"""The page of one article: its text, where it comes from, who marks it."""

import pytest

from annotations.models import CorpusScheme, Scheme
from corpus.models import Repair, Zone
from tests import factories
from tests.annotations.pages.conftest import submitted


@pytest.fixture
def document(corpus):
    article = factories.article(corpus, "Factory closed", url="https://elsewhere.invalid/1", language="en")
    return factories.document("Factory closed\n\nThe workers <b>left</b>. Image: Wire", of=article)


@pytest.fixture
def address(document):
    return f"/articles/{document.article.pk}/"


def test_the_text_stands_by_segments(page, address):
    text = page("viewer", address)
    assert '<p id="title" class="title" dir="auto">Factory closed</p>' in text
    assert '<p id="p1" class="paragraph" dir="auto">The workers &lt;b&gt;left&lt;/b&gt;. Image: Wire</p>' in text


def test_what_is_never_marked_is_set_apart(page, address, document):
    start = document.text.index("Image")
    segment = document.segments.get(code="p1")
    Zone.objects.create(document=document, segment=segment, kind="credit", start=start, end=segment.end)
    assert '<span class="zone" title="credit: not annotated">Image: Wire</span></p>' in page("viewer", address)


def test_every_repair_is_listed_with_its_reason(page, address, document):
    places = {"raw_start": 1, "raw_end": 3, "clean_start": 1}
    Repair.objects.create(
        document=document, position=0, op="mojibake", raw="¡ã", clean="▲", why="EUC-KR read as Latin-1", **places
    )
    text = page("viewer", address)
    assert '<samp dir="auto">¡ã</samp> → <samp dir="auto">▲</samp>' in text
    assert "EUC-KR read as Latin-1" in text


def test_a_text_without_repairs_says_so(page, address):
    assert "None. The text is unchanged." in page("viewer", address)


def test_it_tells_where_the_text_comes_from(page, address, document):
    text = page("viewer", address)
    for fact in (document.sha256, document.raw.sha256, "utf-8", "text, reader version 1", f"/documents/{document.pk}/raw/"):
        assert fact in text


def test_another_host_is_only_reached_by_the_page_that_warns(page, address, document):
    text = page("viewer", address)
    assert f'href="/articles/{document.article.pk}/original/"' in text
    assert 'href="https://elsewhere' not in text


def test_a_newer_text_takes_the_place_of_the_older(page, address, document):
    factories.document("Factory closed for ever", of=document.article)
    text = page("viewer", address)
    assert "for ever" in text
    assert "2; this is the latest" in text


def test_an_article_without_text_says_how_one_comes_in(page, corpus):
    article = factories.article(corpus)
    assert "No text yet" in page("viewer", f"/articles/{article.pk}/")


class TestMarkedBy:
    def test_a_reviewer_sees_everybody(self, page, address, document, people):
        factories.assignment(document, people.annotator)
        text = page("reviewer", address)
        assert ">annotator</a>" in text
        assert "In progress" in text

    def test_an_annotator_sees_not_even_that_others_do(self, page, address, document, people):
        factories.assignment(document, people.manager)
        assert ">manager</a>" not in page("annotator", address)

    def test_mine_is_mine_and_to_be_continued(self, page, address, document, people):
        mine = factories.assignment(document, people.annotator)
        text = page("annotator", address)
        assert f'href="/annotate/{mine.pk}/">Me</a>' in text
        assert "Continue" in text

    def test_the_gold_shows_to_an_annotator_after_submitting(self, page, address, document, people):
        factories.assignment(document, people.reviewer, role="adjudication")
        assert ">Gold</a>" not in page("annotator", address)
        submitted(document, people.annotator)
        assert ">Gold</a>" in page("annotator", address)

    def test_marks_on_an_older_text_say_so(self, page, address, document, people):
        factories.assignment(document, people.annotator)
        factories.document("Factory closed for ever", of=document.article)
        assert "text version 1" in page("annotator", address)


class TestBegin:
    def test_it_opens_mine_and_goes_there(self, as_, address, document, people):
        answer = as_("annotator").post(f"{address}annotate/")
        mine = document.assignments.get(annotator=people.annotator)
        assert answer.url == f"/annotate/{mine.pk}/"

    def test_again_is_the_same(self, as_, address, document):
        client = as_("annotator")
        assert client.post(f"{address}annotate/").url == client.post(f"{address}annotate/").url
        assert document.assignments.count() == 1

    def test_a_link_opens_nothing(self, as_, address, document):
        assert as_("annotator").get(f"{address}annotate/").status_code == 405
        assert not document.assignments.exists()

    @pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("stranger", 404)])
    def test_who_may_not_mark_opens_nothing(self, as_, address, document, role, status):
        assert as_(role).post(f"{address}annotate/").status_code == status
        assert not document.assignments.exists()

    def test_an_article_without_text_can_not_be_marked(self, as_, corpus):
        article = factories.article(corpus)
        assert as_("annotator").post(f"/articles/{article.pk}/annotate/").status_code == 404

    def test_without_any_scheme_the_page_says_how_to_load_one(self, as_, address, corpus):
        CorpusScheme.objects.all().delete()
        Scheme.objects.all().delete()
        answer = as_("annotator").post(f"{address}annotate/")
        assert answer.status_code == 409
        assert b"manage.py load_scheme" in answer.content


@pytest.mark.parametrize("role", ["viewer", "reviewer"])
def test_the_number_of_queries_does_not_grow(queries, corpus, people, role):
    def made(count):
        document = factories.document("\n\n".join(f"Paragraph {n} of {count}" for n in range(count)), corpus=corpus)
        for _ in range(count):
            factories.assignment(document, factories.user())
        return f"/articles/{document.article.pk}/"

    assert queries(role, made(1)) == queries(role, made(50)) <= 16
