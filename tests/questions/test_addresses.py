"""An address that once worked works for ever: `addresses.txt` only grows. Each is asked on its page, by API and as a file, and has the same rows."""

import json
import re
from pathlib import Path

import pytest
from rest_framework.test import APIClient

from registry.models import Entity
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = (Path(__file__).parent / "addresses.txt").read_text("utf-8").split()
KEYS = {"screening": ("entity",), "counts": ("values", "count"), "network": ("actor", "kind", "acted"), "sources": ("claim", "article"),
        "words": ("document", "start", "end")}  # fmt: skip


@pytest.fixture
def api(client, seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    client.force_login(person)
    api = APIClient()
    api.force_authenticate(person)
    return api


@pytest.mark.parametrize("line", ADDRESSES)
def test_each_address_answers_with_the_same_rows_everywhere(api, client, seeded, line):
    ids = {key: str(pk) for key, pk in Entity.objects.values_list("key", "pk")}
    ledger, query = re.sub(r"E-\w+", lambda match: ids[match[0]], line).split("/?") if "/?" in line else (line.strip("/"), "")
    address = f"/corpora/{seeded.slug}/ask/{ledger}/"
    page = client.get(f"{address}?{query}", follow=True)
    assert page.status_code == 200
    answer = api.get(f"/api/v1{address}?{query}").json()
    lines = file_rows(api.get(f"/api/v1{address}file/?format=jsonl&{query}"))
    names = KEYS.get(ledger, ("id",))
    by_api = [[row[name] for name in names] for row in answer["results"]]
    assert [[json.loads(json.dumps(row[name], default=str)) for name in names] for row in page.context["rows"]] == by_api
    assert [[row[name] for name in names] for row in lines][: len(by_api)] == by_api


def file_rows(answer):
    """The rows of a file of JSON Lines, which is whole."""
    *rows, end = map(json.loads, answer.getvalue().splitlines())
    assert end["end"]["rows"] == len(rows)
    return rows


def test_the_fifteen_are_among_them():
    asked = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))["questions"]
    kept = {line.partition("/")[0] for line in ADDRESSES}
    assert {question["ledger"] for question in asked} <= kept
