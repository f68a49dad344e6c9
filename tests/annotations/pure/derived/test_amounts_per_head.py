import pytest

from annotations.scheme.view import SchemeView


@pytest.fixture
def sentences(checks):
    return lambda **kwargs: [check["text"] for check in checks("DERIVED", **kwargs)]


def test_an_amount_for_many_people_is_divided(checks):
    found = checks("DERIVED")[0]
    assert found["figures"] == ["F08", "F07"]
    assert found["values"] == {"per_person_per_month": 150, "per_person_per_year": 1800, "currency": "CNY"}
    assert found["text"] == "45,000 CNY per month for 300 people = 150 CNY per person and month = 1,800 CNY per person and year."


def test_a_year_has_twelve_months(checks, of_bare):
    of_bare("F08")["attributes"]["per_period"] = "P1Y"
    assert checks("DERIVED")[0]["values"] == {"per_person_per_month": 12.5, "per_person_per_year": 150, "currency": "CNY"}
    assert checks("DERIVED")[0]["text"].startswith("45,000 CNY per year for 300 people = 12.5 CNY per person and month")


def test_several_months_are_divided_too(sentences, of_bare):
    of_bare("F08")["attributes"]["per_period"] = "P3M"
    assert sentences()[0].startswith("45,000 CNY per 3 months for 300 people = 50 CNY per person and month")


def test_a_conversion_only_repeats_its_main_figure(checks):
    assert not [check for check in checks("DERIVED") if "F09" in check["figures"]]


def test_an_amount_for_one_is_not_divided(checks, of_bare):
    of_bare("F08")["attributes"]["per_count"]["n"] = 1
    assert not [check for check in checks("DERIVED") if "per_person_per_month" in check["values"]]


@pytest.mark.parametrize(
    "change",
    [
        {"per_period": "P1W"},
        {"per_period": None},
        {"per_period": "P0M"},
        {"per_count": None},
        {"currency": None},
        {"high": 50000, "comparator": "between"},
    ],
)
def test_amounts_that_cannot_be_divided_evenly_are_left(checks, of_bare, change):
    of_bare("F08")["attributes"].update(change)
    assert not [check for check in checks("DERIVED") if "F08" in check["figures"]]


@pytest.mark.parametrize("n", [0, -3])
def test_nothing_is_divided_among_none(checks, of_bare, n):
    of_bare("F08")["attributes"]["per_count"]["n"] = n
    assert not [check for check in checks("DERIVED") if "F08" in check["figures"]]


def test_only_people_have_heads(checks, of_bare):
    of_bare("F08")["attributes"]["per_count"]["mention"] = "A53"
    assert not [check for check in checks("DERIVED") if "F08" in check["figures"]]


def test_a_basis_of_people_is_enough(sentences, of_bare):
    of_bare("F08")["attributes"]["per_count"]["mention"] = None
    assert sentences()[0].startswith("45,000 CNY per month for 300 people")


def test_without_mark_and_basis_nothing_tells_that_they_are_people(checks, of_bare):
    of_bare("F08")["attributes"]["per_count"] = {"n": 300, "figure": None, "mention": None}
    assert not [check for check in checks("DERIVED") if "F08" in check["figures"]]


# The levy in the wage


def test_a_levy_is_a_share_of_the_wage(checks):
    found = checks("DERIVED")[1]
    assert found["figures"] == ["F08", "F11"]
    assert found["values"] == {"share_percent": 15}
    assert found["text"] == "1,800 of 12,000 CNY a year = 15 % of the stated yearly earnings; different speakers (E-MGR, E-SRCB)."


def test_one_speaker_may_say_both(sentences, of_bare):
    of_bare("Q9")["source_entity"] = "E-MGR"
    assert sentences()[1].endswith("; same speaker (E-MGR).")


def test_a_speaker_is_named_where_ids_are_those_of_a_database(sentences, bare, of_bare):
    uuid = "6f1c6f6e-0d7c-4f0c-9d55-0d3a6c1c7a11"
    of_bare("E-MGR")["id"] = uuid
    for pk in ("Q2", "Q3", "Q7"):
        of_bare(pk)["source_entity"] = uuid
    assert "(Manager of North Korean workers at the textile factory, E-SRCB)" in sentences()[1]
    of_bare("E-MGR")["key"] = "MGR"
    assert "(MGR, E-SRCB)" in sentences()[1]


def test_a_share_has_two_places(checks, of_bare):
    of_bare("F11")["attributes"].update(low=11_000, high=11_000)
    assert checks("DERIVED")[1]["values"] == {"share_percent": 16.36}


@pytest.mark.parametrize(
    ("pk", "field", "value"),
    [("EV26", "payment_type", "fee"), ("EV31", "payment_type", "revenue")],
)
def test_only_payments_that_the_scheme_names_are_compared(checks, of_bare, pk, field, value):
    of_bare(pk)["attributes"][field] = value
    assert len(checks("DERIVED")) == 1


def test_payments_of_other_people_are_not_compared(checks, of_bare):
    of_bare("EV31")["arguments"][0] = {"role": "recipient", "mention": "A66"}
    assert len(checks("DERIVED")) == 1


def test_payments_in_another_currency_are_not_compared(checks, of_bare):
    of_bare("F11")["attributes"]["currency"] = "USD"
    assert len([check for check in checks("DERIVED") if "share_percent" in check["values"]]) == 0


def test_a_scheme_without_shares_compares_nothing(checks, scheme_body):
    scheme_body["derived"]["shares"] = []
    assert len(checks("DERIVED", view=SchemeView(scheme_body))) == 1
