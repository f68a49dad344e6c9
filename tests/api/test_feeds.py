"""Subscriptions by API: made, paced, paused, looked at and ended by a manager."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.models import Feed
from tests.api.world import session

FEEDS = "/api/v1/corpora/own/feeds/"


@pytest.fixture
def manager(world, own):
    return session(world.cast["manager"])


def test_a_subscription_is_made_once_and_listed(manager):
    body = {"url": "https://news.invalid/feed", "minutes": 15, "with_pages": False}
    made = manager.post(FEEDS, body, format="json")
    assert made.status_code == 201
    again = manager.post(FEEDS, body, format="json").json()
    assert again["id"] == made.json()["id"]
    listed = {row["url"]: row for row in manager.get(FEEDS).json()["results"]}
    assert listed["https://news.invalid/feed"] == made.json()
    assert (made.json()["minutes"], made.json()["asked"], made.json()["problem"]) == (15, None, None)


def test_pages_of_other_sites_are_a_choice(manager):
    body = {"url": "https://news.invalid/feed"}
    made = manager.post(FEEDS, body, format="json").json()
    assert (made["other_sites"], made["left_over"], made["elsewhere"]) == (False, 0, 0)
    changed = manager.patch(f"{FEEDS}{made['id']}/", {"other_sites": True}, format="json").json()
    assert changed["other_sites"] is True
    chosen = manager.post(FEEDS, {"url": "https://other.invalid/feed", "other_sites": True}, format="json").json()
    assert chosen["other_sites"] is True


def test_an_address_that_is_never_fetched_is_refused_with_its_reason(manager):
    answer = manager.post(FEEDS, {"url": "http://me:secret@news.invalid/"}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "url"


def test_it_is_paused_paced_looked_at_and_ended(manager, own):
    one = f"{FEEDS}{own.feed.pk}/"
    paused = manager.patch(one, {"is_active": False, "minutes": 1440}, format="json").json()
    assert (paused["is_active"], paused["minutes"], paused["with_pages"]) == (False, 1440, True)
    assert manager.patch(one, {"is_active": True}, format="json").json()["due"] > paused["due"]
    assert manager.post(f"{one}look/").status_code == 202
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name="ask_feed")] == [{"feed": own.feed.pk}]
    assert manager.delete(one).status_code == 204
    assert not Feed.objects.filter(pk=own.feed.pk).exists()


@pytest.mark.parametrize(
    "change", [{"minutes": 1}, {"minutes": None}, {"url": "https://other.invalid/"}, {"is_active": "perhaps"}]
)
def test_a_change_that_makes_no_sense_is_refused(change, manager, own):
    assert manager.patch(f"{FEEDS}{own.feed.pk}/", change, format="json").status_code == 400
