"""The page of a measure: its paragraphs, and what cites them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Argument, Event, Label, Role
from registry.models import Measure
from tests import factories
from tests.registry.pages.marking import cite, mark

TEXT = "Visas were refused under Resolution 2371. It is a cap."


@pytest.fixture
def reviewer(db, client):
    factories.scheme()
    person = factories.user("reviewer")
    client.force_login(person)
    return person


@pytest.fixture
def corpus(reviewer):
    made = factories.corpus("reports")
    factories.membership(made, reviewer, "reviewer")
    return made


@pytest.fixture
def measure(reviewer):
    return Measure.objects.get(code="UNSCR-2371")


@pytest.fixture
def work(corpus, reviewer):
    return factories.assignment(factories.document(TEXT, corpus=corpus), reviewer)


@pytest.fixture
def read(client):
    def page():
        return client.get("/measures/UNSCR-2371/").content.decode()

    return page


def test_it_tells_what_each_paragraph_requires(read, measure):
    text = read()
    assert "S/RES/2371 (2017)" in text
    assert "2017-08-05" in text
    assert "A cap: it does not itself require anyone to be sent home." in text


def test_a_citation_stands_under_its_paragraph(read, measure, work):
    citation = cite(work, "Resolution 2371", measure, "11")
    section = re.search(r"Paragraph 11.*?</section>", read(), re.DOTALL)[0]
    assert "Visas were refused under <mark>Resolution 2371</mark>." in section
    assert f"/annotate/{work.pk}/#mark={citation.pk}" in section


@pytest.mark.parametrize("paragraph", ["", "99"])
def test_one_of_no_known_paragraph_stands_below(read, measure, work, paragraph):
    cite(work, "Resolution 2371", measure, paragraph)
    below = read().partition("Other citations")[2]
    assert "<mark>Resolution 2371</mark>" in below


def test_it_names_the_events_that_cite(read, measure, work):
    citation = cite(work, "Resolution 2371", measure, "11")
    label = Label.objects.get(code="PERMIT", layer__scheme=work.scheme)
    event = Event.objects.create(
        assignment=work, label=label, status="happened", polarity="positive", certainty="certain", revision=1
    )
    mark(work, "refused", label="PERMIT", event=event)
    role = (
        Role.objects.filter(layer__scheme=work.scheme, code="measure").first() or Role.objects.filter(layer=label.layer).first()
    )
    Argument.objects.create(event=event, assignment=work, position=0, role=role, citation=citation)
    assert re.search(r"of <strong>Permit decision</strong>: “refused”", read())


def test_articles_that_one_may_not_see_are_not_cited(client, measure, work):
    cite(work, "Resolution 2371", measure, "11")
    client.force_login(factories.user("stranger"))
    text = client.get("/measures/UNSCR-2371/").content.decode()
    assert "<mark>" not in text
    assert "No citations yet." in text


def test_a_measure_that_is_not_there(client, reviewer):
    assert client.get("/measures/UNSCR-1/").status_code == 404


def test_the_number_of_queries_does_not_grow(read, measure, corpus, reviewer):
    def add(numbers):
        for number in numbers:
            document = factories.document(f"Resolution 2371, number {number}.", corpus=corpus)
            cite(factories.assignment(document, reviewer), "Resolution 2371", measure, "11")

    def count():
        with CaptureQueriesContext(connection) as queries:
            read()
        return len(queries)

    add([0])
    read()
    few = count()
    add(range(1, 50))
    assert count() == few
