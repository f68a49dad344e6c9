"""A list of one's own: a number or country that could meet nothing is an error with its line."""

import pytest

from registry.lists.formats import own
from registry.lists.record import UnreadableList
from tests.registry.lists.sample_lists import read


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("imo: 9187628", "line 2: imo “9187628”: the check digit does not fit"),
        ("imo: 918762", "line 2: imo “918762”: use seven digits"),
        ("imo: ABC", "line 2: imo “ABC”: use seven digits"),
        ("IMO number: ABC", "line 2: imo “ABC”: use seven digits"),
        ("IMO No.: 9187628", "line 2: imo “9187628”: the check digit does not fit"),
        ("imo company: ABC", "line 2: imo company “ABC”: use seven digits"),
        ("imo company: 9187628", "line 2: imo company “9187628”: the check digit does not fit"),
        ("mmsi: 12", "line 2: mmsi “12”: use nine digits"),
        ("ZZ", "line 2: country “ZZ”: use the two letters of ISO 3166-1"),
    ],
)
def test_what_meets_nothing_is_refused(tmp_path, field, message):
    with pytest.raises(UnreadableList, match=message):
        read(own, tmp_path, f"T-1; Specimen; KP; imo: 9187629; mmsi: 445123000\nT-2; Example; {field}\n", "list.txt")


def test_numbers_are_kept_as_they_are_written(tmp_path):
    entries, _ = read(own, tmp_path, "T-1; Specimen; KP; imo: IMO 9187629; mmsi: 445123000; passport: A 1\n", "list.txt")
    assert entries["T-1"].identifiers == (("imo", "IMO 9187629"), ("mmsi", "445123000"), ("passport", "A 1"))
