"""Annotations of a text carried to a newer one: what comes along, what a person has to look at, and what is refused."""

import json

import pytest
from django.utils import timezone

from annotations.assign import submit
from annotations.documents.build import document
from annotations.imports.load import load
from annotations.models import Assignment, CarryItem, Span
from annotations.write.apply import apply_changes
from annotations.write.carry import CannotCarry, carry, decide_item, reopen_item
from annotations.write.errors import Invalid
from tests import factories, marks
from tests.api.world import change

pytestmark = pytest.mark.django_db
# As an outlet edits: a sentence before, a number corrected, a word left out, straight quotation marks, the caption gone.
EDITS = [
    ("\n\nChina’s active", "\n\nUpdated. China’s active"),
    ("170 were forced", "180 were forced"),
    ("the factory manager said", "the manager said"),
    ("“", '"'),
    ("”", '"'),
]


@pytest.fixture
def gold():
    corpus, editor = factories.corpus(), factories.user("editor")
    factories.membership(corpus, editor, "manager")
    factories.adopt(corpus)
    content = (factories.DOMAIN / "gold_seed.json").read_bytes()
    text = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
    with_text = json.dumps(json.loads(content) | {"text": text}).encode()
    load(corpus, with_text, name="gold.json", annotator=editor, user=editor, role="annotation")
    return Assignment.objects.select_related("document__article", "scheme", "annotator").get()


@pytest.fixture
def newer(gold):
    text = gold.document.text
    start = text.index("Inside a sewing factory")
    text = text[:start] + text[text.index("\n\n", start) + 2 :]
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new)
    return factories.document(text, of=gold.document.article)


@pytest.fixture
def carried(gold, newer):
    return carry(gold, newer, gold.annotator)


def quotes(assignment, layer):
    marks = document(assignment)["mentions"]
    return [" … ".join(part["quote"] for part in mark["fragments"]) for mark in marks if mark["layer"] == layer]


def test_marks_come_along_with_what_they_say(gold, carried):
    before, after = document(gold), document(carried.assignment)
    assert len(after["mentions"]) == len(before["mentions"]) - 7
    assert len(after["events"]) == len(before["events"])
    assert len(after["attributions"]) == len(before["attributions"])
    assert {entity["id"] for entity in after["entities"]} < {entity["id"] for entity in before["entities"]}
    assert {mark["id"] for mark in before["mentions"]}.isdisjoint(mark["id"] for mark in after["mentions"])
    [money] = [mark for mark in after["mentions"] if "45,000 RMB" in mark["fragments"][0]["quote"]]
    [was] = [mark for mark in before["mentions"] if "45,000 RMB" in mark["fragments"][0]["quote"]]
    assert money["attributes"]["low"] == was["attributes"]["low"] == 45_000
    assert carried.counts["carried"] + carried.counts.get("moved", 0) + carried.counts["changed"] == 141 - 7


def test_the_older_reading_stays_as_it_was(gold, newer):
    before = document(gold)
    carry(gold, newer, gold.annotator)
    assert document(Assignment.objects.get(pk=gold.pk)) == before


def test_every_thing_that_was_not_carried_has_a_line(carried):
    lines = {(item.outcome, item.quote, item.part) for item in carried.items.all()}
    assert ("orphan", "170", "") in lines
    assert ("orphan", "factory manager", "") in lines
    assert ("lost", "return, sent back", "count") in lines
    assert any(outcome == "lost" and part == "source_mention" for outcome, _, part in lines)
    assert any(outcome == "changed" and quote.startswith("There used to be 300") for outcome, quote, _ in lines)
    assert "180" not in quotes(carried.assignment, "FIGURE")


def test_the_candidate_of_a_figure_is_read_from_its_new_words(gold, carried):
    item = carried.items.get(quote="170")
    decide_item(item, "taken", gold.annotator)
    assert "180" in quotes(carried.assignment, "FIGURE")
    figure = Span.objects.get(assignment=carried.assignment, figure__low=180)
    assert figure.label.code == "PEOPLE"
    with pytest.raises(CannotCarry, match="done already"):
        decide_item(item, "taken", gold.annotator)


def test_an_orphan_without_words_in_its_place_has_nothing_to_take(gold, carried):
    with pytest.raises(CannotCarry, match="no candidate"):
        decide_item(carried.items.get(quote="sewing factory"), "taken", gold.annotator)


def test_submitting_is_refused_until_all_is_looked_at(gold, carried):
    with pytest.raises(Invalid, match="not been checked"):
        submit(carried.assignment)
    for item in carried.open_items():
        decide_item(item, "dismissed", gold.annotator)
    submit(Assignment.objects.get(pk=carried.assignment.pk))
    assert Assignment.objects.get(pk=carried.assignment.pk).status == "submitted"


def test_a_text_that_is_annotated_already_is_left_alone(gold, newer, carried):
    before = document(carried.assignment)
    with pytest.raises(CannotCarry, match="annotated already"):
        carry(gold, newer, gold.annotator)
    assert document(carried.assignment) == before
    assert CarryItem.objects.filter(carry=carried).count() == carried.items.count()


def test_only_a_newer_text_of_the_same_article_will_do(gold, newer):
    other = factories.document("Another article", corpus=gold.document.corpus)
    for text in (gold.document, other):
        with pytest.raises(CannotCarry, match="newer text"):
            carry(gold, text, gold.annotator)


def nothing_carries_over():
    """A reading whose one mark is gone from the newer text, which only gets a line."""
    older = factories.assignment(factories.document("The firm pays."), factories.user("reader"), revision=1)
    marks.span(older, "firm", "COMPANY")
    return older, factories.document("Nobody pays.", of=older.document.article)


def test_what_left_nothing_but_lines_is_carried_once():
    older, newest = nothing_carries_over()
    made = carry(older, newest, older.annotator)
    assert (made.revision, made.items.count()) == (0, 1)
    with pytest.raises(CannotCarry, match="annotated already"):
        carry(older, newest, older.annotator)


def test_a_decision_is_taken_back_with_the_mark_that_it_made(gold, carried):
    before = document(Assignment.objects.get(pk=carried.assignment.pk))["mentions"]
    item = decide_item(carried.items.get(quote="170"), "taken", gold.annotator)
    again = reopen_item(item, gold.annotator)
    assert (again.decision, again.decided_by, again.decided_at) == ("", None, None)
    assert document(Assignment.objects.get(pk=carried.assignment.pk))["mentions"] == before
    decide_item(item, "taken", gold.annotator)
    assert quotes(Assignment.objects.get(pk=carried.assignment.pk), "FIGURE").count("180") == 1


def test_a_line_that_was_done_waits_again(gold, carried):
    item = carried.items.get(quote="sewing factory")
    with pytest.raises(CannotCarry, match="no decision"):
        reopen_item(item, gold.annotator)
    decide_item(item, "dismissed", gold.annotator)
    reopen_item(item, gold.annotator)
    assert item in carried.open_items()


def taken(gold, carried):
    """The line of *170*, and the mark of *180* that was made of it."""
    item = decide_item(carried.items.get(quote="170"), "taken", gold.annotator)
    [mark] = Span.objects.filter(assignment=carried.assignment, figure__low=180)
    return item, mark, Assignment.objects.get(pk=carried.assignment.pk)


def test_a_mark_that_was_changed_since_is_not_taken_back(gold, carried):
    item, mark, reading = taken(gold, carried)
    changed = {"id": str(mark.pk), "attributes": {"approximate": True}}
    apply_changes(reading, gold.annotator, reading.revision, [change("update", "span", changed)])
    with pytest.raises(CannotCarry, match="changed since"):
        reopen_item(item, gold.annotator)
    assert Span.objects.filter(pk=mark.pk).exists()


def test_one_that_was_deleted_by_hand_leaves_the_line_to_be_taken_back(gold, carried):
    item, mark, reading = taken(gold, carried)
    apply_changes(reading, gold.annotator, reading.revision, [change("delete", "span", {"id": str(mark.pk)})])
    assert reopen_item(item, gold.annotator).decision == ""


def test_nothing_is_taken_back_in_a_submitted_reading(gold, carried):
    for item in carried.open_items():
        decide_item(item, "dismissed", gold.annotator)
    submit(Assignment.objects.get(pk=carried.assignment.pk))
    with pytest.raises(CannotCarry, match="not in progress"):
        reopen_item(item, gold.annotator)
    assert not carried.open_items()


def test_a_mark_that_an_earlier_version_made_is_not_guessed(gold, carried):
    """Its id does not follow from the line."""
    item = carried.items.get(quote="170")
    CarryItem.objects.filter(pk=item.pk).update(decision="taken", decided_by=gold.annotator, decided_at=timezone.now())
    with pytest.raises(CannotCarry, match="not recorded"):
        reopen_item(item, gold.annotator)
