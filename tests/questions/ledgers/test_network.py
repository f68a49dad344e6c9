"""Who acts on whom: question 10 of the domain, linked and hidden events, and pages."""

import pytest

from questions.models import Entry
from tests import factories, marks
from tests.questions.ledgers.asking import ANSWERS, ask, entity_keys, event_keys, fill, pages, take_up

pytestmark = pytest.mark.django_db


def edges(page):
    entities, events = entity_keys(), event_keys()
    return sorted(
        [entities[row["actor"]["entity"]], row["kind"], entities[row["acted"]["entity"]], events[event["event"]]]
        for row in page.rows
        for event in row["events"]
    )


@pytest.mark.usefixtures("indexed")
class TestSeed:
    def test_question_10(self, seeded):
        page = ask(seeded, "network")
        assert edges(page) == sorted(ANSWERS["10"])
        assert page.totals == {"edges": 16, "typed": 14, "pairs": 13}
        assert page.parts == {"counted": 14}
        assert [row["count"] for row in page.rows[:3]] == [3, 1, 1]

    def test_what_happened_or_goes_on(self, seeded):
        page = ask(seeded, "network", status="happened,ongoing")
        assert {edge[3] for edge in edges(page)} == {"EV05", "EV06", "EV17", "EV18", "EV19", "EV22"}
        assert page.totals["edges"] == 6
        assert page.parts["counted"] == 6 < sum(page.parts.values())

    def test_pages_neither_skip_nor_repeat(self, seeded):
        paged = [row for page in pages(seeded, "network", 3) for row in page.rows]
        assert paged == ask(seeded, "network").rows
        assert len(paged) == 14

    def test_events_that_are_linked_count_once(self, seeded):
        pair = Entry.objects.filter(type="EMPLOY", event__in=[pk for pk, key in event_keys().items() if key in ("EV13", "EV25")])
        pair.update(linked=min(pair.values_list("pk", flat=True)))
        page = ask(seeded, "network")
        assert [row["count"] for row in page.rows[:2]] == [2, 1]
        assert page.totals["edges"] == 15

    def test_each_row_shows_the_words(self, seeded):
        row = next(row for row in ask(seeded, "network").rows if row["kind"] == "PAY:levy")
        trigger = row["events"][0]["triggers"][0]
        assert trigger["quote"]
        assert trigger["href"].endswith(f"#mark={trigger['id']}")

    def test_by_whom(self, seeded):
        viewer, outsider = factories.user(), factories.user()
        factories.membership(seeded, viewer, "viewer")
        assert ask(seeded, "network", user=viewer).totals["edges"] == 16
        assert ask(seeded, "network", user=outsider).totals["edges"] == 0


def test_an_annotator_sees_their_own_edges_alone(db):
    text = factories.document("The state pays the firm.")
    corpus = text.corpus
    people = [factories.user(), factories.user()]
    for number, who in enumerate(people):
        factories.membership(corpus, who, "annotator")
        reading = factories.assignment(text, who, status="submitted", submitted=f"2026-01-0{number + 1}T00:00Z")
        event = marks.event(reading, "pays", "PAY", attributes={"payment_type": ["levy", "wage"]})
        fill(event, payer=marks.entity(corpus, f"State {number}"), recipient=marks.entity(corpus, f"Firm {number}"))
    take_up()
    page = ask(corpus, "network", user=people[1])
    assert [(row["actor"]["name"], row["kind"]) for row in page.rows] == [("State 1", "PAY:levy"), ("State 1", "PAY:wage")]
    everyone = ask(corpus, "network", whose="all")
    assert everyone.totals == {"edges": 4, "typed": 4, "pairs": 2}


def test_a_kind_that_is_open_is_the_type_alone(db):
    reading = factories.assignment(factories.document("The state pays the firm."), factories.user(), "adjudication")
    corpus = reading.document.corpus
    payer, paid = marks.entity(corpus, "State"), marks.entity(corpus, "Firm")
    for attributes in ({}, {"payment_type": None}, {"payment_type": []}):
        fill(marks.event(reading, "pays", "PAY", attributes=attributes), payer=payer, recipient=paid)
        reading.spans.all().update(event=None, kind="actor")
    take_up()
    row = ask(corpus, "network").rows
    assert [(each["kind"], each["count"]) for each in row] == [("PAY", 3)]
