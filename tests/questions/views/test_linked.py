"""The page of an event and that of pairs: what may be the same event, and the sentences of the evidence table."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from annotations.models import Event
from questions.models import Judgement
from questions.views import linked
from tests import factories, marks
from tests.questions.ledgers.asking import fill, take_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def get(client, reviewer):
    def get(address, by=reviewer):
        client.force_login(by)
        answer = client.get(address)
        assert answer.status_code == 200, answer.content.decode()[:3000]
        return answer

    return get


@pytest.fixture
def people(seeded):
    return marks.entity(seeded, "Loggers")


def reported(corpus, people, title="An article", number=20):
    document = factories.document(f"Workers: {number} went.", of=factories.article(corpus, title))
    event = marks.event(factories.assignment(document, factories.user(), "adjudication"), "went", status="happened")
    figure = marks.figure(
        event.assignment, str(number), use="reported", counted_entity=people, low=number, high=number, comparator="eq"
    )
    fill(event, count=figure.span, people=people)
    return event


def page_of(event):
    return reverse("questions:linked", args=[event.pk])


def statements(seeded, reviewer):
    """By event, the sentences that the API has for it."""
    api = APIClient()
    api.force_authenticate(reviewer)
    query = {"fields": "statement", "status": "any", "polarity": "any", "type": "REPATRIATE"}
    rows = api.get(f"/api/v1/corpora/{seeded.slug}/ask/events/", query).json()["results"]
    return {entry["event"]: [line["statement"] for line in entry["evidence"]] for row in rows for entry in row["entries"]}


def test_an_event_shows_what_may_be_the_same_with_both_sentences(get, seeded, reviewer, people):
    one, other, third = (reported(seeded, people, f"Article {number}", number) for number in (20, 30, 40))
    take_up()
    page = get(page_of(other))
    assert [(pair["one"]["event"], pair["other"]["event"]) for pair in page.context["proposals"]] == sorted(
        (other.pk, pk) for pk in (one.pk, third.pk)
    )
    wanted = statements(seeded, reviewer)
    for pair in page.context["proposals"]:
        for side in (pair["one"], pair["other"]):
            assert side["sentences"] == wanted[str(side["event"])] != []
    text = html.unescape(page.content.decode())
    assert "Possibly the same event" in text
    for event in (one, other, third):
        (sentence,) = wanted[str(event.pk)]
        assert sentence in text


def test_each_mention_has_its_sentence(get, seeded, reviewer, indexed):
    event = Event.objects.get(assignment__document__corpus=seeded, key="EV07")
    (sentence,) = statements(seeded, reviewer)[str(event.pk)]
    assert f'<span class="small" dir="auto">{sentence}</span>' in html.unescape(get(page_of(event)).content.decode())


def test_a_pair_is_judged_on_the_page_of_the_event(get, client, seeded, people):
    one, other = (reported(seeded, people, number=number) for number in (20, 30))
    take_up()
    page = html.unescape(get(page_of(one)).content.decode())
    (address,), (with_other,) = re.findall(r'action="([^"]+/judge/)"', page), re.findall(r'name="other" value="([^"]+)"', page)
    (following,) = re.findall(r'name="next" value="([^"]+)"', page)
    answer = client.post(address, {"other": with_other, "verdict": "different", "note": "Two trains.", "next": following})
    assert answer["Location"] == page_of(one)
    assert {*Judgement.objects.values_list("one", "other").get()} == {one.pk, other.pk}
    assert "Possibly the same event" not in get(page_of(one)).content.decode()


def test_more_pairs_than_the_page_shows(get, seeded, people, monkeypatch):
    first, *_ = (reported(seeded, people, number=number) for number in (20, 30, 40))
    take_up()
    assert "The first 2" not in get(page_of(first)).content.decode()
    monkeypatch.setattr(linked, "PAIRS", 1)
    page = get(page_of(first))
    assert len(page.context["proposals"]) == 1
    assert "The first 1. All others are among the" in page.content.decode()


def test_who_reads_alone_judges_nothing(get, seeded, people):
    viewer = factories.user()
    factories.membership(seeded, viewer, "viewer")
    one, _ = (reported(seeded, people, number=number) for number in (20, 30))
    take_up()
    page = get(page_of(one), by=viewer).content.decode()
    assert "Possibly the same event" in page
    assert "/judge/" not in page


def test_what_one_may_not_see_is_not_proposed(get, seeded, people):
    who = factories.user()
    factories.membership(seeded, who, "viewer")
    one, other = (reported(seeded, people, number=number) for number in (20, 30))
    type(one.assignment).objects.filter(pk=other.assignment.pk).update(role="annotation")
    take_up()
    assert len(get(page_of(one)).context["proposals"]) == 1
    assert get(page_of(one), by=who).context["proposals"] == []


def test_pairs_have_the_sentences_of_both(get, seeded, reviewer, people):
    one, other = (reported(seeded, people, number=number) for number in (20, 30))
    take_up()
    wanted = statements(seeded, reviewer)
    for address in (f"/corpora/{seeded.slug}/pairs/", f"/corpora/{seeded.slug}/pairs/?row={one.pk}&row={other.pk}"):
        text = html.unescape(get(address).content.decode())
        for event in (one, other):
            (sentence,) = wanted[str(event.pk)]
            assert f'<p class="small" dir="auto">{sentence}</p>' in text


def test_queries_do_not_grow_with_the_pairs(get, seeded, people):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            get(address)
        return len(captured)

    first, _ = (reported(seeded, people, number=number) for number in (20, 30))
    take_up()
    addresses = (page_of(first), f"/corpora/{seeded.slug}/pairs/")
    for address in addresses:  # what is kept from then on
        get(address)
    few = [queries(address) for address in addresses]
    for number in (40, 50, 60):
        reported(seeded, people, number=number)
    take_up()
    assert [queries(address) for address in addresses] == few
