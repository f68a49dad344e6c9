"""The explanation: ranges, what is left over, and sentences that a person can read."""

import pytest

from registry.names import compare, explain


def test_the_explanation_as_it_is_stored():
    match = compare("Lee Ye-je", "Dr Ri Ye Je", "person")
    assert match.as_dict() == {
        "matcher": "names/2",
        "data": "unihan/15.1",
        "score": 97,
        "entity_name": "Lee Ye-je",
        "listed_name": "Dr Ri Ye Je",
        "pairs": [
            {"entity": [0, 3], "listed": [3, 5], "how": "initial_sound", "score": 97, "weight": 35},
            {"entity": [4, 9], "listed": [6, 11], "how": "same", "score": 100, "weight": 65},
        ],
        "left": [{"side": "listed", "range": [0, 2], "weight": 0, "why": "title"}],
        "facts": [],
        "sentence": match.sentence,
    }


def test_edits_are_told():
    [pair] = compare("Exampel", "Example", "body").as_dict()["pairs"]
    assert pair == {"entity": [0, 7], "listed": [0, 7], "how": "letters", "score": 89, "weight": 100, "edits": 1}


@pytest.mark.parametrize(
    ("name", "other", "kind", "sentence"),
    [
        ("Exampel Bank", "EXAMPEL BANK", "body", "“Exampel Bank” and “EXAMPEL BANK” are the same, word for word."),
        ("Anna Muster", "Muster, Anna", "person", "“Anna Muster” and “Muster, Anna” have the same words in another order."),
        (
            "Lee Ye-je",
            "Ri Ye Je",
            "person",
            "“Lee Ye-je” and “Ri Ye Je”: both have “Ye-je”; “Lee” and “Ri” are one name in northern and southern spelling.",
        ),
        (
            "Exampel Trading",
            "Example Trading Ltd",
            "body",
            "“Exampel Trading” and “Example Trading Ltd”: both have “Trading”; “Exampel” and “Example” differ in 1 letter; only the second has “Ltd”.",
        ),
        ("Anna", "Berta", "person", "“Anna” and “Berta” have nothing in common."),
        (
            "李例题",
            "李例題",
            "person",
            "“李例题” and “李例題”: “李例题” and “李例題” are one name in simplified and traditional characters.",
        ),
    ],
)
def test_sentences(name, other, kind, sentence):
    assert compare(name, other, kind).sentence == sentence


def test_facts_are_told_in_the_sentence():
    ours, theirs = explain.NameFacts((1960,), ("DE",), ("passport:1",)), explain.NameFacts((1970,), ("FR",), ("passport:1",))
    sentence = compare("Anna", "Anna", "person", (ours, theirs)).sentence
    assert sentence == (
        "“Anna” and “Anna” are the same, word for word. Both have the identifier passport:1. The years of birth differ: 1960 and 1970. "
        "They have no country in common: DE and FR."
    )


def test_every_way_has_words():
    ways = "same letters sound romanisation initial_sound hanja simplified chinese_reading consonants cyrillic joined split initial acronym number form"
    assert set(ways.split()) - {"same"} == set(explain.WORDS_FOR)


def test_the_other_way_round_is_the_mirror():
    match, mirror = (
        compare("Jan van der Bilt", "Jan Vanderbilt jr", "person"),
        compare("Jan Vanderbilt jr", "Jan van der Bilt", "person"),
    )
    assert [(pair.start, pair.end, pair.how) for pair in match.pairs] == [(0, 3, "same"), (4, 16, "joined")]
    assert [(pair.other_start, pair.other_end, pair.how) for pair in mirror.pairs] == [(0, 3, "same"), (4, 16, "split")]
    assert ([word.side for word in match.left], [word.side for word in mirror.left]) == ([1], [0])


def test_words_written_apart_are_called_the_same_letters_only_where_they_are():
    """Two that a rule of sound joins, and two with another letter, have not the same letters."""
    said = [
        compare(*names, "person").sentence.partition(": ")[2]
        for names in (("Ri Ye Jin", "Riyejin"), ("Ri Ye Jin", "Rayhanah"), ("Riyejim", "Ri Ye Jin"))
    ]
    assert said == [
        "“Ri Ye Jin” and “Riyejin” are the same letters, written apart and together.",
        "“Ri Ye Jin” and “Rayhanah” sound alike, written apart and together.",
        "“Riyejim” and “Ri Ye Jin” differ in 1 letter, written together and apart.",
    ]
