"""The file as it was received, for those who may see the article, and inert."""

import pytest

from tests import factories


@pytest.fixture
def document(db, person):
    article = factories.article(factories.corpus("reports"), source_file="folder/000 <b>.html")
    factories.membership(article.corpus, person, "viewer")
    return factories.document("<script>alert(1)</script>", of=article)


def fetch(client, document, who):
    client.force_login(who)
    return client.get(f"/documents/{document.pk}/raw/")


def test_the_very_bytes_are_sent(client, document, person):
    assert fetch(client, document, person).content == bytes(document.raw.content)


def test_no_browser_shows_or_runs_it(client, document, person):
    headers = fetch(client, document, person).headers
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"] == 'attachment; filename="000_b_.html"'
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a"; x="b', "a\r\nSet-Cookie: x", "한국.txt", ".htaccess", ""])
def test_a_hostile_name_stays_a_name(client, document, person, name):
    document.article.source_file = name
    document.article.save()
    sent = fetch(client, document, person).headers["Content-Disposition"].removeprefix('attachment; filename="').rstrip('"')
    assert sent
    assert not set(sent) & set('"\\/\r\n;')
    assert not sent.startswith(".")


def test_a_stranger_is_told_that_there_is_nothing(client, document):
    assert fetch(client, document, factories.user("stranger")).status_code == 404
