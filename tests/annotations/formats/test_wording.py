"""Numbers and days as a report writes them."""

import pytest

from annotations.statements import wording


@pytest.mark.parametrize(("value", "told"), [(45000, "45,000"), (0.5, "0.5"), (3.0, "3"), (1234.25, "1,234.25")])
def test_numbers(value, told):
    assert wording.number(value) == told


@pytest.mark.parametrize(
    ("earliest", "latest", "told", "month"),
    [
        ("2017-09-04", "2017-09-04", "4 September 2017", "4 September 2017"),
        ("2017-09-04", "2017-09-30", "4 to 30 September 2017", "September 2017"),
        ("2017-08-05", "2017-09-30", "5 August to 30 September 2017", "August 2017 to September 2017"),
        ("2016-12-31", "2017-01-01", "31 December 2016 to 1 January 2017", "December 2016 to January 2017"),
        (None, None, "2017?", "2017?"),
    ],
)
def test_days(earliest, latest, told, month):
    time = {"earliest": earliest, "latest": latest, "edtf": "2017?"}
    assert (wording.days(time), wording.months(time)) == (told, month)
