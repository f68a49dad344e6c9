"""Citations that are offered: by the names and numbers of the register."""

import pytest

from annotations.suggesters.measures import measures_in

REGISTER = [
    ("UNSCR-2371", ["UNSCR-2371", "S/RES/2371 (2017)"]),
    ("UNSCR-2375", ["UNSCR-2375", "S/RES/2375 (2017)"]),
    ("US-EO-13810", ["US-EO-13810", "EO 13810", "Executive Order 13810"]),
    ("A-77", ["A-77", "Regulation 77"]),
    ("B-77", ["B-77", "Decree 77"]),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under UNSC Resolution 2371 and others", [("UNSC Resolution 2371", "UNSCR-2371")]),
        ("S/RES/2375 (2017), adopted", [("S/RES/2375 (2017)", "UNSCR-2375")]),
        ("the executive order 13810 of the President", [("executive order 13810", "US-EO-13810")]),
        ("Resolution 9999", [("Resolution 9999", None)]),
        ("유엔 안보리 대북제재 결의 2371호는", [("안보리 대북제재 결의 2371호", "UNSCR-2371")]),
        (
            "联合国安理会第2375号决议规定，第2371(2017)号决议",
            [("第2375号决议", "UNSCR-2375"), ("第2371(2017)号决议", "UNSCR-2371")],
        ),
        ("Regulation 77", [("Regulation 77", "A-77")]),
        ("In 2371 nobody adopted anything.", []),
        ("", []),
    ],
)
def test_measures_by_name_and_number(text, expected):
    assert [(text[each.start : each.end], each.code) for each in measures_in(text, REGISTER)] == expected
