"""Articles are found by the words of their texts and titles, in any script."""

from __future__ import annotations

import time
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import Article, SearchPassage, SearchWord, Segment
from corpus.passages import search
from corpus.passages.index import index_all
from corpus.passages.search import articles_with, candidates_for, nearest_words, occurrences_in, query_for, with_text
from corpus.words.patterns import PatternError, as_beginning, occurrences, read_pattern
from corpus.words.tokens import tokens
from tests import factories

pytestmark = [pytest.mark.django_db]

JAPANESE = "丹東市の繊維工場では北朝鮮労働者300人のうち170人が帰国させられた。"


@pytest.fixture
def reports(db):
    return factories.corpus("reports")


def put(corpus, **texts):
    """Articles called after their key, each with its text."""
    for title, text in texts.items():
        factories.document(text, of=factories.article(corpus, title))
    index_all()


def titles(corpus, asked):
    rows = Article.objects.filter(corpus=corpus, pk__in=articles_with(corpus, asked))
    return "".join(rows.order_by("title").values_list("title", flat=True))


def lines(corpus, asked):
    """Every occurrence in the texts, as a concordance reads them."""
    pattern = read_pattern(asked)
    rows = with_text(candidates_for(corpus, query_for(corpus, pattern)).exclude(document=None)).order_by("document", "start")
    return [tuple(place) for row in rows for place in occurrences_in(row, pattern)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("terminat*", "AB"),
        ("terminat", "AB"),
        ("Terminated", "A"),
        ("ter?inat*", "AB"),
        ("*mination", "B"),
        ("contracts were", "A"),
        ("were contracts", ""),
        ("contracts ..2 terminated", "A"),
        ("contracts ..1 terminated", ""),
        ("terminated|termination", "AB"),
        ("factory", "C"),
        ("act", ""),
        ("café", "D"),
        ("500", "D"),
        ("帰国", "E"),
        ("労働者300", "E"),
        ("労働者 300", "E"),
        ("労働者 ..3 人", "E"),
        ("労働者500", ""),
        ("国", "E"),
        ("東丹", ""),
        ("북한노동자", "F"),
        ("북한 노동자", "F"),
        ("단둥", "F"),
        ("에서", "F"),
        ("عاملا", "G"),
        ("170", "EG"),
        ("17", ""),
    ],
)
def test_words_are_found_as_a_reader_sees_them(reports, asked, expected):
    put(
        reports,
        A="Contracts were quickly terminated.",
        B="A termination.",
        C="🏭 Factory",
        D="cafe\u0301 ５００人",
        E=JAPANESE,
        F=unicodedata.normalize("NFD", "그는 단둥에서 온 북한 노동자였다"),
        G="عاد 170 عاملا",
    )
    assert titles(reports, asked) == expected


def test_nothing_is_found_across_segments(reports):
    put(reports, A="Workers were sent\n\nhome early", B="sent home")
    assert titles(reports, "sent home") == "B"
    assert titles(reports, "sent ..5 home") == "B"


def test_titles_are_found_by_the_same_rules(reports):
    factories.article(reports, "丹東市の繊維工場: workers terminated")
    index_all()
    for asked in ("繊維", "terminat", "*nated", "workers terminated", "工場 ..1 terminated"):
        assert len(titles(reports, asked)) > 1, asked
    assert not titles(reports, "terminated workers")


def test_every_text_of_an_article_is_searched(reports):
    put(reports, A="First words.")
    factories.document("Second words.", of=Article.objects.get())
    index_all()
    assert titles(reports, "first") == titles(reports, "second") == "A"


def test_another_corpus_has_words_of_its_own(reports):
    put(factories.corpus("other"), A="secretive " + " ".join(f"w{n}x" for n in range(501)))
    for asked in ("secretive", "*cretive", "secretive ..1 w0x", "w*x"):
        pattern = read_pattern(asked)
        assert not candidates_for(reports, query_for(reports, pattern)).exists(), asked
        assert not Article.objects.filter(pk__in=articles_with(reports, asked)).exists(), asked


def test_words_outside_all_segments_are_found_too(reports):
    document = factories.document("Loose words", of=factories.article(reports, "A"))
    Segment.objects.filter(document=document).delete()
    index_all()
    assert titles(reports, "loose words") == "A"


def test_a_wildcard_for_too_many_words_asks_for_letters(reports):
    put(reports, A=" ".join(f"w{n}x" for n in range(501)))
    with pytest.raises(PatternError, match=r"“w\*x” stands for more than 500 words: enter more letters."):
        titles(reports, "w*x")
    SearchWord.objects.get(word="w7x").delete()
    assert titles(reports, "w*x") == "A"
    assert titles(reports, "w12*") == "A"


def test_wildcards_of_like_are_letters_to_no_word(reports):
    put(reports, A="plain words")
    for asked in ("p%n*", "p_a*n", "pl\\*n"):
        assert titles(reports, asked) == "", asked


def test_words_with_gaps_in_too_many_passages_are_refused(reports, monkeypatch):
    put(reports, A="sent far home\n\nsent home far\n\nhome is sent")
    assert titles(reports, "sent ..1 home") == "A"
    monkeypatch.setattr(search, "MOST_PASSAGES", 2)
    with pytest.raises(PatternError, match="More than 2 passages contain all of these words"):
        titles(reports, "sent ..1 home")


def test_an_occurrence_in_an_overlap_is_counted_once(reports):
    text = " ".join(f"w{n}" for n in range(1_000)) + "\n\n" + "a " * 1_000
    put(reports, A=text)
    assert SearchPassage.objects.exclude(document=None).count() > 6
    for n in range(0, 990, 30):
        start = text.index(f"w{n} ")
        assert lines(reports, f"w{n} w{n + 1}") == [(start, text.index(" ", text.index(f"w{n + 1} ")))]
    assert len(lines(reports, "a")) == 1_000
    assert len(lines(reports, "a a a")) == 998


def test_lines_are_where_the_text_has_the_words(reports):
    text = f"  Title\n\n🏭 {JAPANESE}\n\n{unicodedata.normalize('NFD', '단둥에서')} 帰国"
    put(reports, A=text)
    assert [text[start:end] for start, end in lines(reports, "帰国")] == ["帰国", "帰国"]
    assert [text[start:end] for start, end in lines(reports, "단둥")] == [unicodedata.normalize("NFD", "단둥")]


def test_a_long_article_is_found_to_its_end(reports):
    paragraph = "Some words of a long article that goes on and on. "
    text = paragraph * 5_000 + "帰国\n\n" + paragraph * 5_000 + "the last terminations"
    assert len(text) > 500_000
    put(reports, A=text)
    assert titles(reports, "last terminat") == titles(reports, "帰国") == "A"
    assert lines(reports, "last terminations") == [(len(text) - 17, len(text))]
    assert titles(reports, "on ..3 帰国") == "A"


@pytest.mark.parametrize(
    "asked",
    [" ..20 ".join("aaaaaaab"), " ..20 ".join(["a|a|a|a"] * 7 + ["b"]), " ".join(["*a?"] * 8), "|".join("abcdefgh" * 5), "a*a*"],
)
def test_a_hostile_pattern_takes_no_time(reports, asked):
    put(reports, A="a " * 20_000 + "b", B="x" * 100_000)
    began = time.process_time()
    titles(reports, asked)
    assert time.process_time() - began < 3


def test_queries_do_not_grow_with_what_is_there(reports):
    counts = []
    for number in (1, 9):
        put(reports, **{f"T{number}{n}": "Workers were sent far home, *and* terminated" for n in range(number)})
        with CaptureQueriesContext(connection) as captured:
            for asked in ("workers", "terminat*", "w*ers w?re", "sent ..1 home"):
                assert titles(reports, asked)
        counts.append(len(captured))
    assert counts[0] == counts[1] == 6


def test_an_exact_query_is_answered_by_the_index(reports):
    put(reports, A="Workers were sent home")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = SearchPassage.objects.filter(words__matches="('sent' <1> 'home')").explain()
    assert "passage_words" in plan


TEXTS = st.text("abé人国 \n\u0301", min_size=1, max_size=60)
ASKED = st.sampled_from(
    [
        "a",
        "ab*",
        "abb",
        "a b",
        "人国",
        "人国人",
        "国 a",
        "a|人国 b",
        "?b",
        "*b*",
        "a ..2 b",
        "é",
        "a* 人|b 国",
        "人人人人",
        "b|a|é a|b a|b a|b a|b",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, ASKED)
def test_the_index_finds_what_the_matcher_finds(reports, text, asked):
    """An exact query neither misses an article nor gives one too many; any other misses none."""
    pattern = as_beginning(read_pattern(asked))
    holds = any(True for part in text.split("\n\n") for _ in occurrences(pattern, tokens(part)))
    article = factories.article(reports, "…")
    factories.document(text, of=article)
    index_all()
    assert (article.pk in set(Article.objects.filter(pk__in=articles_with(reports, asked)).values_list("pk", flat=True))) is holds


class TestNearestWords:
    """Of words that no text has, those of the corpus whose letters are most like theirs."""

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ("wrokers", {"wrokers": ["workers"]}),
            ("WROKERS sent nowhere", {"wrokers": ["workers"], "nowhere": []}),
            ("snet ..3 senti", {"snet": ["sent"], "senti": ["sent"]}),
            ("workers", {}),
            ("wroker*", {}),
            ("帰郷", {}),
            ("cafeteria|cafés", {"cafeteria": [], "cafés": ["café"]}),
            ("работнкии", {"работнкии": ["работники"]}),
            ("노동자들 terminatd", {"terminatd": ["terminate", "terminated"]}),
        ],
    )
    def test_as_people_misspell_them(self, reports, asked, expected):
        put(reports, A="Workers, a worker, sent, terminated, terminate", B="帰国 café 노동자 работники")
        assert nearest_words(reports, read_pattern(asked)) == expected

    def test_five_at_most_and_of_this_corpus_alone(self, reports):
        put(reports, A=" ".join(f"factory{n}" for n in range(9)))
        put(factories.corpus("others"), A="factoryy factory")
        assert nearest_words(reports, read_pattern("factory")) == {"factory": [f"factory{n}" for n in range(5)]}

    def test_one_statement_for_all_words(self, reports):
        put(reports, A="sent home")
        with CaptureQueriesContext(connection) as queries:
            nearest_words(reports, read_pattern("snet hoem ..3 wokrer|facotry|nothing"))
        assert len(queries) == 1
