"""The page of subscriptions: everybody sees how they go, a manager changes them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.models import Feed
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/corpora/reports/feeds/"


@pytest.fixture
def manager(client):
    corpus, who = factories.corpus("reports"), factories.user("manager")
    factories.membership(corpus, who, "manager")
    client.force_login(who)
    return who


def subscribed(client) -> Feed:
    answer = client.post(PAGE, {"url": "https://news.invalid/feed", "minutes": "360"})
    assert answer.headers["Location"] == PAGE
    return Feed.objects.get()


def test_a_manager_subscribes_and_sees_how_it_goes(client, manager) -> None:
    feed = subscribed(client)
    assert (feed.minutes, feed.with_pages, feed.created_by) == (360, False, manager)
    Feed.objects.update(problem="the host responded with status 404", failures=3)
    text = client.get(PAGE).text
    for words in (feed.url, "never", "the host responded with status 404", "(3 times)", "No worker is running"):
        assert words in text


def test_an_address_that_is_never_fetched_is_refused(client, manager) -> None:
    assert "with a user name or password" in client.post(PAGE, {"url": "http://me:secret@news.invalid/", "minutes": "60"}).text
    assert not Feed.objects.exists()


def test_it_is_paused_resumed_looked_at_and_removed(client, manager) -> None:
    feed = subscribed(client)
    client.post(f"/feeds/{feed.pk}/change/", {"pause": ""})
    assert not Feed.objects.get().is_active
    assert "Resume" in client.get(PAGE).text
    client.post(f"/feeds/{feed.pk}/change/", {"resume": ""})
    assert Feed.objects.get().is_active
    client.post(f"/feeds/{feed.pk}/change/", {"look": ""})
    (job,) = ProcrastinateJob.objects.filter(task_name="ask_feed")
    assert job.args == {"feed": feed.pk}
    assert feed.url in client.get(f"/feeds/{feed.pk}/remove/").text
    assert Feed.objects.exists()
    client.post(f"/feeds/{feed.pk}/remove/")
    assert not Feed.objects.exists()


def test_a_manager_chooses_whether_pages_of_other_sites_are_fetched(client, manager) -> None:
    client.post(PAGE, {"url": "https://news.invalid/feed", "minutes": "60", "with_pages": "on"})
    feed = Feed.objects.get()
    assert feed.other_sites is False
    assert "Also fetch linked pages on other sites" in client.get(PAGE).text
    assert "Include other sites" not in client.get(PAGE).text
    Feed.objects.update(elsewhere=12, left_over=1, etag='"1"')
    text = client.get(PAGE).text
    assert "12 new entries link to other sites: not fetched." in text
    assert "1 new entry left for the next refresh: at most 100 are imported at a time." in text
    assert "Include other sites" in text
    client.post(f"/feeds/{feed.pk}/change/", {"other_sites": ""})
    feed.refresh_from_db()
    assert (feed.other_sites, feed.etag) == (True, "")
    assert ", also on other sites" in client.get(PAGE).text
    client.post(f"/feeds/{feed.pk}/change/", {"own_site": ""})
    assert Feed.objects.get().other_sites is False


def test_a_feed_is_subscribed_to_with_pages_of_other_sites(client, manager) -> None:
    client.post(PAGE, {"url": "https://news.invalid/feed", "minutes": "60", "with_pages": "on", "other_sites": "on"})
    assert Feed.objects.get().other_sites is True


def test_a_viewer_sees_them_and_can_change_nothing(client, manager) -> None:
    feed = subscribed(client)
    viewer = factories.user("viewer")
    factories.membership(feed.corpus, viewer, "viewer")
    client.force_login(viewer)
    text = client.get(PAGE).text
    assert feed.url in text
    assert "Refresh now" not in text
    assert "Subscribe</button>" not in text
    assert client.post(f"/feeds/{feed.pk}/change/", {"pause": ""}).status_code == 403
    assert client.post(PAGE, {"url": "https://news.invalid/other", "minutes": "60"}).status_code == 403


def test_a_feed_is_subscribed_to_once(client, manager) -> None:
    subscribed(client)
    assert "Already subscribed to" in client.post(PAGE, {"url": "https://news.invalid/feed", "minutes": "60"}, follow=True).text
    assert Feed.objects.get().minutes == 360


def test_the_page_does_not_ask_for_each_feed(client, manager) -> None:
    counts = []
    for number in (1, 29):
        rows = [
            Feed(
                corpus=manager.memberships.get().corpus,
                url=f"https://news.invalid/{number}/{n}",
                created_by=manager,
                due=timezone.now(),
            )
            for n in range(number)
        ]
        Feed.objects.bulk_create(rows)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
