"""A text cut at the listed names in it."""

import pytest

from lake.queries import passages
from lake.queries.passages import ListedPassage, explained, runs

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


def test_a_passage_is_explained_as_a_candidate_is_and_equal_ones_once(monkeypatch):
    """Beyond the limit there is no explanation, and no passage is lost."""
    names = [("KALUBO, Ostrevin", "Ostrevin Kalubo"), ("Mine of Ostrev", "Mine of Ostrev"), ("Ostrev", "OSTREV")]
    monkeypatch.setattr(passages, "MOST_EXPLAINED", 2)
    rows = explained([ListedPassage(0, 9, quote, "7", name, "UN 3") for name, quote in [*names, *names]])
    assert [(each.match.score, each.match.sentence) if each.match else None for each in rows] == [
        (100, "“Ostrevin Kalubo” and “KALUBO, Ostrevin” have the same words in another order."),
        (100, "“Mine of Ostrev” and “Mine of Ostrev” are the same, word for word."),
        None,
    ] * 2
    assert [each.passage.quote for each in rows] == [quote for _, quote in [*names, *names]]
    assert rows[0].match is rows[3].match
