"""Rows say who takes part in an event; an answer without rows says what is missing."""

import pytest

from tests import factories, marks
from tests.questions.ledgers.asking import ask, fill, take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    corpus = factories.corpus("ships")
    factories.adopt(corpus)
    text = factories.document("The Amber met the Jade under Resolution 2371.", corpus=corpus)
    return factories.assignment(text, factories.user(), "adjudication")


@pytest.fixture
def page(reading, client):
    client.force_login(factories.user(is_superuser=True))

    def shown(ledger):
        take_up()
        return client.get(f"/corpora/{reading.document.corpus.slug}/ask/{ledger}/").content.decode()

    return shown


def test_rows_of_events_name_the_participants(reading, page):
    factories.submitted(reading)
    corpus = reading.document.corpus
    ship, other = (marks.entity(corpus, name, type="VESSEL") for name in ("Amber", "Jade"))
    fill(marks.event(reading, "met", "SHIP", status="happened"), vessel=ship, counterpart=other)
    take_up()
    [row] = ask(corpus, "events").rows
    assert row["participants"] == [
        {"as": "vessel", "entity": ship.pk, "name": "Amber"},
        {"as": "counterpart", "entity": other.pk, "name": "Jade"},
    ]
    answer = page("events")
    assert ": Amber</span>" in answer
    assert ": Jade</span>" in answer


def test_who_acts_on_whom_has_an_arrow(reading, page):
    factories.submitted(reading)
    corpus = reading.document.corpus
    payer, recipient = (marks.entity(corpus, name) for name in ("Amber", "Jade"))
    fill(marks.event(reading, "met", "PAY", status="happened"), recipient=recipient, payer=payer)
    assert "Amber → Jade</span>" in page("events")


def test_a_citation_without_an_event_is_listed(reading, page):
    factories.submitted(reading)
    marks.citation(reading, "Resolution 2371")
    answer = page("law")
    assert "1 citation is not linked to an event." in answer
    assert "“Resolution 2371”" in answer
    assert "and submit it" not in answer
