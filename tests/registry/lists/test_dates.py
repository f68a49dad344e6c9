"""Dates of lists."""

import pytest

from annotations.text.edtf import bounds
from registry.lists import dates

IN_WORDS = {
    "10 Dec 1948": "1948-12-10",
    "Dec 1960": "1960-12",
    "DECEMBER 1960": "1960-12",
    "1962": "1962",
    "circa 1965": "1965~",
    "circa 10 Dec 1948": "1948-12-10~",
    "1960 to 1965": "1960/1965",
    "circa 1960 to 1965": "1960~/1965~",
    "01 Jan 1960 to 31 Dec 1965": "1960-01-01/1965-12-31",
    "Jan 1960 to Mar 1960": "1960-01/1960-03",
    "Dec 1960 to 1960": "1960-12/1960",
}
NOT_READ = ["", "1965 to 1960", "30 Feb 1960", "10 Foo 1948", "around 1960", "1960-1965", "0000", "10 1948", "1960 to", "١٩٦٢"]
SLASHES = {
    "29/06/2012": "2012-06-29",
    "dd/mm/1945": "1945",
    "00/00/1945": "1945",
    "dd/02/1945": "1945-02",
    "02/mm/1945": "",
    "31/02/1945": "",
    "29/06/12": "",
    "1945": "",
}
DAYS = {
    "2024-05-13T17:44:28.283+02:00": "2024-05-13",
    "13-Feb-2026": "2026-02-13",
    "02/10/2026": "2026-10-02",
    "2024-05": "",
    "dd/mm/1945": "",
    "today": "",
}


@pytest.mark.parametrize("text", IN_WORDS)
def test_dates_in_words(text):
    assert dates.in_words(text) == IN_WORDS[text]
    assert bounds(IN_WORDS[text])


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_date_in_words_is_not_read(text):
    assert dates.in_words(text) == ""


@pytest.mark.parametrize("text", SLASHES)
def test_dates_with_slashes(text):
    assert dates.with_slashes(text) == SLASHES[text]


@pytest.mark.parametrize("text", DAYS)
def test_days(text):
    assert dates.day(text) == DAYS[text]


def test_an_american_day():
    assert dates.american_day("05/07/2024") == "2024-05-07"
    assert dates.american_day("07.05.2024") == ""


@pytest.mark.parametrize(
    ("text", "edtf"), [("1971", "1971"), ("1971-01", "1971-01"), ("1971-01-22", "1971-01-22"), ("1971-13", ""), ("22", "")]
)
def test_iso_dates(text, edtf):
    assert dates.iso(text) == edtf
