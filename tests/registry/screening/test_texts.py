"""Listed names in a text: each offer with its position in code points, the entry and how; and none where there is none."""

import json

import pytest

from config.environment import ROOT
from registry.screening.common_words import DATA, is_common
from registry.screening.lookup import current_scopes
from registry.screening.texts import offers
from registry.screening.tokens import segments
from tests import listed

pytestmark = pytest.mark.django_db
FOLDER = ROOT / "tests/registry/screening"
FIXTURES, ONE_WORD = (json.loads((FOLDER / name).read_text()) for name in ("fixtures.json", "one_word.json"))


@pytest.fixture
def scopes():
    return current_scopes([listed.version("TEST", FIXTURES["list"]["v1"]).list_id])


def rows(text, scopes):
    return [[each.listed.ref, each.start, each.end, each.how] for each in offers(text, scopes)]


@pytest.mark.parametrize("case", FIXTURES["texts"], ids=lambda case: case["text"][:30])
def test_offers_are_exactly_those_of_the_fixtures(case, scopes):
    assert rows(case["text"], scopes) == case["offers"]
    assert all(case["text"][each.start : each.end] == each.quote for each in offers(case["text"], scopes))


@pytest.mark.parametrize("case", [*ONE_WORD["open"], *ONE_WORD["shut"]], ids=lambda case: case["text"][:30])
def test_names_of_one_word_are_offered_where_they_are_no_common_word(case):
    scopes = current_scopes([listed.version("WORD", ONE_WORD["list"], kind="body").list_id])
    assert [each.quote for each in offers(case["text"], scopes)] == case["offers"]


def test_words_that_a_name_cannot_reach_over():
    texts = [[token.text for token in row] for row in segments("He met Ri Ye Je. Muster Bank of Dandong, Co., Ltd. paid 20 yuan")]
    assert texts == [["He"], ["Ri", "Ye", "Je"], ["Muster", "Bank", "of", "Dandong", "Co", "Ltd"], ["20"]]


def test_a_name_of_one_word_is_offered_in_capitals_or_with_its_form():
    scopes = current_scopes([listed.version("ONE", "O-1; KOMID; alias: Star Ltd\nO-2; Hope", kind="body").list_id])
    assert rows("KOMID sold it. Hope is a word; HOPE may be none.", scopes) == [
        ["O-1", 0, 5, "same words"], ["O-2", 31, 35, "same words"]
    ]  # fmt: skip
    assert rows("A star. Star Ltd. paid.", scopes) == [["O-1", 8, 16, "same words"]]


def test_the_same_passage_may_name_two_entries_and_a_weak_alias_goes_last():
    scopes = current_scopes([listed.version("TWO", "T-1; Ri Ye Je\nT-2; Ri Ye Jun; weak: Ri Ye Je", kind="person").list_id])
    assert [(each.listed.ref, each.is_weak) for each in offers("Officials met Ri Ye Je there.", scopes)] == [
        ("T-1", False), ("T-2", True)
    ]  # fmt: skip
    assert offers("", scopes) == offers("no name at all", scopes) == []


@pytest.mark.parametrize("behind", "은 과의 에서도 측은 측에게는 씨가 이었다고 한테 으로부터는 이라는".split())
def test_a_korean_name_is_found_whatever_particles_stand_behind_it(behind):
    scopes = current_scopes([listed.version("KO", "K-1; 동해청운무역\nK-2; 고려 별빛", kind="body").list_id])
    assert rows(f"조사단은 동해청운무역{behind} 물었다. 또 고려 별빛{behind} 보았다.", scopes) == [
        ["K-1", 5, 11, "same characters"], ["K-2", 11 + len(behind) + 8, 11 + len(behind) + 13, "same characters"]
    ]  # fmt: skip


def test_long_runs_and_odd_signs_end(scopes):
    for text in ("李" * 2_000, "가" * 2_000, "A " * 3_000, "Ri Ye Je " * 500, "\u202e\u0000Ri\u200bYe Je", "Ａ＆Ｂ" * 300):
        assert len(offers(text, scopes)) <= 500


def test_common_words_are_read_with_their_licence():
    assert is_common("Hope")
    assert is_common("the")
    assert not is_common("Zarvex")
    assert "Copyright 2000-2011 by Kevin Atkinson" in (DATA.parent / "NOTICE.txt").read_text("utf-8")
