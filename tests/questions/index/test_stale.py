"""What makes entries stale, and how they are brought up to date, made anew and compared."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from annotations.models import Assignment
from questions.index import keep
from questions.models import Entry, Stale
from tests import factories, marks

pytestmark = pytest.mark.django_db


def behind():
    found = set(Stale.objects.values_list("assignment", flat=True))
    Stale.objects.all().delete()
    return found


@pytest.fixture
def reading():
    made = factories.assignment(
        factories.document("Some went home."), factories.user(), status="submitted", submitted=timezone.now()
    )
    marks.event(made, "went")
    behind()
    return made


def test_a_save_makes_its_assignment_stale_and_nothing_else(reading):
    other = factories.assignment(factories.document("Others went."), factories.user())
    assert behind() == {other.pk}
    Assignment.objects.filter(pk=reading.pk).update(revision=1)
    assert behind() == {reading.pk}
    Assignment.objects.filter(pk=reading.pk).update(revision=1)
    assert behind() == set()


def test_a_status_does(reading):
    Assignment.objects.filter(pk=reading.pk).update(status="open", submitted=None)
    assert behind() == {reading.pk}


@pytest.mark.parametrize(
    "facts", [{"published_earliest": "2017-09-04", "published_latest": "2017-09-04"}, {"outlet": True}, {"copy_of": True}]
)
def test_what_an_article_is_said_to_be_does(reading, facts):
    article = reading.document.article
    made = {"outlet": lambda: factories.outlet(article.corpus), "copy_of": lambda: factories.article(article.corpus)}
    values = {name: made[name]() if value is True else value for name, value in facts.items()}
    type(article).objects.filter(pk=article.pk).update(**values)
    assert behind() == {reading.pk}
    type(article).objects.filter(pk=article.pk).update(title="Another title")
    assert behind() == set()


def test_who_speaks_for_an_outlet_does(reading):
    article = reading.document.article
    article.outlet = factories.outlet(article.corpus)
    article.save()
    behind()
    speaker = marks.entity(article.corpus, "Wire", outlet=article.outlet)
    assert behind() == {reading.pk}
    type(speaker).objects.filter(pk=speaker.pk).update(outlet=None)
    assert behind() == {reading.pk}
    type(speaker).objects.filter(pk=speaker.pk).update(name="Another name")
    assert behind() == set()


def test_an_assignment_that_goes_takes_its_entries_along(reading):
    other = factories.assignment(reading.document, factories.user())
    keep.write([reading.pk])
    assert Entry.objects.count() == 1
    behind()
    gone = reading.pk
    event = reading.events.get()
    event.triggers.all().delete()
    event.delete()
    reading.delete()
    assert set(Stale.objects.values_list("assignment", flat=True)) == {gone, other.pk}
    keep.take_up()
    assert not Entry.objects.exists()


def test_whoever_is_killed_has_done_nothing(reading, monkeypatch):
    Stale.objects.create(assignment=reading.pk)
    write = keep.write

    def killed(ids):
        write(ids)
        raise KeyboardInterrupt

    monkeypatch.setattr(keep, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        keep.take_up()
    assert not Entry.objects.exists()
    assert behind() == {reading.pk}


@pytest.mark.django_db(transaction=True)
def test_one_at_a_time_indexes(reading):
    Stale.objects.create(assignment=reading.pk)
    outcome = []

    def other():
        try:
            outcome.append(keep.take_up())
        finally:
            connection.close()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({keep.LOCK})")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert outcome == [False]
    assert keep.take_up()


class TestIndexCommand:
    def index(self, *options):
        out, err = StringIO(), StringIO()
        call_command("index", *options, jobs=1, stdout=out, stderr=err)
        return out.getvalue()

    def test_all_is_made_anew(self, reading):
        assert "1 assignments indexed" in self.index()
        assert Entry.objects.get().assignment_id == reading.pk
        assert "agrees" in self.index("--check")

    def test_what_was_changed_by_hand_is_found_and_mended(self, reading):
        self.index()
        Entry.objects.update(type="PAY")
        err = StringIO()
        with pytest.raises(CommandError, match="2 entries differ"):
            call_command("index", "--check", stderr=err)
        assert "REPATRIATE" in err.getvalue()
        with pytest.raises(CommandError, match="2 entry"):
            call_command("check_integrity", stdout=StringIO(), stderr=StringIO())
        self.index()
        assert "agrees" in self.index("--check")

    def test_what_it_is_behind_with_is_no_fault(self, reading):
        Stale.objects.create(assignment=reading.pk)
        assert "agrees" in self.index("--check")

    def test_one_corpus_only(self, reading):
        other = factories.assignment(factories.document("Others went."), factories.user())
        marks.event(other, "went")
        self.index("--corpus", other.document.corpus.slug)
        assert set(Entry.objects.values_list("assignment", flat=True)) == {other.pk}
