"""Entities of OpenSanctions."""

import json

import pytest

from registry.lists.formats import ftm
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import FTM, FTM_ENTITIES, names, read


@pytest.fixture
def parsed(tmp_path):
    return read(ftm, tmp_path, FTM, "entities.ftm.json")


def test_only_what_is_sanctioned_is_an_entry(parsed):
    assert list(parsed[0]) == ["NK-1", "V-1"]


def test_an_entry_has_its_names_and_facts(parsed):
    person, ship = parsed[0].values()
    assert names(person) == [
        ("Ri Ye Je", "primary", ""),
        ("李例題", "alias", ""),
        ("Lee Ye-je", "alias", ""),
        ("Ri Il", "former", ""),
        ("Teacher Ri", "weak", ""),
    ]
    assert (person.kind, person.programmes, person.listed_on) == ("person", ("us_ofac_sdn", "eu_fsf"), "2013-02-18")
    assert (person.births, person.countries) == (("1945",), ("KP", "CN"))
    assert person.identifiers == (("passport", "A123"), ("wikidata", "Q1"))
    assert person.references == (("ofac", "101"), ("eu", "EU.1.2"), ("opensanctions", "xx-7"))
    assert person.remarks.splitlines() == ["Born: long ago", "An example."]
    assert (ship.kind, ship.identifiers) == ("craft", (("imo", "1234567"),))
    assert ship.remarks.splitlines() == ["IMO: 1234568", "Topics: sanction.linked"]


def test_what_is_not_read_is_counted_under_its_path(parsed):
    assert parsed[1].losses == {
        "Address": 1,
        "Company without a topic of sanctions": 1,
        "properties/birthDate: not a date": 1,
        "properties/nationality: not a country": 1,
        "properties/position": 1,
        "properties/sanctions": 1,
        "properties/imoNumber: check digit": 1,
    }


def test_the_day_of_listing_of_several_lists_is_not_stated(tmp_path):
    entity = json.loads(json.dumps(FTM_ENTITIES[0]))
    entity["properties"]["sanctions"].append({"properties": {"listingDate": ["2016-03-02"]}})
    entries, contents = read(ftm, tmp_path, json.dumps(entity), "entities.ftm.json")
    assert entries["NK-1"].listed_on == ""
    assert contents.losses["properties/sanctions/listingDate: several days"] == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 5: not JSON"),
        ("[" * 200_000, "line 5: not JSON"),
        ("[]", "line 5: not an entity of FollowTheMoney"),
        ('{"id": "x", "schema": "Person", "properties": []}', "line 5: not an entity of FollowTheMoney"),
        ('{"op": "ADD", "entity": {}}', r"line 5: a change \(entities\.delta\.json\)"),
        ('{"id": "x", "schema": "Person", "properties": {"topics": "sanction"}}', "line 5: topics is not a list"),
        (
            '{"id": "x", "schema": "Person", "properties": {"topics": ["sanction"], "name": ["a\\u0000"]}}',
            "line 5: NUL at offset 1",
        ),
        (
            '{"id": "x", "schema": "Person", "properties": {"topics": ["sanction"], "\\ud800": ["a"]}}',
            "line 5: the lone surrogate",
        ),
        (FTM.partition("\n")[0], "two entries have the reference NK-1"),
    ],
)
def test_a_line_that_is_no_entity_is_refused(tmp_path, line, message):
    with pytest.raises(UnreadableList, match=message):
        read(ftm, tmp_path, FTM + line, "entities.ftm.json")


def test_a_file_in_latin_1_is_refused(tmp_path):
    with pytest.raises(UnreadableList, match="line 1: not UTF-8"):
        read(ftm, tmp_path, FTM.replace("An example.", "é").encode("latin-1", "ignore"), "entities.ftm.json")
