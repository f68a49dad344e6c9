"""Journey 2: thirty things come in by drag and drop, paste, address and feed; copies are put aside, and nothing twice.

A worker runs in a process of its own, as in an installation; for it, the web is a server of this machine.
"""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import connection
from playwright.sync_api import expect

from config.environment import ROOT
from corpus.cleaning.source_map import Run, SourceMap
from corpus.intake.deliveries import SILENT_SECONDS, is_worker_alive
from corpus.models import Article, Corpus, Document, Feed, Intake, Membership
from tests import factories
from tests.api.world import session
from tests.corpus.web import web

RAW = (factories.DOMAIN / "000_3e4db3711cb7c38f.txt").read_bytes()
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
SEED = "More North Korean factory workers in Dandong repatriated"
FX = {
    "FX-1.txt": RAW,
    "FX-3.txt": "Photos show more than 20 North Korean workers waiting for a train at Dandong Railway Station on the morning of "
    "September 4, 2017, a source in China told Daily NK. They had worked at a cold storage facility that did not extend their "
    "contracts.",
    "FX-4.txt": "About 20,000 North Koreans worked in Dandong in the first half of 2017, Yonhap reported. On September 12 the "
    "authorities were told not to extend their visas.",
    "FX-5.txt": "A medicine factory in Kaisantun, Longjing City, sent home all of its more than 70 North Korean workers in "
    "mid-October 2017, a local source told Daily NK on November 2.",
    "FX-6.txt": "「丹東市の繊維工場では北朝鮮労働者300人のうち170人が帰国させられ、残る130人もまもなく帰国する見通しだと、管理担当者が"
    "デイリーNKに語った。300人が1か月に稼ぐ外貨は4万5000元（約76万3000円）だった。」",
    "FX-7.txt": "🏭 Factory closed: 170 workers left on 𝟒 September.",
}
SECONDS = 180_000  # a worker of this machine reads everything in it, however busy it is


def near_copy() -> str:
    """FX-2: straight quotation marks, no captions, another last line."""
    plain = RAW.decode().translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})
    kept = [part for part in plain.split("\n\n") if "Image: Daily NK" not in part]
    return "\n\n".join(kept).rstrip() + "\n\nCopyright Example Wire\n"


def others() -> dict[str, bytes]:
    """Twenty-three things of many kinds: text in old encodings, pages, an archive of more, and four that are broken."""
    made = {f"wire/report {n}.txt": f"Report {n}\n\n{words(n)}".encode() for n in range(12)}
    made |= {f"web/page {n}.html": page_html(f"Page {n}", words(n + 100)).encode() for n in range(4)}
    made["old/보도.txt"] = "제목\n\n중국 단둥의 공장에서 일하던 북한 노동자들이 9월에 귀국했다고 소식통이 말했다.\n".encode(
        "cp949"
    )
    made["old/報道.txt"] = (
        "題名\n\n丹東の工場で働いていた労働者が九月に帰国したと関係者が語った。会社は何も答えていない。\n".encode("shift_jis")
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside/one.txt", f"First inside\n\n{words(200)}")
        archive.writestr("inside/two.txt", f"Second inside\n\n{words(201)}")
    made["more.zip"] = packed.getvalue()
    made["broken/no encoding.txt"] = bytes(range(256)) * 20
    made["broken/empty.txt"] = b""
    made["broken/cut.pdf"] = b"%PDF-1.7\n1 0 obj <<"
    made["broken/20 MB.txt"] = b"words and words " * 1_250_000
    return made


def words(n: int) -> str:
    return " ".join(f"matter{(n * 7919 + k * k) % 100_003}" for k in range(60)) + "."


def page_html(title: str, text: str) -> str:
    return (
        f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


@pytest.fixture
def corpus(transactional_db) -> Corpus:
    made = factories.corpus("reports")
    factories.adopt(made)
    factories.membership(made, factories.user("manager"), "manager")
    return made


@pytest.fixture
def manager(page, sign_in, corpus):
    person = Membership.objects.get(corpus=corpus).user
    sign_in(page, person)
    return person


@pytest.fixture
def net():
    with web() as made:
        yield made


@pytest.fixture
def worker(net, transactional_db) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.corpus.web_worker", str(net.port), "pace_seconds=0.05"]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def drop(page, files: dict[str, bytes | str]) -> None:
    """Let go of files over the form, as a person does who has dragged them there."""
    given = [(name, b64encode(data.encode() if isinstance(data, str) else data).decode()) for name, data in files.items()]
    transfer = page.evaluate_handle(
        """(given) => {
          const transfer = new DataTransfer();
          for (const [name, data] of given) {
            transfer.items.add(new File([Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))], name));
          }
          return transfer;
        }""",
        given,
    )
    page.locator("[data-drop]").dispatch_event("drop", {"dataTransfer": transfer})


def bring_in(page, files: dict[str, bytes | str] | None = None, addresses: str = "", *, look: bool = False) -> Intake:
    """On the page of the form; then on that of the intake, when everything is read."""
    page.goto("/corpora/reports/add/")
    if files:
        drop(page, files)
        expect(page.locator("[data-files] li")).to_have_count(len(files))
    page.get_by_label("URLs").fill(addresses)
    page.get_by_label("Review before storing").set_checked(look)
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url("**/intakes/*/", timeout=SECONDS)
    expect(page.get_by_text("Finished.")).to_be_visible(timeout=SECONDS)
    return Intake.objects.latest("pk")


def row(page, name: str):
    return page.locator("#results tr", has=page.get_by_role("rowheader", name=name, exact=True))


def test_b1_and_a1_a_look_before_anything_is_stored(page, manager, corpus, worker):
    bring_in(page, {"FX-1.txt": RAW}, look=True)
    assert not Article.objects.exists()
    page.get_by_role("link", name="Review", exact=True).click()
    page.wait_for_url("**/look/")
    told = page.get_by_role("status").filter(has_text="segments")
    for count in (
        "13 segments",
        "5 line joins",
        "1 stray no-break space",
        "1 repaired encoding error",
        "2 image credits",
        "1 marker",
    ):
        expect(told).to_contain_text(count)
    repair = page.locator(".offers li", has_text="¡ã")
    expect(repair).to_contain_text("▲")
    expect(repair).to_contain_text("read as Latin-1/cp1252")
    expect(page.locator(".offers li", has_text="⏎⍽")).to_have_count(1)
    expect(page.locator(".offers li").get_by_role("checkbox")).to_have_count(6)
    every = page.get_by_label("Reject all 5")
    every.check()
    expect(page.locator(".offers li input:checked")).to_have_count(5)
    page.locator(".offers li input:checked").first.uncheck()
    expect(every).not_to_be_checked()
    every.check()
    every.uncheck()
    expect(page.locator(".offers li input:checked")).to_have_count(0)
    repair.get_by_role("checkbox").check()
    page.get_by_role("button", name="Preview without the rejected repairs").click()
    expect(told).to_contain_text("1 rejected")
    expect(page.get_by_role("region", name="Clean text")).to_contain_text("¡ã")
    page.locator(".offers li", has_text="¡ã").get_by_role("checkbox").uncheck()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/intakes/*/")
    stored = Document.objects.select_related("raw").get()
    assert stored.sha256 == GOLD["document"]["clean_sha256"]
    assert bytes(stored.raw.content) == RAW
    way = SourceMap.of(Run(**run) for run in stored.source_map)
    raw, at = RAW.decode(), stored.text.index("warning")
    start, end = way.range_to_raw(at, at + len("warning"))
    assert raw[start:end] == "warning"


def test_b1_pasted_text_is_looked_at_too(page, manager, corpus):
    page.goto("/corpora/reports/add/")
    page.get_by_label("Text", exact=True).fill(RAW.decode())
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("status").filter(has_text="13 segments · 5 line joins · 1 stray no-break space")).to_be_visible()
    page.locator(".offers li", has_text="¡ã").get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Add article").click()
    page.wait_for_url("**/articles/*/")
    assert "¡ã North Korean workers" in Document.objects.get().text


def test_b2_b3_b4_and_a2_a_folder_of_thirty_things(page, manager, corpus, worker, allowed_console):
    allowed_console.append("422.*/files/")  # the empty file is refused at once
    first = bring_in(page, {"FX-1.txt": RAW})
    intake = bring_in(page, FX | {"FX-2.txt": near_copy()} | others())
    for name in ("FX-3.txt", "FX-4.txt", "FX-5.txt", "FX-6.txt", "FX-7.txt", "web/page 3.html", "old/보도.txt", "old/報道.txt"):
        expect(row(page, name)).to_contain_text("stored")
    expect(row(page, "more.zip/inside/two.txt")).to_contain_text("stored")
    expect(row(page, "FX-1.txt")).to_contain_text("already present")  # B3
    for name, why in (
        ("broken/empty.txt", "the file is empty"),
        ("broken/no encoding.txt", ""),
        ("broken/cut.pdf", "PDF"),
        ("broken/20 MB.txt", "too long"),
    ):
        expect(row(page, name)).to_contain_text("failed")  # B4
        expect(row(page, name)).to_contain_text(why)
    assert (first.items.count(), intake.items.filter(outcome="failed").count(), intake.items.count()) == (1, 4, 30 + 1)
    assert Article.objects.count() == 27
    beside_each_other(page)
    same_story_in_another_language(page)
    filtered(page, manager)


def beside_each_other(page) -> None:
    """B2: FX-2 is held as a near-copy, with a percentage and the differences side by side."""
    expect(row(page, "FX-2.txt")).to_contain_text("near-duplicate")
    link = row(page, "FX-2.txt").get_by_role("link", name=f"% like “{SEED[:20]}")
    percent = int(link.inner_text().split()[0])
    assert 70 <= percent < 100
    link.click()
    expect(page.get_by_role("heading", name=f"Near-duplicate: {percent} % shared")).to_be_visible()
    expect(page.locator("ins", has_text="Copyright Example Wire")).to_be_visible()
    expect(page.locator("del", has_text="Image: Daily NK")).to_have_count(2)
    page.get_by_role("button", name="Confirm duplicate").click()
    expect(page.get_by_text("Confirmed.")).to_be_visible()
    assert list(Article.objects.exclude(copy_of=None).values_list("title", flat=True)) == [SEED]


def same_story_in_another_language(page) -> None:
    """B2: FX-6 is no copy by its words, and is put to FX-1 by hand."""
    japanese = Article.objects.get(source_file="FX-6.txt")
    assert (japanese.copy_of, japanese.language) == (None, "ja")
    page.goto(f"/articles/{japanese.pk}/")
    page.get_by_role("link", name="Link to the same story").click()
    page.get_by_label("Search titles and texts").fill("repatriated")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("row", name=SEED).first.get_by_role("button", name="Link").click()
    expect(page.get_by_text("Articles linked to the same story.")).to_be_visible()


def filtered(page, manager) -> None:
    """A2: by language and story, on the page and by API; copies stand aside until they are asked for."""
    story = Article.objects.get(source_file="FX-6.txt").cluster
    page.goto("/corpora/reports/")
    expect(page.get_by_role("status").filter(has_text="26 articles")).to_be_visible()
    page.get_by_text("More filters").click()
    page.get_by_label("Language").select_option("ja")
    page.get_by_label("Story").select_option(label=story.name)
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(page.locator("tbody .title")).to_have_count(1)
    page.goto("/corpora/reports/?copies=on")
    expect(page.get_by_role("status").filter(has_text="27 matching articles")).to_be_visible()
    api = session(manager)
    found = api.get("/api/v1/corpora/reports/articles/", {"cluster": story.pk}).json()["results"]
    assert len(found) == 2
    assert len(api.get("/api/v1/corpora/reports/articles/", {"is_copy": "true"}).json()["results"]) == 1


def test_addresses_a_changed_page_a_failure_that_is_tried_again_and_a_feed(page, manager, corpus, worker, net):
    net.pages["/robots.txt"] = (404, {}, b"")
    net.pages["/news"] = (200, {"Content-Type": "text/html"}, report("A report", "It was closed in August.").encode())
    intake = bring_in(page, addresses="http://news.test/news\nhttp://news.test/late")
    expect(row(page, "http://news.test/late")).to_contain_text("the host responded with status 404")
    assert intake.items.filter(outcome="stored").count() == 1
    net.pages["/late"] = (200, {"Content-Type": "text/html"}, page_html("A late report", words(999)).encode())
    page.get_by_role("button", name="Retry failed").click()
    expect(page.get_by_text("2 stored, 0 near-duplicates, 0 already present, 0 failed")).to_be_visible(timeout=SECONDS)
    what_changed(page, net)
    a_feed(page, net, corpus)


def what_changed(page, net) -> None:
    """The same address with another text: a new document of the same article, and the difference."""
    net.pages["/news"] = (200, {"Content-Type": "text/html"}, report("A report", "It was closed in September.").encode())
    bring_in(page, addresses="http://news.test/news")
    article = Article.objects.get(url="http://news.test/news")
    assert [one.version for one in article.documents.order_by("version")] == [1, 2]
    page.goto(f"/articles/{article.pk}/")
    page.get_by_role("link", name="Changes").click()
    expect(page.locator("del", has_text="August")).to_be_visible()
    expect(page.locator("ins", has_text="September")).to_be_visible()


def a_feed(page, net, corpus) -> None:
    """A subscription is looked at by the worker, and its entries' pages come in."""
    items = "".join(f"<item><title>Entry {n}</title><link>http://news.test/entry/{n}</link></item>" for n in (1, 2))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Example Wire</title>{items}</channel></rss>'
    net.pages["/feed"] = (200, {"ETag": '"1"', "Content-Type": "application/rss+xml"}, feed.encode())
    for n in (1, 2):
        net.pages[f"/entry/{n}"] = (200, {"Content-Type": "text/html"}, report(f"Entry {n}", words(300 + n)).encode())
    page.goto("/corpora/reports/feeds/")
    page.get_by_label("URL").fill("http://news.test/feed")
    page.get_by_role("button", name="Subscribe").click()
    page.get_by_role("button", name="Refresh http://news.test/feed now").click()
    expect(page.get_by_text("Refresh of “http://news.test/feed” queued")).to_be_visible()
    expect(reloaded(page, "/corpora/reports/intakes/")).to_contain_text("feed, manager", timeout=SECONDS)
    page.get_by_role("row", name="feed, manager").get_by_role("link").first.click()
    expect(page.get_by_text("Finished. 2 stored")).to_be_visible(timeout=SECONDS)
    assert (Feed.objects.get().title, Feed.objects.get().etag) == ("Example Wire", '"1"')
    page.goto("/corpora/reports/feeds/")
    page.get_by_role("link", name="Remove Example Wire").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Subscription to")).to_be_visible()
    assert Article.objects.filter(corpus=corpus, url__startswith="http://news.test/entry/").count() == 2


def reloaded(page, address: str):
    """The main part of a page that is asked for until a job has begun."""
    for _ in range(240):
        page.goto(address)
        if page.get_by_text("feed, manager").count():
            break
        page.wait_for_timeout(500)
    return page.get_by_role("main")


def report(title: str, ending: str) -> str:
    text = "The factory in Dandong employed 300 workers, a manager told the wire. " * 5
    return page_html(title, f"{text}{ending}")


def test_when_the_worker_dies_the_page_says_so_within_half_a_minute(page, manager, corpus, worker):
    bring_in(page, {"a.txt": "Something\n\nThat is read."})
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    page.goto("/corpora/reports/add/")
    drop(page, {"b.txt": "Something else\n\nThat waits."})
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url("**/intakes/*/")
    assert SILENT_SECONDS <= 30
    with connection.cursor() as cursor:  # in place of waiting for it
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - make_interval(secs => %s)", [SILENT_SECONDS]
        )
    expect(page.get_by_text("No worker is running")).to_be_visible()
    assert not is_worker_alive()


def test_a_file_that_did_not_arrive_is_sent_again_to_the_same_intake(page, manager, corpus, allowed_console):
    allowed_console.append("net::ERR_|503")
    lost: list[str] = []

    def once(route) -> None:
        if len(lost) < 2:
            lost.append(route.request.url)
            return route.abort() if len(lost) == 1 else route.fulfill(status=503, body="")
        return route.continue_()

    page.route("**/files/", once)
    page.goto("/corpora/reports/add/")
    drop(page, {"a.txt": "First", "b.txt": "Second", "c.txt": "Third"})
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("[data-files]")).to_contain_text("a.txt not uploaded: the server is not responding")
    expect(page.locator("[data-files]")).to_contain_text("b.txt not uploaded: server error 503")
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url("**/intakes/*/")
    assert sorted(Intake.objects.get().deliveries.values_list("name", flat=True)) == ["a.txt", "b.txt", "c.txt"]
