"""What the words of the worked article say of its events: never anything else than the gold."""

import pytest

from annotations.factuality import read
from tests.annotations.pure.conftest import GOLD, TEXT, VIEW

SPANS = {item["id"]: [(f["start"], f["end"]) for f in item["fragments"]] for item in GOLD["mentions"]}
STATED = ("status", "polarity", "certainty")


def readings(event):
    return read(TEXT, [SPANS[trigger] for trigger in event["triggers"]], VIEW, event["type"], "en")


def truth(event):
    """The gold is older than the kind of what was not carried out; its one such event is advice."""
    kind = {"unrealised_as": "requested"} if event["status"] == "unrealised" else {}
    return {code: event[code] for code in STATED} | event["attributes"] | kind


@pytest.mark.parametrize("event", GOLD["events"], ids=lambda event: event["id"])
def test_nothing_is_read_that_the_gold_does_not_say(event):
    values = {code: reading.value for code, reading in readings(event).items() if reading.value is not None}
    assert values == {code: truth(event).get(code) for code in values}


def test_what_is_offered_first_is_mostly_what_the_gold_says():
    firsts = [
        (reading.offers[0].value, truth(event).get(code))
        for event in GOLD["events"]
        for code, reading in readings(event).items()
        if reading.offers
    ]
    assert sum(offer == stated for offer, stated in firsts) / len(firsts) >= 0.9


def test_a_good_part_is_read():
    """Of status, polarity and certainty; nouns (return, rejection, payments) say nothing of them."""
    read_ones = [
        code
        for event in GOLD["events"]
        for code, reading in readings(event).items()
        if code in STATED and reading.value is not None
    ]
    assert len(read_ones) >= 50
