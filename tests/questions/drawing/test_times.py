"""Where the bars of a timeline lead: hundreds of addresses of which all is written once but the days."""

from datetime import date

import pytest

from questions.address.question import read
from questions.drawing.addresses import page_of
from questions.drawing.times import listing

ASKED = [
    ("events", []),
    ("events", [("from", "2016-01-01"), ("to", "2018-01-31"), ("undated", "0"), ("type", "PAY")]),
    ("events", [("published_from", "2017-08-05"), ("published_to", "2017-09-30"), ("outlet", "from=%00&to=%00 x")]),
    ("law", [("measure", "UNSCR-2371")]),
]


@pytest.mark.parametrize("code", ["REPATRIATE", ""])
@pytest.mark.parametrize(("ledger", "pairs"), ASKED)
def test_a_bar_leads_to_the_events_of_its_type_and_days(ledger, pairs, code):
    question = read(ledger, pairs)
    address = listing("demo", question, code)
    for first, last in [(date(2017, 8, 5), date(2017, 9, 30)), (date(999, 1, 1), date(999, 1, 1))]:
        of_type = {"type": code} if code else {}
        asked = question.having(undated="0", **of_type, **{"from": first.isoformat(), "to": last.isoformat()})
        assert address(first, last) == page_of("demo", asked)
