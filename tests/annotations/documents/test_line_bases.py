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
from annotations.write.adjudicate import ACCEPT, DROP, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.apply import apply_changes
from annotations.write.undo_decision import undo
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


def test_the_last_decision_holds(adjudication, people):
    chief = people["chief"]
    state = AdjudicationState(Adjudication.objects.get(pk=adjudication.pk))
    [group] = [group for group in state.differences if group.location.layer == "FIGURE"]
    for outcome, letter in ((DROP, ""), (ACCEPT, "A")):
        base = Assignment.objects.get(pk=adjudication.gold_id).revision
        decide(adjudication, chief, DecisionDraft(uuid.uuid4(), str(group.location), outcome, base, letter))
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
    with django_assert_num_queries(2):
        line_bases(rows)
    more = factories.document(readings.TEXT, corpus=corpus)
    pair = readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.some_differences], more)
    decide_all(start(pair[0].document, people["chief"])[0], people["chief"])
    with django_assert_num_queries(2):
        assert len(line_bases(rows)) == 2


def written(rows, name, **options):
    return b"".join(Export(rows, name, options=options).pieces())


def test_the_report_says_who_adjudicated_and_in_what_readings_agreed(adjudication, people):
    gold = finish(adjudication, people["chief"])
    day = f"chief, {gold.submitted:%Y-%m-%d}"
    markdown = written(rows_of(gold), "evidence").decode()
    word = zipfile.ZipFile(io.BytesIO(written(rows_of(gold), "docx"))).read("word/document.xml").decode()
    for text in (markdown.replace("\\", ""), word):
        assert text.count(f"Agreed 2 of 2, adjudicated by {day}") == 2
        assert text.count(f"Adjudicated (accepted) by {day}") == 1


def test_the_report_says_who_approved(pair, people):
    approve(pair[0], people["chief"], pair[0].revision)
    gold = gold_of(Assignment.objects.get(pk=pair[0].pk), people["chief"])
    assert f"Approved by chief, {gold.submitted:%Y-%m-%d}" in written(rows_of(gold), "evidence").decode()


def both(corpus):
    return Assignment.objects.filter(document__corpus=corpus, role="annotation")


def bases_of_all(rows):
    """By annotator and words."""
    read = {}
    for view in map(DocumentView, Export(rows.order_by("document", "pk"), "evidence").annotated()):
        for record in lines(view):
            key = view.doc["annotator"], BY_NAME["quotation"].value(view, record)
            read[key] = BY_NAME["basis"].value(view, record)
    return read


AGREEING = {
    ("ann", "300"): "agreed 2 of 2",
    ("ben", "300"): "agreed 2 of 2",
    ("ann", "170"): "1 of 2 readings",
    ("ben", "170"): "1 of 2 readings",
    ("ben", "return"): "1 of 2 readings",  # no figure belongs to its event
    ("ann", "45,000 RMB per month"): "1 of 2 readings",
    ("ben", "45,000 RMB per month"): "1 of 2 readings",
}


def test_readings_say_in_which_lines_they_agree_where_there_is_no_gold(corpus, pair):
    assert bases_of_all(both(corpus)) == AGREEING
    assert b"Agreed 2 of 2, marked by ann" in written(both(corpus).order_by("document", "pk"), "evidence")


def test_readings_agree_whatever_stands_between_them(corpus, pair, people):
    one, other = sorted(reading.pk.int for reading in pair)
    factories.assignment(pair[0].document, people["chief"], pk=uuid.UUID(int=(one + other) // 2), status="open")
    assert bases_of_all(both(corpus)) == AGREEING


def test_a_line_of_two_in_three_readings_is_agreed_by_two(corpus, people):
    people["cat"] = factories.user("cat")
    factories.membership(corpus, people["cat"], "annotator")
    readers = [people[name] for name in ("ann", "ben", "cat")]
    readings.readings(corpus, readers, [readings.no_edit, readings.no_edit, readings.some_differences])
    made = bases_of_all(both(corpus))
    assert made["ann", "45,000 RMB per month"] == "agreed 2 of 3"
    assert made["cat", "45,000 RMB per month"] == "1 of 3 readings"
    assert made["cat", "300"] == "agreed 3 of 3"


def test_readings_that_are_not_independent_do_not_count(corpus, pair):
    Assignment.objects.filter(pk=pair[1].pk).update(independent=pair[1].revision - 1)
    assert set(bases_of_all(both(corpus)).values()) == {"reading"}


def test_chosen_lines_of_one_reading_are_compared_with_all_that_could_be_chosen(corpus, pair):
    rows = both(corpus).filter(pk=pair[0].pk)
    [view] = map(DocumentView, Export(rows, "evidence").annotated())
    seals = {BY_NAME["quotation"].value(view, record): BY_NAME["seal"].value(view, record) for record in lines(view)}
    text = written(both(corpus), "evidence", lines=seals["300"]).decode()
    assert text.count("Agreed 2 of 2, marked by ann") == 1
    assert "marked by ben" not in text


def test_a_reading_alone_in_its_file_is_not_compared_with_others_that_its_reader_may_not_see(pair):
    assert set(bases(pair[0]).values()) == {"reading"}


def test_agreement_of_readings_asks_no_more_for_more_texts(corpus, pair, people, django_assert_max_num_queries):
    rows = both(corpus)
    with django_assert_max_num_queries(10) as few:
        bases_of_all(rows)
    for _ in range(2):
        text = factories.document(readings.TEXT, corpus=corpus)
        readings.readings(corpus, [people["ann"], people["ben"]], [readings.no_edit, readings.no_edit], text)
    with django_assert_max_num_queries(len(few)):
        assert {words for _, words in bases_of_all(rows)} == {words for _, words in AGREEING}


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [("agreed", {"300"}), ("reading", {"170", "45,000 RMB per month", "return"}), ("adjudicated", set())],
)
def test_lines_are_chosen_by_what_they_rest_on(corpus, pair, asked, quotes):
    archive = zipfile.ZipFile(io.BytesIO(written(both(corpus).order_by("document", "pk"), "csv", basis=asked)))
    assert set(archive.namelist()) == {"columns.csv", "evidence.csv"}
    rows = list(csv.DictReader(io.StringIO(archive.read("evidence.csv").decode("utf-8-sig"))))
    assert {row["quotation"] for row in rows} == quotes
    text = written(both(corpus).order_by("document", "pk"), "evidence", basis=asked).decode()
    assert text.count("\n> ") == len(rows)


def test_of_a_gold_what_was_decided_is_chosen(adjudication, people):
    gold = finish(adjudication, people["chief"])
    numbers = {
        asked: written(rows_of(gold), "evidence", basis=asked).decode().count("\n> ")
        for asked in ("", "agreed", "adjudicated", "gold")
    }
    assert numbers == {"": 3, "agreed": 2, "adjudicated": 1, "gold": 0}
