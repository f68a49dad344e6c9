"""A manager pastes an article."""

import pytest

from corpus.models import Article, Intake
from tests import factories

TEXT = (
    "Factory closed\r\n\r\nThe factory in Dandong closed its doors last week because the visas of\r\nits workers had ended.\r\n"
)


@pytest.fixture
def corpus(db):
    return factories.corpus("reports")


@pytest.fixture
def send(client, corpus):
    manager = factories.user("manager")
    factories.membership(corpus, manager, "manager")
    client.force_login(manager)

    def post(text=TEXT, **fields):
        return client.post("/corpora/reports/add/", {"text": text, "add": "", **fields})

    return post


def test_it_is_stored_cleaned_and_shown(send, client):
    answer = send(language="en", outlet="Example Wire", published="2017-09")
    article = Article.objects.get()
    assert answer.url == f"/articles/{article.pk}/"
    assert (article.title, article.outlet.name, article.language, article.published_edtf) == (
        "Factory closed",
        "Example Wire",
        "en",
        "2017-09",
    )
    assert article.current.text.endswith("the visas of its workers had ended.\n")
    assert b"Joined a broken line" in client.get(answer.url).content


def test_who_did_it_is_noted(send):
    send()
    intake = Intake.objects.get()
    assert (str(intake.user), intake.door) == ("manager", "page")


def test_a_look_stores_nothing_and_shows_what_would_be(send, client, corpus):
    answer = client.post("/corpora/reports/add/", {"text": TEXT, "look": ""})
    assert "2 segments · 1 line join".encode() in answer.content
    assert not Article.objects.exists()


def looked_at(client, **fields):
    answer = client.post("/corpora/reports/add/", {"text": TEXT, "look": "", **fields})
    return answer, answer.context["form"].digest


def test_a_repair_that_is_refused_is_not_made(send, client, corpus):
    answer, seen = looked_at(client)
    ((offer,),) = [group.offers for group in answer.context["preview"].groups]
    assert "<del>⏎</del>" in answer.text
    again = client.post("/corpora/reports/add/", {"text": TEXT, "look": "", "seen": seen, "refuse": [offer.key]})
    assert "2 segments · 1 rejected" in again.text
    assert "checked" in again.text
    send(seen=seen, refuse=[offer.key])
    assert "visas of\nits workers" in Article.objects.get().current.text


def test_all_of_a_kind_are_refused_at_once(send, client, corpus):
    send(seen=looked_at(client)[1], refuse=["rejoin"])
    assert "visas of\nits workers" in Article.objects.get().current.text


def test_refusals_of_another_text_are_not_taken_for_this_one(send, client, corpus):
    answer = send(seen=looked_at(client)[1], refuse=["rejoin"], text=TEXT + "More.")
    assert "The text has changed since its repairs were rejected" in answer.text
    assert not Article.objects.exists()


@pytest.mark.parametrize("key", ["rejoin@1-999999", "nothing", "mojibake@x"])
def test_a_repair_that_there_is_not_cannot_be_refused(send, client, corpus, key):
    assert "this text has no repair" in send(seen=looked_at(client)[1], refuse=[key]).text
    assert not Article.objects.exists()


def test_as_it_is_means_every_character(send):
    send(as_is="on")
    assert Article.objects.get().current.text == TEXT.replace("\r\n", "\n")


def test_the_same_text_again_is_already_there(send, client):
    first = send()
    second = send()
    assert first.url == second.url
    assert Article.objects.count() == 1
    assert b"already in the corpus" in client.get(second.url).content


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \r\n "}, "text"),
        ({"text": "with \0 in it"}, "text"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"published": "last week"}, "published"),
        ({"published": "2017-13"}, "published"),
        ({"published": "2017-02-30"}, "published"),
    ],
)
def test_what_cannot_be_stored_is_told_at_its_field(send, fields, field):
    answer = send(**fields)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Article.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("annotator", 403), ("reviewer", 403), (None, 404)])
def test_only_a_manager_adds(client, corpus, role, status):
    person = factories.user()
    if role:
        factories.membership(corpus, person, role)
    client.force_login(person)
    assert client.get("/corpora/reports/add/").status_code == status
    assert client.post("/corpora/reports/add/", {"text": TEXT}).status_code == status
    assert not Article.objects.exists()
