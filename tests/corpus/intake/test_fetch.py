"""Pages of the public web and nothing else, however an address is written or a name answers."""

from __future__ import annotations

import gzip
import zlib

import pytest

from corpus.intake.fetch import FetchError, Limits, fetch
from corpus.intake.public_addresses import is_public
from tests.corpus.web import PUBLIC, web

PAGE = b"<html><body><p>Bank A was listed.</p></body></html>"


@pytest.fixture
def net():
    with web() as made:
        made.names["news.test"] = [[PUBLIC]]
        made.pages["/a"] = (
            200,
            {"Content-Type": "text/html", "ETag": '"1"', "Last-Modified": "Mon, 04 Sep 2017 00:00:00 GMT"},
            PAGE,
        )
        yield made


def refusal(net, url: str, **options) -> str:
    with pytest.raises(FetchError) as told:
        fetch(url, network=net, **options)
    return str(told.value)


def test_a_page_comes_with_what_the_host_says_of_it(net) -> None:
    found = fetch("http://news.test/a?b=c", network=net) if net.pages.setdefault("/a?b=c", net.pages["/a"]) else None
    assert (found.url, found.content, found.kind, found.etag) == ("http://news.test/a?b=c", PAGE, "text/html", '"1"')
    assert net.asked == [("news.test", "/robots.txt"), ("news.test", "/a?b=c")]
    assert set(net.connected) == {PUBLIC}


def test_we_say_who_we_are(net) -> None:
    seen = {}
    net.pages["/a"] = lambda headers: seen.update(headers) or (200, {}, PAGE)
    fetch("http://news.test/a", network=net)
    assert seen["User-Agent"].startswith("Attest/")
    assert not {"Cookie", "Authorization", "Referer"} & set(seen)


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1 ::1 :: fd00::1 fe80::1
    fe80::1%eth0 ::ffff:127.0.0.1 64:ff9b::a9fe:a9fe 2002:7f00:1:: 2001:0:1:: ::7f00:1 fec0::1 ff02::1 nonsense""".split(),
)
def test_an_address_that_is_not_public_is_never_asked(net, address: str) -> None:
    assert not is_public(address)
    for answers in ([address], [PUBLIC, address]):
        net.names["bad.test"] = [answers]
        assert refusal(net, "http://bad.test/a") == "the host is not on the public web"
    assert net.connected == []


def test_a_name_that_changes_its_answer_is_checked_each_time(net) -> None:
    net.names["rebind.test"] = [[PUBLIC], ["127.0.0.1"]]
    assert refusal(net, "http://rebind.test/a") == "the host is not on the public web"
    assert net.asked == [("rebind.test", "/robots.txt")]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only URLs that start with http"),
        ("ftp://news.test/a", "only URLs that start with http"),
        ("//news.test/a", "only URLs that start with http"),
        ("http:///a", "only URLs that start with http"),
        ("http://news.test:22/", "only the usual web ports"),
        ("http://news.test:99999/", "not a URL of a web page"),
        ("http://[::1", "not a URL of a web page"),
        ("http://me@news.test/a", "a user name or password"),
        ("http://news.test@127.0.0.1/a", "a user name or password"),
        ("http://127.1/", "not on the public web"),
        ("http://2130706433/", "not on the public web"),
        ("http://①②⑦.⓪.⓪.①/", "not on the public web"),
    ],
)
def test_an_address_that_is_written_to_deceive_is_refused(net, url: str, why: str) -> None:
    assert why in refusal(net, url)
    assert net.connected == []


def test_each_redirect_is_checked_anew(net) -> None:
    net.pages["/away"] = (302, {"Location": "/a"}, b"")
    assert fetch("http://news.test/away", network=net).url == "http://news.test/a"
    for target in ("http://127.0.0.1/a", "file:///etc/passwd", "http://169.254.169.254/latest/"):
        net.pages["/away"] = (302, {"Location": target}, b"")
        assert refusal(net, "http://news.test/away").startswith(("the host is not", "only URLs"))
    net.pages["/loop"] = (302, {"Location": "/loop"}, b"")
    assert refusal(net, "http://news.test/loop") == "more than 5 redirects"


def test_robots_txt_is_heeded(net) -> None:
    net.pages["/robots.txt"] = (200, {}, b"User-agent: Attest\nDisallow: /a\n")
    assert refusal(net, "http://news.test/a") == "its robots.txt disallows it"
    net.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
    assert fetch("http://news.test/a", network=net).content == PAGE
    for status in (429, 503):
        net.pages["/robots.txt"] = (status, {}, b"")
        assert refusal(net, "http://news.test/a") == "its robots.txt cannot be read at the moment, so nothing is fetched from it"
    net.pages["/robots.txt"] = (403, {}, b"User-agent: *\nDisallow: /\n")
    assert fetch("http://news.test/a", network=net).content == PAGE


def test_robots_txt_is_followed_to_where_it_is(net) -> None:
    net.pages["/robots.txt"] = (301, {"Location": "/elsewhere.txt"}, b"")
    net.pages["/elsewhere.txt"] = (200, {}, b"User-agent: *\nDisallow: /a\n")
    assert refusal(net, "http://news.test/a") == "its robots.txt disallows it"


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_packed_answer_is_unpacked_within_its_limit(net, name: str, pack) -> None:
    net.pages["/a"] = (200, {"Content-Encoding": name}, pack(PAGE))
    assert fetch("http://news.test/a", network=net).content == PAGE
    net.pages["/a"] = (200, {"Content-Encoding": name}, pack(b"\0" * 3_000_000))
    assert refusal(net, "http://news.test/a", limits=Limits(bytes=1_000_000)) == "the page has more than 1 MB"


def test_too_much_is_noticed_while_it_comes(net) -> None:
    net.pages["/a"] = (200, {}, b"x" * 20_000_001)
    assert refusal(net, "http://news.test/a") == "the page has more than 20 MB"


def test_an_answer_that_is_cut_off_is_no_page(net) -> None:
    net.pages["/a"] = (200, {"Content-Length": "5000"}, PAGE)
    assert refusal(net, "http://news.test/a").startswith("the response was cut off")


def test_time_is_limited_in_all(net) -> None:
    """How it is kept: tests/corpus/intake/test_fetch_deadline.py."""
    assert refusal(net, "http://news.test/a", limits=Limits(seconds=0.0)) == "it took more than 0 seconds"


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_of_the_host_is_told_without_its_page(net, status: int) -> None:
    net.pages["/a"] = (status, {}, b"secret of the host")
    assert refusal(net, "http://news.test/a") == f"the host responded with status {status}"


def test_a_page_that_has_not_changed_is_not_sent_again(net) -> None:
    net.pages["/a"] = lambda headers: (304, {}, b"") if headers.get("If-None-Match") == '"1"' else (200, {}, PAGE)
    assert fetch("http://news.test/a", etag='"1"', network=net) is None
    assert fetch("http://news.test/a", etag='"2"', network=net).content == PAGE
