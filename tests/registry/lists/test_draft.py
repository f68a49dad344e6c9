"""Values of an entry: numbers with their check digits, countries, each once."""

from collections import Counter

import pytest

from registry.lists import countries, languages
from registry.lists.draft import EntryDraft, imo


@pytest.mark.parametrize(
    ("text", "kind", "identifier"),
    [
        ("1234567", "craft", ("imo", "1234567")),
        ("IMO 1234567", "craft", ("imo", "1234567")),
        ("IMO No. 1234567", "craft", ("imo", "1234567")),
        ("imo: 1234567", "any", ("imo", "1234567")),
        ("1234568", "craft", None),
        ("123456", "craft", None),
        ("IMO 12345678", "craft", None),
        ("١٢٣٤٥٦٧", "craft", None),
        ("5342883", "body", ("imo company", "5342883")),
        ("5342883", "craft", None),
        ("8514306", "body", ("imo", "8514306")),
        ("", "craft", None),
    ],
)
def test_a_number_of_imo_needs_its_check_digit(text, kind, identifier):
    assert imo(text, kind) == identifier


def test_what_is_no_value_stays_in_the_remarks_and_counts():
    draft = EntryDraft("craft", Counter())
    draft.add_imo("IMO 1234568", "ship/imo")
    draft.add_mmsi("44512345", "ship/mmsi")
    draft.add_birth(" long ago ", "", "ship/birth")
    draft.add_country("Atlantis", "ship/flag")
    draft.add_country("", "ship/flag")
    assert draft.record("1").remarks.splitlines() == ["IMO: IMO 1234568", "MMSI: 44512345", "Born: long ago"]
    assert draft.losses == {
        "ship/imo: check digit": 1,
        "ship/mmsi: not nine digits": 1,
        "ship/birth: not a date": 1,
        "ship/flag: not a country": 1,
    }


def test_each_value_is_there_once():
    draft = EntryDraft("body", Counter())
    for _ in range(2):
        draft.add_name("Muster  Bank\nAG", "alias", "name")
        draft.add_country("KP", "country")
        draft.add_number("tax", "1  2", "tax")
        draft.add_programme("PRK")
    record = draft.record("1")
    assert [name.text for name in record.names] == ["Muster Bank AG"]
    assert (record.countries, record.identifiers, record.programmes) == (("KP",), (("tax", "1 2"),), ("PRK",))
    assert draft.losses == {"name: repeated": 1}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KP", "KP"),
        ("kp", "KP"),
        ("Korea, North", "KP"),
        ("Democratic People’s Republic of Korea", "KP"),
        ("IRAN (ISLAMIC REPUBLIC OF)", "IR"),
        ("Palestinian", ""),
        ("Region: Crimea", ""),
        ("Kosovo", ""),
        ("XK", ""),
        ("YU", ""),
        ("00", ""),
        ("", ""),
    ],
)
def test_a_country_is_a_code_or_a_name_letter_for_letter(text, code):
    assert countries.country_code(text) == code


def test_no_two_countries_share_a_name():
    names = [name.casefold() for row in countries.TABLE.strip().splitlines() for name in row[3:].split("|")]
    assert len(countries.CODES) == 249
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_languages_that_are_written_in_english():
    assert (languages.code("Korean"), languages.code(" arabic "), languages.code("Signs")) == ("ko", "ar", "")
