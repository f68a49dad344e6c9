"""Two addresses are of one site where one registrant answers for both."""

import subprocess
import sys

import pytest

from config.environment import ROOT
from corpus.provenance.sites import host_of, same_author, same_site, site_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.bbc.co.uk/news/1", "http://feeds.bbc.co.uk/rss"),
        ("https://good.example/a", "https://www.good.example:8443/feed"),
        ("https://author.substack.com/p/1", "https://author.substack.com/feed"),
        ("https://a.x.github.io/", "https://x.github.io/"),
        ("https://www.뉴스.한국/1", "https://xn--vg1b002a.xn--3e0b707e/2"),
        ("https://GOOD.example./a", "https://good.example/b"),
        ("http://127.0.0.1/a", "http://127.0.0.1:8000/b"),
        ("http://[::1]/a", "http://[::1]/b"),
        ("http://desk/a", "http://desk/b"),
    ],
)
def test_one_registrant_answers_for_both(one, other):
    assert same_site(one, other)
    assert same_site(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://substack.com/evil", "https://author.substack.com/p/1"),
        ("https://evil.substack.com/p/1", "https://author.substack.com/p/1"),
        ("https://x.github.io/", "https://github.io/"),
        ("https://evil.github.io/", "https://good.github.io/"),
        ("https://evil.wordpress.com/", "https://good.wordpress.com/"),
        ("https://evil.co.uk/", "https://good.co.uk/"),
        ("https://co.uk/", "https://good.co.uk/"),
        ("https://evil.gov.kp/", "https://good.gov.kp/"),
        ("https://good.example.evil.test/", "https://good.example/"),
        ("https://evilgood.example/", "https://good.example/"),
        ("https://good.example@evil.test/", "https://good.example/"),
        ("http://10.0.0.1/", "http://20.0.0.1/"),
        ("http://1.0.0.1/", "http://0.0.1/"),
        ("", ""),
        ("page.html", "page.html"),
        ("http://[::1/", "http://[::1/"),
        ("http://a..b/", "http://a..b/"),
    ],
)
def test_nobody_answers_for_the_site_of_another(one, other):
    assert not same_site(one, other)
    assert not same_site(other, one)


def test_the_list_is_asked_without_a_network():
    """In a process where every socket is refused."""
    code = (
        "import sys; sys.addaudithook(lambda event, of: exit(f'it asked: {event}') if event.startswith('socket.') else None)\n"
        "from corpus.provenance.sites import site_of; print(site_of('a.b.co.uk'), site_of('a.x.github.io'))"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "b.co.uk x.github.io\n"


def test_a_host_is_told_as_the_name_system_knows_it():
    assert host_of("https://BÜCHER.example./a") == "xn--bcher-kva.example"
    assert site_of(host_of("https://a.個人.hk/")) == "a.xn--gmqw5a.hk"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.good.example/a?utm=1", "http://good.example:8080/b"),
        ("https://sites.google.com/view/good/a", "https://sites.google.com/view/good/b"),
        ("https://s3.eu-west-1.amazonaws.com/good/a", "https://s3.eu-west-1.amazonaws.com/good/b/c"),
        ("https://raw.githubusercontent.com/good/a/main/x", "https://raw.githubusercontent.com/good/b/main/y"),
        ("https://univ.example/~good/a", "https://univ.example/~good/b"),
        ("https://web.archive.org/web/2020/http://a.example/", "https://web.archive.org/web/2020/http://a.example/"),
    ],
)
def test_an_author_answers_for_what_is_his(one, other):
    assert same_author(one, other)
    assert same_author(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://evil.pixnet.net/a", "https://good.pixnet.net/a"),
        ("https://evil.jimdofree.com/", "https://good.jimdofree.com/"),
        ("https://news.bbc.co.uk/1", "https://www.bbc.co.uk/1"),
        ("https://sites.google.com/view/evil", "https://sites.google.com/view/good"),
        ("https://sites.google.com/view/evil/../good", "https://sites.google.com/view/evil"),
        ("https://sites.google.com/view/evil/%2e%2e/good", "https://sites.google.com/view/good"),
        ("https://s3.amazonaws.com/evil%2F..%2Fgood/a", "https://s3.amazonaws.com/good/a"),
        ("https://s3.amazonaws.com//evil/a", "https://s3.amazonaws.com//good/a"),
        ("https://www.x.com/evil/status/1", "https://x.com/good/status/1"),
        ("https://blog.naver.com/PostView.naver?blogId=evil", "https://blog.naver.com/PostView.naver?blogId=good"),
        ("https://archive.ph/AbCd1", "https://archive.ph/AbCd2"),
        ("https://web.archive.org/web/2020/http://evil.test/", "https://web.archive.org/web/2020/http://good.example/"),
        ("https://univ.example/~evil/", "https://univ.example/"),
        ("page.html", "page.html"),
        ("", ""),
    ],
)
def test_no_author_answers_for_what_is_another_s(one, other):
    assert not same_author(one, other)
    assert not same_author(other, one)
