"""While a run compares, it holds nothing: others edit, choose lists and load versions, and what they changed is compared again."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from registry.models import Entity, EntityName, ListCandidate, Screened, ScreenedBy
from registry.screening import run as runs
from registry.screening.match import entry_matches
from registry.screening.stale import outdated
from tests import factories, listed

pytestmark = pytest.mark.django_db(transaction=True)
LISTED = "TEST-001; Example Trading Corp; KP\nTEST-002; Muster Shipping LLC; KP"
LISTABLE = ("COMPANY",)


@pytest.fixture
def corpus():
    made = factories.corpus()
    ScreenedBy.objects.create(corpus=made, list=listed.version("TEST", LISTED, "2024-05-15").list)
    for name in ("Example Trading Corp", "Muster Shipping LLC"):
        Entity.objects.create(corpus=made, name=name, type="COMPANY")
    return made


@pytest.fixture
def screened(corpus, monkeypatch):
    """Screens while `act` is done on another connection, once, after names were read and before they are stored. The names of each time."""

    def screen(act):
        compared, acts = [], [act]

        def slow(subjects, *arguments):
            compared.append(sorted(subject.names[0] for subject in subjects))
            if acts:
                elsewhere(acts.pop())
            return entry_matches(subjects, *arguments)

        monkeypatch.setattr(runs, "entry_matches", slow)
        run = runs.begin(corpus, "person", LISTABLE)
        while not runs.take_turn(run, LISTABLE, seconds=60):
            pass
        run.refresh_from_db()
        return compared, run

    return screen


def elsewhere(act):
    """In a thread, which has a connection of its own."""

    def alone():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '60s'")
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(alone).result()


def candidates():
    rows = ListCandidate.objects.order_by("entity__name", "ref").values_list("entity__name", "ref", "state")
    return [tuple(row) for row in rows]


BOTH = ["Example Trading Corp", "Muster Shipping LLC"]


def test_an_entity_that_was_edited_is_left_to_screen_and_compared_as_it_is(corpus, screened):
    compared, run = screened(lambda: Entity.objects.filter(name="Example Trading Corp").update(name="Somebody Ltd"))
    assert compared == [BOTH, ["Somebody Ltd"]]
    assert candidates() == [("Muster Shipping LLC", "TEST-002", "open")]
    assert (run.counts["new"], run.done, outdated(corpus, LISTABLE, 9)) == (1, 2, [])
    assert set(Entity.objects.values_list("name", "screening")) == {
        ("Somebody Ltd", "no_match"),
        ("Muster Shipping LLC", "candidates"),
    }


def test_a_name_that_came_meanwhile_is_compared_too(screened):
    firm = Entity.objects.get(name="Example Trading Corp")
    compared, _ = screened(lambda: EntityName.objects.create(entity=firm, position=1, name="Muster Shipping"))
    assert compared == [BOTH, ["Example Trading Corp"]]
    assert ("Example Trading Corp", "TEST-002", "open") in candidates()


def test_an_entity_that_is_gone_leaves_nothing(screened):
    compared, _ = screened(lambda: Entity.objects.filter(name="Example Trading Corp").delete())
    assert (compared, Screened.objects.count()) == ([BOTH], 1)
    assert candidates() == [("Muster Shipping LLC", "TEST-002", "open")]


def test_a_version_that_came_meanwhile_is_the_one_that_is_compared(corpus, screened):
    compared, run = screened(lambda: listed.version("TEST", LISTED.replace("Muster Shipping LLC", "Nobody"), "2024-06-01"))
    assert compared == [BOTH, BOTH]
    assert candidates() == [("Example Trading Corp", "TEST-001", "open")]
    assert (run.versions, set(Screened.objects.values_list("version__number", flat=True))) == ({"TEST": 2}, {2})


def test_a_list_that_was_given_up_meanwhile_offers_nothing(corpus, screened):
    chosen = ScreenedBy.objects.get()
    compared, _ = screened(lambda: runs.forget_list(corpus, chosen.list))
    assert (compared, candidates(), Screened.objects.count()) == ([BOTH], [], 0)


def test_a_decision_that_was_made_meanwhile_stands(corpus, screened):
    from registry.models import ListLink

    firm = Entity.objects.get(name="Example Trading Corp")
    screened(lambda: ListLink.objects.create(entity=firm, list="TEST", entry="TEST-001", match="rejected"))
    assert candidates()[0] == ("Example Trading Corp", "TEST-001", "decided")


def test_names_may_take_longer_than_a_transaction_may_be_idle(corpus, screened):
    with connection.cursor() as cursor:
        cursor.execute("SET idle_in_transaction_session_timeout = '2s'")
    try:
        compared, run = screened(lambda: time.sleep(3))
        assert (compared, run.done, len(candidates())) == ([BOTH], 2, 2)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET idle_in_transaction_session_timeout")
