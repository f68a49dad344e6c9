"""MEA-04, FALLS-UNDER: events beside limits, and beside paragraphs that they do not cite."""

import pytest

from annotations.scheme.view import SchemeView

NEW_PERMITS = {"label": "EMPLOY", "where": {"phase": ["start", "extend"]}}
OIL = {
    "goods": "refined petroleum",
    "high": ["500000", "bbl"],
    "period": "year",
    "from": "2018-01-01",
    "roles": ["buyer", "destination"],
}


@pytest.fixture
def measure(scheme_body):
    measures = {entry["code"]: entry for entry in scheme_body["measures"]}
    for entry in measures.values():
        entry["countries"] = ["KP"]
    return measures.__getitem__


@pytest.fixture
def paragraph(measure):
    """¶11 of 2371, adopted on 5 August 2017."""
    return measure("UNSCR-2371")["provisions"][0]


@pytest.fixture
def texts(checks, scheme_body):
    def made(code):
        notes = checks(code, view=SchemeView(scheme_body))
        assert {check["result"] for check in notes} <= {"note"}
        return [check["text"] for check in notes]

    return made


@pytest.fixture
def extended(of_bare, paragraph):
    """The contracts of North Korean workers that were extended (EV17), which cite nothing, under a paragraph about such events."""
    paragraph |= {"applies_to": [NEW_PERMITS], "content_verified": True, "does": "caps a number", "exceptions": "approved ones"}
    event = of_bare("EV17")
    event.update(time={"edtf": "2018-03"}, polarity="positive")  # the article says that they were not
    return event


@pytest.fixture
def sale(of_bare, paragraph):
    """600,000 barrels of refined petroleum products for North Korean buyers, beside a limit."""
    paragraph |= {"limits": [dict(OIL)], "content_verified": True}
    of_bare("F01")["attributes"].update(low=600_000, high=600_000, unit="[bbl_us]")
    event = of_bare("EV05")
    event.update(
        type="TRADE",
        time={"edtf": "2018-01/2018-05"},
        attributes={"goods": ["coal", "refined petroleum products"]},
        arguments=[{"role": "buyer", "mention": "A66"}, {"role": "quantity", "mention": "F01"}],
    )
    return event


def test_the_gold_has_none(checks):
    assert [checks(code) for code in ("MEA-04", "FALLS-UNDER")] == [[], []]


def test_a_paragraph_about_such_events_is_offered_as_inferred(texts, extended):
    assert texts("FALLS-UNDER") == [
        (
            "No paragraph is cited for work and contracts between 2018-03-01 and 2018-03-31. Its type, days and country suggest "
            "¶11 of 2371 (caps a number; exceptions: approved ones). Inferred, not stated."
        )
    ]


def test_what_is_offered_is_named_for_programs_too(checks, extended, scheme_body):
    (check,) = checks("FALLS-UNDER", view=SchemeView(scheme_body))
    assert check["paragraphs"] == [{"measure": "UNSCR-2371", "paragraph": "11"}]


def test_several_are_named_together_and_what_nobody_checked_says_so(texts, extended, measure):
    measure("UNSCR-2397")["provisions"][0] |= {"applies_to": [NEW_PERMITS | {"from": "2018-03-01"}]}
    assert "¶11 of 2371 (caps a number; exceptions: approved ones) and ¶8 of 2397 (not verified)" in texts("FALLS-UNDER")[0]
    extended["time"] = {"edtf": "2018-02-28"}
    assert "2397" not in texts("FALLS-UNDER")[0]


@pytest.mark.parametrize("edtf", ["2017-08-04", "2017-08", "2017", "../2018", None, "some day"])
def test_an_event_that_may_be_before_the_paragraph_is_not_under_it(texts, extended, edtf):
    extended["time"] = edtf and {"edtf": edtf}
    assert texts("FALLS-UNDER") == []


@pytest.mark.parametrize(
    "otherwise",
    [
        {"polarity": "negative"},
        {"status": "expected"},
        {"status": "general"},
        {"attributes": {"phase": "end"}},
        {"type": "PERMIT"},
    ],
)
def test_what_did_not_happen_or_is_something_else_is_not_under_it(texts, extended, otherwise):
    extended.update(otherwise)
    assert texts("FALLS-UNDER") == []


def test_an_event_of_other_countries_is_not_under_it(texts, extended, measure, paragraph):
    measure("UNSCR-2371")["countries"] = ["IR"]
    assert texts("FALLS-UNDER") == []
    measure("UNSCR-2371")["countries"] = ["CN"]  # the employer's
    assert len(texts("FALLS-UNDER")) == 1
    paragraph["applies_to"] = [NEW_PERMITS | {"roles": ["worker"]}]
    assert texts("FALLS-UNDER") == []


def test_an_event_that_cites_something_is_asked_no_further(texts, extended):
    extended["arguments"].append({"role": "legal_basis", "measure_ref": "R2"})
    assert texts("FALLS-UNDER") == []


def test_a_paragraph_that_is_out_of_force_is_not_offered(texts, extended, paragraph):
    paragraph["in_force_to"] = "2017-12-22"
    assert texts("FALLS-UNDER") == []


def test_goods_are_compared_by_their_words(texts, sale, paragraph):
    paragraph["applies_to"] = [{"label": "TRADE", "goods": ["iron", "coal"], "roles": ["buyer"]}]
    assert "¶11 of 2371" in texts("FALLS-UNDER")[0]
    sale["attributes"]["goods"] = ["charcoal"]
    assert texts("FALLS-UNDER") == []


def test_a_figure_stands_beside_the_limit_of_its_goods(texts, sale):
    assert texts("MEA-04") == [
        (
            "The article reports 600,000 bbl of refined petroleum products (“300”) between 2018-01-01 and 2018-05-31. ¶11 of 2371 "
            "limits refined petroleum to 500,000 bbl a year from 2018-01-01. Figures of other statements are not added."
        )
    ]


@pytest.mark.parametrize(
    ("figure", "limit", "words"),
    [
        ({"unit": "kg", "low": 7000, "high": 9000}, ["5", "t"], "reports 7 to 9 t of"),
        ({"unit": "t", "low": 7, "high": None}, ["5", "t"], "reports at least 7 t of"),
        ({"unit": "L", "low": 158987294.928, "high": 158987294.928}, ["500000", "bbl"], "reports 1,000,000 bbl of"),
        ({"unit": None, "currency": "EUR", "low": None, "high": 6000}, ["5000", "EUR"], "reports at most 6,000 EUR of"),
    ],
)
def test_units_that_are_exactly_one_another_are_converted(texts, sale, of_bare, paragraph, figure, limit, words):
    of_bare("F01")["attributes"].update(figure)
    paragraph["limits"][0]["high"] = limit
    assert words in texts("MEA-04")[0]


@pytest.mark.parametrize(
    "figure", [{"unit": "t"}, {"unit": None}, {"low": None, "high": None}, {"unit": None, "currency": "USD"}]
)
def test_other_units_are_not_compared(texts, sale, of_bare, figure):
    of_bare("F01")["attributes"].update(figure)
    assert texts("MEA-04") == []


@pytest.mark.parametrize(
    "otherwise",
    [
        {"time": {"edtf": "2017-12-31"}},
        {"time": None},
        {"attributes": {"goods": ["crude oil"]}},
        {"attributes": {}},
        {"status": "unrealised"},
        {"arguments": [{"role": "seller", "mention": "A66"}, {"role": "quantity", "mention": "F01"}]},
        {"arguments": [{"role": "buyer", "mention": "A66"}]},
    ],
)
def test_another_time_place_or_thing_has_no_limit(texts, sale, otherwise):
    sale.update(otherwise)
    assert texts("MEA-04") == []


def test_a_limit_in_two_units_is_compared_in_each(texts, sale, of_bare, paragraph):
    paragraph["limits"][0] = {"goods": "coal", "low_of": [["7500000", "t"], ["400870018", "USD"]], "to": "2018-12-31"}
    of_bare("F01")["attributes"].update(unit="t")
    assert ["7,500,000 t to 2018-12-31" in text for text in texts("MEA-04")] == [True]


def test_what_only_the_register_says_that_a_paragraph_requires(texts, of_bare, paragraph, measure):
    """The closing of firms (a type with a value) is laid to a paragraph that caps permits; another one requires it."""
    of_bare("EV07").update(type="OWN", attributes={"phase": "closes"})
    paragraph["effect"] = "cap_permits"
    paragraph |= {"does": "caps permits", "requires": []}
    assert texts("LEGAL") == []
    measure("UNSCR-2397")["provisions"][0] |= {"effect": "close", "does": "requires closing", "requires": ["OWN:closes"]}
    assert texts("LEGAL") == [
        (
            "The article gives 2371 as the reason for refused visas and ownership and control. ¶11 of 2371 caps permits; it does not itself require "
            "ownership and control. Ownership and control are required by ¶8 of 2397, adopted later (2017-12-22)."
        )
    ]
    paragraph["requires"] = ["OWN:closes"]
    assert texts("LEGAL") == []
