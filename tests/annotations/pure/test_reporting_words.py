import pytest

from annotations.schemeview import SchemeView
from annotations.schemewords import check_reporting

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
        ({"modality": "shouted"}, f"{PLACE}.words: modality 'shouted' is none of the choices"),
        ({"source": "left"}, f"{PLACE}.words: source 'left' is none of before, after, none"),
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
    assert problems() == [f"{PLACE}.evidence: evidence {x!r} is none of the choices" for x in ("rumour", "hearsay")]


def test_an_overlay_needs_no_words(overlay, problems):
    del overlay["reporting"]
    assert problems() == []
    assert list(check_reporting(PLACE, {"attributes": [], "reporting": {"speakers": []}}, set())) == []
