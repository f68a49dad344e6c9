"""FIG-06."""

import pytest

from annotations.scheme.view import SchemeView


@pytest.fixture
def rates(checks):
    return lambda: [
        (rate["currency"], rate["per_currency"], rate["rate"]) for check in checks("FIG-06") for rate in check["implied_rates"]
    ]


def test_two_conversions_that_contradict_each_other(checks):
    (found,) = checks("FIG-06")
    assert found["result"] == "warning"
    assert found["figures"] == ["F08", "F09", "F11", "F12"]
    assert found["ratio"] == 2.08
    assert (
        found["text"]
        == "Implied rates 173.33 and 83.33 KPW per CNY differ by a factor of 2.08, so at least one conversion is wrong."
    )


def test_two_conversions_that_agree(checks, of_bare):
    of_bare("F12")["attributes"].update(low=2_000_000, high=2_000_000)
    (found,) = checks("FIG-06")
    assert (found["result"], found["ratio"]) == ("ok", 1.04)
    assert found["text"] == "Implied rates 173.33 and 166.67 KPW per CNY agree within a factor of 1.04."


def test_the_limit_itself_is_still_agreement(checks, of_bare):
    of_bare("F08")["attributes"].update(low=45000, high=45000)
    of_bare("F09")["attributes"].update(low=4_950_000, high=4_950_000)
    of_bare("F12")["attributes"].update(low=1_200_000, high=1_200_000)
    assert (checks("FIG-06")[0]["result"], checks("FIG-06")[0]["ratio"]) == ("ok", 1.1)
    of_bare("F09")["attributes"].update(low=4_950_001, high=4_950_001)
    assert checks("FIG-06")[0]["result"] == "warning"


def test_one_conversion_has_nothing_to_agree_with(checks, bare):
    bare["relations"] = [link for link in bare["relations"] if link["source"] != "F12"]
    assert checks("FIG-06") == []


def test_a_conversion_the_other_way_round_is_turned(rates, of_bare, bare):
    link = next(link for link in bare["relations"] if link["source"] == "F12")
    link["source"], link["target"] = link["target"], link["source"]
    assert rates() == [("KPW", "CNY", 173.33), ("KPW", "CNY", 83.33)]


def test_conversions_between_other_currencies_are_apart(checks, of_bare):
    of_bare("F12")["attributes"]["currency"] = "USD"
    assert checks("FIG-06") == []


def test_a_stated_rate_is_held_against_the_implied_ones(rates, of_bare, bare):
    of_bare("F13").update(label="RATE")
    of_bare("F13")["attributes"].update(low=8, high=8, comparator="eq", currency="KPW", per_currency="CNY")
    assert rates() == [("KPW", "CNY", 173.33), ("KPW", "CNY", 83.33), ("KPW", "CNY", 8)]


@pytest.mark.parametrize(
    "change",
    [
        {"high": 13000, "comparator": "between"},
        {"low": None, "comparator": "le"},
        {"currency": None},
        {"low": 0, "high": 0},
        {"per_period": "P1M"},
    ],
)
def test_amounts_that_are_open_or_on_another_base_imply_no_rate(checks, of_bare, change):
    of_bare("F11")["attributes"].update(change)
    assert checks("FIG-06") == []


def test_a_conversion_that_leaves_its_base_out_has_that_of_its_main_figure(checks, of_bare):
    of_bare("F12")["attributes"].update(per_period=None, per_count=None)
    assert len(checks("FIG-06")) == 1


def test_only_links_that_imply_a_rate_are_conversions(checks, scheme_body):
    next(link for link in scheme_body["relations"] if link["code"] == "equivalent_to")["derived"] = []
    assert checks("FIG-06", view=SchemeView(scheme_body)) == []
