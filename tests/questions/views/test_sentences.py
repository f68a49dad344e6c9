"""Rows of ledgers show the sentence of their words, and in how many sources it rests where more than one report could."""

import re

import pytest

from questions.coreference.judge import judge
from tests import factories
from tests.questions.ledgers.asking import take_up
from tests.questions.views.test_rows import reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client, seeded, indexed):
    reviewer = factories.user("reviewer")
    factories.membership(seeded, reviewer, "reviewer")
    client.force_login(reviewer)

    def read(ledger, query=""):
        answer = client.get(f"/corpora/{seeded.slug}/ask/{ledger}/?{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def quotations(page):
    return re.findall(r'<a href="/annotate/[^"]*" class="quotation" dir="auto">(.*?)</a>', page, re.DOTALL)


def test_an_event_shows_its_sentence_with_trigger_and_figure_marked(read):
    (first, *_) = quotations(read("events", "type=REPATRIATE&figure=1"))
    assert "<mark>170</mark> were forced to <mark>return</mark> to the North" in first


@pytest.mark.parametrize("ledger", ["events", "figures", "sources", "causes", "law", "network"])
def test_each_row_has_a_sentence(read, ledger):
    page = read(ledger)
    assert page.count('<tr id="row-') + page.count("<tr>\n    <th") <= len(quotations(page))
    assert [words for words in quotations(page) if "<mark>" not in words] == []


def test_sources_are_counted_where_several_reports_could_rest_on_one(read, seeded):
    one, other = (reported(seeded, title, "20", low=20, high=20, comparator="eq") for title in ("One", "Other"))
    take_up()
    asked = "type=REPATRIATE&figure=PEOPLE"
    assert "no source</span>" not in read("events", asked)
    assert ">1 source<" not in read("events", asked)
    judge(one, other, "same", factories.user())
    take_up()
    assert read("events", asked).count("<span>no source</span>") == 1


def test_the_sentence_of_an_earlier_answer_and_of_one_event(read, client):
    page = read("events", "type=REPATRIATE")
    address = re.search(r'href="([^"]*at=\d+[^"]*)" title="This answer', page)[1].replace("&amp;", "&")
    assert quotations(client.get(address).content.decode()) == quotations(page)
    linked = client.get(re.search(r'href="(/linked-events/[^"]+)"', page)[1]).content.decode()
    assert quotations(page)[0] in quotations(linked)
