"""Subscriptions: what is new comes in once; a feed that fails is asked less and less often."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from corpus.intake import feeds
from corpus.intake.fetch import FetchError, Limits
from corpus.intake.hosts import SharedHosts, fetch
from corpus.models import Article, Delivery, Feed, Intake
from tests import factories
from tests.corpus.web import PUBLIC, web

pytestmark = pytest.mark.django_db
FAST = Limits(pace_seconds=0.0)


def rss(*numbers: int) -> bytes:
    items = "".join(
        f"<item><title>Report {n}</title><link>http://news.test/{n}</link><description>The text of report {n}.</description></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()


@pytest.fixture
def net(monkeypatch):
    with web() as made:
        made.names["news.test"] = [[PUBLIC]]
        made.pages["/feed"] = (200, {"ETag": '"1"'}, rss(1, 2))
        monkeypatch.setattr(feeds, "fetch", lambda url, **marks: fetch(url, network=made, limits=FAST, **marks))
        yield made


@pytest.fixture
def feed(net):
    return feeds.subscribe(factories.corpus("reports"), "http://news.test/feed", user=factories.user("manager"), with_pages=False)


def fresh(feed: Feed) -> Feed:
    return Feed.objects.get(pk=feed.pk)


def test_what_is_new_comes_in_once(net, feed) -> None:
    assert [item.outcome for item in feeds.ask(feed.pk).items.all()] == ["stored", "stored"]
    assert feeds.ask(feed.pk) is None
    net.pages["/feed"] = (200, {"ETag": '"2"'}, rss(1, 2, 3))
    assert [item.document.article.title for item in feeds.ask(feed.pk).items.all()] == ["Report 3"]


def test_a_feed_that_has_not_changed_is_not_sent_again(net, feed) -> None:
    feeds.ask(feed.pk)
    assert fresh(feed).etag == '"1"'
    net.pages["/feed"] = lambda headers: (304, {}, b"") if headers.get("If-None-Match") == '"1"' else (500, {}, b"")
    assert feeds.ask(feed.pk) is None
    assert (fresh(feed).failures, fresh(feed).etag) == (0, '"1"')


def test_the_page_of_an_entry_is_fetched_where_that_is_wanted(net, feed) -> None:
    Feed.objects.update(with_pages=True)
    intake = feeds.ask(feed.pk)
    assert list(Delivery.objects.values_list("url", flat=True)) == ["http://news.test/1", "http://news.test/2"]
    assert intake.finished is None


def test_a_feed_that_fails_is_asked_less_often_and_says_why(net, feed) -> None:
    net.pages["/feed"] = (500, {}, b"")
    waits = []
    for _ in range(8):
        assert feeds.ask(feed.pk) is None
        waits.append(round((fresh(feed).due - fresh(feed).asked) / timedelta(hours=1)))
    assert waits == [2, 4, 8, 16, 24, 24, 24, 24]
    assert (fresh(feed).failures, fresh(feed).problem) == (8, "the host responded with status 500")
    net.pages["/feed"] = (200, {}, rss(1))
    feeds.ask(feed.pk)
    assert (fresh(feed).failures, fresh(feed).problem, fresh(feed).title) == (0, "", "News")


def test_a_page_that_is_no_feed_is_a_problem_and_no_article(net, feed) -> None:
    net.pages["/feed"] = (
        200,
        {"Content-Type": "text/html"},
        b"<html><body><p>There used to be a feed here, and there is none.</p></body></html>",
    )
    assert feeds.ask(feed.pk) is None
    assert fresh(feed).problem == "the response is not a feed"
    assert not Article.objects.exists()


def test_an_entry_without_an_address_comes_in_once(net, feed) -> None:
    net.pages["/feed"] = (200, {}, rss(1).replace(b"<link>http://news.test/1</link>", b""))
    assert [item.outcome for item in feeds.ask(feed.pk).items.all()] == ["stored"]
    assert feeds.ask(feed.pk) is None


def test_looking_now_does_not_wait_until_it_is_due(feed) -> None:
    feeds.look_now(feed)
    (job,) = ProcrastinateJob.objects.all()
    assert (job.args, job.lock) == ({"feed": feed.pk}, "site news.test")


def test_a_paused_feed_is_not_asked_and_one_turned_on_is_due_at_once(net, feed) -> None:
    feeds.adjust(feed, is_active=False)
    assert (feeds.defer_due(), feeds.ask(feed.pk)) == (0, None)
    assert net.asked == []
    Feed.objects.update(due=timezone.now() + timedelta(hours=1))
    feeds.adjust(fresh(feed), is_active=True)
    assert feeds.defer_due() == 1


def test_feeds_that_are_due_get_a_job_each_and_only_once(feed) -> None:
    Feed.objects.create(
        corpus=feed.corpus, url="http://news.test/later", created_by=feed.created_by, due=timezone.now() + timedelta(hours=1)
    )
    Feed.objects.create(
        corpus=feed.corpus, url="http://news.test/off", created_by=feed.created_by, due=timezone.now(), is_active=False
    )
    assert feeds.defer_due() == 1
    assert feeds.defer_due() == 0
    assert [job.args for job in ProcrastinateJob.objects.all()] == [{"feed": feed.pk}]


def test_an_address_that_is_never_fetched_is_refused_at_once(feed) -> None:
    with pytest.raises(FetchError, match="only URLs that start with http"):
        feeds.subscribe(feed.corpus, "file:///etc/passwd", user=feed.created_by)


# What one look takes


def entry(link: str, day: str = "") -> str:
    date = f"<pubDate>{day} 2024 10:00:00 GMT</pubDate>" if day else ""
    return f"<item><title>Report of {link}</title><link>{link}</link>{date}<description>The text of {link}.</description></item>"


def feed_of(*entries: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{"".join(entries)}</channel></rss>'.encode()


def delivered() -> list[str]:
    return list(Delivery.objects.order_by("intake_id", "position").values_list("url", flat=True))


def test_a_look_takes_the_newest_hundred_and_the_next_one_what_is_still_there(net, feed) -> None:
    Feed.objects.update(with_pages=True)
    old = [entry(f"http://news.test/old{n}", "01 Jan") for n in range(60)]
    new = [entry(f"http://news.test/new{n}", "02 Jan") for n in range(60)]
    net.pages["/feed"] = lambda headers: (
        (304, {}, b"") if "If-None-Match" in headers else (200, {"ETag": '"1"'}, feed_of(*old, *new))
    )
    feeds.ask(feed.pk)
    assert delivered() == [f"http://news.test/new{n}" for n in range(60)] + [f"http://news.test/old{n}" for n in range(40)]
    assert fresh(feed).left_over == 20
    feeds.ask(feed.pk)
    assert delivered()[100:] == [f"http://news.test/old{n}" for n in range(40, 60)]
    assert fresh(feed).left_over == 0
    assert feeds.ask(feed.pk) is None


def test_what_waits_or_failed_today_is_not_asked_for_again(net, feed) -> None:
    Feed.objects.update(with_pages=True)
    feeds.ask(feed.pk)
    Delivery.objects.filter(url="http://news.test/1").update(state="failed", site="")
    net.pages["/feed"] = (200, {}, rss(1, 2, 3))
    feeds.ask(feed.pk)
    assert delivered() == ["http://news.test/1", "http://news.test/2", "http://news.test/3"]
    Intake.objects.update(started=timezone.now() - timedelta(days=2))
    feeds.ask(feed.pk)
    assert delivered()[3:] == ["http://news.test/1"]


def test_pages_of_other_sites_are_fetched_only_by_choice(net, feed) -> None:
    Feed.objects.update(with_pages=True)
    page = feed_of(entry("http://victim.test/1"), entry("http://www.news.test/2"), entry("http://news.test.evil.test/3"))
    net.pages["/feed"] = lambda headers: (304, {}, b"") if "If-None-Match" in headers else (200, {"ETag": '"1"'}, page)
    feeds.ask(feed.pk)
    assert delivered() == ["http://www.news.test/2"]
    assert fresh(feed).elsewhere == 2
    assert not Article.objects.exists()
    feeds.adjust(fresh(feed), other_sites=True)
    feeds.ask(feed.pk)
    assert delivered()[1:] == ["http://victim.test/1", "http://news.test.evil.test/3"]
    assert fresh(feed).elsewhere == 0


def test_a_feed_that_moved_leads_to_the_pages_of_where_it_is_now(net, feed) -> None:
    Feed.objects.update(with_pages=True)
    net.names["moved.test"] = [[PUBLIC]]
    net.pages["/feed"] = (301, {"Location": "http://moved.test/rss"}, b"")
    net.pages["/rss"] = (200, {}, feed_of(entry("http://moved.test/1")))
    feeds.ask(feed.pk)
    assert delivered() == ["http://moved.test/1"]


def test_a_feed_whose_site_may_not_be_asked_yet_is_asked_later(net, feed) -> None:
    SharedHosts().turn("news.test", 600, 5)
    assert feeds.ask(feed.pk) is None
    assert (fresh(feed).failures, fresh(feed).asked) == (0, None)
    (job,) = ProcrastinateJob.objects.all()
    assert (job.args, job.queue_name, job.lock) == ({"feed": feed.pk}, "fetch", "site news.test")
    assert timedelta(seconds=500) < job.scheduled_at - timezone.now() <= timedelta(seconds=600)


def test_a_feed_that_takes_long_to_read_is_a_problem(net, feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "READ_SECONDS", 0)
    assert feeds.ask(feed.pk) is None
    assert fresh(feed).problem == "reading its entries took more than 0 seconds"
