"""The shared catalogues of poisoned JSON and of markup, as values of the parameters of each ledger page."""

from itertools import cycle

import pytest

from questions.address.parameters import LEDGERS, PARAMETERS
from questions.views.ask import PAGING
from tests.conformance.material import cases
from tests.questions.conftest import indexed, seeded  # noqa: F401 - fixtures
from tests.questions.views.test_any_parameter import NEEDED, page  # noqa: F401 - a fixture

LONGEST = 4_000  # characters of an address that a browser sends

pytestmark = pytest.mark.django_db


def catalogue():
    found = [*cases("json_poison.txt"), *cases("xss.txt", X="__xss(1)", BEACON="http://127.0.0.1:9/b")]
    return [case.payload.encode(errors="replace")[:LONGEST] for case in found]


# One view answers for all ledgers: here that with most parameters and that of words, and all of them in the long tests.
EVERY = [pytest.param(ledger, marks=() if ledger in ("events", "words") else pytest.mark.long) for ledger in LEDGERS]


@pytest.mark.parametrize("ledger", EVERY)
def test_no_catalogued_value_makes_a_page_fail(page, ledger):  # noqa: F811
    """All of the catalogue over the parameters of all ledgers, and each parameter with one of it on each."""
    values = cycle(catalogue()[list(LEDGERS).index(ledger) :: len(LEDGERS)])
    for name in [*PARAMETERS, *PAGING]:
        value = next(values)
        assert page(ledger, {**NEEDED.get(ledger, {}), name: value}).status_code in (200, 400, 404), (name, value)
