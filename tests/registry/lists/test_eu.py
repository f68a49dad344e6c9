"""The XML of the European Union."""

import pytest

from registry.lists.formats import eu
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import EU, names, read

ENTITY = '<sanctionEntity euReferenceNumber="EU.7" logicalId="7"{more}><regulation programme="{programme}"/><nameAlias wholeName="{name}"/></sanctionEntity>'


@pytest.fixture
def parsed(tmp_path):
    return read(eu, tmp_path, EU)


def export(*entities):
    return f"<export>{''.join(entities)}</export>"


def test_the_reference_is_that_of_the_union_or_else_the_logical_number(parsed):
    assert list(parsed[0]) == ["EU.1.2", "2"]
    assert parsed[1].published == "2024-05-13"


def test_names_keep_their_languages_and_translations_are_aliases(parsed):
    assert names(parsed[0]["EU.1.2"]) == [
        ("Jean Exemple", "alias", "fr"),
        ("리예제", "original", "ko"),
        ("Ri Ye Je", "primary", ""),
        ("Ри Йе Дже", "alias", "bg"),
        ("Teacher Ri", "weak", "en"),
    ]
    assert names(parsed[0]["2"]) == [("Muster Bank AG", "primary", "de")]


def test_an_entry_has_its_facts(parsed):
    entry = parsed[0]["EU.1.2"]
    assert (entry.kind, entry.programmes, entry.listed_on) == ("person", ("PRK",), "2013-02-18")
    assert entry.births == ("1960-03-02~", "1953/1958", "1961-01-01")
    assert entry.countries == ("KP", "CN")
    assert entry.identifiers == (("passport", "A123"), ("imo company", "5342883"))
    assert entry.references == (("un", "KPi.900"),)
    assert entry.remarks.splitlines() == ["Born: 1343 ISLAMIC", "Head of an example."]


def test_what_is_not_read_is_counted_under_its_path(parsed):
    assert parsed[1].losses == {
        "export@globalFileId": 1,
        "export/sanctionEntity/regulation@logicalId": 1,
        "export/sanctionEntity/subjectType@code": 2,
        "export/sanctionEntity/nameAlias@logicalId": 5,
        "export/sanctionEntity/birthdate: not a date": 1,
        "export/sanctionEntity/birthdate@city": 1,
        "export/sanctionEntity/address@city": 2,
        "export/sanctionEntity/identification@number: known to be false": 1,
    }


def test_an_entity_of_two_programmes_is_one_entry(tmp_path):
    both = [ENTITY.format(programme=each, name=each, more="") for each in ("AFG", "TAQA")]
    entries, _ = read(eu, tmp_path, export(*both))
    assert entries["EU.7"].programmes == ("AFG", "TAQA")
    assert names(entries["EU.7"]) == [("AFG", "primary", ""), ("TAQA", "alias", "")]


@pytest.mark.parametrize(
    "between",
    [[], [ENTITY.format(programme="UKR", name="Other", more="").replace("EU.7", "EU.8")]],
    ids=["one after the other", "apart"],
)
def test_the_same_entity_twice_in_one_programme_is_refused(tmp_path, between):
    twice = ENTITY.format(programme="AFG", name="Example", more="")
    with pytest.raises(UnreadableList, match=r"two entries have the reference EU\.7"):
        read(eu, tmp_path, export(twice, *between, twice))


@pytest.mark.parametrize(
    ("attributes", "edtf"),
    [
        ({"year": "1945"}, "1945"),
        ({"year": "1945", "circa": "true"}, "1945~"),
        ({"year": "1945", "monthOfYear": "2"}, "1945-02"),
        ({"year": "1945", "monthOfYear": "2", "dayOfMonth": "30"}, ""),
        ({"yearRangeFrom": "1953", "yearRangeTo": "1958", "circa": "true"}, "1953~/1958~"),
        ({"yearRangeFrom": "1958", "yearRangeTo": "1953"}, ""),
        ({"yearRangeTo": "1980"}, "/1980"),
        ({"year": "1402", "calendarType": "ISLAMIC"}, ""),
        ({"year": "1402", "birthdate": "1982-04-19", "calendarType": "ISLAMIC"}, "1982-04-19"),
        ({}, ""),
    ],
)
def test_births(attributes, edtf):
    assert eu.birth_of(attributes) == edtf
