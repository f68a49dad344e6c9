"""The page of a measure: how many citations and events each paragraph has in a corpus."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Citation
from annotations.schemes.measures import load_measures
from questions.asking.time_limits import TooBroad
from questions.index import keep
from questions.ledgers import measure_counts
from questions.ledgers.paragraph_events import paragraph_events
from registry.models import Measure, Paragraph
from tests import factories

pytestmark = pytest.mark.django_db
CAP, RETURNS = "/measures/UNSCR-2371/", "/measures/UNSCR-2397/"


@pytest.fixture
def reader(seeded):
    person = factories.user("reader")
    factories.membership(seeded, person, "viewer")
    return person


@pytest.fixture
def read(client, reader):
    load_measures(json.loads((factories.DOMAIN / "measures.json").read_text("utf-8")))
    while keep.take_up():
        pass
    client.force_login(reader)

    def text(address=CAP):
        answer = client.get(address)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return text


def rows(page):
    """By number of the paragraph: its citations, citing events and other events, as the table says."""
    table = re.search(r'<section [^>]*id="counts".*?</section>', page)[0]
    cell = r"<td[^>]*>(?:<a [^>]*>)?([\w ]+).*?</td>"
    listed = re.findall(rf'<th scope="row"><a [^>]*>([^<]+)</a>.*?</th> {cell} {cell} {cell}', table)
    return {number: tuple(numbers) for number, *numbers in listed}


def beside(paragraph, corpus, person):
    counts = paragraph_events(paragraph, corpus, person, 1).counts
    return tuple(str(sum(column)) for column in zip(*counts.values(), strict=True)) if counts else ("0", "0")


@pytest.mark.parametrize("code", ["UNSCR-2371", "UNSCR-2397", "UNSCR-2375"])
def test_each_paragraph_has_the_numbers_of_its_own_page(read, seeded, reader, code):
    shown = rows(read(f"/measures/{code}/"))
    paragraphs = Paragraph.objects.filter(measure__code=code).select_related("measure")
    assert {number: counted[1:] for number, counted in shown.items()} == {
        each.number: beside(each, seeded, reader) for each in paragraphs
    }


def test_citing_events_and_others_are_counted_apart_and_lead_to_the_paragraph(read):
    page = read()
    assert rows(page)["11"][1] == "4"
    assert '<a href="/measures/UNSCR-2371/11/?corpus=seeded&amp;cited=1#verdicts">4<' in page
    page = read(RETURNS)
    assert rows(page)["8"] == ("0", "0", "11")
    assert '<a href="/measures/UNSCR-2397/8/?corpus=seeded#verdicts">11<' in page


def test_the_same_words_of_two_people_are_one_citation(read, reader):
    reader.memberships.update(role="reviewer")
    before = int(rows(read())["11"][0])
    assert before > 0
    first = Citation.objects.filter(measure__code="UNSCR-2371", paragraph="11").select_related("assignment").first()
    work = factories.assignment(first.assignment.document, factories.user("second"))
    values = {"quote": first.quote, "measure": first.measure, "paragraph_basis": "stated", "revision": 1, "assignment": work}
    Citation.objects.create(fragments=first.fragments, paragraph="11", **values)
    assert int(rows(read())["11"][0]) == before
    Citation.objects.create(fragments=[[0, 5]], paragraph="99", **values)
    shown = read()
    assert int(rows(shown)["11"][0]) == before
    assert "Without a paragraph of the register: 1 citation." in shown


def test_one_corpus_at_a_time_and_no_other_than_ones_own(read, client, reader):
    other = factories.corpus("another")
    assert 'aria-label="Corpus"' not in read()
    assert client.get(f"{CAP}?corpus=another").status_code == client.get(f"{CAP}?corpus=nowhere").status_code == 404
    factories.membership(other, reader, "viewer")
    assert set(rows(read(f"{CAP}?corpus=another")).values()) == {("0", "0", "0")}
    assert rows(read(f"{CAP}?corpus=seeded"))["11"][1] == "4"
    client.force_login(factories.user("stranger"))
    assert 'id="counts"' not in client.get(CAP).content.decode()


def test_what_takes_too_long_is_not_counted_and_no_nought_is_said(read, monkeypatch):
    def broad(*_):
        raise TooBroad

    monkeypatch.setattr(measure_counts, "event_counts", broad)
    page = read()
    assert "Counting the events takes longer than 3 seconds." in page
    assert rows(page)["11"][1:] == ("not counted", "not counted")


def test_the_number_of_queries_does_not_grow_with_paragraphs(read):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            read()
        return len(captured)

    read()
    before = queries()
    measure = Measure.objects.get(code="UNSCR-2371")
    rules = Paragraph.objects.get(measure__code="UNSCR-2397", number="8").applies_to
    for number in range(100, 120):
        measure.paragraphs.create(number=str(number), applies_to=rules, evidence=["eo-13810"], effect="cap")
    while keep.take_up():  # the findings of what the register says now
        pass
    assert queries() == before
    assert rows(read())["110"][2] != "0"
