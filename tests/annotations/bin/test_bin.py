"""What is deleted is in no list, answer or export; restored, it is as it was to the byte."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from annotations.assign import open_for
from annotations.bin.put import delete
from annotations.bin.restore import restore
from annotations.documents.export import Export
from annotations.documents.selection import Selection
from annotations.models import Assignment, Span, Transition
from annotations.scoring.pairs import pending
from annotations.write.adjudicate import start
from corpus.edits.history import EditError
from corpus.models import Deletion, SearchPassage
from corpus.passages.index import index_all
from questions.index.keep import take_up
from questions.models import Entry
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]


def exported(corpus, user):
    rows = Selection.parse({"status": "submitted"}).rows_for(user, corpus)
    return b"".join(Export(rows, "native").pieces()) if rows.exists() else b""


def indexed():
    index_all()
    while take_up():
        pass
    return Entry.objects.count(), SearchPassage.objects.count(), len(pending())


@pytest.mark.parametrize("kind", ["reading", "article", "corpus"])
def test_deleted_it_is_nowhere_and_restored_it_is_as_it_was(kind, corpus, people, pair, article):
    thing = {"reading": pair[0], "article": article, "corpus": corpus}[kind]
    before, counts = exported(corpus, people["manager"]), indexed()
    deletion = delete(thing, people["manager"], "a copy")

    for person in (*people.values(), factories.user("root", is_superuser=True)):
        assert not type(thing).objects.for_user(person).filter(pk=thing.pk).exists()
        assert not Assignment.objects.for_user(person).filter(pk=pair[0].pk).exists()
        assert not Assignment.objects.writable_by(person).filter(pk=pair[0].pk).exists()
        assert not Span.objects.for_user(person).filter(assignment=pair[0]).exists()
    assert exported(corpus, people["manager"]) != before
    entries, passages, pairs = indexed()
    if kind != "corpus":  # its pages are gone as a whole
        assert entries < counts[0]
        assert pairs == 0
    if kind == "article":
        assert passages == 0

    restore(deletion, people["manager"])
    assert exported(corpus, people["manager"]) == before
    assert indexed() == counts


def test_what_goes_along_is_counted_and_the_steps_say_why(people, pair, article):
    deletion = delete(article, people["manager"], "withdrawn by its outlet")
    assert deletion.counts | {"marks": 0} == {"articles": 1, "texts": 1, "readings": 2, "submitted": 2, "gold": 0, "marks": 0}
    assert deletion.counts["marks"] == Span.objects.count()
    assert set(Transition.objects.values_list("kind", "note")) == {("deleted", "withdrawn by its outlet")}
    restore(deletion, people["manager"])
    assert Transition.objects.filter(kind="restored", user=people["manager"]).count() == 2


def test_each_reading_comes_back_with_the_status_that_it_had(people, pair, article):
    draft = factories.assignment(pair[0].document, people["reviewer"])
    own = delete(pair[1], people["manager"], "of the wrong account")
    deletion = delete(article, people["manager"], "a copy")
    with pytest.raises(EditError, match="Restore it first"):
        restore(own, people["manager"])
    restore(deletion, people["manager"])
    states = dict(Assignment.objects.values_list("pk", "status"))
    assert states == {pair[0].pk: "submitted", pair[1].pk: "deleted", draft.pk: "open"}
    restore(own, people["manager"])
    assert Assignment.objects.get(pk=pair[1].pk).submitted == pair[1].submitted


def test_nobody_reads_an_article_of_the_bin(people, pair, article):
    delete(article, people["manager"], "a copy")
    with pytest.raises(IntegrityError, match="is in the bin"), transaction.atomic():
        open_for(people["reviewer"], pair[0].document)


@pytest.mark.parametrize("role", ["viewer", "annotator", "reviewer"])
def test_only_managers_delete_and_restore(role, corpus, people, article):
    with pytest.raises(PermissionDenied):
        delete(article, people[role], "a copy")
    deletion = delete(article, people["manager"], "a copy")
    with pytest.raises(PermissionDenied):
        restore(deletion, people[role])


def test_an_annotator_reads_anew_and_then_the_former_reading_stays_in_the_bin(people, pair):
    deletion = delete(pair[0], people["manager"], "of the wrong account")
    anew, is_new = open_for(people["annotator"], pair[0].document)
    assert is_new
    with pytest.raises(EditError, match="another reading of this article"):
        restore(deletion, people["manager"])
    delete(anew, people["manager"], "begun by mistake")
    restore(deletion, people["manager"])


def test_the_readings_of_a_gold_stay_until_the_gold_is_deleted(people, pair):
    made, _ = start(pair[0].document, people["reviewer"])
    with pytest.raises(EditError, match="Delete the gold first"):
        delete(pair[0], people["manager"], "of the wrong account")
    gold = delete(made.gold, people["manager"], "begun too early")
    reading = delete(pair[0], people["manager"], "of the wrong account")
    with pytest.raises(EditError, match="Restore them first"):
        restore(gold, people["manager"])
    restore(reading, people["manager"])
    restore(gold, people["manager"])


def test_what_is_deleted_once_is_not_deleted_or_restored_twice(people, article):
    deletion = delete(article, people["manager"], "a copy")
    with pytest.raises(EditError, match="in the bin already"):
        delete(article, people["manager"], "a copy")
    restore(deletion, people["manager"])
    with pytest.raises(EditError, match="no longer"):
        restore(deletion, people["manager"])
    for change in ({"reason": "another"}, {"restored_at": None, "restored_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Deletion.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deletion.objects.all().delete()


def test_no_command_reads_a_corpus_in_the_bin_but_those_that_check_it(corpus, people, pair):
    delete(corpus, people["manager"], "finished")
    with pytest.raises(CommandError, match="the corpus 'reports' is in the bin: a manager restores it there"):
        call_command("export", corpus="reports", format="native")
    call_command("check_integrity", corpus="reports")
