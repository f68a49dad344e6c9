"""A decision about an entry that somebody types: of a list that is loaded it has to be an entry, and its later changes are noticed."""

import uuid

import pytest

from annotations.write.decide import decide
from annotations.write.errors import Invalid, Malformed
from annotations.write.screening_runs import carry_on, start
from registry.models import Decision, Entity, ListCandidate, ListEntry, ListLink, SanctionsList, ScreenedBy
from registry.screening.differences import linked_and_changed, linked_and_delisted
from registry.screening.link_states import states_of_links
from tests import factories, listed

pytestmark = pytest.mark.django_db
LINES = "TEST-001; Example Trading Corp; KP\nTEST-002; Muster Bank AG; DE"


@pytest.fixture
def corpus():
    factories.scheme()
    made = factories.corpus()
    factories.adopt(made)
    return made


@pytest.fixture
def reviewer(corpus):
    person = factories.user("reviewer")
    factories.membership(corpus, person, "reviewer")
    return person


@pytest.fixture
def firm(corpus):
    return Entity.objects.create(corpus=corpus, name="Example Trading Ltd", type="COMPANY")


@pytest.fixture
def decided(firm, reviewer):
    def make(entry, match="confirmed", code="TEST", note=""):
        firm.refresh_from_db()
        body = {"id": str(uuid.uuid4()), "revision": firm.revision, "list": code, "entry": entry, "match": match, "note": note}
        return decide(firm, reviewer, body, "page")

    return make


def test_an_entry_that_the_list_does_not_have_is_refused(decided):
    listed.version("TEST", LINES)
    with pytest.raises(Malformed, match="The list TEST has no entry “TEST-009” in version 1 or before"):
        decided("TEST-009")
    assert not Decision.objects.exists()


def test_the_entry_is_kept_and_what_becomes_of_it_is_noticed(corpus, decided, reviewer):
    listed.version("TEST", LINES)
    made = decided("TEST-001")
    assert (made.entry_digest, made.version) == (ListEntry.objects.get(ref="TEST-001").digest, 1)
    assert not linked_and_changed(corpus, reviewer).exists()
    listed.version("TEST", LINES.replace("KP", "CN"))
    assert [link.entry for link in linked_and_changed(corpus, reviewer)] == ["TEST-001"]
    listed.version("TEST", LINES.splitlines()[1])
    assert [link.entry for link in linked_and_delisted(corpus, reviewer)] == ["TEST-001"]


def test_a_delisted_entry_is_decided_about_as_it_stood_last(corpus, decided, reviewer):
    listed.version("TEST", LINES)
    listed.version("TEST", LINES.splitlines()[1])
    assert decided("TEST-001").version == 1
    assert [link.entry for link in linked_and_delisted(corpus, reviewer)] == ["TEST-001"]


def test_an_entry_of_a_list_that_is_not_loaded_stays_as_typed(decided):
    SanctionsList.objects.create(code="EMPTY", name="Not loaded")
    for code in ("UN", "EMPTY"):
        assert (decided("KPe.001", code=code).entry_digest, Decision.objects.first().version) == ("", None)


def test_of_a_list_of_another_corpus_nothing_is_told(decided):
    SanctionsList.objects.filter(pk=listed.version("TEST", LINES).list_id).update(corpus=factories.corpus("theirs"))
    assert [decided(entry).entry_digest for entry in ("TEST-001", "TEST-009")] == ["", ""]


def test_a_withdrawal_needs_no_entry(decided):
    decided("KPe.001", code="TEST")
    listed.version("TEST", LINES)
    assert decided("KPe.001", match="withdrawn").match == "withdrawn"


def test_a_candidate_that_is_weak_or_contradicted_is_confirmed_with_a_note(corpus, firm, decided):
    version = listed.version("TEST", LINES)
    Entity.objects.filter(pk=firm.pk).update(name="Example Trading Corp", countries=["DE"])
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    carry_on(start(corpus).pk)
    assert ListCandidate.objects.get().ref == "TEST-001"
    with pytest.raises(Invalid, match="these facts differ: country"):
        decided("TEST-001")
    assert decided("TEST-001", note="moved in 2019").match == "confirmed"
    assert ListCandidate.objects.get().state == "decided"


def test_a_link_says_by_whom_when_and_what_became_of_its_entry(decided, reviewer):
    def says():
        return states_of_links(ListLink.objects.all(), reviewer)[0].says

    made = decided("TEST-001")
    signed = f"TEST TEST-001: confirmed, by reviewer on {made.at:%Y-%m-%d}"
    assert says() == f"{signed}; list not loaded"
    listed.version("TEST", LINES, "2024-05-15")
    assert says() == f"{signed}; entry not kept with the decision"
    decided("TEST-001")
    assert says() == signed
    listed.version("TEST", LINES.replace("KP", "CN"), "2024-06-15")
    assert says() == f"{signed}; entry changed since"
    decided("TEST-001", note="they moved")
    assert says() == signed
    for day in ("2024-07-15", "2024-08-15"):
        listed.version("TEST", LINES.splitlines()[1], day)
    assert says() == f"{signed}; delisted on 2024-07-15"
    SanctionsList.objects.update(corpus=factories.corpus("theirs"))
    assert says() == f"{signed}; list not loaded"
