"""The page on which a person decides whether an entity is an entry of a list, and signs it."""

import html
import re

import pytest

from registry.models import Decision, Entity, ListLink
from tests import factories
from tests.staff import signed_in, texts_of


@pytest.fixture
def entity(db):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    return Entity.objects.create(corpus=corpus, name="Example Trading", type="COMPANY")


@pytest.fixture
def client_of(entity):
    def make(role):
        person = factories.user(role)
        factories.membership(entity.corpus, person, role)
        return signed_in(person)

    return make


def fields(page):
    pairs = re.findall(r'<input type="hidden" name="(id|revision)" value="([^"]*)"', texts_of(page))
    return dict(pairs)


def test_a_reviewer_confirms_and_it_is_signed(entity, client_of):
    client, page = client_of("reviewer"), f"/entities/{entity.pk}/decisions/"
    sent = fields(client.get(page)) | {"match": "confirmed", "list": "UN", "entry": "KPe.001", "list_version": "2017-09-01"}
    assert client.post(page, sent | {"reviewer": "manager"}).status_code == 302
    assert (ListLink.objects.get().reviewer.username, Decision.objects.get().source) == ("reviewer", "page")
    text = texts_of(client.get(page))
    assert "UN KPe.001" in text
    assert ", by Reviewer" in text or ", by reviewer" in text


def test_an_annotator_is_not_offered_what_they_may_not_say(entity, client_of):
    client, page = client_of("annotator"), f"/entities/{entity.pk}/decisions/"
    text = texts_of(client.get(page))
    assert 'value="possible"' in text
    assert 'value="confirmed"' not in text
    sent = fields(client.get(page)) | {"match": "confirmed", "list": "UN", "entry": "1"}
    assert client.post(page, sent).status_code == 200
    assert not Decision.objects.exists()


def test_nothing_is_decided_by_who_chooses_nothing(entity, client_of):
    client, page = client_of("reviewer"), f"/entities/{entity.pk}/decisions/"
    assert '<option value="" selected>Choose</option>' in texts_of(client.get(page))
    sent = fields(client.get(page)) | {"match": "", "list": "UN", "entry": "1"}
    assert "This field is required." in texts_of(client.post(page, sent))
    assert not Decision.objects.exists()


def test_a_viewer_reads_and_does_not_decide(entity, client_of):
    client, page = client_of("viewer"), f"/entities/{entity.pk}/decisions/"
    assert "No decisions yet." in texts_of(client.get(page))
    assert '<button class="button primary">' not in texts_of(client.get(page))
    assert client.post(page, {}).status_code == 403


def test_a_page_that_was_overtaken_says_so(entity, client_of):
    client, page = client_of("reviewer"), f"/entities/{entity.pk}/decisions/"
    sent = fields(client.get(page)) | {"match": "confirmed", "list": "UN", "entry": "1"}
    Entity.objects.update(revision=7)
    answer = client.post(page, sent)
    assert answer.status_code == 409
    assert "Someone else has changed this" in texts_of(answer)


def test_the_merge_page_shows_decisions_that_differ_and_asks_which_holds(entity, client_of):
    client, twin = client_of("reviewer"), Entity.objects.create(corpus=entity.corpus, name="Example Trading Co", type="COMPANY")
    for each, match in ((entity, "rejected"), (twin, "confirmed")):
        ListLink.objects.create(entity=each, list="UN", entry="KPe.001", match=match)
    page = f"/entities/{entity.pk}/merge/?into={twin.pk}"
    text = texts_of(client.get(page))
    assert "UN KPe.001" in text
    assert ("confirmed, for" in text, "rejected, for" in text) == (True, True)
    assert client.post(page, {"into": twin.pk}).status_code == 409
    name = html.unescape(re.search(r'name="(link:[^"]*)"', text)[1])
    assert client.post(page, {"into": twin.pk, name: "gone"}).status_code == 302
    assert ListLink.objects.get().match == "rejected"
