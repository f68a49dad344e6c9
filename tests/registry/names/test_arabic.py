"""Names in Arabic letters, Arabic and Persian: their consonants."""

import pytest

from registry.names import CANDIDATE, arabic, compare


def test_article_ibn_and_vowel_signs_are_not_counted():
    assert [arabic.consonants(each) for each in ("التكريتي", "بن", "مُحَمَّد", "وليد")] == ["tkrt", "", "md", "ld"]


@pytest.mark.parametrize(
    ("spellings", "consonants"),
    [
        ("mohammed muhammad mohamed mehmed", "md"),
        ("khaled xaled", "xld"),
        ("djamel jamal", "jml"),
        ("akkacha akkasha", "ks"),
        ("abdul abdel abd", "bd"),
    ],
)
def test_latin_spellings_share_them(spellings, consonants):
    letters = {arabic.latin_consonants(each) for each in spellings.split()}
    assert letters == {consonants}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("قاسم سليماني", "Qasem Soleimani"),
        ("محمد عبد الله", "Mohammed Abdullah"),
        ("عبد الحق وثيق", "Abdul-Haq Watheeq"),
        ("محفوظ ولد الوليد", "Mahfouz Ould al-Walid"),
        ("محمود احمدی‌نژاد", "Mahmoud Ahmadinejad"),
    ],
)
def test_a_name_and_its_latin_spelling(name, other):
    match = compare(name, other, "person")
    assert 85 <= match.score <= 95
    assert {pair.how for pair in match.pairs} == {"consonants"}


def test_a_long_vowel_that_arabic_does_not_have_makes_another_name():
    assert compare("أحمد الحسن", "Ahmad Hassan", "person").score >= 85
    assert compare("أحمد الحسن", "Ahmad Hussein", "person").score < 72
    assert compare("أحمد الحسين", "Ahmad Hussein", "person").score >= 85


def test_few_consonants_are_no_name():
    assert compare("علي", "Ala", "person").score < 72


def test_names_in_arabic_letters_are_compared_by_these():
    assert compare("شركة المثال", "شركة المثل", "body").score == 94  # one letter, although their consonants are the same
    assert compare("أحمد الحسين", "احمد الحسین", "person").score == 100  # hamza, and the Persian ya
    assert compare("مسعود پزشکیان", "مسعود كريمي", "person").score < 72


ONE_NAME = ["Abdul Kader", "Abdelkader", "Abd al-Qadir", "Abdoul Kader", "Abdulqader", "Abdülkadir", "‘Abd al-Qādir", "Abdikadir"]


@pytest.mark.parametrize("name", ONE_NAME)
@pytest.mark.parametrize("other", ONE_NAME)
def test_the_servant_of_is_written_apart_or_together(name, other):
    assert compare(f"{name} Mansour", f"{other} Mansour", "person").score >= 85
    assert compare(f"{name} Mansour", "Abdelkarim Mansour", "person").score < CANDIDATE
    assert compare(f"{name} Mansour", "Abdullah Mansour", "person").score < CANDIDATE


def test_words_of_one_name_have_their_places_in_it():
    match = compare("‘Abd al-Qādir Mithal", "Abdelkader Mithal", "person")
    assert [(pair.start, pair.end, pair.other_start, pair.other_end, pair.how) for pair in match.pairs] == [
        (1, 4, 0, 5, "sound"),
        (8, 13, 5, 10, "sound"),
        (14, 20, 11, 17, "same"),
    ]


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("abdurrahim", ["abd", "rahim"]),
        ("abdurahman", ["abd", "rahman"]),
        ("abdulaziz", ["abd", "aziz"]),
        ("jalaluddin", ["jalal", "din"]),
        ("fakhreddine", ["fakhr", "din"]),
        ("عبدالقادر", ["عبد", "القادر"]),
        ("abdullah", []),
        ("abdallahi", []),
        ("abdullayev", []),
        ("abdou", []),
        ("borodin", []),
        ("عبدالله", []),
    ],
)
def test_two_words_in_one(word, words):
    assert [each for _, each in arabic.compound(word)] == words


def test_of_the_religion_is_written_apart_or_together():
    spellings = ["Jalaluddin", "Jalal al-Din", "Jalal ud-Din", "Jalal Uddin"]
    assert min(compare(f"{one} Mithal", f"{other} Mithal", "person").score for one in spellings for other in spellings) >= 85
    assert compare("Jalaluddin Mithal", "Kamaluddin Mithal", "person").score < CANDIDATE
