"""What an export has of the entries of lists: of public ones and of those of its own corpora, of no other."""

import pytest

from annotations.documents.listed_facts import listed_facts
from annotations.models import Assignment
from registry.models import ListLink, SanctionsList
from tests import factories, listed, marks

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(corpus):
    firm = marks.entity(corpus, "Example Trading", type="COMPANY")
    return ListLink.objects.create(entity=firm, list="TEST", entry="TEST-001", match="confirmed")


@pytest.fixture
def facts(assignment, link):
    version = listed.version("TEST", "TEST-001; Example Trading Corp; KP; 2016-03-02; on: UN KPe.001")
    SanctionsList.objects.filter(pk=version.list_id).update(issuer="Test Authority")
    return lambda: listed_facts(Assignment.objects.filter(pk=assignment.pk))


def owned_by(corpus):
    SanctionsList.objects.filter(code="TEST").update(corpus=corpus)


def test_a_public_list_and_an_own_one_are_told(facts, corpus):
    expected = ("Test Authority", "2016-03-02", [["UN", "KPe.001"]])
    for owner in (None, corpus):
        owned_by(owner)
        row = facts()["TEST TEST-001"]
        assert (row["authority"], row["listed_on"], row["references"]) == expected


def test_a_link_to_a_guessed_entry_of_another_corpus_tells_nothing(facts):
    owned_by(factories.corpus("theirs"))
    assert facts() == {}


def test_an_entry_that_was_delisted_has_the_day_of_the_first_version_without_it(facts):
    for day in ("2024-05-15", "2024-06-15"):
        listed.version("TEST", "TEST-002; Muster Bank AG", day)
    assert (facts()["TEST TEST-001"]["delisted_on"], facts()["TEST TEST-001"]["listed_on"]) == ("2024-05-15", "2016-03-02")
