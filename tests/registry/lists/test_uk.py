"""The list of the United Kingdom, as XML, CSV and ODS."""

import csv
import io

import pytest

from registry.lists.formats import uk
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import UK, UK_CSV, UK_HEADER, names, ods, read, zipped

PERSON = "Designations/Designation/IndividualDetails/Individual"


@pytest.fixture
def parsed(tmp_path):
    return read(uk, tmp_path, UK)


def test_names_are_put_together_of_their_parts(parsed):
    entries, contents = parsed
    assert (contents.published, list(entries)) == ("2026-09-02", ["DPR0901", "DPR0902", "DPR0903"])
    assert names(entries["DPR0901"]) == [
        ("Ye Je A B C RI", "primary", ""),
        ("Lee Ye-je", "alias", ""),
        ("Teacher Ri", "weak", ""),
        ("리예제", "original", "ko"),
        ("李例題", "original", ""),
    ]


def test_an_entry_has_its_facts(parsed):
    person, ship, body = parsed[0].values()
    assert (person.kind, person.programmes, person.listed_on) == ("person", ("The Example Regulations 2019",), "2012-06-29")
    assert (person.births, person.countries) == (("1945", "1946-03-02"), ("KP", "CN"))
    assert person.identifiers == (("passport", "A123"), ("national id", "7"))
    assert person.references == (("un", "KPi.900"), ("ofsi", "12703"))
    assert person.remarks.splitlines() == ["Born: 31/02/1947", "An example.", "Because."]
    assert (ship.kind, ship.identifiers, ship.countries) == ("craft", (("imo", "1234567"),), ("PA",))
    assert (body.kind, body.identifiers) == ("body", (("registration", "99"),))


def test_what_is_not_read_is_counted_under_its_path(parsed):
    assert parsed[1].losses == {
        "Designations/Designation/NonLatinNames/NonLatinName/NonLatinScriptLanguage: not a language": 1,
        "Designations/Designation/Addresses/Address/AddressLine6": 1,
        f"{PERSON}/DOBs/DOB: not a date": 1,
        f"{PERSON}/Nationalities/Nationality: not a country": 1,
    }


def of_spreadsheet():
    return zipped({"content.xml": ods(csv.reader(io.StringIO(UK_CSV)))})


@pytest.mark.parametrize(
    "content", [UK_CSV, "\ufeff" + UK_CSV, UK_CSV.replace("\n", "\r\n"), of_spreadsheet()], ids=["csv", "bom", "crlf", "ods"]
)
def test_rows_of_a_table_are_joined_by_their_reference(tmp_path, content):
    entries, contents = read(uk, tmp_path, content, "list")
    assert (contents.published, list(entries)) == ("2026-02-13", ["DPR0901", "DPR0902"])
    person, ship = entries.values()
    assert names(person) == [("Ye Je RI", "primary", ""), ("리예제", "original", "ko"), ("Teacher Ri", "weak", "")]
    assert (person.kind, person.births, person.countries) == ("person", ("1945", "1946"), ("KP", "CN"))
    assert (person.listed_on, person.programmes, person.remarks) == ("2012-06-29", ("Example",), "An example.")
    assert person.references == (("un", "KPi.900"), ("ofsi", "12703"))
    assert (ship.kind, ship.identifiers, ship.countries) == ("craft", (("imo", "1234567"),), ("PA",))
    assert contents.losses == {"Last Updated": 3, "Nationality(/ies): not a country": 1}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (UK_CSV.replace("Unique ID", "Number"), "the header has no column Unique ID"),
        (UK_CSV.replace(",DPR0902,", ",,"), "line 4: has no Unique ID"),
        (UK_CSV.replace("DPR0902", "DPR0901"), "line 4: DPR0901 has two types in the list"),
        (
            UK_CSV.replace("\n", "," * 30 + "\n").replace(UK_HEADER + "," * 30, UK_HEADER),
            "line 3: has 52 columns, the header has 22",
        ),
        (UK_CSV.strip().rpartition(",")[0], "line 5: has 21 columns, the header has 22"),
        ("Report Date: 13-Feb-2026\n", "contains no header"),
        (UK_CSV.replace("An example.", '"An example.')[:-30], "unexpected end of data"),
        (UK_CSV.encode().replace("리예제".encode(), b"\xe9"), "not UTF-8"),
    ],
)
def test_a_table_that_is_not_the_list_is_refused(tmp_path, content, message):
    with pytest.raises(UnreadableList, match=message):
        read(uk, tmp_path, content, "list.csv")


def test_days_of_a_spreadsheet_are_read_by_their_value(tmp_path):
    cell = '<table:table-cell office:value-type="string"><text:p>dd/mm/1945</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="1945-03-02T00:00:00"><text:p>2 March</text:p></table:table-cell>'
    content = ods(csv.reader(io.StringIO(UK_CSV)))
    assert cell in content
    entries, _ = read(uk, tmp_path, zipped({"content.xml": content.replace(cell, day)}), "list.ods")
    assert entries["DPR0901"].births == ("1945-03-02", "1946")
