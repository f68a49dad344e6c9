"""Measures over HTTP: what each paragraph requires, since when, and what has been verified."""

import json
from pathlib import Path

import pytest

from annotations.schemes.measures import load_measures
from registry.models import Measure, Paragraph
from tests import factories

FILE = Path(__file__).parents[2] / "domain" / "measures.json"


@pytest.fixture
def measures(db, client):
    load_measures(json.loads(FILE.read_text("utf-8")))
    client.force_login(factories.user("reader"))

    def asked(code):
        (row,) = client.get("/api/v1/measures/", {"code": code}).json()["results"]
        return row

    return asked


def test_a_measure_has_all_that_the_register_knows(measures):
    row = measures("UNSCR-2371")
    assert (row["kind"], row["adopted_verified"], row["in_force_from"], row["in_force_to"]) == (
        "resolution",
        True,
        "2017-08-05",
        None,
    )
    assert (row["adopted_verified_by"], row["adopted_verified_on"], row["adopted_verified_source"]) == (None, "2026-11-27", None)
    assert (row["address"], row["note"], row["evidence"]) == ("", "", ["eo-13810", "un-press-2371"])
    (cap,) = [each for each in row["provisions"] if each["paragraph"] == "11"]
    assert (cap["content_verified"], cap["number_verified"]) == (True, False)
    assert cap["tightened_by"] == ["UNSCR-2375 17", "UNSCR-2397 8"]
    assert cap["applies_to"][0] == {"label": "PERMIT", "where": {"permit_type": ["work"], "decision": ["granted", "extended"]}}


def test_limits_and_what_replaced_them(measures):
    (cap,) = [each for each in measures("UNSCR-2375")["provisions"] if each["paragraph"] == "14"]
    assert cap["limits"] == [
        {
            "goods": "refined petroleum",
            "high": ["500000", "bbl"],
            "from": "2017-10-01",
            "to": "2017-12-31",
            "roles": ["buyer", "destination", "counterpart"],
        },
        {
            "goods": "refined petroleum",
            "high": ["2000000", "bbl"],
            "period": "year",
            "from": "2018-01-01",
            "replaced_by": "UNSCR-2397 5",
            "roles": ["buyer", "destination", "counterpart"],
        },
    ]
    (coal,) = [each for each in measures("UNSCR-2321")["provisions"] if each["paragraph"] == "26"]
    assert (coal["replaces"], coal["replaced_by"], coal["in_force_to"]) == (["UNSCR-2270 29"], ["UNSCR-2371 8"], "2017-08-05")


def test_a_person_who_verified_is_named_with_day_and_text(measures):
    Paragraph.objects.filter(measure__code="UNSCR-2371", number="11").update(
        number_verified=True,
        number_verified_by=factories.user("lawyer"),
        number_verified_on="2026-01-02",
        number_verified_source="S/RES",
    )
    (cap,) = [each for each in measures("UNSCR-2371")["provisions"] if each["paragraph"] == "11"]
    assert [cap[f"number_verified{name}"] for name in ("", "_by", "_on", "_source")] == [True, "lawyer", "2026-01-02", "S/RES"]
    assert [cap[f"content_verified{name}"] for name in ("", "_by", "_source")] == [True, None, None]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_register_is_only_read(client, measures, method):
    assert getattr(client, method)("/api/v1/measures/").status_code in (403, 405)
    assert Measure.objects.count() == 21
