"""Dates of birth that people stated: what the matcher says of them, and what was screened before there were any."""

from hashlib import sha256

import pytest

from registry.birth_dates import is_birth_date
from registry.models import EntityBirth, ListCandidate, ScreenedBy
from registry.screening.stale import count_outdated, outdated
from tests import factories, listed
from tests.registry.screening.test_run import candidates, entity, screen

LISTABLE = ("PERSON",)


@pytest.mark.parametrize(
    "text",
    ["1960", "196X", "19XX", "1960-03", "1960-03-05", "1960~", "1960?", "1960/1963", "196X/1972", "2000-02-29"],
)
def test_a_date_of_birth(text):
    assert is_birth_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "60", "about 1960", "1960-13", "1960-02-30", "1901-02-29", "0000", "1963/1960", "1960/", "/1960", "196X-03", "1960-3-5",
        " 1960", "1960\n", "１９６０", "1960 born", "1960/1961/1962", "X960", "1960-03-05T00:00",
    ],
)  # fmt: skip
def test_what_is_none(text):
    assert not is_birth_date(text)


@pytest.fixture
def corpus(db):
    made = factories.corpus()
    version = listed.version("TEST", "TEST-001; Jang Song Thaek; born: 1946-02-06", "2024-05-15", "person")
    ScreenedBy.objects.create(corpus=made, list=version.list)
    return made


def facts(corpus):
    row = ListCandidate.objects.get(entity__corpus=corpus)
    return row.score, [(fact["field"], fact["says"], fact["points"]) for fact in row.explanation["facts"]]


def test_a_candidate_says_that_the_years_agree_or_differ(corpus):
    person = entity(corpus, "Jang Song Thaek", "PERSON")
    screen(corpus, LISTABLE)
    assert facts(corpus) == (100, [])
    birth = EntityBirth.objects.create(entity=person, edtf="194X", words="in his seventies")
    screen(corpus, LISTABLE)
    assert facts(corpus) == (100, [("birth", "same", 0)])
    EntityBirth.objects.filter(pk=birth.pk).update(edtf="1960")
    screen(corpus, LISTABLE)
    assert facts(corpus) == (85, [("birth", "differs", -15)])
    assert "The years of birth differ: 1960 and 1946." in ListCandidate.objects.get().explanation["sentence"]
    EntityBirth.objects.create(entity=person, edtf="1947", words="born in 1947, says another source")
    screen(corpus, LISTABLE)
    assert facts(corpus) == (100, [("birth", "same", 0)])


def test_nobody_is_screened_again_who_has_none(corpus):
    """The digest of what was compared is that of versions without dates of birth."""
    person = entity(corpus, "Jang Song Thaek", "PERSON", countries=["KP"])
    (row,) = outdated(corpus, LISTABLE, 9)
    assert row.digest == sha256(b'["PERSON", "Jang Song Thaek", ["KP"], 72, [], null, null]').hexdigest()
    screen(corpus, LISTABLE)
    assert (count_outdated(corpus, LISTABLE), len(candidates(corpus))) == (0, 1)
    EntityBirth.objects.create(entity=person, edtf="1946", words="born in 1946")
    assert count_outdated(corpus, LISTABLE) == 1
