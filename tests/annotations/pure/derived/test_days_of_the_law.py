"""MEA-02, MEA-03, DEADLINE: events beside the days of what they cite."""

import pytest

from annotations.scheme.view import SchemeView

CODES = ("MEA-02", "MEA-03", "DEADLINE")


@pytest.fixture
def measure(scheme_body):
    measures = {entry["code"]: entry for entry in scheme_body["measures"]}
    return measures.__getitem__


@pytest.fixture
def paragraph(measure):
    """¶11 of 2371: what the return of the 170 (EV07, 5 August to 30 September 2017) has as its legal basis."""
    return measure("UNSCR-2371")["provisions"][0]


@pytest.fixture
def texts(checks, scheme_body):
    def made(code):
        found = checks(code, view=SchemeView(scheme_body))
        assert {check["result"] for check in found} <= {"note"}
        return [check["text"] for check in found]

    return made


@pytest.fixture
def at(of_bare):
    """Give the return of the 170 another time."""
    return lambda edtf: of_bare("EV07").update(time=edtf and {"edtf": edtf})


def test_the_gold_has_none(checks):
    assert [checks(code) for code in CODES] == [[], [], []]


def test_an_event_before_the_measure(texts, at, measure):
    at("2017-07")
    assert texts("MEA-02") == [
        (
            "The article gives 2371 as the reason for returns between 2017-07-01 and 2017-07-31. "
            "2371 was adopted later, on 2017-08-05 (not verified): it cannot be the legal basis."
        )
    ]
    measure("UNSCR-2371")["adopted_verified"] = True
    assert "on 2017-08-05: it" in texts("MEA-02")[0]
    assert texts("MEA-03") == []


@pytest.mark.parametrize("edtf", ["2017-08-05", "2017-07/2017-08-05", "2017-07/..", "2017-08", "2018", None, "some day"])
def test_an_event_that_may_be_on_its_day_or_later_is_not_before_it(texts, at, edtf):
    at(edtf)
    assert texts("MEA-02") == []


def test_what_the_event_only_deals_with_is_no_reason_for_it(texts, of_bare):
    of_bare("EV06")["time"] = {"edtf": "2017-01-01"}  # the adoption itself, by its role `measure`
    assert texts("MEA-02") == []


def test_a_measure_that_the_register_does_not_have_says_nothing(texts, at, of_bare):
    at("2017-07")
    of_bare("R2")["measure"] = None
    assert texts("MEA-02") == []


def test_a_paragraph_that_was_replaced(texts, at, paragraph):
    at("2018-01-10")
    paragraph |= {"in_force_to": "2017-12-22", "replaced_by": ["UNSCR-2397 8", "EU-9 1"], "content_verified": True}
    assert texts("MEA-03") == [
        (
            "The article gives ¶11 of 2371 as the reason for returns on 2018-01-10. "
            "It was in force until 2017-12-22, replaced by ¶8 of 2397 and EU-9 1."
        )
    ]


def test_an_end_that_nobody_checked_says_so(texts, at, measure, of_bare):
    at("2018-01-10/..")
    of_bare("R2")["paragraph"] = None
    measure("UNSCR-2371")["in_force_to"] = "2017-12-22"
    assert texts("MEA-03") == [
        "The article gives 2371 as the reason for returns on or after 2018-01-10. It was in force until 2017-12-22 (not verified)."
    ]


def test_a_paragraph_that_came_into_force_later(texts, at, paragraph):
    at("2017-08-20")
    paragraph["in_force_from"] = "2017-09-01"
    assert texts("MEA-03")[0].endswith("It was not in force before 2017-09-01 (not verified).")


@pytest.mark.parametrize("edtf", ["2017-12-22", "2017-12/2018-02", "../2018", None])
def test_on_the_last_day_and_where_days_meet_it_was_in_force(texts, at, paragraph, edtf):
    at(edtf)
    paragraph["in_force_to"] = "2017-12-22"
    assert texts("MEA-03") == []


def test_a_register_without_days_in_force_says_nothing(texts, at):
    at("2030")
    assert texts("MEA-03") == []


@pytest.fixture
def cites_8(of_bare):
    """The return has ¶8 of 2397 as its legal basis, whose deadline is 2019-12-22."""
    of_bare("R2").update(measure="UNSCR-2397", paragraph="8")


def test_an_event_after_the_deadline_of_what_it_cites(texts, at, cites_8, measure):
    at("2021")
    note = "The article has returns between 2021-01-01 and 2021-12-31. That is after the deadline of ¶8 of 2397: 2019-12-22"
    assert texts("DEADLINE") == [f"{note} (not verified)."]
    measure("UNSCR-2397")["provisions"][0]["deadline_verified"] = True
    assert texts("DEADLINE") == [f"{note}."]


@pytest.mark.parametrize("edtf", ["2019-12-22", "2019", "2019/2021", "../2021", None])
def test_on_the_deadline_and_where_days_meet_it_is_not_after_it(texts, at, cites_8, edtf):
    at(edtf)
    assert texts("DEADLINE") == []


@pytest.mark.parametrize("change", [{"status": "expected"}, {"status": "unrealised"}, {"polarity": "negative"}])
def test_what_did_not_happen_is_not_after_a_deadline(texts, at, cites_8, of_bare, change):
    at("2021")
    of_bare("EV07").update(change)
    assert texts("DEADLINE") == []


PERMITS = {"label": "PERMIT", "where": {"permit_type": ["work", "visa"]}}


@pytest.fixture
def refusal(of_bare, cites_8, measure):
    """The article cites ¶8; the refusal of visas of North Korean workers does not."""
    measure("UNSCR-2397")["countries"] = ["KP"]
    of_bare("EV03")["time"] = {"edtf": "2021-05-01"}
    return of_bare("EV03")


def test_an_event_that_the_paragraph_is_about_by_its_type_and_attributes(texts, refusal, measure):
    assert texts("DEADLINE") == []
    measure("UNSCR-2397")["provisions"][0]["applies_to"] = [PERMITS]
    assert texts("DEADLINE")[0].startswith(
        "The article has refused visas on 2021-05-01. That is after the deadline of ¶8 of 2397"
    )
    for other in ({"label": "PAY"}, {"label": "PERMIT", "where": {"decision": ["granted"]}}):
        measure("UNSCR-2397")["provisions"][0]["applies_to"] = [other]
        assert texts("DEADLINE") == []


def test_a_deadline_of_another_country_is_none_of_the_event(texts, refusal, measure):
    measure("UNSCR-2397")["provisions"][0]["applies_to"] = [PERMITS]
    assert len(texts("DEADLINE")) == 1
    measure("UNSCR-2397")["countries"] = ["VN"]
    assert texts("DEADLINE") == []


@pytest.mark.parametrize(
    ("is_so", "is_not"),
    [
        ({"roles": ["holder"]}, {"roles": ["issuer"]}),
        ({"from": "2021-05-01"}, {"from": "2021-05-02"}),
        ({"goods": ["coal"]}, {"goods": ["iron"]}),
    ],
)
def test_roles_first_day_and_goods_of_a_rule_count_for_its_deadline(texts, refusal, measure, is_so, is_not):
    refusal["attributes"]["goods"] = ["hard coal"]
    measure("UNSCR-2397")["provisions"][0]["applies_to"] = [PERMITS | is_so]
    assert len(texts("DEADLINE")) == 1
    measure("UNSCR-2397")["provisions"][0]["applies_to"] = [PERMITS | is_not]
    assert texts("DEADLINE") == []


def test_a_paragraph_that_was_out_of_force_has_no_deadline_for_what_does_not_cite_it(texts, refusal, measure):
    measure("UNSCR-2397")["provisions"][0].update(applies_to=[PERMITS], in_force_to="2021-05-01")
    assert len(texts("DEADLINE")) == 1
    measure("UNSCR-2397")["provisions"][0]["in_force_to"] = "2021-04-30"
    assert texts("DEADLINE") == []


def test_a_deadline_of_what_the_article_does_not_cite_is_not_held_against_it(texts, at):
    at("2021")
    assert texts("DEADLINE") == []


def test_a_scheme_without_legal_effects_notes_nothing(texts, at, scheme_body):
    at("2017-07")
    del scheme_body["derived"]["legal"]
    assert [texts(code) for code in CODES] == [[], [], []]


def test_each_event_has_a_note_of_its_own(checks, at, of_bare):
    at("2017-07")
    of_bare("EV03")["time"] = {"edtf": "2017-06-30"}
    assert [check["text"].split(".")[0] for check in checks("MEA-02")] == [
        "The article gives 2371 as the reason for refused visas on 2017-06-30",
        "The article gives 2371 as the reason for returns between 2017-07-01 and 2017-07-31",
    ]
