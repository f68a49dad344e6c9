"""From the mark to the evidence: an amount per unit, and a number whose hedge was not marked."""

import pytest

from annotations.models import Assignment, Figure
from annotations.queries.report_lines import lines_in
from annotations.write.apply import apply_changes
from questions.wording.amounts import amount_words
from tests import factories
from tests.annotations.conftest import change, new
from tests.questions.ledgers.asking import ask, take_up

pytestmark = pytest.mark.django_db
TEXT = "The trader sold the coal at $590 a tonne. He hired more than 70 workers for it."


def marked(layer, label, quote, **more):
    start = TEXT.index(quote)
    return {
        "id": new(),
        "layer": layer,
        "label": label,
        "fragments": [{"start": start, "end": start + len(quote), "quote": quote}],
    } | more


@pytest.fixture
def reading(db):
    """Two events with a figure each, marked as a double click does: "590" and "70" alone."""
    document = factories.document(TEXT, corpus=factories.corpus("reports"))
    boss = factories.user(is_superuser=True)
    factories.membership(document.corpus, boss, "manager")
    reading = Assignment.objects.create(document=document, annotator=boss, scheme=factories.scheme(), role="adjudication")
    happened = {"status": "happened", "polarity": "positive", "certainty": "certain"}
    price = marked("FIGURE", "MONEY", "590", attributes={"use": "reported"})
    people = marked("FIGURE", "PEOPLE", "70", attributes={"use": "reported"})
    trade = {"id": new(), "type": "TRADE", "arguments": [{"role": "price", "mention": price["id"]}], **happened}
    work = {"id": new(), "type": "EMPLOY", "arguments": [{"role": "count", "mention": people["id"]}], **happened}
    triggers = [marked("EVENT", "TRADE", "sold", event=trade["id"]), marked("EVENT", "EMPLOY", "hired", event=work["id"])]
    changes = [("span", price), ("span", people), ("event", trade), ("event", work), *(("span", each) for each in triggers)]
    apply_changes(reading, boss, 0, [change("create", kind, item) for kind, item in changes])
    factories.submitted(reading)
    factories.adopt(document.corpus)
    take_up()
    return reading


def test_a_price_is_stored_with_what_it_is_for_and_a_number_with_its_hedge(reading):
    price, people = Figure.objects.order_by("span__start")
    assert (price.low, price.currency, price.per_unit) == (590, "USD", "t")
    assert (people.low, people.high, people.comparator) == (70, None, "gt")


def test_the_ledger_of_figures_says_what_it_is_for(reading):
    rows = ask(reading.document.corpus, "figures").rows
    assert {amount_words(value) for row in rows for value in row["values"]} == {"USD 590 per tonne", "more than 70"}


def test_a_statement_prints_a_price_with_at(reading):
    told = " ".join(line.statement for line in lines_in(Assignment.objects.all(), Assignment.objects.none()))
    assert "at USD 590 a tonne" in told
    assert "for USD 590" not in told
    assert "more than 70 people" in told
