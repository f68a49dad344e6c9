"""The XML of OFAC."""

import pytest

from registry.lists.formats import ofac
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import OFAC, names, read

NUMBERS = "sdnList/sdnEntry/idList/id/idNumber"


@pytest.fixture
def parsed(tmp_path):
    return read(ofac, tmp_path, OFAC)


def test_the_file_says_its_day_and_its_number_of_entries(parsed):
    entries, contents = parsed
    assert (contents.published, contents.stated_count, list(entries)) == ("2024-05-07", 2, ["101", "102"])


def test_an_entry_has_its_names_by_quality(parsed):
    assert names(parsed[0]["101"]) == [
        ("John DOE", "primary", ""),
        ("Jon DOW", "alias", ""),
        ("ROE", "former", ""),
        ("JD", "weak", ""),
    ]


def test_an_entry_has_its_facts(parsed):
    person, ship = parsed[0].values()
    assert (person.kind, person.programmes, person.births) == ("person", ("DPRK3", "NPWMD"), ("1965~",))
    assert (person.countries, person.identifiers) == (("KP", "MM", "CN"), (("passport", "A 123"),))
    assert person.remarks.splitlines() == ["Born: a long time ago", "(Linked To: EXAMPLE TRADING)"]
    assert (ship.kind, ship.countries) == ("craft", ("PA",))
    assert ship.identifiers == (("imo", "1234567"), ("mmsi", "445123456"))
    assert ship.remarks == "IMO: IMO 1234568"


def test_what_is_not_read_is_counted_under_its_path(parsed):
    assert parsed[1].losses == {
        "sdnList/sdnEntry/title": 1,
        "sdnList/sdnEntry/akaList/aka/uid": 3,
        "sdnList/sdnEntry/dateOfBirthList/dateOfBirthItem/uid": 2,
        "sdnList/sdnEntry/dateOfBirthList/dateOfBirthItem/mainEntry": 2,
        "sdnList/sdnEntry/dateOfBirthList/dateOfBirthItem/dateOfBirth: not a date": 1,
        "sdnList/sdnEntry/addressList/address/city": 1,
        f"{NUMBERS}: check digit": 1,
        f"{NUMBERS}: other kinds": 1,
    }


def test_two_entries_of_one_reference_are_refused(tmp_path):
    with pytest.raises(UnreadableList, match=r"two entries have the reference 101"):
        read(ofac, tmp_path, OFAC.replace("<uid>102<", "<uid>101<"))


def test_an_entry_without_a_reference_is_refused(tmp_path):
    with pytest.raises(UnreadableList, match=r"entry 2 \(SAMPLE STAR\) has no reference"):
        read(ofac, tmp_path, OFAC.replace("<uid>102</uid>", ""))


def test_a_list_without_entries_is_refused(tmp_path):
    with pytest.raises(UnreadableList, match="contains no entry"):
        read(ofac, tmp_path, "<sdnList/>")


def test_a_list_of_another_issuer_is_refused(tmp_path):
    with pytest.raises(UnreadableList, match="the root element is Designations, and not sdnList"):
        read(ofac, tmp_path, "<Designations/>")
