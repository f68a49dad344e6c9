"""Names as they are listed, where they stand in a text."""

import pytest

from lake.names.listed import ListName, NameTable
from registry.names import STRONG, compare

LISTED = {
    "latin": "Ostrevin Kalubo",
    "comma": "VANDEK, Parlimo",
    "marks": "José Álvarez-Núñez",
    "one word": "Meradun",
    "company": "Tavrel Trading Co., Ltd.",
    "hangul": "김정은",
    "han": "朝鲜贸易公司",
    "short": "AB",
    "apostrophe": "O'Vandel Jon",
    "blank": " - ",
}
TABLE = NameTable(ListName(entry, name) for entry, name in LISTED.items())


def quotes(text):
    return [(passage.entry, passage.quote) for passage in TABLE.passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officials said that Ostrevin Kalubo had left.", [("latin", "Ostrevin Kalubo")]),
        ("OSTREVIN KALUBO and Ostrevin  Kalubo", [("latin", "OSTREVIN KALUBO"), ("latin", "Ostrevin  Kalubo")]),
        ("It was Ostrevin. Kalubo was not there.", []),
        ("Ostrevin Kalubovic and Costrevin Kalubo", []),
        ("the minister, Parlimo Vandek, and Vandek Parlimo", [("comma", "Parlimo Vandek"), ("comma", "Vandek Parlimo")]),
        ("Jose Alvarez Nunez's house", [("marks", "Jose Alvarez Nunez")]),
        ("Meradun said that MERADUN was closed", [("one word", "MERADUN")]),
        ("shares of Tavrel Trading Co. Ltd. fell", [("company", "Tavrel Trading Co. Ltd")]),
        ("지난 김정은은 평양에서 김정은과 만났다. 김정은", [("hangul", "김정은")] * 3),
        ("김정은행", []),
        ("据说朝鲜贸易公司是国营的", [("han", "朝鲜贸易公司")]),
        ("AB and Jon O’Vandel, O’Vandel Jon", [("apostrophe", "O’Vandel Jon")]),
        ("", []),
    ],
)
def test_a_name_stands_where_it_is_listed(text, expected):
    assert quotes(text) == expected


def test_positions_count_code_points():
    text = "𝔸 𝔹 — Officials named Ostrevin Kalubo."
    (passage,) = TABLE.passages(text)
    assert text[passage.start : passage.end] == passage.quote == "Ostrevin Kalubo"


def test_one_name_of_two_entries_is_two_passages():
    table = NameTable([ListName("1", "Ostrevin Kalubo"), ListName("2", "KALUBO, Ostrevin"), ListName("2", "KALUBO, Ostrevin")])
    assert [passage.entry for passage in table.passages("Ostrevin Kalubo")] == ["1", "2"]


def test_a_list_without_names_has_no_passages():
    assert list(NameTable([]).passages("Ostrevin Kalubo")) == []


@pytest.mark.parametrize("entry", ["latin", "comma", "marks", "hangul", "han"])
def test_what_stands_there_is_a_strong_match_for_the_matcher(entry):
    text = "Ostrevin Kalubo, with Parlimo Vandek, and Jose Alvarez Nunez, 김정은, 朝鲜贸易公司"
    (quote,) = [passage.quote for passage in TABLE.passages(text) if passage.entry == entry]
    assert compare(quote, LISTED[entry], "any").score >= STRONG
