"""The page before another host."""

import pytest

from tests import factories


@pytest.fixture
def article(db, person, client):
    corpus = factories.corpus("reports")
    factories.membership(corpus, person, "viewer")
    client.force_login(person)
    return factories.article(corpus, url="https://elsewhere.invalid/a?b=1&c=2")


def test_it_names_the_host_and_tells_it_nothing(client, article):
    page = client.get(f"/articles/{article.pk}/original/").content.decode()
    assert "<strong>elsewhere.invalid</strong>" in page
    assert 'rel="noopener noreferrer external"' in page
    assert 'href="https://elsewhere.invalid/a?b=1&amp;c=2"' in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "no address", ""])
def test_other_addresses_are_never_links(client, article, url):
    article.url = url
    article.save()
    assert client.get(f"/articles/{article.pk}/original/").status_code == 404


def test_strangers_do_not_learn_the_address(client, article):
    client.force_login(factories.user("stranger"))
    assert client.get(f"/articles/{article.pk}/original/").status_code == 404


def test_browsers_tell_other_hosts_nothing(client, article):
    assert client.get("/").headers["Referrer-Policy"] == "same-origin"
