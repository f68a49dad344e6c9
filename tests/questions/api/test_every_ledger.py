"""All ledgers by API: the rows of the ledger in its order, by pages, and the question in words."""

import json

import pytest
from rest_framework.test import APIClient
from rest_framework.utils.encoders import JSONEncoder

from questions.address.parameters import LEDGERS
from questions.api.shapes import SHAPES
from tests.questions.ledgers import asking

pytestmark = pytest.mark.django_db
ASKED = {"words": {"q": "terminat*"}}


@pytest.fixture
def client_of(seeded, indexed):
    client = APIClient()
    client.force_authenticate(asking.superuser())
    return client


@pytest.fixture
def get(client_of, seeded):
    def get(address, **query):
        address = address if "/" in address else f"/api/v1/corpora/{seeded.slug}/ask/{address}/"
        answer = client_of.get(address, query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return get


@pytest.mark.parametrize("ledger", LEDGERS)
def test_its_rows_are_those_of_the_ledger(get, seeded, ledger):
    page = asking.ask(seeded, ledger, **ASKED.get(ledger, {}))
    body = get(ledger, **ASKED.get(ledger, {}))
    shown = SHAPES[ledger]({"results": page.rows, "parts": page.parts}).fields["results"].to_representation(page.rows)
    assert body["results"] == as_json(shown)
    assert (body["parts"], body["totals"]) == (page.parts, page.totals)


def as_json(rows):
    return json.loads(json.dumps(rows, cls=JSONEncoder))


@pytest.mark.parametrize("ledger", [ledger for ledger in LEDGERS if ledger != "disputes"])
def test_pages_of_two_are_the_whole(get, ledger):
    whole = get(ledger, limit=200, **ASKED.get(ledger, {}))["results"]
    assert len(whole) > 2
    rows = []
    body = get(ledger, limit=2, **ASKED.get(ledger, {}))
    while True:
        rows += body["results"]
        if not body["next"]:
            break
        body = get(body["next"])
    assert rows == whole


def test_an_answer_that_still_holds_is_not_sent_again(get, client_of, seeded):
    address = f"/api/v1/corpora/{seeded.slug}/ask/events/"
    first = client_of.get(address)
    again = client_of.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    seeded.articles.update(title="Another title")
    assert client_of.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_question_is_said_in_words(get, seeded):
    body = get("figures", label="MONEY", type="PAY")
    assert body["question"]["text"] == "Money changes hands · Money · only actual counts (no caps, no “per …”)"
