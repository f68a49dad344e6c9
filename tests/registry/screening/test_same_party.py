"""Entries of several lists that are one party: held together by what they have in common, decided in one, each with a decision of its own."""

import uuid

import pytest

from annotations.write.decide_candidate import decide_candidate
from annotations.write.errors import Conflict, Invalid
from annotations.write.screening_runs import carry_on, start
from registry.models import Decision, Entity, ListCandidate, ListLink, ScreenedBy
from registry.screening.same_party import PartyEntry, marks_of, parties, shared_marks
from tests import factories, listed
from tests.staff import signed_in, texts_of

NAME = "Exampel Trading Corporation"
LISTS = {
    "UN": f"KPe.001; {NAME}; KP",
    "EU": f"EU.1.2; {NAME}; on: un KPE.001",
    "UK": f"DPR1; {NAME}; on: UN KPe.001; imo: 1234567\nDPR2; {NAME}",
    "OFAC": f"77; {NAME}; imo: 1234567",
    "SECO": f"S-1; {NAME}; on: ofac 78",
}


def entry(pk, of, *marks):
    return PartyEntry(pk, of, {mark: " ".join(mark) for mark in marks})


def test_parties_share_a_reference_or_an_identifier_across_lists():
    un, eu, own = entry(1, 1, ("un", "a")), entry(2, 2, ("un", "a"), ("imo number", "7")), entry(3, 3, ("imo number", "7"))
    alone, twin = entry(4, 4, ("un", "b")), entry(5, 4, ("un", "b"))
    assert parties([un, eu, own, alone, twin]) == [[1, 2, 3]]
    assert parties([own, alone, un]) == []
    assert shared_marks(eu, [un, own, eu]) == ["imo number 7", "un a"]
    assert shared_marks(alone, [twin]) == []
    assert marks_of(("UN", ""), "KPe.1 ", [["Eu", "X"]], [["imo", "1"]]) == {
        ("un", "kpe.1"): "UN KPe.1", ("eu", "x"): "Eu X", ("imo number", "1"): "imo number 1"
    }  # fmt: skip


@pytest.fixture
def corpus(db):
    factories.scheme()
    made = factories.corpus("reports")
    factories.adopt(made)
    for code, text in LISTS.items():
        ScreenedBy.objects.create(corpus=made, list=listed.version(code, text, "2024-05-15").list)
    Entity.objects.create(corpus=made, name=NAME, type="COMPANY")
    carry_on(start(made).pk)
    return made


@pytest.fixture
def reviewer(corpus):
    person = factories.user("reviewer")
    factories.membership(corpus, person, "reviewer")
    return person


def cards():
    rows = ListCandidate.objects.order_by("list__code", "ref").select_related("list", "card")
    return {f"{row.list} {row.ref}": row.card and row.card_id for row in rows}


def candidate(code, ref):
    return ListCandidate.objects.select_related("entity__corpus", "list").get(list__code=code, ref=ref)


def body(leading, others, match="confirmed", **more):
    also = [{"candidate": row.pk, "entry": row.entry_digest} for row in others]
    return {"id": str(uuid.uuid4()), "match": match, "entry": leading.entry_digest, "also": also, **more}


def links():
    return dict(ListLink.objects.order_by("list").values_list("list", "match"))


def test_one_party_is_one_card_and_is_decided_in_one(corpus, reviewer):
    held = cards()
    together = {name for name, card in held.items() if card}
    assert together == {"EU EU.1.2", "OFAC 77", "UK DPR1", "UN KPe.001"}
    assert len({held[name] for name in together}) == 1
    un, eu, ofac = candidate("UN", "KPe.001"), candidate("EU", "EU.1.2"), candidate("OFAC", "77")
    sent = body(un, [eu, ofac])
    made = decide_candidate(un, reviewer, sent, "api")
    assert links() == {"EU": "confirmed", "OFAC": "confirmed", "UN": "confirmed"}
    rows = Decision.objects.order_by("list").values_list("list", "entry", "entry_digest", "user__username")
    assert list(rows) == [(row.list.code, row.ref, row.entry_digest, "reviewer") for row in (eu, ofac, un)]
    assert decide_candidate(un, reviewer, sent, "api") == made  # sent again
    assert Decision.objects.count() == 3
    assert candidate("UK", "DPR1").state == "open"
    revision = Entity.objects.get().revision
    decide_candidate(un, reviewer, body(un, [eu], "withdrawn", revision=revision), "api")
    assert links() == {"OFAC": "confirmed"}


def test_all_of_a_card_is_decided_or_nothing(corpus, reviewer):
    un, eu, seco = candidate("UN", "KPe.001"), candidate("EU", "EU.1.2"), candidate("SECO", "S-1")
    with pytest.raises(Invalid, match="not on the card"):
        decide_candidate(un, reviewer, body(un, [eu, seco]), "api")
    decide_candidate(eu, reviewer, body(eu, [], "rejected"), "api")
    with pytest.raises(Conflict):
        decide_candidate(un, reviewer, body(un, [eu]), "api")
    listed.version("EU", LISTS["EU"].replace("; on", "; KP; on"))
    with pytest.raises(Conflict):
        decide_candidate(un, reviewer, body(un, [eu], revision=Entity.objects.get().revision), "api")
    assert links() == {"EU": "rejected"}


def test_a_card_follows_the_lists(corpus):
    listed.version("UN", "KPe.002; Muster Bank")
    listed.version("OFAC", f"77; {NAME}")
    carry_on(start(corpus).pk)
    assert {name for name, card in cards().items() if card} == {"EU EU.1.2", "UK DPR1"}


def test_the_work_list_shows_a_card_once_and_decides_what_is_ticked(corpus, reviewer):
    client, page = signed_in(reviewer), "/corpora/reports/screening/"
    text = texts_of(client.get(page))
    assert "Candidates (3)" in text
    assert "Candidates (2)" in texts_of(client.get(page, {"list": "UK"}))
    un, eu = candidate("UN", "KPe.001"), candidate("EU", "EU.1.2")
    text = texts_of(client.get(un.get_absolute_url()))
    assert text.count('name="also"') == 3
    assert f'value="{eu.pk}:{eu.entry_digest}"' in text
    assert "un KPE.001" in text
    sent = {
        "id": str(uuid.uuid4()),
        "entry": un.entry_digest,
        "match": "rejected",
        "also": [f"{eu.pk}:{eu.entry_digest}", "x", "²:y"],
    }
    assert client.post(un.get_absolute_url(), sent).status_code == 302
    assert links() == {"EU": "rejected", "UN": "rejected"}
