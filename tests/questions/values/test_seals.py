"""Seals of rows: what they notice, and what they do not."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from questions.values.seals import changed_aspects, is_comparable, row_key, rows_by_key, seal_of

ARTICLE, PLACE, SOURCE = (uuid4() for _ in range(3))


def row(**fields):
    entry = {
        "event": uuid4(),
        "status": "happened",
        "article": ARTICLE,
        "title": "Sent home",
        "assignment": uuid4(),
        "document": uuid4(),
        "triggers": [{"id": uuid4(), "quote": "sent", "fragments": [[1, 5]]}],
        "figures": [uuid4()],
        "claims": [{"id": uuid4(), "source": None, "reliability": "F"}],
        "href": f"/annotate/{uuid4()}/",
    }
    value = {"low": Decimal(20), "comparator": "eq", "figures": [{"id": uuid4(), "quote": "20", "article": ARTICLE}]}
    return {
        "id": uuid4(),
        "part": "counted",
        "type": "REPATRIATE",
        "status": "happened",
        "time": {"earliest": date(2017, 9, 4), "latest": None},
        "ties": [{"tie": "via", "entity": PLACE, "name": "Dandong"}],
        "values": [value],
        "copies": 0,
        "tellings": 0,
        "entries": [entry],
        **fields,
    }


def test_ids_of_marks_and_assignments_are_in_no_seal():
    assert seal_of(row()) == seal_of(row())
    assert is_comparable(seal_of(row()))


def test_equal_numbers_have_one_seal():
    low = {"values": [{"low": Decimal("20.000000")}]}
    assert seal_of(row(**low)) == seal_of(row(values=[{"low": Decimal(20)}]))
    assert seal_of(row(**low)) != seal_of(row(values=[{"low": Decimal(200)}]))


@pytest.mark.parametrize(
    ("fields", "aspects"),
    [
        ({"status": "expected"}, ["status"]),
        ({"part": "no_figure"}, ["status"]),
        ({"type": "PAY"}, ["type"]),
        ({"time": {"earliest": date(2017, 9, 5), "latest": None}}, ["time"]),
        ({"ties": []}, ["place"]),
        ({"ties": [{"tie": "via", "entity": PLACE, "name": "Dandong City"}]}, ["place"]),
        ({"copies": 1}, ["copies"]),
        ({"tellings": 1}, ["copies"]),
        ({"values": [{"low": Decimal(21), "comparator": "eq", "figures": [{"quote": "20", "article": ARTICLE}]}]}, ["values"]),
        ({"values": [{"low": Decimal(20), "comparator": "eq", "figures": [{"quote": "twenty", "article": ARTICLE}]}]}, ["words"]),
        ({"disputed": True}, ["values"]),
        ({"independent": {"fewest": 1}}, ["sources"]),
        ({"unknown": 1}, ["more"]),
    ],
)
def test_a_change_is_told_by_its_aspect(fields, aspects):
    assert changed_aspects(seal_of(row()), seal_of(row(**fields))) == aspects


def test_a_rating_and_a_source_of_a_claim_are_told_apart():
    def claimed(**claim):
        return row(entries=[{"article": ARTICLE, "claims": [{"source": None, "reliability": "F", **claim}]}])

    assert changed_aspects(seal_of(claimed()), seal_of(claimed(reliability="B"))) == ["rating"]
    source = {"entity": SOURCE, "name": "A manager", "unnamed": True}
    assert changed_aspects(seal_of(claimed()), seal_of(claimed(source=source))) == ["sources"]


def test_what_two_articles_say_does_not_change_places_unnoticed():
    other = uuid4()

    def entries(*pairs):
        return row(entries=[{"article": article, "status": status} for article, status in pairs])

    one = entries((ARTICLE, "happened"), (other, "expected"))
    assert seal_of(one) == seal_of(entries((other, "expected"), (ARTICLE, "happened")))
    assert changed_aspects(seal_of(one), seal_of(entries((ARTICLE, "expected"), (other, "happened")))) == ["status"]


def test_no_is_not_none_and_a_word_is_not_a_number():
    seals = {seal_of({"id": 1, "copies": value}) for value in (None, 0, False, "", "None", "false", 1, True)}
    assert len(seals) >= 7


def test_a_seal_of_other_rules_is_not_compared():
    assert not is_comparable("")
    assert not is_comparable("0" + seal_of(row())[1:])
    assert not is_comparable(seal_of(row())[:-8])


def test_rows_with_one_key_are_told_apart():
    lines = [{"document": ARTICLE, "start": 1, "end": 5, "hit": hit} for hit in ("went", "went home")]
    assert list(rows_by_key("words", lines)) == [f"{ARTICLE}|1|5", f"{ARTICLE}|1|5|2"]


def test_rows_without_an_id_have_keys():
    actor, acted, claim, citation, event = (uuid4() for _ in range(5))
    edge = {"actor": {"entity": actor}, "kind": "PAY:levy", "acted": {"entity": acted}}
    assert row_key("network", edge) == f"{actor}|PAY:levy|{acted}"
    assert row_key("counts", {"values": [{"value": "PAY"}, {"value": None}]}) == "PAY|"
    assert row_key("sources", {"claim": claim, "assignment": event}) == str(claim)
    assert row_key("sources", {"claim": None, "assignment": event}) == str(event)
    assert row_key("law", {"id": event, "citation": {"id": citation}, "role": "basis"}) == f"{event}|{citation}|basis"
    assert row_key("screening", {"entity": actor}) == str(actor)
    assert row_key("events", {"id": event}) == str(event)
