"""Nobody signs a decision about a sanctions list as another person, and no change makes one."""

import pytest
from django.db import IntegrityError, transaction

from registry.models import Decision, Entity, ListLink
from tests.api.world import change, new

FORGED = {"list": "UN", "entry": "KPe.001", "match": "confirmed", "reviewer": "manager"}


@pytest.fixture
def write(annotator, changes_url):
    def send(*changes):
        base = annotator.get(changes_url).json()["revision"]
        return annotator.post(changes_url, {"base": base, "changes": list(changes)}, format="json")

    return send


@pytest.fixture
def firm(own):
    return Entity.objects.get(pk=own.ids["group"])


@pytest.fixture
def decide(world, firm):
    def send(role, match="possible", **more):
        firm.refresh_from_db()
        body = {"id": new(), "revision": firm.revision, "list": "UN", "entry": "KPe.001", "match": match, **more}
        return world.clients[role].post(f"/api/v1/entities/{firm.pk}/decisions/", body, format="json")

    return send


def outcome(answer):
    return answer.status_code, [error["code"] for error in answer.json().get("errors", [])]


def updating(firm, **fields):
    return change("update", "entity", {"id": str(firm.pk), "revision": firm.revision, **fields})


@pytest.mark.parametrize(
    "fields", [{"list_links": [FORGED]}, {"screening": "no_match"}, {"screening": "linked"}, {"screening": "not_applicable"}]
)
def test_an_annotator_can_forge_neither_a_sign_off_nor_a_screening(write, firm, fields):
    made = {"id": new(), "type": "COMPANY", "name": "A firm", **fields}
    assert outcome(write(updating(firm, **fields))) == (422, ["LST-01"])
    assert outcome(write(change("create", "entity", made))) == (422, ["LST-01"])
    assert not ListLink.objects.exists()


def test_what_stands_may_be_sent_back_as_it_is_and_stays(write, decide, firm):
    assert decide("reviewer", "confirmed").status_code == 201
    link = ListLink.objects.get()
    firm.refresh_from_db()
    stored = write(updating(firm, name="Another name")).json()["changes"][0]["object"]
    firm.refresh_from_db()
    sent = {field: stored[field] for field in ("list_links", "screening", "note")}
    assert write(updating(firm, **sent)).status_code == 200
    assert ListLink.objects.get().pk == link.pk
    assert (stored["screening"], stored["list_links"][0]["reviewer"]) == ("linked", "reviewer")


def test_screening_of_a_new_entity_follows_the_scheme(write):
    kinds = [("COMPANY", {}, "not_screened"), ("TERRITORY", {}, "not_applicable"), ("INTL_BODY", {}, "not_applicable"),
             ("PERSON", {"anonymous": True}, "not_applicable"), ("PERSON", {"reference": "generic"}, "not_applicable")]  # fmt: skip
    made = [change("create", "entity", {"id": new(), "type": kind, "name": "N", **more}) for kind, more, _ in kinds]
    answer = write(*made).json()["changes"]
    assert [one["object"]["screening"] for one in answer] == [state for _, _, state in kinds]


@pytest.mark.parametrize(
    ("role", "match", "status"),
    [
        ("viewer", "possible", 404), ("foreign_manager", "possible", 404), ("annotator", "possible", 201), ("annotator", "rejected", 201),
        ("annotator", "confirmed", 403), ("reviewer", "confirmed", 201), ("manager", "confirmed", 201), ("anonymous", "possible", 401),
    ],
)  # fmt: skip
def test_who_may_decide_and_who_has_signed(world, decide, role, match, status):
    """A viewer knows nothing of an entity that only an open reading has made."""
    answer = decide(role, match)
    assert answer.status_code == status
    if status == 201:
        row = Decision.objects.get()
        assert (row.user, row.source, row.at is not None) == (ListLink.objects.get().reviewer, "api", True)


def test_the_signer_cannot_be_sent(decide):
    assert decide("reviewer", "confirmed", reviewer="manager").status_code in {400, 422}
    assert decide("reviewer", "confirmed", user="manager").status_code in {400, 422}
    assert not Decision.objects.exists()


def test_an_annotator_cannot_undo_what_a_reviewer_confirmed(decide):
    decide("reviewer", "confirmed")
    assert decide("annotator", "rejected").status_code == 403
    assert decide("reviewer", "withdrawn").status_code == 201
    assert not ListLink.objects.exists()
    assert Entity.objects.filter(screening="linked").count() == 0
    assert Decision.objects.count() == 2


def test_a_decision_on_what_somebody_wrote_to_meanwhile_is_told_both_states(decide, firm):
    old = firm.revision
    decide("reviewer", "confirmed")
    answer = decide("reviewer", "rejected", revision=old)
    assert answer.status_code == 409
    [conflict] = answer.json()["conflicts"]
    assert (conflict["yours"]["match"], conflict["theirs"]["match"], conflict["theirs"]["reviewer"]) == (
        "rejected", "confirmed", "reviewer",
    )  # fmt: skip


def test_the_same_decision_sent_twice_is_one_and_its_id_serves_no_other(decide, firm):
    once = {"id": new(), "revision": firm.revision}
    assert decide("reviewer", "confirmed", **once).json() == decide("reviewer", "confirmed", **once).json()
    assert decide("reviewer", "rejected", **once).status_code == 422
    assert Decision.objects.count() == 1


def test_not_applicable_needs_a_reason_and_no_link(decide):
    about = {"list": "", "entry": ""}
    assert decide("reviewer", "not_applicable", **about).status_code == 422
    decide("reviewer", "confirmed")
    assert outcome(decide("reviewer", "not_applicable", note="a pseudonym", **about)) == (422, ["LST-02"])
    decide("reviewer", "withdrawn")
    assert decide("reviewer", "not_applicable", note="a pseudonym", **about).status_code == 201
    assert Entity.objects.get(pk=Decision.objects.first().entity).screening == "not_applicable"


def test_what_was_decided_about_is_not_deleted(write, decide, own):
    lone = new()
    write(change("create", "entity", {"id": lone, "type": "COMPANY", "name": "A firm"}))
    ListLink.objects.create(entity_id=lone, list="UN", entry="1", match="possible")
    assert outcome(write(change("delete", "entity", {"id": lone, "revision": 1}))) == (422, ["in-use"])


def test_the_database_keeps_decisions_as_they_were_made(decide):
    decide("reviewer", "confirmed")
    for change_it in (lambda: Decision.objects.update(note="x"), lambda: Decision.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change_it()
