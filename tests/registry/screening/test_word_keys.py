"""Keys of a name that are looked up, beside those that a listed name has."""

import pytest

from registry.names import analyse, keys
from registry.names.keys import hashed
from registry.screening.word_keys import telling_keys

SWEDISH, ENGLISH = "Aleksandr Sergejevitj CHODAKOVSKIJ", "Oleksandr Sergeyevich KHODAKOVSKYY"


def words_in_common(asked, listed):
    """How many words of the first the keys of the second lead to."""
    known = {key.value for key in keys(analyse(listed, "person"))}
    bits = 0
    for key in telling_keys(analyse(asked, "person")):
        bits |= key.words if key.value in known else 0
    return (bits & 0b111).bit_count()


@pytest.mark.parametrize(("asked", "listed"), [(SWEDISH, ENGLISH), (ENGLISH, SWEDISH)])
def test_each_word_leads_to_its_other_spelling(asked, listed):
    """In the EU list and in that of OFAC; with Aleksandr alone he stood behind 150 others of that name."""
    assert words_in_common(asked, listed) == 3


@pytest.mark.parametrize(
    ("name", "key", "is_asked"), [(SWEDISH, "sound khodakovski", True), ("Choe Chol Su", "sound khoe", False)]
)
def test_a_short_word_is_looked_up_as_it_is_written(name, key, is_asked):
    """Korean and Chinese words begin with ch, too."""
    values = {each.value for each in telling_keys(analyse(name, "person"))}
    assert (hashed(key) in values) is is_asked
