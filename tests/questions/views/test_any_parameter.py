"""Whatever an address has: the page and the API of each ledger say what is wrong with it, and never fail."""

import base64
import json
from itertools import cycle

import pytest
from django.urls import reverse

from questions.address.parameters import LEDGERS, PARAMETERS
from questions.address.question import read
from questions.asking.cursors import written
from questions.ledgers.every import LEDGER_KEYS
from questions.views.ask import PAGING
from tests import factories

pytestmark = pytest.mark.django_db
NEEDED = {"words": {"q": "work*"}}
HOSTILE = (
    "'",
    "x",
    "<script>alert(1)</script>",
    "[null]",
    '{"$ne": 1}',
    "1e999",
    "-1",
    "9" * 30,
    "%",
    "../..",
    "\u202e",
    "a\0b",
    ",,",
    ":",
    "*",
)
OTHERS = ("1", None, [], {}, ["int", "9" * 5000], ["date", "2017-13-01"], ["UUID", "x"], ["str", 5], ["list", []], ["str", "\0"])


@pytest.fixture
def page(client, seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    client.force_login(person)
    client.raise_request_exception = False

    def page(ledger, query):
        return client.get(reverse("questions:ledger", args=[seeded.slug, ledger]), query, follow=True)

    return page


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_value_of_a_parameter_makes_a_page_fail(page, ledger):
    """Each parameter, whether the ledger has it or not, with one value after the other."""
    needed, values = NEEDED.get(ledger, {}), cycle(HOSTILE)
    for name in [*PARAMETERS, *PAGING]:
        value = next(values)
        answer = page(ledger, {**needed, name: value})
        assert answer.status_code in (200, 400, 404), (name, value)
        if name not in LEDGERS[ledger].parameters and name not in PAGING:
            assert answer.status_code == 400, name
            assert name in answer.content.decode(), name


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_altered_cursor_makes_a_page_fail(page, ledger):
    """Each key as another type, and each with a key more or less: as one who knows how cursors are written would make them."""
    needed = NEEDED.get(ledger, {})
    count = len(LEDGER_KEYS[ledger])
    mark, *_ = json.loads(base64.urlsafe_b64decode(cursor := written(read(ledger, needed.items()), ()) + "==="))
    assert cursor
    for other in OTHERS:
        for parts in (
            [other] * count,
            [other] * (count + 1),
            [["str", "a"]] * (count - 1) + [other],
            [other] + [None] * (count - 1),
        ):
            altered = base64.urlsafe_b64encode(json.dumps([mark, *parts]).encode()).decode()
            assert page(ledger, {**needed, "cursor": altered}).status_code == 400, parts
