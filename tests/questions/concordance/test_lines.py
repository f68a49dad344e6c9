"""Lines equal what a reader would find who compares every word of every text, in any script and however texts are cut."""

import unicodedata
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import Article, Document, SearchPassage
from corpus.passages.index import index_all
from corpus.words.patterns import occurrences, read_pattern
from corpus.words.tokens import tokens
from questions.address.question import AddressError
from questions.concordance import walk
from tests import factories, marks
from tests.questions.ledgers.asking import ask, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(db):
    return factories.corpus("reports")


def put(corpus, *texts, **fields):
    documents = [factories.document(text, of=factories.article(corpus, f"Report {n}", **fields)) for n, text in enumerate(texts)]
    index_all()
    return documents


def hits(page):
    return [row["hit"] for row in page.rows]


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("그는 단둥에서 온 북한 노동자였다", "북한노동자", ["북한 노동자"]),
        ("그는 단둥에서 온 북한노동자였다", "북한 노동자", ["북한노동자"]),
        ("그는 단둥에서 온", "단둥", ["단둥"]),
        ("170人が帰国させられ、残りも帰国する", "帰国", ["帰国", "帰国"]),
        ("北朝鮮労働者300人のうち170人", "労働者300", ["労働者300"]),
        ("北朝鮮労働者3000人", "労働者300", []),
        ("🏭 Factory 👩‍👩‍👧 factory", "factory", ["Factory", "factory"]),
        ("a cafe\u0301 and a café", "café", ["cafe\u0301", "café"]),
        ("a café", "cafe\u0301", ["café"]),
        ("５００人", "500", ["５００"]),
        ("عاد 170 عاملا إلى", "170 عاملا", ["170 عاملا"]),
        ("Workers and workers", "workers|nobody", ["Workers", "workers"]),
        ("North and South Korea", "north ..2 korea", ["North and South Korea"]),
        ("it's they're", "'", []),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_as_a_reader_sees_them(reports, text, asked, expected, form):
    document = put(reports, unicodedata.normalize(form, text) if form == "NFD" else text)[0]
    if asked == "'":
        with pytest.raises(AddressError, match="at least one letter"):
            ask(reports, "words", q=asked)
        return
    page = ask(reports, "words", q=asked)
    assert [unicodedata.normalize("NFC", hit) for hit in hits(page)] == [unicodedata.normalize("NFC", hit) for hit in expected]
    for row in page.rows:
        assert document.text[row["start"] : row["end"]] == row["hit"]
        assert document.text == row["left"] + row["hit"] + row["right"]


def test_as_written(reports):
    put(reports, "Workers and workers")
    assert hits(ask(reports, "words", q="Workers", case="1")) == ["Workers"]
    assert hits(ask(reports, "words", q="workers", **{"case": "1", "with": "Workers"})) == ["workers"]
    assert hits(ask(reports, "words", q="workers", **{"case": "1", "with": "WORKERS"})) == []


def test_nothing_is_found_across_segments(reports):
    put(reports, "Workers were sent\n\nhome early", "sent home")
    assert hits(ask(reports, "words", q="sent home")) == ["sent home"]
    assert hits(ask(reports, "words", q="sent ..5 home")) == ["sent home"]
    assert hits(ask(reports, "words", q="sent", **{"with": "home", "near": "2"})) == ["sent"]
    assert hits(ask(reports, "words", q="sent", **{"with": "home", "near": "article"})) == ["sent", "sent"]


def test_titles_are_no_lines(reports):
    factories.article(reports, "Workers terminated")
    index_all()
    assert hits(ask(reports, "words", q="workers")) == []


def test_the_newest_text_is_searched(reports):
    put(reports, "First words.")
    factories.document("Second words.", of=Article.objects.get())
    index_all()
    assert hits(ask(reports, "words", q="words", order="left")) == ["words"]
    assert hits(ask(reports, "words", q="first")) == []


def test_a_copy_folds_away(reports):
    first, copy = put(reports, "sent home", "sent home early")
    Article.objects.filter(pk=copy.article_id).update(copy_of=first.article_id)
    assert len(ask(reports, "words", q="sent").rows) == 1
    assert len(ask(reports, "words", q="sent", copies="1").rows) == 2
    reading = factories.assignment(copy, factories.user(), "adjudication")
    factories.adopt(reports)
    marks.event(reading, "sent", "REPATRIATE")
    assert ask(reports, "words", on="type:REPATRIATE").rows == []
    assert hits(ask(reports, "words", on="type:REPATRIATE", copies="1")) == ["sent"]


def test_of_which_articles(reports):
    wire = factories.outlet(reports, "Wire")
    put(reports, "sent home", outlet=wire, language="en", published_earliest="2017-08-05", published_latest="2017-08-05")
    put(reports, "sent away")
    for given_ in ({"outlet": "Wire"}, {"language": "en"}, {"published_from": "2017-08-05"}, {"published_to": "2017-08-05"}):
        assert [row["right"] for row in ask(reports, "words", q="sent", **given_).rows] == [" home"], given_
    assert hits(ask(reports, "words", q="sent", published_from="2017-08-06")) == []
    assert [row["right"] for row in ask(reports, "words", q="sent", article=str(Article.objects.last().pk)).rows] != []
    assert len(ask(reports, "words", q="sent").rows) == 2


def test_of_another_corpus_are_none(reports):
    put(factories.corpus(), "sent home")
    put(reports, "sent away")
    assert [row["right"] for row in ask(reports, "words", q="sent").rows] == [" away"]


def test_what_is_not_indexed_yet_is_counted(reports):
    factories.document("sent home", of=factories.article(reports))
    page = ask(reports, "words", q="sent")
    assert (page.rows, page.totals) == ([], {"lines": 0, "articles": 0, "not_indexed": 1})


def test_words_in_a_mark_with_a_gap_are_in_one_of_its_pieces(reports):
    document = put(reports, "sent all of them home")[0]
    factories.adopt(reports)
    reading = factories.assignment(document, factories.user(), "adjudication")
    event = marks.event(reading, "sent", "REPATRIATE")
    event.triggers.update(fragments=[[0, 4], [17, 21]], quote="sent … home")
    assert hits(ask(reports, "words", q="home", on="type:REPATRIATE")) == ["home"]
    assert hits(ask(reports, "words", q="them", on="type:REPATRIATE")) == []
    assert hits(ask(reports, "words", on="type:REPATRIATE")) == ["sent all of them home"]
    assert [len(row["marks"]) for word in ("home", "them") for row in ask(reports, "words", q=word).rows] == [1, 0]


def test_no_character_is_cut_at_the_edge(reports):
    family = "👩‍👩‍👧"
    put(reports, f"{family * 30} sent {family * 30}")
    row = ask(reports, "words", q="sent").rows[0]
    assert row["left"].removesuffix(" ").removeprefix(family * 15) == ""
    assert row["right"] == f" {family * 15}"


class TestBounds:
    """A request reads so much and no more, and what it leaves is on the next page."""

    @pytest.fixture
    def narrow(self, monkeypatch):
        monkeypatch.setattr(walk, "MOST_CANDIDATES", 4)
        monkeypatch.setattr(walk, "MOST_READ_TOGETHER", 3)
        monkeypatch.setattr(walk, "MOST_SORTED", 3)
        monkeypatch.setattr(walk, "MOST_SURE", 4)

    def test_fewer_lines_are_no_end(self, reports, narrow):
        put(reports, *["sent them all home" if n in (0, 8) else "home was sent" for n in range(9)])
        answer = list(pages(reports, "words", 5, q="sent ..2 home"))
        assert [len(page.rows) for page in answer] == [1, 0, 1]
        assert [page.totals["more_than_articles"] for page in answer if "more_than_articles" in page.totals] == [0, 0, 0]

    @pytest.mark.parametrize("order", ["left", "right"])
    def test_too_many_lines_are_not_sorted(self, reports, narrow, order):
        put(reports, "sent " * 3)
        assert len(ask(reports, "words", q="sent", order=order).rows) == 3
        put(reports, "sent")
        with pytest.raises(AddressError, match="up to 3 lines") as refused:
            ask(reports, "words", q="sent", order=order)
        assert refused.value.name == "order"
        assert len(ask(reports, "words", q="sent", order=order, sample="3").rows) == 3

    def test_totals_of_many_lines_are_said_to_be_more(self, reports, narrow):
        put(reports, *["sent home"] * 6)
        assert ask(reports, "words", 5, q="sent").totals == {"more_than_lines": 5, "articles": 6, "not_indexed": 0}

    def test_common_words_have_the_same_lines(self, reports, monkeypatch):
        """They are looked for article by article, and not in the index of words."""
        put(reports, "sent home\n\nsent", *["sent away" if n % 2 else "home" for n in range(6)])
        whole = [page.rows for page in pages(reports, "words", 2, q="sent")]
        monkeypatch.setattr(walk, "COMMON", 0)
        assert [page.rows for page in pages(reports, "words", 2, q="sent")] == whole
        assert sum(map(len, whole)) == 5

    def test_a_wildcard_for_too_many_words(self, reports):
        put(reports, " ".join(f"w{n}x" for n in range(501)))
        for given_ in ({"q": "w*x"}, {"q": "w1x", "with": "*x"}):
            with pytest.raises(AddressError, match="more than 500 words: enter more letters"):
                ask(reports, "words", **given_)


class TestLongText:
    """A segment is cut into passages that overlap: each occurrence is one line."""

    def test_each_line_once(self, reports):
        text = " ".join("sent" if n % 7 == 0 else f"w{n % 97}" for n in range(3000))
        put(reports, text)
        assert SearchPassage.objects.exclude(document=None).count() > 8
        rows = [row for page in pages(reports, "words", 60, q="sent") for row in page.rows]
        assert [row["start"] for row in rows] == [token.start for token in tokens(text) if token.text == "sent"]
        assert ask(reports, "words", q="sent").totals["lines"] == len(rows)

    @pytest.mark.parametrize("near", ["sentence", "paragraph", "3"])
    def test_what_is_near_may_be_in_another_passage(self, reports, near):
        words = [f"w{n % 97}" for n in range(3000)]
        words[1000], words[1003], words[2900] = "sent", "home", "sent"
        put(reports, " ".join(words))
        lines = len(ask(reports, "words", q="sent", **{"with": "home", "near": near}).rows)
        assert lines == (1 if near == "3" else 2)
        assert hits(ask(reports, "words", q="sent", **{"with": "home", "near": "2"})) == []


WORDS = ["sent", "Sent", "home", "sender", "東", "京", "東京", "북한", "café", "cafe\u0301", "170"]
TEXTS = st.lists(st.lists(st.sampled_from([*WORDS, "\n\n", ". "]), max_size=12).map(" ".join), min_size=1, max_size=4)
PATTERNS = st.lists(st.sampled_from([*WORDS, "sen*", "s?nt", "sent|home"]), min_size=1, max_size=3).map(
    lambda words: " ..2 ".join(words[:2]) if len(words) == 3 else " ".join(words)
)


def naive(document, asked):
    """Every occurrence, by the tokens of each segment."""
    pattern = read_pattern(asked)
    for segment in document.segments.order_by("start"):
        row = tokens(document.text, segment.start, segment.end)
        for first, last in occurrences(pattern, row):
            yield document.pk, row[first].start, row[last].end


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, asked=PATTERNS, limit=st.integers(1, 4))
def test_lines_are_what_is_found_word_by_word(db, texts, asked, limit):
    corpus = factories.corpus()
    documents = put(corpus, *(text or "-" for text in texts))
    rows = [row for page in pages(corpus, "words", limit, q=asked) for row in page.rows]
    expected = [line for document in documents for line in naive(document, asked)]
    assert [(row["document"], row["start"], row["end"]) for row in rows] == expected
    by_id = {document.pk: document.text for document in documents}
    assert all(by_id[row["document"]][row["start"] : row["end"]] == row["hit"] for row in rows)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=TEXTS, other=st.sampled_from(["home", "sen*", "東京"]), near=st.sampled_from(["paragraph", "article", "1", "4"]))
def test_what_is_near_is_found_word_by_word(db, texts, other, near):
    corpus = factories.corpus()
    documents = put(corpus, *(text or "-" for text in texts))
    rows = ask(corpus, "words", q="sent", limit=200, **{"with": other, "near": near}).rows
    expected = []
    for document in documents:
        lines, partners = list(naive(document, "sent")), list(naive(document, other))
        near_ones = {
            line for line, partner in product(lines, partners) if line != partner and near_enough(document, line, partner, near)
        }
        expected += sorted(near_ones, key=lambda line: line[1])
    assert [(row["document"], row["start"], row["end"]) for row in rows] == expected


def near_enough(document: Document, line, partner, near):
    segments = [s for s in document.segments.all() if s.start <= line[1] < s.end]
    if near == "article":
        return True
    segment = segments[0]
    if not segment.start <= partner[1] < segment.end:
        return False
    if near == "paragraph":
        return True
    row = tokens(document.text, segment.start, segment.end)
    covered = [{n for n, token in enumerate(row) if start <= token.start < end} for _, start, end in (line, partner)]
    return min(abs(one - other) for one, other in product(*covered)) <= int(near)
