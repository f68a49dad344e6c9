"""FIG-01 to FIG-06."""

import pytest

from annotations.native.view import NativeContext
from annotations.rules import run_checks
from annotations.scheme.view import SchemeView
from tests.annotations.pure.conftest import VIEW

# FIG-01


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [
        ("eq", 300, 300),
        ("gt", 300, None),
        ("ge", 300, None),
        ("lt", None, 300),
        ("le", None, 300),
        ("between", 5, 7),
        ("eq", 0, 0),
        ("eq", 0.5, 0.5),
        ("between", -5, 5),
    ],
)
def test_fig_01_bounds_that_go_with_the_comparator_are_written(refused, of_gold, comparator, low, high):
    of_gold("F01")["attributes"].update(comparator=comparator, low=low, high=high)
    assert refused("span", of_gold("F01")) == []


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [
        ("eq", 300, 301),
        ("eq", 300, None),
        ("eq", None, None),
        ("gt", 300, 400),
        ("gt", None, None),
        ("ge", None, 300),
        ("lt", 300, None),
        ("le", 200, 300),
        ("between", 7, 5),
        ("between", 5, 5),
        ("between", 5, None),
        (None, 300, 300),
    ],
)
def test_fig_01_bounds_that_contradict_the_comparator_are_refused(refused, of_gold, comparator, low, high):
    of_gold("F01")["attributes"].update(comparator=comparator, low=low, high=high)
    assert refused("span", of_gold("F01")) == ["FIG-01"]


def test_fig_01_a_figure_without_a_value_may_be_written_and_is_an_error(refused, codes, of_gold):
    of_gold("F01")["attributes"].update(comparator=None, low=None, high=None)
    assert refused("span", of_gold("F01")) == []
    assert codes() == {"FIG-01"}


# FIG-02


@pytest.mark.parametrize("field", ["currency", "per_currency"])
@pytest.mark.parametrize(
    ("currency", "meant"),
    [("RMB", "CNY"), ("yuan", "CNY"), ("Renminbi", "CNY"), ("usd", "USD"), ("dollars", "USD"), ("North Korean won", "KPW")],
)
def test_fig_02_a_word_for_a_currency_is_refused_with_the_code_that_is_meant(reasons, of_gold, field, currency, meant):
    figure = of_gold("F08")
    if field == "per_currency":
        figure.update(label="RATE")
        figure["attributes"]["per_count"] = None
    figure["attributes"][field] = currency
    assert reasons("span", figure) == [f"{currency!r} is not an ISO 4217 currency code: write {meant}"]


def test_fig_02_a_currency_that_nobody_knows_is_refused(reasons, of_gold):
    of_gold("F08")["attributes"]["currency"] = "XYZ"
    assert reasons("span", of_gold("F08")) == ["'XYZ' is not an ISO 4217 currency code"]


@pytest.mark.parametrize("unit", ["months", "mon", "%", "t"])
def test_fig_02_a_unit_that_does_not_go_with_the_label_is_refused(refused, of_gold, unit):
    of_gold("F04")["attributes"]["unit"] = unit
    assert refused("span", of_gold("F04")) == ["FIG-02"]


def test_fig_02_a_unit_of_the_same_kind_is_written(refused, of_gold):
    of_gold("F04")["attributes"]["unit"] = "wk"
    assert refused("span", of_gold("F04")) == []


@pytest.mark.parametrize(
    ("pk", "attribute", "value"),
    [
        ("F01", "currency", "CNY"),
        ("F01", "unit", "t"),
        ("F04", "per_period", "P1M"),
        ("F10", "counted", {"mention": "A55"}),
        ("F08", "of_whole", {"mention": "A55"}),
        ("F08", "counted_text", "coal"),
    ],
)
def test_fig_02_a_value_that_the_label_does_not_have_is_refused(reasons, of_gold, pk, attribute, value):
    of_gold(pk)["attributes"][attribute] = value
    assert reasons("span", of_gold(pk)) == [f"{of_gold(pk)['label']} has no {attribute}"]


def test_fig_02_what_says_nothing_of_the_label_is_written(refused, of_gold):
    of_gold("F01")["attributes"]["currency_basis"] = "stated"
    assert refused("span", of_gold("F01")) == []


@pytest.mark.parametrize("period", ["P1M", "P2W", "P1Y", "P1D", "PT1H", "P1Y6M"])
def test_fig_02_a_period_is_an_iso_duration(refused, of_gold, period):
    of_gold("F08")["attributes"]["per_period"] = period
    assert refused("span", of_gold("F08")) == []


@pytest.mark.parametrize("period", ["month", "P", "PT", "1M", "P1", "P1M ", "P-1M"])
def test_fig_02_other_periods_are_refused(refused, of_gold, period):
    of_gold("F08")["attributes"]["per_period"] = period
    assert refused("span", of_gold("F08")) == ["FIG-02"]


@pytest.mark.parametrize("n", [0, -300])
def test_fig_02_nothing_is_per_none(refused, of_gold, n):
    of_gold("F08")["attributes"]["per_count"]["n"] = n
    assert refused("span", of_gold("F08")) == ["FIG-02"]


@pytest.mark.parametrize(("pk", "attribute"), [("F04", "unit"), ("F08", "currency"), ("F10", "of_whole"), ("F10", "unit")])
def test_fig_02_what_a_label_requires_may_wait_but_is_an_error(refused, found, of_gold, pk, attribute):
    of_gold(pk)["attributes"][attribute] = None
    assert refused("span", of_gold(pk)) == []
    assert ("FIG-02", "error", (pk,)) in found()


def test_fig_02_who_is_counted_may_wait_but_is_an_error(refused, found, gold, of_gold):
    of_gold("F01")["attributes"]["counted"] = None
    of_gold("EV05")["arguments"] = [x for x in of_gold("EV05")["arguments"] if x["role"] != "worker"]
    assert refused("span", of_gold("F01")) == []
    assert ("FIG-02", "error", ("F01",)) in found()


def test_fig_02_an_event_that_the_figure_fills_says_who_is_counted_where_it_names_just_one(found, of_gold):
    of_gold("F01")["attributes"]["counted"] = None
    assert ("FIG-02", "error", ("F01",)) not in found()
    of_gold("EV05")["arguments"].append({"role": "worker", "mention": "A28"})
    assert ("FIG-02", "error", ("F01",)) in found()


@pytest.mark.parametrize("percent", [101, 500, -1])
def test_fig_02_a_share_lies_between_none_and_all(found, of_gold, percent):
    of_gold("F10")["attributes"].update(low=percent)
    assert ("FIG-02", "error", ("F10",)) in found()


def test_fig_02_growth_may_be_more_than_all(found, gold, of_gold, text, scheme):
    of_gold("F10")["attributes"].update(low=150)
    start = of_gold("F10")["start"]
    grown = text[: start - 20] + "the rise is by now: " + text[start:]
    assert len(grown) == len(text)
    assert ("FIG-02", "error", ("F10",)) not in found(text=grown)


def test_fig_02_the_basis_of_a_ratio_is_no_observation(found, of_gold):
    of_gold("F07")["attributes"]["use"] = "reported"
    assert ("FIG-02", "warning", ("F08", "F07")) in found()


@pytest.fixture
def doubts(gold, text):
    """What FIG-02 says about a figure of the gold that is moved to other words, in a text that ends with them."""

    def ask(around, quote):
        figure = next(item for item in gold["mentions"] if item["id"] == "F01")
        longer = f"{text}\n\n{around}"
        start = longer.index(quote, len(text))
        figure["fragments"] = [{"start": start, "end": start + len(quote), "quote": quote}]
        found = run_checks(NativeContext(gold, longer, VIEW))
        return [(x.level, x.detail) for x in found if x.code == "FIG-02" and x.objects == ("F01",)]

    return ask


@pytest.mark.parametrize(
    ("around", "quote", "kind"),
    [
        ("Resolution 2371 was adopted.", "2371", "a reference number"),
        ("under resolutions 2371 and 2375 of 2017", "2375", "a reference number"),
        ("as S/RES/2371 (2017) says", "2371", "a reference number"),
        ("paragraph 11 of the text", "11", "a reference number"),
        ("in the morning of September 4.", "September 4", "a date"),
        ("in the morning of September 4.", "4", "a date"),
        ("on 4 September 2017 they left", "2017", "a date"),
        ("since 2012 they have worked", "2012", "a date"),
        ("2017年9月4日に", "9月4日", "a date"),
        ("2017년 9월 4일 오전", "4", "a date"),
        ("at 10:30 they left", "10:30", "a time of day"),
        ("in the 21st century", "21st", "an ordinal"),
    ],
)
def test_fig_02_dates_and_reference_numbers_may_be_marked_and_are_doubted(doubts, around, quote, kind):
    """Journey 3, B6."""
    assert doubts(around, quote) == [("warning", f"“{quote}” is {kind}, which is not marked as a figure")]


@pytest.mark.parametrize(
    ("around", "quote"),
    [
        ("on September 4, 300 workers left", "300"),
        ("Resolution 2371 sent 170 home", "170"),
        ("paragraph 11 allows 500,000 barrels", "500,000 barrels"),
        ("in 2017 factories they", "2017"),
        ("17 people on 4 September", "17 people"),
        ("they sent 5000 to 7000", "5000 to 7000"),
    ],
)
def test_fig_02_numbers_beside_dates_and_references_are_not_doubted(doubts, around, quote):
    assert doubts(around, quote) == []


def test_fig_02_a_date_may_be_written(refused, of_gold, text):
    figure, start = of_gold("F01"), text.index("September 4")
    figure["fragments"] = [{"start": start, "end": start + 11, "quote": "September 4"}]
    assert refused("span", figure) == []


# FIG-03


def test_fig_03_vague_and_not_approximate_is_refused(refused, of_gold):
    of_gold("F13")["attributes"]["approximate"] = False
    assert refused("span", of_gold("F13")) == ["FIG-03"]


def test_fig_03_approximate_and_not_vague_is_written(refused, of_gold):
    assert of_gold("F06")["attributes"]["approximate"]
    assert refused("span", of_gold("F06")) == []


# FIG-04


def test_fig_04_a_figure_that_nothing_uses_is_a_warning(found, gold, of_gold):
    of_gold("EV16")["arguments"] = [entry for entry in of_gold("EV16")["arguments"] if entry["role"] != "count"]
    assert ("FIG-04", "warning", ("F05",)) in found()


def test_fig_04_a_link_or_a_basis_is_a_use(found, gold, of_gold):
    of_gold("EV31")["arguments"] = [entry for entry in of_gold("EV31")["arguments"] if entry["role"] != "amount"]
    assert not [entry for entry in found() if entry[0] == "FIG-04"]
    gold["relations"] = [link for link in gold["relations"] if link["source"] != "F12"]
    assert {entry[2] for entry in found() if entry[0] == "FIG-04"} == {("F11",), ("F12",)}


def test_fig_04_the_figure_of_a_per_count_is_used(found, of_gold):
    of_gold("F08")["attributes"]["per_count"]["figure"] = None
    of_gold("F09")["attributes"]["per_count"]["figure"] = None
    assert ("FIG-04", "warning", ("F07",)) in found()


# FIG-05 and FIG-06


def test_fig_05_parts_that_are_more_than_the_whole_are_a_warning(found, of_gold):
    of_gold("F03")["attributes"].update(low=140, high=140)
    assert ("FIG-05", "warning", ("F01", "F02", "F03")) in found()


def test_fig_05_a_share_that_the_numbers_contradict_is_a_warning(found, of_gold):
    of_gold("F02")["attributes"].update(low=120, high=120)
    assert ("FIG-05", "warning", ("F02", "F01", "F10")) in found()


def test_fig_06_conversions_that_agree_are_no_warning(found, of_gold):
    of_gold("F12")["attributes"].update(low=2_080_000, high=2_080_000)
    assert found() == set()


def test_fig_06_the_scheme_says_how_far_they_may_differ(found, of_gold, scheme_body):
    next(rule for rule in scheme_body["constraints"] if rule["code"] == "FIG-06")["ratio_limit"] = 2.1
    assert found(scheme=SchemeView(scheme_body)) == set()
