"""Where a corpus asks for two persons, the first one proposes, another one confirms, and nothing is linked in between."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from annotations.write.decide import decide
from annotations.write.decide_candidate import decide_candidate
from annotations.write.errors import Invalid, Malformed
from annotations.write.screening_runs import ask_for_second, carry_on, start
from registry.models import Decision, Entity, ListCandidate, ListLink, ScreenedBy, SecondPersonRule
from tests import factories, listed
from tests.staff import signed_in, texts_of

pytestmark = pytest.mark.django_db
V1 = "TEST-001; Exampel Trading Corporation; KP"


@pytest.fixture
def people(corpus):
    made = {role: factories.user(role) for role in ("annotator", "reviewer", "manager")}
    for role, person in made.items():
        factories.membership(corpus, person, role)
    return made


@pytest.fixture
def corpus():
    factories.scheme()
    made = factories.corpus("reports")
    factories.adopt(made)
    ScreenedBy.objects.create(corpus=made, list=listed.version("TEST", V1, "2024-05-15").list)
    Entity.objects.create(corpus=made, name="Exampel Trading Corporation", type="COMPANY")
    carry_on(start(made).pk)
    return made


@pytest.fixture
def asked(corpus, people):
    ask_for_second(corpus, people["manager"], is_on=True)


def body(match="confirmed", **more):
    row = ListCandidate.objects.get()
    return {"id": str(uuid.uuid4()), "match": match, "entry": row.entry_digest, "revision": row.entity.revision, **more}


def confirm(person, sent=None):
    row = ListCandidate.objects.select_related("entity__corpus", "list").get()
    return decide_candidate(row, person, sent or body(), "page")


def links():
    return list(ListLink.objects.values_list("match", "reviewer__username"))


def test_a_second_person_confirms_what_the_first_proposes(people, asked):
    sent = body()
    first = confirm(people["reviewer"], sent)
    assert (first.match, first.seconds, links(), ListCandidate.objects.get().state) == ("proposed", None, [], "open")
    assert confirm(people["reviewer"], sent) == first  # sent again
    with pytest.raises(Invalid, match="another reviewer has to confirm"):
        confirm(people["reviewer"])
    second = confirm(people["manager"])
    assert (second.match, second.seconds, links()) == ("confirmed", first.pk, [("confirmed", "manager")])
    assert (Entity.objects.get().screening, ListCandidate.objects.get().state) == ("linked", "decided")


def test_a_proposal_ends_with_another_decision_or_another_entry(corpus, people, asked):
    confirm(people["reviewer"])
    confirm(people["manager"], body("withdrawn"))
    assert confirm(people["manager"]).match == "proposed"
    listed.version("TEST", V1.replace("KP", "CN"))
    carry_on(start(corpus).pk)
    assert confirm(people["reviewer"]).match == "proposed"  # of the entry as it is now
    assert confirm(people["manager"]).match == "confirmed"


def test_the_rule_holds_for_decisions_by_hand_and_in_the_database(corpus, people, asked):
    entity = Entity.objects.get()
    about = {"list": "OTHER", "entry": "1", "match": "confirmed"}
    made = decide(entity, people["reviewer"], {"id": str(uuid.uuid4()), "revision": entity.revision, **about}, "api")
    assert (made.match, links()) == ("proposed", [])
    row = {"corpus": corpus, "entity": entity.pk, "source": "page", **about}
    for user, seconds in ((people["manager"], None), (people["reviewer"], made.pk), (people["manager"], uuid.uuid4())):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**row, user=user, seconds=seconds)
    Decision.objects.create(**row, user=people["manager"], seconds=made.pk)
    with pytest.raises(Malformed):
        decide(entity, people["reviewer"], {"id": str(uuid.uuid4()), "revision": 1, **about, "match": "proposed"}, "api")


def test_only_managers_ask_for_two_and_without_the_rule_one_is_enough(corpus, people):
    with pytest.raises(PermissionDenied):
        ask_for_second(corpus, people["reviewer"], is_on=True)
    assert confirm(people["reviewer"]).match == "confirmed"


def test_the_pages_say_who_proposed_and_who_may_confirm(people):
    manager, reviewer = signed_in(people["manager"]), signed_in(people["reviewer"])
    screening = "/corpora/reports/screening/"
    text = texts_of(manager.post(f"{screening}lists/", {"two": "on"}, follow=True))
    assert "Two persons confirm a match, since" in text
    confirm(people["reviewer"])
    page = ListCandidate.objects.get().get_absolute_url()
    for address in (screening, page):
        own, other = texts_of(reviewer.get(address)), texts_of(manager.get(address))
        assert "Another reviewer has to confirm." in own
        assert 'value="confirmed"' not in own
        assert "Confirm as second person" in other
        assert "Withdraw proposal" in own
    assert manager.get("/api/v1/corpora/reports/screening/").json()["second_person"] is True
    manager.post(f"{screening}lists/", {"two": "off"})
    assert not SecondPersonRule.objects.exists()
