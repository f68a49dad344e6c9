"""The articles of a corpus: what one sees of the work, filters, pages."""

import re
from datetime import date

import pytest

from annotations.text.edtf import bounds
from corpus.passages.index import index_all
from tests import factories
from tests.annotations.pages.conftest import submitted

ADDRESS = "/corpora/reports/"


def titles(text):
    return re.findall(r'class="title"><a [^>]*>([^<]+)<', text)


def shares(answer):
    return {share.state: share.count for share in answer.context["shares"]}


@pytest.fixture
def texts(corpus):
    """Four documents: A, B, C, D."""
    return [factories.document(f"{name}\n\nText of it", corpus=corpus) for name in "ABCD"]


@pytest.fixture
def work(texts, people):
    """A is open, B submitted, C has a gold and an open one, D is untouched."""
    a, b, c, _ = texts
    factories.assignment(a, people.annotator)
    submitted(b, people.annotator)
    factories.assignment(c, people.reviewer, role="adjudication")
    factories.assignment(c, people.annotator)


class TestProgress:
    def test_a_reviewer_sees_that_of_everybody(self, as_, work):
        assert shares(as_("reviewer").get(ADDRESS)) == {"gold": 1, "submitted": 1, "open": 1, "new": 1}

    def test_an_annotator_sees_their_own_marks_and_the_gold_only_when_allowed(self, as_, work):
        assert shares(as_("annotator").get(ADDRESS)) == {"submitted": 1, "open": 2, "new": 1}

    def test_the_gold_of_a_practice_article_is_no_progress_of_mine(self, as_, texts, people):
        texts[0].article.practice = True
        texts[0].article.save()
        factories.assignment(texts[0], people.reviewer, role="adjudication")
        answer = as_("annotator").get(ADDRESS)
        assert shares(answer) == {"new": 4}
        assert b'<span class="badge gold">Gold</span>' in answer.content
        assert titles(as_("annotator").get(f"{ADDRESS}?progress=gold").content.decode()) == ["A"]

    def test_another_annotator_sees_nothing_of_it(self, as_, work, corpus):
        second = factories.user("second")
        factories.membership(corpus, second, "annotator")
        answer = as_(second).get(ADDRESS)
        assert shares(answer) == {"new": 4}
        assert b"annotator<" not in answer.content

    def test_a_viewer_sees_the_gold_and_nothing_else(self, as_, work):
        answer = as_("viewer").get(ADDRESS)
        assert shares(answer) == {"gold": 1, "new": 3}
        assert b"In progress" not in answer.content

    def test_several_annotators_are_as_far_as_the_last(self, as_, texts, people):
        submitted(texts[0], people.annotator)
        factories.assignment(texts[0], people.manager)
        assert shares(as_("reviewer").get(ADDRESS)) == {"open": 1, "new": 3}

    def test_the_bar_is_full(self, as_, work):
        drawn = as_("reviewer").get(ADDRESS).context["shares"]
        assert [share.left for share in drawn] == [0, 25, 50, 75]
        assert sum(share.width for share in drawn) == 100


class TestAction:
    def test_each_row_has_the_one_thing_to_do(self, page, work):
        text = page("annotator", ADDRESS)
        rows = dict(zip(titles(text), re.findall(r'class="action">(.*?)</td>', text, re.DOTALL), strict=True))
        words = {title: re.search(r"(Continue|View my marks|Annotate)", row)[1] for title, row in rows.items()}
        assert words == {"A": "Continue", "B": "View my marks", "C": "Continue", "D": "Annotate"}

    def test_a_viewer_has_none(self, page, work):
        assert 'method="post" action="/articles/' not in page("viewer", ADDRESS)

    def test_only_a_manager_may_add(self, page, corpus):
        assert "Add articles" in page("manager", ADDRESS)
        assert "Add articles" not in page("reviewer", ADDRESS)


class TestFilters:
    @pytest.fixture(autouse=True)
    def articles(self, corpus):
        wire, daily = factories.outlet(corpus, "Wire"), factories.outlet(corpus, "Daily")
        facts = [("One", wire, "en", 2016), ("Two", daily, "en", 2017), ("Three", daily, "ko", 2018)]
        for title, outlet, language, year in facts:
            days = {"published_earliest": date(year, 1, 1), "published_latest": date(year, 12, 31)}
            made = factories.article(corpus, title, outlet=outlet, language=language, **days)
            factories.document(f"Text {year} with “quotes” of {title}", of=made)
        index_all()
        return {"Wire": wire.pk, "Daily": daily.pk}

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["One", "Three", "Two"]),
            ("?q=two", ["Two"]),
            ("?q=2018", ["Three"]),
            ("?q=nothing", []),
            ("?q=quot", ["One", "Three", "Two"]),
            ("?q=*hree|one", ["One", "Three"]),
            ("?q=2017 ..2 “quotes”", ["Two"]),
            ("?language=en", ["One", "Two"]),
            ("?since=2017-06-01", ["Three", "Two"]),
            ("?until=2017-06-01", ["One", "Two"]),
            ("?since=2017-06-01&until=2017-07-01&language=en", ["Two"]),
            ("?progress=new", ["One", "Three", "Two"]),
            ("?progress=open", []),
            ("?progress=gold", []),
        ],
    )
    def test_each_narrows_the_list(self, page, query, found):
        assert sorted(titles(page("annotator", ADDRESS + query))) == found

    def test_an_open_end_meets_every_day_beyond_it(self, page, corpus):
        for title, edtf in (("Since", "2017/.."), ("Until", "../2017"), ("Never", "")):
            first, last = bounds(edtf) if edtf else (None, None)
            factories.article(corpus, title, published_earliest=first, published_latest=last)
        asked = ("?since=2018-06-01", "?until=2016-06-01", "?since=0001-01-01&until=9999-12-31")
        new = [{"Since", "Until", "Never"} & set(titles(page("annotator", ADDRESS + query))) for query in asked]
        assert new == [{"Since"}, {"Until"}, {"Since", "Until"}]

    def test_by_outlet(self, page, articles):
        assert titles(page("annotator", f"{ADDRESS}?outlet={articles['Wire']}")) == ["One"]

    @pytest.mark.parametrize(
        "query", ["?since=soon", "?outlet=x", "?outlet=999999", "?language=xx", "?progress=done", "?q=%00", "?q=*", "?page=x"]
    )
    def test_a_value_that_cannot_be_is_told_and_left_out(self, as_, query):
        answer = as_("annotator").get(ADDRESS + query)
        assert answer.status_code == 200
        assert len(titles(answer.content.decode())) == 3
        assert bool(answer.context["filters"].errors) == ("page" not in query)

    def test_columns_that_are_no_filter_can_not_be_asked(self, page):
        query = "?outlet__corpus__memberships__user__password__startswith=a&documents__text=x&order=title"
        assert len(titles(page("annotator", ADDRESS + query))) == 3

    def test_the_outlets_of_another_corpus_are_not_offered(self, page):
        factories.outlet(factories.corpus("secret"), "Secret Wire")
        assert "Secret Wire" not in page("annotator", ADDRESS)

    def test_nothing_found_says_what_to_do(self, page):
        assert "No matching articles" in page("annotator", f"{ADDRESS}?q=nothing")

    def test_a_pattern_that_is_refused_is_told_at_its_field(self, page):
        assert "“*”: an asterisk or a question mark needs a letter beside it." in page("annotator", f"{ADDRESS}?q=*")

    def test_articles_that_no_search_finds_yet_are_told(self, page, corpus):
        assert "not indexed yet" not in page("annotator", f"{ADDRESS}?q=two")
        factories.article(corpus, "Two again")
        text = page("annotator", f"{ADDRESS}?q=two")
        assert titles(text) == ["Two"]
        assert "1 article is not indexed yet" in text
        assert "1 article is not indexed yet" in page("annotator", f"{ADDRESS}?q=again")
        assert "not indexed yet" not in page("annotator", ADDRESS)

    def test_a_viewer_can_not_ask_for_work(self, as_):
        answer = as_("viewer").get(f"{ADDRESS}?progress=open")
        assert list(answer.context["filters"].errors) == ["progress"]


class TestPages:
    def test_they_keep_the_filters(self, page, corpus):
        for number in range(60):
            factories.document(f"Text {number}", of=factories.article(corpus, f"Title {number:02}", language="en"))
        text = page("annotator", f"{ADDRESS}?language=en")
        assert len(titles(text)) == 50
        following = re.search(r'rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
        assert following == "?language=en&page=2"
        assert len(titles(page("annotator", ADDRESS + following))) == 10

    @pytest.mark.parametrize("role", ["viewer", "annotator", "reviewer", "manager"])
    def test_the_number_of_queries_does_not_grow(self, queries, corpus, people, role):
        def add(numbers):
            for number in numbers:
                document = factories.document(f"Text {number}", corpus=corpus)
                factories.assignment(document, people.annotator)
                factories.assignment(document, people.reviewer, role="adjudication")

        add([1])
        few = queries(role, ADDRESS)
        add(range(2, 51))
        assert queries(role, ADDRESS) == few <= 17


class TestEmpty:
    def test_a_manager_is_led_to_the_first_article(self, page, corpus):
        assert "Upload files" in page("manager", ADDRESS)

    def test_others_are_told_who_adds(self, page, corpus):
        assert "when a manager of this corpus adds them" in page("annotator", ADDRESS)


def test_a_title_is_text(page, corpus):
    factories.article(corpus, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in page("annotator", ADDRESS)


def test_a_corpus_of_others_and_one_that_is_not_answer_alike(as_, corpus):
    stranger = as_("stranger")
    answers = [stranger.get(address) for address in (ADDRESS, "/corpora/nowhere/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    there, nowhere = (re.sub(rb'csrfmiddlewaretoken" value="\w+', b"", answer.content) for answer in answers)
    assert there == nowhere
