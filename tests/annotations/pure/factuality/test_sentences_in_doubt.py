"""Three hundred sentences of the kind that sanctions news has, most of them denied, doubted, conditional or governed by an unknown word.

Written before the rules that read them, and halved by a hash; `pytest -s` prints both halves. What is read against the text counts most.
"""

import hashlib
from collections import Counter

import pytest

from annotations.factuality import read
from tests.annotations.pure.conftest import VIEW
from tests.annotations.pure.factuality.sentences import FIXTURES, OPEN, verdict

LANGUAGES = {"en": 200, "ko": 60, "zh": 40}
KIND = "unrealised_as"
HALVES = [(language, is_shut) for language in LANGUAGES for is_shut in (False, True)]


def cases():
    """(language, shut?, marked sentence, attribute, expected value, verdict)."""
    for line in (FIXTURES / "doubt" / "sentences.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        language, label, marked, *values, kind = line.split("\t")
        is_shut = hashlib.sha256(marked.encode()).digest()[0] % 2 == 1
        text = marked.replace("[", "").replace("]", "")
        readings = read(text, [[(marked.index("["), marked.index("]") - 1)]], VIEW, label, language)
        for code, expected in zip(("status", "polarity", "certainty"), values, strict=True):
            yield language, is_shut, marked, code, expected, verdict(expected, readings.get(code))
        # Written for what the words plan or expect as well, of which it is not asked.
        kind = kind if "unrealised" in values[0] else OPEN
        yield language, is_shut, marked, KIND, kind, verdict(kind, readings.get(KIND))


@pytest.fixture(scope="module")
def judged():
    judgements = list(cases())
    for half in HALVES:
        of_half = [case for case in judgements if case[:2] == half and case[3] != KIND]
        print(half, Counter(case[5] for case in of_half), f"read or first: {share(of_half):.1%}")
    return judgements


def share(of_half):
    """Of what the words say or leave in doubt, how much is read or offered first."""
    said = [case for case in of_half if case[4] != OPEN]
    return sum(case[5] in ("right", "first") for case in said) / len(said)


@pytest.mark.parametrize("half", HALVES)
def test_nothing_is_read_against_the_text(judged, half):
    assert [case for case in judged if case[:2] == half and case[5] == "wrong"] == []


@pytest.mark.parametrize("half", HALVES)
def test_most_is_read_or_offered_first(judged, half):
    assert share([case for case in judged if case[:2] == half and case[3] != KIND]) >= 0.85


@pytest.mark.parametrize("half", HALVES)
def test_how_what_was_not_carried_out_is_meant_is_read_or_offered_first(judged, half):
    assert share([case for case in judged if case[:2] == half and case[3] == KIND]) >= 0.85


def test_there_are_as_many_as_were_asked_for(judged):
    assert Counter(case[0] for case in judged) == {language: 4 * number for language, number in LANGUAGES.items()}
