"""Generated questions: the rows of the page, of the API, of a file and of all pages by cursor are the same, each once and in one order.

`QUESTIONS=200` asks two hundred in place of a few.
"""

import json
import os
from itertools import cycle

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from annotations.models import Event
from corpus.passages.index import index_all
from questions.models import Entry
from tests import factories, marks
from tests.questions.asking_at_random import RandomAsker
from tests.questions.ledgers.asking import take_up
from tests.questions.same_answers import be_patient
from tests.questions.test_addresses import KEYS, file_rows
from tests.questions.writing_at_random import RandomWriter

pytestmark = pytest.mark.django_db
QUESTIONS = int(os.environ.get("QUESTIONS", "24"))
MANY = 2_000
ROLES = ("reviewer", "viewer", "annotator")


class Person:
    """Asks by every way that there is."""

    def __init__(self, client, corpus, role):
        self.client, self.corpus, self.account = client, corpus, factories.user()
        factories.membership(corpus, self.account, role)
        self.api = APIClient()
        self.api.force_authenticate(self.account)

    def address(self, question):
        return f"/corpora/{self.corpus.slug}/ask/{question.ledger.name}/?{question.query}"

    def on_pages(self, question):
        self.client.force_login(self.account)
        address, rows = self.address(question), []
        while address:
            page = self.client.get(address, follow=True)
            if page.status_code != 200:
                return page.status_code
            rows += page.context["rows"]
            assert len(rows) < MANY, "pages without an end"
            address = page.context["next"]
        return keys(question, rows)

    def by_api(self, question, limit):
        """And how many rows the answer says that it has in all, if it says so."""
        query = f"{question.query}&limit={limit}".strip("&")
        address, rows, parts = f"/api/v1/corpora/{self.corpus.slug}/ask/{question.ledger.name}/?{query}", [], None
        while address:
            answer = self.api.get(address)
            if answer.status_code != 200:
                return answer.status_code, None
            body = answer.json()
            rows += body["results"]
            assert len(rows) < MANY, "pages without an end"
            parts, address = body["parts"], body["next"]
        return keys(question, rows), parts

    def in_file(self, question):
        answer = self.api.get(f"/api/v1{self.address(question).replace('?', 'file/?format=jsonl&')}")
        return keys(question, file_rows(answer)) if answer.status_code == 200 else answer.status_code


def keys(question, rows):
    names = KEYS.get(question.ledger.name, ("id",))
    return [tuple(json.dumps(row[name], default=str) for name in names) for row in rows]


@pytest.fixture
def corpora(seeded):
    """The seed with its gold, and articles that people marked at random."""
    writer = RandomWriter(3)
    for _ in range(40):
        writer.batch()
    take_up()
    index_all()
    return seeded, writer.corpus


def test_each_way_to_ask_has_the_same_rows(client, corpora, monkeypatch):
    be_patient(monkeypatch)
    askers = {corpus: RandomAsker(QUESTIONS, corpus) for corpus in corpora}
    turns, with_rows = cycle([(corpus, role) for role in ROLES for corpus in corpora]), 0
    for _ in range(QUESTIONS):
        # Somebody new each time: one account is given only so many files an hour.
        person = Person(client, *next(turns))
        question = askers[person.corpus].question()
        where = f"{question.ledger.name}/?{question.query}"
        rows = person.on_pages(question)
        many = rows if isinstance(rows, list) else []
        paged, parts = person.by_api(question, 1 + len(many) // 3)
        assert paged == rows, where
        assert person.in_file(question) == rows, where
        if question.ledger.name != "counts":
            assert len(many) == len(set(many)), where
        if parts is not None and "part" in question.ledger.parameters and question.ledger.name != "screening":
            assert parts.get(question["part"], 0) == len(many) or question.ledger.name in AGGREGATED, where
        with_rows += bool(many)
    assert with_rows >= QUESTIONS // 4


# Their rows are sums over what the parts count.
AGGREGATED = ("counts", "network", "sources")


def test_what_others_write_meanwhile_moves_no_row(corpora):
    """Every row that was there at first comes once, in the same order, while somebody writes between two pages."""
    corpus = corpora[0]
    reader = APIClient()
    reader.force_authenticate(factories.user(is_superuser=True))
    start = f"{reverse('api:ask-events', args=[corpus.slug])}?limit=3&status=any&polarity=any"
    before = [row["id"] for row in pages(reader, start, lambda: None)]
    reading = factories.assignment(factories.document("Some went home. " * 20, corpus=corpus), factories.user(), "adjudication")
    days = cycle(["2016-01-01", "2017-09-01", "2020-01-01", None])

    def write():
        day = next(days)
        marks.event(reading, "went", status="happened", time_earliest=day, time_latest=day)
        take_up()

    meanwhile = [row["id"] for row in pages(reader, start, write)]
    assert Event.objects.filter(assignment=reading).count() > 5
    assert [pk for pk in meanwhile if pk in before] == before
    assert len(set(meanwhile)) == len(meanwhile)
    assert Entry.objects.filter(assignment=reading, kind="event").exists()


def pages(reader, address, between):
    while address:
        body = reader.get(address).json()
        yield from body["results"]
        address = body["next"]
        between()
