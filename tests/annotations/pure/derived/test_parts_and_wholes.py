"""FIG-05."""

from decimal import Decimal

import pytest

from annotations.derived.sums import consistent


def set_value(figure, low, high=None, comparator="eq", **more):
    figure["attributes"].update(low=low, high=low if comparator == "eq" else high, comparator=comparator, **more)


def test_parts_that_make_up_the_whole(checks):
    assert checks("FIG-05")[0] == {"code": "FIG-05", "result": "ok", "figures": ["F01", "F02", "F03"], "text": "170 + 130 = 300."}


def test_parts_that_leave_a_rest(checks, of_bare):
    set_value(of_bare("F03"), 100)
    assert (checks("FIG-05")[0]["result"], checks("FIG-05")[0]["text"]) == ("ok", "170 + 100 = 270, of 300.")


def test_parts_that_are_more_than_the_whole(checks, of_bare):
    set_value(of_bare("F03"), 1400)
    assert (checks("FIG-05")[0]["result"], checks("FIG-05")[0]["text"]) == ("warning", "170 + 1,400 = 1,570, more than 300.")


def test_one_part(checks, bare):
    bare["relations"] = [link for link in bare["relations"] if link["source"] != "F03"]
    assert (checks("FIG-05")[0]["result"], checks("FIG-05")[0]["text"]) == ("ok", "170 of 300.")


def test_a_range_counts_with_its_lower_end_and_the_whole_with_its_upper(checks, of_bare):
    set_value(of_bare("F03"), 120, 200, "between")
    set_value(of_bare("F01"), 250, 290, "between")
    assert checks("FIG-05")[0]["result"] == "ok"
    set_value(of_bare("F03"), 121, 200, "between")
    assert checks("FIG-05")[0]["result"] == "warning"


@pytest.mark.parametrize(("pk", "comparator", "low", "high"), [("F03", "le", None, 200), ("F01", "ge", 300, None)])
def test_bounds_that_are_open_say_nothing(checks, of_bare, pk, comparator, low, high):
    set_value(of_bare(pk), low, high, comparator)
    assert [check["figures"] for check in checks("FIG-05")] == ([] if pk == "F01" else [["F02", "F01", "F10"]])


def test_parts_come_in_the_order_of_the_text(checks, bare):
    bare["relations"].reverse()
    bare["mentions"].reverse()
    assert checks("FIG-05")[0]["figures"] == ["F01", "F02", "F03"]


# Against a stated share


def test_a_share_that_the_numbers_bear_out(checks):
    assert checks("FIG-05")[1] == {
        "code": "FIG-05",
        "result": "ok",
        "figures": ["F02", "F01", "F10"],
        "text": '170 / 300 = 56.7 %, consistent with "more than half".',
    }


def test_a_share_that_the_numbers_contradict(checks, of_bare):
    set_value(of_bare("F02"), 150)
    assert checks("FIG-05")[1]["text"] == '150 / 300 = 50 %, not consistent with "more than half".'
    assert checks("FIG-05")[1]["result"] == "warning"


def test_a_share_of_something_else_is_not_compared(checks, of_bare):
    of_bare("F10")["attributes"]["of_whole"] = {"entity": "E-NKW"}
    assert len(checks("FIG-05")) == 1


def test_a_share_in_an_event_that_is_not_the_same_is_not_compared(checks, bare):
    bare["relations"] = [link for link in bare["relations"] if link["type"] != "possible_same_as"]
    assert len(checks("FIG-05")) == 1


def test_it_does_not_matter_which_event_points_at_which(checks, bare):
    link = next(link for link in bare["relations"] if link["type"] == "possible_same_as")
    link["source"], link["target"] = link["target"], link["source"]
    assert len(checks("FIG-05")) == 2


def test_a_share_in_the_same_event_is_compared(checks, of_bare):
    of_bare("EV07")["arguments"].append({"role": "share", "mention": "F10"})
    of_bare("EV27")["arguments"] = [{"role": "people", "mention": "A55"}]
    assert checks("FIG-05")[1]["figures"] == ["F02", "F01", "F10"]


def test_nothing_is_divided_by_a_whole_of_none(checks, of_bare):
    set_value(of_bare("F01"), 0)
    assert [check["figures"] for check in checks("FIG-05")] == [["F01", "F02", "F03"]]


@pytest.mark.parametrize(
    ("comparator", "low", "high", "approximate", "value", "fits"),
    [
        ("gt", 50, None, False, "50", False),
        ("gt", 50, None, False, "50.1", True),
        ("gt", 50, None, True, "49", True),
        ("ge", 50, None, False, "50", True),
        ("ge", 50, None, False, "49.9", False),
        ("lt", None, 50, False, "50", False),
        ("le", None, 50, False, "50", True),
        ("between", 50, 60, False, "60", True),
        ("between", 50, 60, False, "60.1", False),
        ("between", 50, 60, True, "62", True),
        ("eq", 33.33, 33.33, False, "33.3333", True),
        ("eq", 50, 50, False, "56.7", False),
    ],
)
def test_a_number_fits_what_a_figure_says(comparator, low, high, approximate, value, fits):
    figure = {"attributes": {"comparator": comparator, "low": low, "high": high, "approximate": approximate}}
    assert consistent(Decimal(value), figure) is fits
