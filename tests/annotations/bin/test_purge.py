"""Only what nobody has annotated is deleted for good, by an administrator, after 90 days; the hashes of its texts stay."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from annotations.assign import skip, submit
from annotations.bin.put import delete
from annotations.bin.restore import restore
from annotations.models import Assignment, Transition
from corpus.edits.history import EditError
from corpus.models import Article, Corpus, Deletion, Document, Raw, SearchPassage
from corpus.passages.index import index_all
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]


@pytest.fixture
def root(db):
    return factories.user("root", is_superuser=True)


def long_deleted(thing, by):
    row = delete(thing, by, "a copy")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE corpus_deletion DISABLE TRIGGER ends_once")
        cursor.execute("UPDATE corpus_deletion SET at = %s WHERE id = %s", [timezone.now() - timedelta(days=91), row.pk])
        cursor.execute("ALTER TABLE corpus_deletion ENABLE TRIGGER ends_once")
    return row


def test_what_nobody_has_read_is_deleted_for_good(corpus, people, root, capsys):
    document = factories.document("Workers left.", of=factories.article(corpus, "Workers"))
    recent = delete(factories.article(corpus, "Recent"), people["manager"], "a copy")
    row = long_deleted(document.article, people["manager"])
    call_command("empty_bin", by="root")
    assert "reports: Workers" in capsys.readouterr().out
    assert Document.objects.exists()
    call_command("empty_bin", by="root", yes=True)
    row.refresh_from_db()
    assert (row.hashes, row.purged_by, row.counts["texts"]) == ([document.sha256], root, 1)
    assert not Document.objects.exists()
    assert not Raw.objects.exists()
    assert [each.deletion for each in Article.objects.all()] == [recent]
    assert list(Deletion.objects.in_bin()) == [recent]
    with pytest.raises(EditError, match="in the bin no longer"):
        restore(row, people["manager"])


def test_what_has_readings_stays(people, article, root, capsys):
    long_deleted(article, people["manager"])
    call_command("empty_bin", by="root", yes=True)
    assert "has readings with annotations" in capsys.readouterr().out
    assert Article.objects.exists()


def test_a_corpus_that_nobody_has_read_is_deleted_for_good(corpus, people, root, capsys):
    document = factories.document("Workers left.", of=factories.article(corpus, "Workers"))
    other = factories.document("They came back.", of=factories.article(corpus, "Back"))
    elsewhere = factories.document("They came back.", of=factories.article(factories.corpus("other"), "Back"))
    index_all()
    assert SearchPassage.objects.filter(corpus=corpus).exists()
    in_its_bin = delete(other.article, people["manager"], "twice")
    row = long_deleted(corpus, people["manager"])
    call_command("empty_bin", by="root", yes=True)
    assert "1 deleted for good, 0 kept" in capsys.readouterr().out
    for each in (row, in_its_bin):
        each.refresh_from_db()
    assert (sorted(row.hashes), in_its_bin.hashes) == (sorted([document.sha256, other.sha256]), [other.sha256])
    assert row.counts["articles"] == 1
    assert list(Document.objects.all()) == [elsewhere]
    assert not Article.objects.filter(corpus=corpus).exists()
    assert not SearchPassage.objects.exclude(corpus=elsewhere.corpus_id).exists()
    assert not Corpus.objects.for_user(people["manager"]).exists()
    with pytest.raises(EditError, match="in the bin no longer"):
        restore(row, people["manager"])


def test_a_corpus_with_a_reading_stays_whole(people, article, root, capsys):
    further = factories.document("Nobody has read this.", of=factories.article(article.corpus, "Further"))
    long_deleted(article.corpus, people["manager"])
    call_command("empty_bin", by="root", yes=True)
    assert "has readings with annotations" in capsys.readouterr().out
    assert Document.objects.filter(pk=further.pk).exists()


@pytest.fixture
def empty(corpus, people):
    """A reading in which its annotator has marked nothing, and that they skipped."""
    document = factories.document("Workers left.", of=factories.article(corpus, "Workers"))
    reading = factories.assignment(document, people["annotator"])
    skip(reading, people["annotator"], "off-topic")
    return reading


def test_a_reading_without_annotations_is_deleted_for_good(empty, people, root, capsys):
    row = long_deleted(empty, people["manager"])
    call_command("empty_bin", by="root", yes=True)
    assert "1 deleted for good, 0 kept" in capsys.readouterr().out
    row.refresh_from_db()
    assert (row.purged_by, row.counts["marks"], row.hashes) == (root, 0, [])
    assert not Assignment.objects.filter(pk=empty.pk).exists()
    assert not Transition.objects.exists()
    assert Document.objects.exists()
    with pytest.raises(EditError, match="in the bin no longer"):
        restore(row, people["manager"])


def test_readings_with_annotations_and_submitted_ones_stay(pair, empty, corpus, people, root, capsys):
    nothing = factories.assignment(factories.document("Nothing.", of=factories.article(corpus, "Nothing")), people["second"])
    submit(nothing)  # says that there is nothing
    for reading in (pair[0], nothing):
        long_deleted(reading, people["manager"])
    call_command("empty_bin", by="root", yes=True)
    assert capsys.readouterr().out.count("has annotations, or was submitted") == 2
    assert Assignment.objects.count() == 4


@pytest.mark.parametrize("thing", ["article", "corpus"])
def test_with_none_but_empty_readings_an_article_or_corpus_goes(thing, empty, corpus, people, root, capsys):
    article = empty.document.article
    second = factories.assignment(empty.document, people["second"])
    own = delete(second, people["manager"], "opened by mistake")
    long_deleted(article if thing == "article" else corpus, people["manager"])
    call_command("empty_bin", by="root", yes=True)
    assert "1 deleted for good, 0 kept" in capsys.readouterr().out
    own.refresh_from_db()
    assert own.purged_by == root
    assert not Assignment.objects.exists()
    assert not Article.objects.exists()


def test_the_database_gives_up_no_step_of_another_reading(empty, corpus, people):
    nothing = factories.assignment(factories.document("Nothing.", of=factories.article(corpus, "Nothing")), people["second"])
    submit(nothing)
    delete(nothing, people["manager"], "a copy")
    for reading in (nothing, empty):  # one was submitted, the other is not in the bin
        with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
            Transition.objects.filter(assignment=reading).delete()


def test_only_a_superuser_empties_it(people):
    with pytest.raises(CommandError, match="no superuser"):
        call_command("empty_bin", by="manager")
