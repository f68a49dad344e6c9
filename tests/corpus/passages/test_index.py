"""Words of texts and titles get into the index: all of them, once, whatever happens to the worker."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.intake.ingest import ingest, ingest_text
from corpus.models import Article, SearchPassage, SearchWord, UnindexedArticle
from corpus.passages import index
from corpus.passages.index import index_all, index_slice, not_indexed
from corpus.tasks import find_unindexed, index_words
from tests import factories
from tests.loading import articles_coming_in

pytestmark = [pytest.mark.django_db]

TEXT = "Workers sent home\n\nThere used to be 300 workers here.\n\n170人が帰国した。"


@pytest.fixture
def reports(db):
    return factories.corpus("reports")


def words_of(document, start):
    with connection.cursor() as cursor:
        cursor.execute("SELECT words::text FROM corpus_searchpassage WHERE document_id = %s AND start = %s", [document.pk, start])
        return cursor.fetchone()[0]


def jobs():
    return list(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))


def test_each_segment_and_the_title_becomes_a_passage(reports):
    document = factories.document(TEXT, of=factories.article(reports, "A Title"))
    assert not_indexed(reports) == 1
    assert index_all()
    assert not_indexed(reports) == 0
    rows = SearchPassage.objects.order_by("document", "start").values_list("article", "document", "start", "end", "next")
    article = document.article_id
    assert list(rows) == [
        (article, document.pk, 0, 17, 17),
        (article, document.pk, 19, 52, 52),
        (article, document.pk, 55, 64, 64),
        (article, None, 0, 7, 7),
    ]
    assert words_of(document, 0) == "'home':3 'sent':2 'workers':1"
    pairs = "'170':1 'が':3 'が帰':3 'し':6 'した':6 'た':7 '人':2 '人が':2 '国':5 '国し':5 '帰':4 '帰国':4"
    assert sorted(words_of(document, 55).split()) == sorted(pairs.split())
    words = SearchWord.objects.filter(corpus=reports).values_list("word", flat=True)
    assert sorted(words) == sorted("170 300 a be here home sent there title to used workers".split())


def test_what_is_indexed_stays_as_it_is(reports):
    document = factories.document(TEXT, corpus=reports)
    index_all()
    of_texts = SearchPassage.objects.exclude(document=None).order_by("pk").values_list("pk", flat=True)
    before = list(of_texts)
    factories.document("Another text.", of=document.article)
    assert not_indexed(reports) == 1
    index_all()
    after = list(of_texts.all())
    assert (after[: len(before)], len(after)) == (before, len(before) + 1)


def test_a_new_title_replaces_the_old_one(reports):
    article = factories.article(reports, "Old words")
    index_all()
    article.language = "en"
    article.save()
    assert not_indexed(reports) == 0
    article.title = "New words"
    article.save()
    assert not_indexed(reports) == 1
    index_all()
    (passage,) = SearchPassage.objects.filter(article=article).extra(select={"vector": "words::text"})
    assert passage.vector == "'new':1 'words':2"


def test_a_slice_that_fails_leaves_all_as_it_was(reports, monkeypatch):
    factories.document(TEXT, corpus=reports)
    factories.document("Second.", corpus=reports)

    def dies(batch):
        raise KeyboardInterrupt

    monkeypatch.setattr(index, "write", dies)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        index_slice()
    assert not_indexed(reports) == 2
    monkeypatch.undo()
    assert index_all()
    assert (not_indexed(reports), SearchPassage.objects.count()) == (0, 6)


def test_work_is_done_in_slices_and_taken_up_again(reports, monkeypatch):
    for number in range(5):
        factories.article(reports, f"Article {number}")
    monkeypatch.setattr(index, "SLICE", 2)
    assert index_all(seconds=0) is False
    assert not_indexed(reports) == 3
    assert index_all()
    assert SearchPassage.objects.count() == 5


def test_the_job_defers_the_rest(reports, monkeypatch):
    for number in range(3):
        factories.article(reports, f"Article {number}")
    monkeypatch.setattr(index, "SLICE", 1)
    monkeypatch.setattr("corpus.tasks.TURN_SECONDS", 0)
    index_words()
    assert (not_indexed(reports), jobs()) == (2, ["index_words"])


def test_while_articles_come_in_a_slice_is_indexed(reports, monkeypatch):
    """The others get their job when they are in, or within a minute."""
    for number in range(3):
        factories.article(reports, f"Article {number}")
    monkeypatch.setattr(index, "SLICE", 1)
    with articles_coming_in():
        index_words()
    assert (not_indexed(reports), jobs()) == (2, [])
    find_unindexed(0)
    assert jobs() == ["index_words"]
    index_words()
    assert not_indexed(reports) == 0


def test_what_was_forgotten_gets_a_job_once(reports):
    find_unindexed(0)
    assert jobs() == []
    factories.article(reports)
    find_unindexed(0)
    find_unindexed(0)
    assert jobs() == ["index_words"]


def test_a_text_that_comes_in_gets_a_job(reports):
    ingest_text(reports, "Some words.", user=factories.user(), door="api")
    assert jobs() == ["index_words"]
    index_words()
    assert not_indexed(reports) == 0


def test_texts_that_come_in_are_indexed_whole(reports):
    ingest(reports, [("1.txt", (factories.DOMAIN / "000_3e4db3711cb7c38f.txt").read_bytes())], door="command")
    index_all()
    document = Article.objects.get().current
    kept = "".join(document.text[p.start : p.end] for p in SearchPassage.objects.filter(document=document).order_by("start"))
    assert [c for c in kept if c.isalnum()] == [c for c in document.text if c.isalnum()]


@pytest.mark.parametrize(
    "text",
    [
        "a " * 5_000,
        "人" * 5_000,
        "x" * 100_000,
        "𠀀" * 3_000 + "\U000e0100" * 500,
        " ".join("𝔘" * 99 + chr(0x1D504 + n % 20) for n in range(1_000)),
        "ﷺ " * 1_000 + "½ ⑴ ㈠ ᅠ ㅤ ͏",
        "か" + "\u0301" * 20_000,
        "".join(chr(0x4E00 + n % 300) + "\u0301\u0302" * 60 for n in range(900)),
    ],
    ids=[
        "one word",
        "one character",
        "100,000 letters",
        "rare characters",
        "long words",
        "signs that become more",
        "marks",
        "pairs",
    ],
)
def test_hostile_texts_are_indexed(reports, text):
    """Within what PostgreSQL keeps: 2 KB of a word, 256 of its positions, 1 MB of a passage."""
    factories.document(text, of=factories.article(reports, "Hostile"))
    assert index_all()
    assert not_indexed(reports) == 0
    assert SearchPassage.objects.exclude(document=None).exists()


def test_a_slice_asks_little_for_many_short_texts(reports, django_assert_max_num_queries):
    for number in range(20):
        factories.document(f"Text {number}", corpus=reports)
    UnindexedArticle.objects.all()
    with django_assert_max_num_queries(11 + 2 * 20):
        index_slice()


def test_the_command_indexes_what_waits_and_what_nothing_waits_for(reports, capsys):
    waits = factories.document(TEXT, of=factories.article(reports, "A Title"))
    forgotten = factories.document("Barges at night. …", of=factories.article(reports, "…"))
    elsewhere = factories.document("Another text.", corpus=factories.corpus("elsewhere"))
    UnindexedArticle.objects.exclude(article=waits.article_id).delete()
    with pytest.raises(CommandError, match="1 entries differ"):
        call_command("index", corpus="reports", check=True)
    assert "words of 1 articles: not indexed" in capsys.readouterr().err
    call_command("index", corpus="reports")
    assert "words of 2 articles indexed" in capsys.readouterr().out
    assert set(SearchPassage.objects.values_list("document", flat=True)) == {waits.pk, forgotten.pk, None}
    assert list(index.without_passages()) == [elsewhere.article]
    call_command("index", check=True, corpus="reports")
    call_command("index")
    assert not index.without_passages().exists()
