"""Only what nobody has read is deleted for good, by an administrator, after 90 days; the hashes of its texts stay."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from annotations.bin.put import delete
from annotations.bin.restore import restore
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
    assert "has readings" in capsys.readouterr().out
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
    assert "has readings" in capsys.readouterr().out
    assert Document.objects.filter(pk=further.pk).exists()


def test_only_a_superuser_empties_it(people):
    with pytest.raises(CommandError, match="no superuser"):
        call_command("empty_bin", by="manager")
