"""A gold in progress passes to another adjudicator; what was decided keeps its author."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from annotations.assign import submit
from annotations.models import AdjudicationDecision, Assignment, Notice, Transition
from annotations.write.adjudicate import DROP, DecisionDraft, decide, start
from annotations.write.adjudication_state import AdjudicationState
from annotations.write.errors import Closed, Invalid
from annotations.write.hand_over import hand_over
from tests import factories, readings
from tests.annotations.pages.conftest import as_, corpus, page, people, queries
from tests.api.world import session

__all__ = ["as_", "corpus", "page", "people", "queries"]


@pytest.fixture
def pair(corpus, people):
    ben = factories.user("ben")
    factories.membership(corpus, ben, "annotator")
    return readings.readings(corpus, [people.annotator, ben], [readings.no_edit, readings.some_differences])


@pytest.fixture
def begun(pair, people):
    return start(pair[0].document, people.reviewer)[0]


@pytest.fixture
def other(corpus):
    account = factories.user("other")
    factories.membership(corpus, account, "reviewer")
    return account


def drop_one(begun, who):
    state = AdjudicationState(begun)
    base = Assignment.objects.get(pk=begun.gold_id).revision
    return decide(begun, who, DecisionDraft(uuid.uuid4(), str(state.undecided[0].location), DROP, base))


def test_the_new_holder_goes_on_and_decisions_keep_their_authors(begun, people, other):
    first = drop_one(begun, people.reviewer)
    hand_over(begun.gold, other, people.manager, "On leave.")
    gold = Assignment.objects.get(pk=begun.gold_id)
    assert gold.annotator == other
    assert (Assignment.writable(other, gold.pk), Assignment.writable(people.reviewer, gold.pk)) == (gold, None)
    second = drop_one(begun, other)
    authors = AdjudicationDecision.objects.filter(pk__in=[first.pk, second.pk]).order_by("position")
    assert [each.user for each in authors] == [people.reviewer, other]
    begun.refresh_from_db()
    assert begun.user == people.reviewer, "who began it"
    step = Transition.objects.get(assignment=gold)
    assert (step.kind, step.user, step.previous_holder, step.holder, step.note) == (
        "handed-over", people.manager, people.reviewer, other, "On leave.",
    )  # fmt: skip
    told = Notice.objects.filter(kind="handed-over").values_list("user__username", "assignment")
    assert set(told) == {("reviewer", gold.pk), ("other", gold.pk)}


def test_it_is_safe_to_repeat_and_the_way_back_is_another_step(begun, people, other):
    for account in (other, other, people.reviewer):
        hand_over(begun.gold, account, people.manager)
    holders = Transition.objects.order_by("at").values_list("previous_holder__username", "holder__username")
    assert list(holders) == [("reviewer", "other"), ("other", "reviewer")]


def test_only_to_who_can_adjudicate_the_text(begun, people, other, corpus):
    former = factories.user("former", is_active=False)
    factories.membership(corpus, former, "reviewer")
    factories.assignment(begun.gold.document, other)
    for account in (people.viewer, people.annotator, people.stranger, former, other):
        with pytest.raises(Invalid, match="cannot adjudicate this article"):
            hand_over(begun.gold, account, people.manager)
    hand_over(begun.gold, people.manager, people.manager)
    assert Assignment.objects.get(pk=begun.gold_id).annotator == people.manager


def test_only_by_managers_and_only_a_gold_in_progress(begun, pair, people, other):
    for account in (people.reviewer, people.annotator, people.stranger):
        with pytest.raises(PermissionDenied):
            hand_over(begun.gold, other, account)
    with pytest.raises(Invalid, match="Only a gold"):
        hand_over(pair[0], other, people.manager)
    factories.submitted(begun.gold)
    with pytest.raises(Closed):
        hand_over(begun.gold, other, people.manager)
    assert not Transition.objects.filter(kind="handed-over").exists()


def test_a_gold_that_was_begun_from_nothing_is_handed_over_too(corpus, people, other):
    gold = factories.assignment(
        factories.document("Nothing to see.", corpus=corpus), people.reviewer, role="adjudication", status="open"
    )
    hand_over(gold, other, people.manager)
    gold.refresh_from_db()
    submit(gold)
    assert Transition.objects.filter(assignment=gold, kind="submitted").get().user == other


@pytest.mark.django_db
@pytest.mark.parametrize("holders", [{}, {"holder": "manager"}, {"holder": "manager", "previous_holder": "manager"}])
def test_the_database_holds_who_held_it_and_who_holds_it(begun, people, holders):
    fields = {name: getattr(people, role) for name, role in holders.items()}
    with pytest.raises(IntegrityError, match="transition_handed_over_has_holders"), transaction.atomic():
        Transition.objects.create(assignment=begun.gold, revision=1, kind="handed-over", at=begun.at, **fields)
    both = {"holder": people.manager, "previous_holder": people.reviewer}
    with pytest.raises(IntegrityError, match="transition_handed_over_has_holders"), transaction.atomic():
        Transition.objects.create(assignment=begun.gold, revision=1, kind="submitted", at=begun.at, **both)


# By page


def test_a_manager_hands_over_on_a_page_and_the_adjudication_says_so(as_, begun, people, other):
    manager, address = as_("manager"), f"/annotate/{begun.gold_id}/hand-over/"
    assert address in manager.get(begun.get_absolute_url()).text
    assert address in manager.get(f"/articles/{begun.gold.document.article_id}/").text
    assert address not in as_("reviewer").get(begun.get_absolute_url()).text
    form = manager.get(address).text
    assert "other (reviewer)" in form
    assert ">reviewer (reviewer)" not in form, "the holder"
    assert manager.post(address, {"member": ""}).status_code == 200
    member = other.memberships.get()
    answer = manager.post(address, {"member": member.pk, "note": "On leave."}, follow=True)
    assert "Gold handed over to other." in answer.text
    text = as_(other).get(begun.get_absolute_url()).text
    assert "from reviewer to other" in text
    assert "“On leave.”" in text
    lines = {who: as_(who).get("/notices/").text for who in ("reviewer", other)}
    assert "Gold handed over to another adjudicator" in lines["reviewer"]
    assert "Gold handed over to you" in lines[other]


def test_a_gold_that_was_submitted_meanwhile_is_not_handed_over_on_the_page(as_, begun, other):
    factories.submitted(begun.gold)
    address = f"/annotate/{begun.gold_id}/hand-over/"
    assert "nothing to hand over" in as_("manager").get(address).text
    answer = as_("manager").post(address, {"member": other.memberships.get().pk})
    assert answer.status_code == 409
    assert Assignment.objects.get(pk=begun.gold_id).annotator.username == "reviewer"


# By API


def test_by_api(begun, pair, people, other):
    manager, address = session(people.manager), f"/api/v1/assignments/{begun.gold_id}/"
    assert session(people.reviewer).patch(address, {"holder": "other"}, format="json").status_code == 403
    assert session(people.viewer).patch(address, {"holder": "other"}, format="json").status_code == 404
    for body in ({"holder": "nobody"}, {"holder": "other", "due": None}, {"holder": "other", "revision": 1}, {"holder": None}):
        assert manager.patch(address, body, format="json").status_code == 400, body
    refused = manager.patch(address, {"holder": "annotator"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert manager.patch(address, {"holder": "other", "note": "On leave."}, format="json").json()["annotator"] == "other"
    decisions = f"/api/v1/adjudications/{begun.pk}/decisions/"
    body = {
        "id": str(uuid.uuid4()),
        "difference": str(AdjudicationState(begun).undecided[0].location),
        "outcome": "dropped",
        "base": 1,
    }
    assert session(people.reviewer).post(decisions, body, format="json").status_code == 403
    assert session(other).post(decisions, body, format="json").status_code == 201
