"""A guessed encoding is marked until a person confirms it, and again for a newer text."""

import pytest

from corpus.edits.encodings import with_guess
from corpus.intake.ingest import ingest
from corpus.models import Article, Document, Edit
from tests import factories

FILES = [
    ("a.txt", "Северокорейские рабочие были отправлены домой из Китая. ".encode("cp1251")),
    ("b.txt", "Работали дома.".encode()),
]


@pytest.fixture
def page(client, db):
    corpus = factories.corpus("reports")
    client.force_login(factories.membership(corpus, factories.user("mina"), "manager").user)
    ingest(corpus, FILES, door="command")
    return client


def guesses():
    return sorted(row.guessed_encoding for row in with_guess(Article.objects.all()))


def test_it_is_marked_in_list_and_page_until_it_is_confirmed(page):
    document = Document.objects.get(encoding="cp1251")
    assert guesses() == ["", "cp1251"]
    listed = page.get("/corpora/reports/?guessed=on")
    assert listed.content.count(b"Encoding guessed: cp1251") == len(listed.context["page"].object_list) == 1
    address = f"/articles/{document.article_id}/"
    assert b"The encoding is guessed: cp1251" in page.get(address).content
    for _ in range(2):
        assert page.post(f"/documents/{document.pk}/encoding/").url == address
    assert b"The encoding is guessed" not in page.get(address).content
    assert guesses() == ["", ""]
    assert Edit.objects.get().after == {"encoding": "cp1251 (confirmed)"}
    factories.document("Another text", of=document.article)
    Document.objects.filter(version=2).update(encoding="koi8_r", encoding_basis="guessed by statistics: check the text")
    assert guesses() == ["", "koi8_r"]
