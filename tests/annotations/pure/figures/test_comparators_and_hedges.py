import pytest


@pytest.mark.parametrize("words", ["300", "exactly 300", "precisely 300", "a total of 300"])
def test_a_bare_number_is_exactly_that(value, words):
    assert value(words) == ("eq", 300, 300)


@pytest.mark.parametrize(
    "words",
    [
        "more than 300",
        "over 300",
        "above 300",
        "exceeding 300",
        "upwards of 300",
        "in excess of 300",
        "just over 300",
        "> 300",
        "超过300",
        "300を超える",
        "300명 넘게",
    ],
)
def test_more_than_leaves_the_top_open(value, words):
    assert value(words) == ("gt", 300, None)


@pytest.mark.parametrize(
    "words",
    [
        "at least 300",
        "no fewer than 300",
        "no less than 300",
        "a minimum of 300",
        "300 or more",
        "300+",
        "≥300",
        "至少300人",
        "300人以上",
        "최소 300명",
    ],
)
def test_at_least_leaves_the_top_open(value, words):
    assert value(words) == ("ge", 300, None)


@pytest.mark.parametrize(
    "words",
    [
        "less than 300",
        "fewer than 300",
        "under 300",
        "below 300",
        "just under 300",
        "<300",
        "不到300人",
        "300人未満",
        "300명 미만",
    ],
)
def test_less_than_leaves_the_bottom_open(value, words):
    assert value(words) == ("lt", None, 300)


@pytest.mark.parametrize(
    "words",
    [
        "at most 300",
        "up to 300",
        "no more than 300",
        "not exceeding 300",
        "a maximum of 300",
        "as many as 300",
        "300 or fewer",
        "≤ 300",
        "最多300人",
        "300人以下",
        "최대 300명",
    ],
)
def test_at_most_leaves_the_bottom_open(value, words):
    assert value(words) == ("le", None, 300)


def test_the_longer_phrase_wins(value):
    assert value("no more than 20") == ("le", None, 20)
    assert value("no less than 20") == ("ge", 20, None)
    assert value("more or less 300") == ("eq", 300, 300)


@pytest.mark.parametrize(
    "words",
    [
        "5000 to 7000",
        "5,000-7,000",
        "5000–7000",
        "between 5000 and 7000",
        "from 5000 to 7000",
        "ranging from 5000 to 7000",
        "5000 or 7000",
        "5000~7000",
        "5000から7000",
        "5000至7000",
        "5000에서 7000",
        "7000 to 5000",
    ],
)
def test_two_numbers_with_a_joint_are_a_range(value, words):
    assert value(words) == ("between", 5000, 7000)


def test_the_scale_of_a_range_goes_for_both_ends(value):
    assert value("5 to 7 million") == ("between", 5000000, 7000000)
    assert value("two to three dozen") == ("between", 24, 36)
    assert value("500 to 1 million") == ("between", 500, 1000000)
    assert value("500 thousand to 1 million") == ("between", 500000, 1000000)


def test_hundreds_between_stay_apart(value):
    assert value("between one hundred and two hundred") == ("between", 100, 200)


def test_a_range_of_one_number_is_that_number(value):
    assert value("300 to 300") == ("eq", 300, 300)


def test_a_range_outdoes_a_comparator(value):
    assert value("at least 5 to 7") == ("between", 5, 7)


@pytest.mark.parametrize(
    "words",
    [
        "about 300",
        "approximately 300",
        "some 300",
        "around 300",
        "nearly 300",
        "almost 300",
        "roughly 300",
        "300 or so",
        "an estimated 300",
        "~300",
        "ca. 300",
        "約300",
        "300人ほど",
        "大约300",
        "300左右",
        "약 300명",
        "300명 가량",
    ],
)
def test_a_hedge_is_a_flag_beside_the_comparator(says, words):
    found = says(words)
    assert found["approximate"] is True
    assert (found["comparator"], found["low"], found["high"]) == ("eq", 300, 300)
    assert "vague" not in found


def test_a_hedge_goes_with_a_range_and_with_a_bound(says):
    assert says("approximately 5000 to 7000")["comparator"] == "between"
    assert says("up to about 300") == {"comparator": "le", "high": 300, "approximate": True}


def test_a_tilde_between_numbers_is_no_hedge(says):
    assert "approximate" not in says("5~7")


@pytest.mark.parametrize(
    ("words", "statistic"),
    [
        ("average of 45,000", "mean"),
        ("an average 12 hours", "mean"),
        ("a median of 300", "median"),
        ("a total of 300", "total"),
        ("平均300", "mean"),
        ("총 300명", "total"),
        ("合計300", "total"),
    ],
)
def test_a_statistic_is_named(says, words, statistic):
    assert says(words)["statistic"] == statistic


def test_a_number_has_no_statistic_unless_it_says_so(says):
    assert "statistic" not in says("300")


def test_a_minus_is_a_sign_only_at_the_beginning(value):
    assert value("-5%") == ("eq", -5, -5)
    assert value("minus 5 percent") == ("eq", -5, -5)
    assert value("5-7") == ("between", 5, 7)


def test_more_numbers_than_one_figure_has_are_told(says):
    assert says("100 and 50 workers")["warnings"] == ("more than one number",)
    assert says("45,000 RMB (about 7,800,000 KPW)")["warnings"] == ("more than one currency", "more than one number")


def test_three_hundred_and_more_in_east_asia(value):
    assert value("三百多人") == ("gt", 300, None)
    assert value("300여 명")[:2] == ("gt", 300)
