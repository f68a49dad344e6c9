"""Names in Cyrillic letters, and Slavic names in Latin ones."""

import pytest

from registry.names import compare
from registry.names.cyrillic import is_patronymic, spelling
from registry.names.script import latin


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Щукин", "shchukin"),
        ("Хрущёв", "khrushchyov"),
        ("Жириновский", "zhirinovskiy"),
        ("Цой", "tsoy"),
        ("Юлия", "yuliya"),
        ("Київ", "kiyiv"),
    ],
)
def test_one_table_makes_latin_letters(word, form):
    assert latin(word.casefold(), "cyrillic") == form


@pytest.mark.parametrize(
    "spellings",
    [
        "yuri iurii yury jurij",
        "aleksei aleksey alexej alexey",
        "yevgeny evgenii evgeniy yevgeniy",
        "dmitry dmitri dmitriy",
        "zelensky zelenskiy zelenskyi",
    ],
)
def test_spellings_of_one_name_are_one(spellings):
    assert len({spelling(each) for each in spellings.split()}) == 1


def test_patronymics_are_known_by_their_ending():
    assert [is_patronymic(each) for each in ("viktorovich", "borisovna", "ilyich", "ivanov", "ovich")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "other", "least"),
    [
        ("Сергей Лавров", "Sergey Lavrov", 98),
        ("Юрий Ковальчук", "Iurii Kovalchuk", 95),
        ("Сергей Викторович Лавров", "Sergei Lavrov", 90),
        ("Евгений Пригожин", "Jewgeni Prigoschin", 85),
        ("ООО «Северный ветер»", "Severny Veter LLC", 95),
    ],
)
def test_a_name_and_its_latin_spelling(name, other, least):
    assert compare(name, other, "body" if "ООО" in name else "person").score >= least


def test_a_patronymic_may_be_left_out_but_not_be_another_one():
    assert compare("Sergey Viktorovich Lavrov", "Sergey Lavrov", "person").score == 93
    assert compare("Sergey Viktorovich Lavrov", "Sergey Petrovich Lavrov", "person").score < 72
