"""Annotations of a text carried to a newer one: what comes along, what a person has to look at, and what is refused."""

import json

import pytest

from annotations.assign import submit
from annotations.documents.build import document
from annotations.imports.load import load
from annotations.models import Assignment, CarryItem, Span
from annotations.write.carry import CannotCarry, carry, decide_item
from annotations.write.errors import Invalid
from tests import factories

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
