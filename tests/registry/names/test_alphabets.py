"""Names that are written twice, in two alphabets: each is compared by itself."""

import pytest

from registry.names import CANDIDATE, analyse, compare, keys, within_reach


@pytest.mark.parametrize(
    ("name", "other", "kind"),
    [
        ("Сергей Образцов (Sergei Obraztsov)", "Sergei Obraztsov", "person"),
        ("Сергей Образцов (Sergei Obraztsov)", "Сергей Образцов", "person"),
        ("Сергей Образцов Sergei Obraztsov", "Sergei Obraztsov / Сергей Образцов", "person"),
        ("محمد المثال (Muhammad al-Mithal)", "Muhammad al-Mithal", "person"),
        ("Пример Банк (Primer Bank)", "Primer Bank", "body"),
        ("Пример / Primer", "Primer", "body"),
        ("Пример Банк (Primer Bank)", "Primer Bank", "any"),
    ],
)
def test_a_name_in_two_alphabets_is_each_of_them(name, other, kind):
    assert compare(name, other, kind).score == 100
    assert {key.value for key in keys(analyse(name, kind))} & {key.value for key in keys(analyse(other, kind))}
    assert within_reach(analyse(name, kind), [(other, kind)], 95) == [0]


def test_the_alphabet_that_both_have_decides():
    """Of Arabic letters Latin ones have only the consonants: Salim could be Saleem."""
    assert compare("محمد سالم", "Muhammad Salim", "person").score >= CANDIDATE
    assert compare("محمد سليم", "Muhammad Salim", "person").score >= CANDIDATE
    assert (
        compare("محمد سالم (Muhammad Salim)", "محمد سليم", "person").score
        < compare("Muhammad Salim", "محمد سليم", "person").score
    )
    assert compare("Ivan Petrenko (Иван Петренко)", "Igor Petrenko", "person").score < CANDIDATE


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Банк Saderat", "body"),  # two halves of one name
        ("ООО Gazprom Neft", "body"),  # a company form is no name
        ("Иван Petrenko", "person"),
        ("Anna (Анна) Muster", "person"),
        ("Сергей Образцов", "person"),
    ],
)
def test_other_names_are_one(name, kind):
    assert len(analyse(name, kind).parts) == 1


def test_ranges_are_those_of_the_whole_name():
    match = compare("Сергей Образцов (Sergei Obraztsov)", "Sergei Obraztsov", "person")
    assert [(pair.start, pair.end, pair.other_start, pair.other_end) for pair in match.pairs] == [(17, 23, 0, 6), (24, 33, 7, 16)]
    assert match.left == ()
