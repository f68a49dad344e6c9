"""Batches of a file one after the other: the next is checked while one is sent, and what each relies on is asked again."""

import io
import json
import uuid
from collections import Counter

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction

from annotations.assign import open_for
from annotations.formats.files import strict_json
from annotations.imports import load, pipeline
from annotations.imports.load import ImportTarget, Report, arriving
from annotations.models import Assignment, Change, Link, LoggedChange, Span
from benchmarks import workload
from corpus.db.row_writer import Copies, sent_meanwhile
from corpus.models import Document, IntakeItem, Outlet
from tests import factories
from tests.annotations.imports.test_load_texts import body

pytestmark = pytest.mark.django_db
NAMES = [f"Kim {number} left." for number in range(6)]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(load, "TOGETHER", 2)


@pytest.fixture
def checks(monkeypatch):
    """How often each document is checked, by its place."""
    counted, check = Counter(), pipeline.ImportBatch.check

    def counting(self):
        counted.update(arrival.location for arrival in self.arrivals)
        check(self)

    monkeypatch.setattr(pipeline.ImportBatch, "check", counting)
    return counted


@pytest.fixture
def taking(scheme, corpus, annotator):
    """Load documents, one a line; the arrivals one by one, as they are stored."""

    def run(*bodies, whose=None, name="marks"):
        lines = b"".join(json.dumps(each).encode() + b"\n" for each in bodies)
        door = ImportTarget(corpus, annotator, whose or (lambda document: annotator))
        return arriving(door, strict_json.values(io.BytesIO(lines), name))

    return run


def told(arrivals):
    report = Report()
    for arrival in arrivals:
        report.tell(arrival)
    return report


def with_entity(text, **facts):
    whole = body(text, "Kim", **facts)
    whole["entities"] = [{"id": "E1", "type": "PERSON", "name": "Kim Chol"}]
    whole["mentions"][0]["attributes"] = {"entity": "E1"}
    return whole


def test_each_document_is_checked_once(taking, checks):
    assert told(taking(*(with_entity(text, url=f"https://a.example/{text[4]}") for text in NAMES))).errors == []
    assert (Document.objects.count(), set(checks.values())) == (6, {1})
    assert Change.objects.filter(kind="entity").count() == 1


def test_what_stands_twice_in_a_file_is_met_in_the_batch_before(taking, checks):
    url, key = "https://a.example/1", "a-1"
    bodies = [body(NAMES[0], "Kim", url=url, key=key), body(NAMES[1], "Kim")]
    report = told(taking(*bodies, bodies[0], body(NAMES[2], "Kim", url=url), body(NAMES[3], "Kim", key=key)))
    assert report.line() == "4 articles, 4 marks; 1 was already present"
    versions = Document.objects.order_by("text").values_list("version", "article__claimed_url", "article__key")
    assert list(versions) == [(1, url, key), (1, "", ""), (1, url, ""), (1, "", "")]
    assert set(checks.values()) == {1}


def test_what_somebody_else_stores_between_two_batches_is_seen(taking, checks):
    """It is all as if they had come first: nothing is stored twice."""
    arrivals = taking(*(with_entity(text) for text in NAMES[:4]))
    report = told([next(arrivals), next(arrivals)])
    assert told(taking(with_entity(NAMES[2]), name="theirs")).texts == 1
    rest = told(arrivals)
    assert (report.texts, rest.texts, rest.unchanged, rest.errors) == (2, 1, 1, [])
    assert (Document.objects.count(), Assignment.objects.count(), Span.objects.count()) == (4, 4, 4)
    assert checks["marks, line 3"] == 2


def test_a_scheme_version_that_the_corpus_adopts_meanwhile_is_seen(taking, checks, scheme):
    arrivals = taking(*(body(text, "Kim") for text in NAMES[:4]))
    next(arrivals)
    scheme.save()  # counts as loaded anew
    assert told(arrivals).errors == []
    assert checks["marks, line 1"] == 1
    assert checks["marks, line 3"] == 2


@pytest.mark.parametrize("wrong", range(4))
def test_a_batch_that_the_database_refuses_costs_no_other_document(taking, annotator, wrong):
    """By a key to another table, which else is looked at when the transaction ends."""
    ghost = get_user_model()(pk=10**8)
    bodies = [with_entity(text, outlet=f"The {text[4]} Times") for text in NAMES[:5]]

    def whose(document):
        return ghost if document["text"] == NAMES[wrong] else annotator

    report = told(taking(*bodies, whose=whose))
    assert [error.split(":")[0] for error in report.errors] == [f"marks, line {wrong + 1}"]
    assert set(Document.objects.values_list("text", flat=True)) == set(NAMES[:5]) - {NAMES[wrong]}
    assert Span.objects.filter(entity__name="Kim Chol").count() == 4
    assert IntakeItem.objects.count() == 4
    assert told(taking(*bodies, whose=whose)).unchanged == 4


def test_a_query_waits_until_the_rows_are_there(corpus):
    rows = Copies()
    rows.add(Outlet, [{"id": 10**8, "corpus_id": corpus.pk, "name": "Wire"}], key=True)
    with sent_meanwhile(rows):
        assert Outlet.objects.filter(name="Wire").exists()


def test_a_query_while_rows_are_sent_that_cannot_be_stored_is_refused_as_they_are(corpus):
    rows = Copies()
    rows.add(Outlet, [{"id": 10**8, "corpus_id": 10**8, "name": "Wire"}], key=True)
    with pytest.raises(IntegrityError), transaction.atomic(), sent_meanwhile(rows):
        pytest.fail(f"{Outlet.objects.count()} were counted without waiting")


def test_rows_are_checked_with_those_that_are_sent_after_them(corpus):
    sent_first, sent_last = Copies(), Copies()
    sent_first.add(Outlet, [{"id": 10**8, "corpus_id": 10**8, "name": "Wire"}], key=True)
    with transaction.atomic():
        with sent_meanwhile(sent_first, checked=False):
            sent_last.add(Outlet, [{"id": 10**8 + 1, "corpus_id": corpus.pk, "name": "Post"}], key=True)
        assert Outlet.objects.filter(name="Wire").exists()
        with pytest.raises(IntegrityError):
            sent_last.send()
        transaction.set_rollback(True)


def test_the_ids_of_a_document_begin_with_those_of_its_assignment(taking):
    """So that they lie together in every index, and are the same when it is loaded again."""
    bodies = list(workload.articles(3))
    assert told(taking(*bodies)).errors == []
    for assignment in Assignment.objects.all():
        made = [Span, Link, LoggedChange]
        ids = [str(pk) for model in made for pk in model.objects.filter(assignment=assignment).values_list("pk", flat=True)]
        assert len(ids) == len(set(ids)) == 100
        assert {name[:13] for name in ids} == {str(assignment.pk)[:13]}
    assert told(taking(*bodies)).unchanged == 3


def test_marks_added_to_an_assignment_of_another_door_have_ids_by_name_alone(taking, document, annotator):
    """As they always had: a file that was loaded long ago is known."""
    assigned, _ = open_for(annotator, document)
    assert told(taking(body(document.text, "North Korean"))).line() == "1 mark"
    assert Span.objects.get().pk == uuid.uuid5(assigned.pk, "span/A1")
    assert Change.objects.get().pk == uuid.uuid5(assigned.pk, "change/span/A1")


@pytest.mark.parametrize("large", [2, 3])
@pytest.mark.django_db(transaction=True)
def test_after_a_large_load_the_database_knows_its_tables(large, monkeypatch):
    monkeypatch.setattr(load, "LARGE", large)
    factories.scheme()
    annotator = factories.user("annotator")
    marks = b"".join(json.dumps(body(text, "Kim")).encode() + b"\n" for text in NAMES[:3])
    door = ImportTarget(factories.corpus("own"), annotator, lambda document: annotator)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE annotations_span CASCADE")  # of which then nothing is known
        assert load.load_file(door, strict_json.values(io.BytesIO(marks), "marks")).errors == []
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'annotations_span'::regclass")
        assert cursor.fetchone() == (3 if large < 3 else -1,)
