"""An assignment is submitted when no rule of level error is broken, and can be opened again."""

import pytest

from annotations.assign import open_for, reopen, submit
from annotations.models import Assignment, CorpusScheme, Scheme
from annotations.queries.findings import findings
from annotations.schemes.of_corpus import NoScheme, scheme_for
from annotations.write.errors import Closed, Invalid
from tests import factories
from tests.annotations.conftest import new

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stays_whole")]


def test_an_incomplete_mark_stands_in_the_way_and_is_named(assignment, span):
    mark = span("North Korean workers", "GROUP")
    with pytest.raises(Invalid) as caught:
        submit(assignment)
    assert {(e["code"], e["object"]) for e in caught.value.errors} == {("ACT-01", mark["id"])}
    assert Assignment.objects.get().status == "open"


def test_a_complete_one_is_submitted_and_closed(assignment, span, write):
    workers = new()
    write(("create", "entity", {"id": workers, "type": "GROUP", "name": "Workers"}))
    mark = span("North Korean workers", "GROUP", attributes={"entity": workers})
    span("300", "PEOPLE", attributes={"counted": {"mention": mark["id"]}})
    submit(assignment)
    stored = Assignment.objects.get()
    assert (stored.status, stored.submitted is not None) == ("submitted", True)
    with pytest.raises(Closed):
        span("170", "PEOPLE")


def test_warnings_do_not_stand_in_the_way(assignment, span, write):
    workers = new()
    write(("create", "entity", {"id": workers, "type": "GROUP", "name": "Workers"}))
    span("300", "PEOPLE", attributes={"counted": {"entity": workers}})
    assert {found.code for found in findings(assignment) if found.level == "warning"} == {"FIG-04"}
    submit(assignment)


def test_an_empty_one_can_be_submitted_and_opened_again(assignment, span):
    submit(assignment)
    reopen(assignment)
    assert (Assignment.objects.get().status, Assignment.objects.get().submitted) == ("open", None)
    span("300", "PEOPLE")


def test_opening_twice_gives_the_same_assignment(document, annotator, scheme):
    first, created = open_for(annotator, document)
    again, anew = open_for(annotator, document)
    assert (first, created, anew) == (again, True, False)


def test_a_corpus_marks_under_the_scheme_it_chose(document, annotator, scheme):
    other = Scheme.objects.create(code="other", version="9", name="Other")
    CorpusScheme.objects.create(corpus=document.corpus, scheme=scheme)
    assert scheme_for(document.corpus) == scheme
    CorpusScheme.objects.update(scheme=other)
    assert scheme_for(document.corpus) == other


def test_where_nobody_chose_a_draft_is_not_taken_for_the_one_in_use(document, assignment, scheme):
    draft = Scheme.objects.create(code="other", version="9", name="Draft")
    assert scheme_for(document.corpus) == scheme
    Assignment.objects.all().delete()
    assert scheme_for(document.corpus) == draft


def test_without_a_scheme_nothing_is_opened(db):
    document = factories.document("A text.")
    with pytest.raises(NoScheme, match="run load_scheme"):
        open_for(factories.user("annotator"), document)
