import pytest

from annotations.scheme.check_reporting import check_reporting
from annotations.scheme.view import SchemeView

PLACE = "overlays.ATTRIBUTION.reporting"


@pytest.fixture
def overlay(scheme_body):
    return next(entry for entry in scheme_body["overlays"] if entry["code"] == "ATTRIBUTION")


@pytest.fixture
def problems(scheme_body):
    return lambda: SchemeView(scheme_body).check()


def test_no_word_stands_in_two_entries(overlay):
    words = [word for entry in overlay["reporting"]["words"] for word in entry["words"]]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"modality": "shouted"}, f"{PLACE}.words: modality 'shouted' is not one of the choices"),
        ({"source": "left"}, f"{PLACE}.words: source 'left' is not one of before, after, by, none, topic, marked"),
        ({"words": "said"}, f"{PLACE}.words.0.words: should be a list"),
    ],
)
def test_a_wrong_word_is_told(overlay, problems, change, line):
    overlay["reporting"]["words"][0] |= change
    assert line in problems()


def test_a_speaker_is_an_actor_label(overlay, problems):
    overlay["reporting"]["speakers"][0].append("ORACLE")
    overlay["reporting"]["evidence_of"]["MONEY"] = "data"
    assert problems() == [f"{PLACE}: there is no actor label {x!r}" for x in ("MONEY", "ORACLE")]


def test_evidence_is_one_of_the_choices(overlay, problems):
    overlay["reporting"]["evidence"][0]["evidence"] = "rumour"
    overlay["reporting"]["evidence_of"]["PERSON"] = "hearsay"
    assert problems() == [f"{PLACE}.evidence: evidence {x!r} is not one of the choices" for x in ("rumour", "hearsay")]


def test_what_an_official_says_has_evidence_of_the_choices(overlay, problems):
    overlay["reporting"]["evidence_official"] = "hearsay"
    assert problems() == [f"{PLACE}.evidence: evidence 'hearsay' is not one of the choices"]


def test_a_noun_tells_one_label_of_an_actor(overlay, problems):
    nouns = overlay["reporting"]["grammar"]["nouns"]
    nouns.append({"label": "ORACLE", "words": ["seer"]})
    nouns.append({"label": "FACILITY", "words": ["manager"]})
    assert problems() == [
        f"{PLACE}.grammar.nouns: there is no actor label 'ORACLE'",
        f"{PLACE}.grammar.nouns: 'manager' tells PERSON and FACILITY",
    ]


def test_the_words_of_a_grammar_are_lists(overlay, problems):
    overlay["reporting"]["grammar"]["titles"] = "Dr"
    assert f"{PLACE}.grammar.titles: should be a list" in problems()


def test_particles_are_those_of_a_known_script(overlay, problems):
    overlay["reporting"]["particles"][0]["script"] = "Klingon"
    [line] = problems()
    assert line.startswith(f"{PLACE}.particles: script 'Klingon' is not one of Hangul, ")


def test_an_overlay_needs_no_words(overlay, problems):
    del overlay["reporting"]
    assert problems() == []
    assert list(check_reporting(PLACE, {"attributes": [], "reporting": {"speakers": []}}, set())) == []
