"""Counts that PostgreSQL keeps: after whatever is written they are what a count of the rows says."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections, transaction
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations.bin.put import delete
from annotations.bin.restore import restore
from corpus.db.running_counts import ARTICLES, add_up, disagreements, recount
from corpus.models import Article, Corpus, RunningCount
from corpus.tasks import add_up_counts
from tests import factories


@pytest.fixture
def reports(db):
    return factories.corpus("reports")


@pytest.fixture
def manager(reports):
    person = factories.user("manager")
    factories.membership(reports, person, "manager")
    return person


def counts(of):
    """By name, without those that are nothing."""
    rows = RunningCount.objects.filter(corpus=of).values("name").annotate(all=Sum("number")).values_list("name", "all")
    return {name: number for name, number in rows if number}


def differing():
    with connection.cursor() as cursor:
        cursor.execute(disagreements([ARTICLES]))
        return cursor.fetchall()


ACTS = {
    "one comes": lambda corpus, rows: factories.article(corpus),
    "many come": lambda corpus, rows: Article.objects.bulk_create([Article(corpus=corpus, title=f"Title {n}") for n in range(3)]),
    "all are copies": lambda corpus, rows: copied(rows),
    "none is a copy": lambda corpus, rows: Article.objects.filter(corpus=corpus).update(copy_of=None),
    "titles change": lambda corpus, rows: Article.objects.filter(corpus=corpus).update(title="Another title"),
    "one goes": lambda corpus, rows: rows and Article.objects.filter(pk=rows[-1].pk, copies=None).delete(),
    "they are added up": lambda corpus, rows: add_up(),
    "they are counted anew": lambda corpus, rows: recount([ARTICLES]),
}


def copied(rows):
    for row in rows[1:]:
        Article.objects.filter(pk=row.pk).update(copy_of=rows[0])


class TestWhateverIsWritten(TestCase):
    @given(st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 1)), max_size=12))
    def test_the_counts_are_those_of_the_rows(self, acts):
        corpora = [factories.corpus(), factories.corpus()]
        for act, which in acts:
            corpus = corpora[which]
            ACTS[act](corpus, list(Article.objects.filter(corpus=corpus).order_by("pk")))
        assert differing() == []
        for corpus in corpora:
            rows = Article.objects.filter(corpus=corpus)
            copies = rows.exclude(copy_of=None).count()
            known = {"articles": rows.count(), "copies": copies}
            assert counts(corpus) == {name: number for name, number in known.items() if number}


def test_articles_in_the_bin_are_not_counted(reports, manager):
    first, second = factories.article(reports), factories.article(reports)
    Article.objects.filter(pk=second.pk).update(copy_of=first)
    assert counts(reports) == {"articles": 2, "copies": 1}
    deletion = delete(second, manager, "twice")
    assert counts(reports) == {"articles": 1}
    restore(deletion, manager)
    assert counts(reports) == {"articles": 2, "copies": 1}
    assert differing() == []


def test_the_worker_adds_them_up(reports):
    for _ in range(3):
        factories.article(reports)
    assert RunningCount.objects.filter(corpus=reports).count() == 3
    add_up_counts(0)
    assert list(RunningCount.objects.filter(corpus=reports).values_list("name", "number")) == [("articles", 3)]
    Article.objects.filter(corpus=reports).delete()
    add_up_counts(0)
    assert not RunningCount.objects.filter(corpus=reports).exists()


def test_what_a_corpus_that_is_gone_leaves_behind_goes_too(reports):
    gone = factories.corpus()
    RunningCount.objects.create(corpus=gone, name="articles", number=2)
    Corpus.objects.filter(pk=gone.pk).delete()
    factories.article(reports)
    assert differing() == []
    add_up()
    assert set(RunningCount.objects.values_list("corpus", flat=True)) == {reports.pk}


def test_a_wrong_count_is_reported_and_the_index_counts_anew(reports, capsys):
    factories.article(reports)
    RunningCount.objects.create(corpus=reports, name="articles", number=1)
    RunningCount.objects.create(corpus=reports, name="marked", number=-1)
    with pytest.raises(CommandError, match="2 faults: 2 count"):
        call_command("check_integrity")
    told = capsys.readouterr().err
    assert f"“articles” of the corpus {reports.slug}: 2 are counted, there are 1" in told
    assert f"“marked” of the corpus {reports.slug}: -1 are counted, there are 0" in told
    call_command("index", jobs=1)
    assert counts(reports) == {"articles": 1}
    call_command("check_integrity")


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_another_who_brings_articles_to_the_same_corpus(reports):
    """The other is not at its end. Were the number one row, this would end with the limit of a lock."""
    other = connections.create_connection("default")
    try:
        other.ensure_connection()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                """INSERT INTO corpus_article SELECT (jsonb_populate_record(a, jsonb_build_object('id', gen_random_uuid(), 'key', 'other'))).*
                FROM corpus_article a WHERE a.id = %s""",
                [factories.article(reports).pk],
            )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'")
            factories.article(reports)
        assert counts(reports) == {"articles": 2}
        add_up()
        other.commit()
    finally:
        other.close()
    assert counts(reports) == {"articles": 3}
    add_up()
    assert RunningCount.objects.get(corpus=reports).number == 3
