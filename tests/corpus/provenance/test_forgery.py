"""Nobody speaks as a site whose bytes did not come from there: the attacks played through the real feeds, fetcher, readers and worker."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from corpus.intake import feeds, pages, review
from corpus.intake.deliveries import bring_in
from corpus.intake.fetch import Limits
from corpus.intake.hosts import fetch
from corpus.intake.ingest import AddressTakenError, ingest_text
from corpus.models import Article, Delivery, Held, Intake, IntakeItem
from corpus.tasks import read_turn
from tests import factories
from tests.corpus.web import PUBLIC, web

pytestmark = pytest.mark.django_db

TRUE = "http://good.example/report-1"
FEED = "http://evil.test/feed"
FAST = Limits(pace_seconds=0.0)
SAID = "The factory sent 300 workers home on Monday, the ministry said. " * 4
FORGED = "The factory has 30,000 workers, and never sent a single one of them home, whatever was written elsewhere. " * 4


def page(words: str, head: str = "") -> bytes:
    return f"<html><head><title>Workers</title>{head}</head><body><article><p>{words}</p><p>{words[::-1]}</p></article></body></html>".encode()


def canonical(address: str) -> str:
    return f"<link rel='canonical' href='{address}'><meta property='og:site_name' content='Good Example'>"


def rss(link: str, words: str = FORGED) -> bytes:
    item = f"<item><title>Workers</title><link>{link}</link><description>{words}</description></item>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Good Example</title>{item}</channel></rss>'.encode()


@pytest.fixture
def net(monkeypatch):
    with web() as made:
        for host in ("good.example", "news.good.example", "evil.test", "author.substack.com", "substack.com"):
            made.names[host] = [[PUBLIC]]
        made.pages["/report-1"] = (200, {"Content-Type": "text/html"}, page(SAID, canonical(TRUE)))
        made.pages["/feed"] = (200, {}, rss(TRUE))
        for module in (feeds, pages):
            monkeypatch.setattr(module, "fetch", lambda url, **marks: fetch(url, network=made, limits=FAST, **marks))
        yield made


@pytest.fixture
def manager():
    return factories.user("manager")


@pytest.fixture
def corpus(manager):
    made = factories.corpus("reports")
    factories.membership(made, manager, "manager")
    factories.outlet(made, "Good Example", domain="good.example")
    return made


def bring(corpus, *given: str | tuple[str, bytes], **options) -> Intake:
    """Files and addresses, read by a worker."""
    files = [one for one in given if not isinstance(one, str)]
    urls = [one for one in given if isinstance(one, str)]
    intake = bring_in(corpus, files, urls, user=None, door="page", **options)
    for delivery in Delivery.objects.filter(intake=intake).exclude(site=""):
        pages.fetch_next(delivery.site, job=1)
    read_turn(intake.pk, job=1)
    return intake


def only(intake: Intake) -> IntakeItem:
    return intake.items.select_related("document__article__outlet").get()


def provenance(article: Article) -> dict[str, str]:
    return {
        "url": article.url,
        "outlet": article.outlet.name if article.outlet else "",
        "claimed": article.claimed_url,
        "by": article.claimed_by,
        "from": article.current.retrieved_from,
    }


def subscribed(corpus, manager) -> Intake:
    feed = feeds.subscribe(corpus, FEED, user=manager, with_pages=False)
    return feeds.ask(feed.pk)


@pytest.fixture
def true_article(corpus, net) -> Article:
    """The page as its own site sent it."""
    article = only(bring(corpus, TRUE)).document.article
    assert provenance(article) == {"url": TRUE, "outlet": "Good Example", "claimed": "", "by": "", "from": TRUE}
    return article


def stands(article: Article) -> bool:
    """It has one text, and that is what its site said."""
    return article.documents.count() == 1 and "300 workers home" in article.current.text


# A feed of another site


def test_a_subscribed_feed_does_not_speak_as_the_site_that_it_links_to(corpus, manager, net):
    forged = only(subscribed(corpus, manager)).document.article
    assert provenance(forged) == {"url": "", "outlet": "", "claimed": TRUE, "by": f"the feed {FEED}", "from": FEED}
    assert ("good.example", "/report-1") not in net.asked


def test_the_true_page_is_no_text_of_the_forged_article(corpus, manager, net):
    forged = only(subscribed(corpus, manager)).document.article
    true = only(bring(corpus, TRUE)).document.article
    assert true != forged
    assert stands(true)
    assert provenance(true)["outlet"] == "Good Example"
    assert forged.documents.count() == 1


def test_an_entry_of_another_site_comes_in_once(corpus, manager, net):
    subscribed(corpus, manager)
    net.pages["/feed"] = (200, {}, rss(TRUE, FORGED + "Again."))
    assert feeds.ask(corpus.feeds.get().pk) is None
    assert Article.objects.count() == 1


def test_a_feed_that_is_subscribed_to_does_not_change_an_article_that_is_there(true_article, corpus, manager, net):
    assert subscribed(corpus, manager) is None
    assert stands(true_article)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(FEED, id="feed by address"),
        pytest.param(("feed.xml", rss(TRUE)), id="feed as a file"),
        pytest.param(("page.html", page(FORGED, canonical(TRUE))), id="page as a file"),
        pytest.param(
            ("page.html", page(FORGED, f"<meta property='og:url' content='{TRUE}'>")), id="page as a file, by Open Graph"
        ),
        pytest.param(("a.jsonl", json.dumps({"title": "Workers", "text": FORGED, "url": TRUE}).encode()), id="JSON Lines"),
        pytest.param(("a.csv", f'title,text,url\nWorkers,"{FORGED}",{TRUE}\n'.encode()), id="CSV"),
        pytest.param(
            (
                "a.mht",
                b"Snapshot-Content-Location: "
                + TRUE.encode()
                + b'\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
                + b"--x\r\nContent-Type: text/html\r\n\r\n"
                + page(FORGED)
                + b"\r\n--x--\r\n",
            ),
            id="saved page",
        ),
    ],
)
def test_what_came_from_elsewhere_waits_for_a_manager(given, true_article, corpus, net):
    item = only(bring(corpus, given))
    assert (item.outcome, item.document) == ("held", None)
    assert TRUE in item.detail
    assert item.reading.claims == true_article
    assert stands(true_article)
    assert Article.objects.count() == 1


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def crawl(address: str, content: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2017-09-04T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def test_a_member_of_an_archive_and_a_page_of_a_crawl_wait_too(true_article, corpus):
    for name, content in [("b.zip", zipped("a.html", page(FORGED, canonical(TRUE)))), ("c.warc", crawl(TRUE, page(FORGED)))]:
        assert only(bring(corpus, (name, content))).outcome == "held", name
    assert stands(true_article)


def test_a_page_of_a_crawl_is_of_the_file_and_of_the_day_on_which_it_came(corpus):
    document = only(bring(corpus, ("c.warc", crawl(TRUE, page(FORGED))))).document
    assert provenance(document.article) == {
        "url": "",
        "outlet": "",
        "claimed": TRUE,
        "by": "the file c.warc (of 2017-09-04)",
        "from": "c.warc",
    }
    assert document.retrieved >= document.intake_items.get().intake.started


def test_a_saved_page_of_an_address_that_is_not_there_is_only_claimed(corpus, net):
    forged = only(bring(corpus, ("page.html", page(FORGED, canonical(TRUE))))).document.article
    assert provenance(forged) == {"url": "", "outlet": "", "claimed": TRUE, "by": "the file page.html", "from": "page.html"}
    assert forged.claimed_outlet == "Good Example"
    true = only(bring(corpus, TRUE)).document.article
    assert true != forged
    assert stands(true)


def test_a_page_of_another_site_keeps_its_own_address_beside_the_one_that_it_claims(true_article, corpus, net):
    net.pages["/copy"] = (200, {"Content-Type": "text/html"}, page(FORGED, canonical(TRUE)))
    forged = only(bring(corpus, "http://evil.test/copy")).document.article
    assert provenance(forged) == {
        "url": "http://evil.test/copy",
        "outlet": "",
        "claimed": TRUE,
        "by": "the page http://evil.test/copy",
        "from": "http://evil.test/copy",
    }
    assert stands(true_article)


def test_a_site_does_not_take_the_outlet_of_another_by_its_name(corpus, net):
    net.pages["/own"] = (
        200,
        {"Content-Type": "text/html"},
        page(FORGED, "<meta property='og:site_name' content='Good Example'>"),
    )
    outlet = only(bring(corpus, "http://evil.test/own")).document.article.outlet
    assert (outlet.name, outlet.domain) == ("Good Example (evil.test)", "evil.test")


def test_an_author_of_a_blog_host_does_not_speak_as_another(corpus, net):
    net.pages["/evil"] = (200, {}, rss("http://author.substack.com/p/1"))
    forged = only(bring(corpus, "http://substack.com/evil")).document.article
    assert (forged.url, forged.claimed_url) == ("", "http://author.substack.com/p/1")


AUTHORS = [
    ("http://evil.pixnet.test/1", "http://good.pixnet.test/1"),
    ("http://news.good.example/1", "http://good.example/1"),
    ("http://s3.amazonaws.com/evil/1", "http://s3.amazonaws.com/good/1"),
    ("http://sites.google.com/view/evil/1", "http://sites.google.com/view/good/1"),
    ("http://raw.githubusercontent.com/evil/a/1", "http://raw.githubusercontent.com/good/a/1"),
    ("http://web.archive.org/web/2020/http://evil.test/1", "http://web.archive.org/web/2020/http://good.example/1"),
    ("http://univ.example/~evil/1", "http://univ.example/~good/1"),
]


@pytest.mark.parametrize(("evil", "good"), AUTHORS)
def test_an_author_does_not_speak_as_another_of_the_host(evil, good, corpus, net):
    for address, words in [(evil, FORGED), (good, SAID)]:
        host, _, path = address.removeprefix("http://").partition("/")
        net.names[host] = [[PUBLIC]]
        net.pages[f"/{path}"] = (200, {"Content-Type": "text/html"}, page(words, canonical(good)))
    if (
        evil.partition("//")[2].partition("/")[2] == good.partition("//")[2].partition("/")[2]
    ):  # one path: it has what is asked for last
        net.pages["/1"] = (200, {"Content-Type": "text/html"}, page(SAID, canonical(good)))
    true = only(bring(corpus, good)).document.article
    net.pages["/1"] = (200, {"Content-Type": "text/html"}, page(FORGED, canonical(good)))
    forged = only(bring(corpus, evil)).document.article
    assert (true.url, forged.url, forged.claimed_url, forged.outlet) == (good, evil, good, None)
    assert stands(true)


def test_a_redirect_is_of_the_site_that_sent_the_bytes(true_article, corpus, net):
    net.pages["/report-2"] = (302, {"Location": "http://evil.test/report-3"}, b"")
    net.pages["/report-3"] = (200, {"Content-Type": "text/html"}, page(FORGED, canonical(TRUE)))
    forged = only(bring(corpus, "http://good.example/report-2")).document.article
    assert (forged.url, forged.outlet, forged.current.retrieved_from) == (
        "http://evil.test/report-3",
        None,
        "http://evil.test/report-3",
    )
    assert stands(true_article)


# Controls


def test_a_page_that_its_address_sends_again_is_its_second_text(true_article, corpus, net):
    net.pages["/report-1"] = (200, {"Content-Type": "text/html"}, page(FORGED))
    item = only(bring(corpus, TRUE))
    assert (item.document.article, item.document.version, item.document.accepted_by) == (true_article, 2, None)


def test_a_feed_of_the_same_host_is_of_the_article(corpus, manager, net):
    feed = feeds.subscribe(corpus, "http://good.example/feed", user=manager, with_pages=False)
    entry = only(feeds.ask(feed.pk)).document
    assert provenance(entry.article) == {
        "url": TRUE,
        "outlet": "Good Example",
        "claimed": "",
        "by": "",
        "from": "http://good.example/feed",
    }
    page = only(bring(corpus, TRUE)).document
    assert (page.article, page.version) == (entry.article, 2)


def test_the_same_bytes_from_the_address_itself_make_the_claim_known(corpus, net):
    claimed = only(bring(corpus, ("page.html", page(SAID, canonical(TRUE))))).document.article
    item = only(bring(corpus, TRUE))
    assert (item.outcome, item.document.article) == ("present", claimed)
    claimed.refresh_from_db()
    assert (claimed.url, claimed.url_basis, claimed.claimed_url) == (TRUE, "fetched from it", "")


def test_a_page_that_was_saved_as_it_stands_there_is_there_already(true_article, corpus):
    assert only(bring(corpus, ("page.html", page(SAID, canonical(TRUE) + "<!-- saved -->")))).outcome == "present"


# What a manager decides


@pytest.fixture
def waiting(true_article, corpus) -> IntakeItem:
    return only(bring(corpus, ("page.html", page(FORGED, canonical(TRUE)))))


def test_a_manager_takes_it_for_the_newest_text_and_signs(waiting, true_article, manager):
    review.save(waiting, person=manager, as_text=True)
    document = IntakeItem.objects.get(pk=waiting.pk).document
    assert (document.article, document.version, document.accepted_by) == (true_article, 2, manager)
    assert document.retrieved_from == "page.html"
    assert not Held.objects.exists()


def test_a_manager_keeps_it_apart(waiting, true_article, manager):
    review.save(waiting, person=manager, as_text=False)
    apart = IntakeItem.objects.get(pk=waiting.pk).document.article
    assert apart != true_article
    assert (apart.url, apart.claimed_url) == ("", TRUE)
    assert stands(true_article)


def test_nothing_is_stored_without_a_verdict(waiting, true_article, manager):
    with pytest.raises(AddressTakenError):
        review.save(waiting, person=manager)
    assert review.save_all(waiting.intake) == 0
    assert IntakeItem.objects.get(pk=waiting.pk).outcome == "held"
    assert stands(true_article)


def test_what_waits_for_a_look_is_asked_for_once_its_address_is_known(corpus, manager, net):
    item = only(bring(corpus, ("page.html", page(FORGED, canonical(TRUE))), look_first=True))
    assert item.reading.claims is None
    true = only(bring(corpus, TRUE)).document.article
    with pytest.raises(AddressTakenError):
        review.save(item, person=manager)
    assert Held.objects.get().claims == true
    review.save(item, person=manager, as_text=False)
    assert stands(true)


def test_a_text_that_a_manager_types_with_its_address_bears_the_managers_name(true_article, corpus, manager):
    facts = {"url": TRUE, "outlet": "Good Example"}
    document = ingest_text(corpus, FORGED, user=manager, door="page", facts=facts).document
    assert (document.article, document.version, document.accepted_by) == (true_article, 2, manager)
    assert document.retrieved_from == "pasted text"
    fresh = ingest_text(corpus, FORGED + "More.", user=manager, door="api", facts=facts | {"url": f"{TRUE}0"}).document
    assert (fresh.article.url_basis, fresh.article.outlet_basis) == ("stated by manager", "stated by manager")
    assert (fresh.version, fresh.accepted_by, fresh.retrieved_from) == (1, None, "API")


def test_the_page_names_the_claim_and_takes_the_verdict(client, waiting, true_article, manager):
    client.force_login(manager)
    address = f"/intake-items/{waiting.pk}/look/"
    intake = client.get(f"/intakes/{waiting.intake_id}/").text
    assert ("it claims the URL of" in intake, "unreviewed" in intake) == (True, False)
    shown = client.get(address).text
    for words in (TRUE, "but came from page.html", "Accept as latest text of the article", "Save as separate article"):
        assert words in shown
    for words in ("<del>The factory sent 300 workers home", "<ins>The factory has 30,000 workers", "4 of 5 paragraphs differ"):
        assert words in shown
    assert "Not saved: it claims the URL of" in client.post(address, {"save": ""}, follow=True).text
    assert stands(true_article)
    client.post(address, {"save": "text"})
    assert true_article.documents.get(version=2).accepted_by == manager
    shown = client.get(f"/articles/{true_article.pk}/").text
    assert "accepted as a text of this article by manager" in shown


def test_the_api_names_the_claim_and_takes_the_verdict(client, waiting, true_article, manager):
    client.force_login(manager)
    address = f"/api/v1/intake-items/{waiting.pk}/"
    look = client.get(address).json()
    assert (look["claims"], look["source"]) == (str(true_article.pk), "page.html")
    undecided = client.post(f"{address}save/", {}, content_type="application/json")
    assert (undecided.status_code, "a manager must decide" in undecided.json()["detail"]) == (422, True)
    client.post(f"{address}save/", {"as_text": False}, content_type="application/json")
    apart = Article.objects.exclude(pk=true_article.pk).get()
    row = client.get(f"/api/v1/articles/{apart.pk}/").json()
    assert (row["url"], row["outlet"], row["claimed_url"], row["claimed_by"]) == (None, None, TRUE, "the file page.html")
    assert [(each["retrieved_from"], each["accepted_by"]) for each in row["documents"]] == [("page.html", None)]
    listed = f"/api/v1/corpora/{apart.corpus.slug}/articles/"
    found = {
        name: len(client.get(listed, {name: value}).json()["results"])
        for name, value in {"url": TRUE, "claimed_url": TRUE, "outlet": "Good Example", "claimed_outlet": "Good Example"}.items()
    }
    assert found == {"url": 1, "claimed_url": 1, "outlet": 1, "claimed_outlet": 1}


def test_only_a_manager_decides(client, waiting, true_article, corpus):
    annotator = factories.user("annotator")
    factories.membership(corpus, annotator, "annotator")
    client.force_login(annotator)
    assert client.post(f"/intake-items/{waiting.pk}/look/", {"save": "text"}).status_code == 403
    assert client.post(f"/api/v1/intake-items/{waiting.pk}/save/", {"as_text": True}, "application/json").status_code == 403
    typed = {"title": "Workers", "text": FORGED, "url": TRUE}
    assert client.post(f"/api/v1/corpora/{corpus.slug}/articles/", typed, "application/json").status_code == 403
    assert stands(true_article)


def test_the_article_page_and_the_list_say_that_it_is_only_claimed(client, corpus, manager, net):
    forged = only(bring(corpus, ("page.html", page(FORGED, canonical(TRUE))))).document.article
    client.force_login(manager)
    shown = client.get(forged.get_absolute_url()).text
    assert shown.count("(as claimed by the file page.html; not verified)") == 2
    assert f"/articles/{forged.pk}/original/" not in shown
    assert "unknown (claimed: Good Example)" in client.get(corpus.get_absolute_url()).text
