"""A text cut at the listed names in it."""

import pytest

from lake.queries.passages import ListedPassage, runs

TEXT = "North Mine of Ostrev closed."


@pytest.mark.parametrize(
    ("places", "marked"),
    [
        ([], []),
        ([(0, 10)], ["North Mine"]),
        ([(0, 5), (6, 10)], ["North", "Mine"]),
        ([(6, 20), (0, 10)], ["North Mine of Ostrev"]),
        ([(0, 20), (6, 10), (21, 28)], ["North Mine of Ostrev", "closed."]),
        ([(0, 5), (0, 5)], ["North"]),
    ],
)
def test_names_are_cut_out_and_nothing_is_lost(places, marked):
    cut = list(runs(TEXT, [ListedPassage(*place, TEXT[slice(*place)], "7", "a name", "UN 3") for place in places]))
    assert "".join(words for words, _ in cut) == TEXT
    assert [words for words, is_name in cut if is_name] == marked
