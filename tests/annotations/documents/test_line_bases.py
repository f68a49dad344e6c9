"""What a line of evidence says that it rests on, from the readings to the table."""

import csv
import io
import uuid
import zipfile

import pytest

from annotations.approval.gold import gold_of
from annotations.approval.verdicts import approve
from annotations.assign import submit
from annotations.derived.document_view import DocumentView
from annotations.documents.export import Export
from annotations.documents.line_bases import line_bases
from annotations.formats.evidence.evidence_lines import BY_NAME, lines
from annotations.models import Adjudication, Assignment
from annotations.write.adjudicate import ACCEPT, DROP, DecisionDraft, decide, start, undo
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.apply import apply_changes
from tests import factories, readings
from tests.api.world import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(scheme):
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    return corpus


@pytest.fixture
def people(corpus):
    roles = {"ann": "annotator", "ben": "annotator", "chief": "reviewer"}
    cast = {name: factories.user(name) for name in roles}
    for name, role in roles.items():
        factories.membership(corpus, cast[name], role)
    return cast


@pytest.fixture
def pair(corpus, people):
    return readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.some_differences])


@pytest.fixture
def adjudication(pair, people):
    return start(pair[0].document, people["chief"])[0]


def rows_of(reading):
    return Assignment.objects.filter(pk=reading.pk)


def bases(reading):
    """By the words of its line."""
    [view] = map(DocumentView, Export(rows_of(reading), "evidence").annotated())
    columns = BY_NAME["quotation"], BY_NAME["basis"]
    return {columns[0].value(view, record): columns[1].value(view, record) for record in lines(view)}


def decide_all(adjudication, chief):
    """As the first annotator has it."""
    [reader] = [each.letter for each in adjudication.inputs.all() if each.assignment.annotator.username == "ann"]
    for group in AdjudicationState(Adjudication.objects.get(pk=adjudication.pk)).undecided:
        base = Assignment.objects.get(pk=adjudication.gold_id).revision
        decide(adjudication, chief, DecisionDraft(uuid.uuid4(), str(group.location), ACCEPT, base, reader))


def finish(adjudication, chief):
    decide_all(adjudication, chief)
    readings.look_at_all(adjudication, chief)
    return submit(Assignment.objects.get(pk=adjudication.gold_id))


def test_what_both_readings_say_is_agreed_and_what_was_decided_is_adjudicated(adjudication, pair, people):
    assert set(bases(adjudication.gold).values()) == {"draft"}
    gold = finish(adjudication, people["chief"])
    assert bases(gold) == {
        "300": "agreed 2 of 2",
        "170": "agreed 2 of 2",
        "45,000 RMB per month": "adjudicated (accepted)",
    }
    assert set(bases(pair[0]).values()) == {"reading"}
    archive = zipfile.ZipFile(io.BytesIO(b"".join(Export(rows_of(gold), "csv").pieces())))
    table = csv.DictReader(io.StringIO(archive.read("evidence.csv").decode("utf-8-sig")))
    assert {row["quotation"]: row["basis"] for row in table} == bases(gold)


def test_a_decision_that_was_undone_does_not_count(adjudication, people):
    chief = people["chief"]
    decide_all(adjudication, chief)
    state = AdjudicationState(Adjudication.objects.get(pk=adjudication.pk))
    [group] = [group for group in state.differences if group.location.layer == "FIGURE"]
    base = Assignment.objects.get(pk=adjudication.gold_id).revision
    decide(adjudication, chief, DecisionDraft(uuid.uuid4(), str(group.location), DROP, base))
    undo(adjudication, chief, uuid.uuid4())
    gold = finish(adjudication, chief)
    assert bases(gold)["45,000 RMB per month"] == "adjudicated (accepted)"


def test_what_the_adjudicator_edited_is_changed(adjudication, people):
    chief, gold = people["chief"], Assignment.objects.get(pk=adjudication.gold_id)
    decide_all(adjudication, chief)
    gold.refresh_from_db()
    [figure] = [span for span in gold.spans.all() if span.quote == "300"]
    edited = {"id": str(figure.pk), "attributes": {"low": 301, "high": 301}}
    apply_changes(gold, chief, gold.revision, [change("update", "span", edited)])
    gold = finish(adjudication, chief)
    assert bases(gold)["300"] == "adjudicated (changed)"
    assert bases(gold)["170"] == "agreed 2 of 2"


def test_an_approved_reading_is_approved(pair, people):
    approve(pair[0], people["chief"], pair[0].revision)
    gold = gold_of(Assignment.objects.get(pk=pair[0].pk), people["chief"])
    assert set(bases(gold).values()) == {"approved"}


def test_a_gold_without_decisions_is_gold(pair, people):
    gold = factories.assignment(pair[0].document, people["chief"], role="adjudication", status="open")
    group, source = readings.entities(pair[0].document.corpus, gold, people["chief"])
    gold.refresh_from_db()
    named = readings.objects(readings.TEXT, group, source)
    apply_changes(gold, people["chief"], gold.revision, [change("create", *each) for each in named.values()])
    factories.submitted(gold)
    assert set(bases(gold).values()) == {"gold"}


def test_bases_take_as_many_queries_for_any_number_of_golds(corpus, adjudication, people, django_assert_num_queries):
    rows = Assignment.objects.filter(document__corpus=corpus)
    decide_all(adjudication, people["chief"])
    with django_assert_num_queries(3):
        line_bases(rows)
    more = factories.document(readings.TEXT, corpus=corpus)
    pair = readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.some_differences], more)
    decide_all(start(pair[0].document, people["chief"])[0], people["chief"])
    with django_assert_num_queries(3):
        assert len(line_bases(rows)) == 2
