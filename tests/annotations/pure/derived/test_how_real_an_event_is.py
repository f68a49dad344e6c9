import pytest

from annotations.derived.document import factuality, realis


def event(status="happened", polarity="positive", certainty="certain"):
    return {"status": status, "polarity": polarity, "certainty": certainty}


@pytest.mark.parametrize(("certainty", "code"), [("certain", "CT"), ("probable", "PR"), ("possible", "PS")])
@pytest.mark.parametrize(("polarity", "sign"), [("positive", "+"), ("negative", "−")])
@pytest.mark.parametrize("status", ["happened", "ongoing", "expected", "general"])
def test_factuality_is_certainty_and_polarity(certainty, code, polarity, sign, status):
    assert factuality(event(status, polarity, certainty)) == code + sign


@pytest.mark.parametrize("polarity", ["positive", "negative"])
@pytest.mark.parametrize("certainty", ["certain", "probable", "possible"])
def test_what_is_ordered_or_proposed_has_no_factuality(polarity, certainty):
    assert factuality(event("unrealised", polarity, certainty)) == "Uu"


@pytest.mark.parametrize("field", ["status", "polarity", "certainty"])
@pytest.mark.parametrize("value", [None, "", "not_stated"])
def test_what_is_open_or_not_stated_has_no_factuality(field, value):
    assert factuality(event(**{field: value})) is None


def test_an_open_status_has_no_realis(scheme):
    assert (realis(event(None), scheme), realis(event("not_stated"), scheme)) == (None, None)


def test_a_negative_has_a_minus_and_no_hyphen():
    assert factuality(event(polarity="negative"))[-1] == "\u2212"


@pytest.mark.parametrize(
    ("status", "code"),
    [("happened", "ACTUAL"), ("ongoing", "ACTUAL"), ("expected", "OTHER"), ("unrealised", "OTHER"), ("general", "GENERIC")],
)
def test_realis_is_that_of_the_schemes_table(scheme, status, code):
    assert realis(event(status), scheme) == code


def test_a_status_that_the_table_lacks_has_no_realis(scheme):
    assert realis(event("dreamt"), scheme) is None
