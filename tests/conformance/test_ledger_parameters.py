"""The shared catalogues of poisoned JSON and of markup, as values of the parameters of each ledger page."""

import sys
import warnings
from itertools import cycle
from pathlib import Path

import pytest

from questions.address.parameters import LEDGERS, PARAMETERS
from questions.views.ask import PAGING
from tests.questions.conftest import indexed, seeded  # noqa: F401 - fixtures
from tests.questions.views.test_any_parameter import NEEDED, page  # noqa: F401 - a fixture

ATTACK = Path(__file__).parents[3] / "shared" / "attack"
LONGEST = 4_000  # characters of an address that a browser sends

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ATTACK.exists(), reason="the shared catalogue of attacks is not beside the checkout"),
]


def catalogue():
    sys.path.insert(0, str(ATTACK))
    try:
        from load_cases import cases
    finally:
        sys.path.remove(str(ATTACK))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the catalogue's reader closes its file by letting go of it
        rows = [
            *cases(str(ATTACK / "json_poison.txt")),
            *cases(str(ATTACK / "xss.txt"), X="__xss(1)", BEACON="http://127.0.0.1:9/b"),
        ]
    return [row["payload"].encode(errors="replace")[:LONGEST] for row in rows]


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_catalogued_value_makes_a_page_fail(page, ledger):  # noqa: F811
    """All of the catalogue over the parameters of all ledgers, and each parameter with one of it on each."""
    values = cycle(catalogue()[list(LEDGERS).index(ledger) :: len(LEDGERS)])
    for name in [*PARAMETERS, *PAGING]:
        value = next(values)
        assert page(ledger, {**NEEDED.get(ledger, {}), name: value}).status_code in (200, 400, 404), (name, value)
