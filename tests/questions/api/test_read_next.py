"""Articles to read next by API: the rows of the page, for whoever may see them."""

import pytest
from rest_framework.test import APIClient

from corpus.passages.index import index_all
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def unread(seeded, indexed):
    """The one with more of the words first; no copy of it, and nothing without the words."""
    more = factories.document("Forty workers were sent back and repatriated.", corpus=seeded)
    fewer = factories.document("They will return.", corpus=seeded)
    factories.document("Nothing of the kind.", corpus=seeded)
    factories.document("Workers were repatriated.", of=factories.article(seeded, "A copy", copy_of=more.article, similarity=0.9))
    index_all()
    return more, fewer


@pytest.fixture
def reviewer(seeded):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def get(seeded, reviewer):
    def get(ledger="events", by=reviewer, etag="", **query):
        client = APIClient()
        client.force_authenticate(by)
        return client.get(f"/api/v1/corpora/{seeded.slug}/ask/{ledger}/next/", query, headers={"If-None-Match": etag})

    return get


def test_the_rows_of_the_page(get, client, reviewer, seeded, unread):
    answer = get(type="REPATRIATE").json()
    client.force_login(reviewer)
    shown = client.get(f"/corpora/{seeded.slug}/ask/events/next/?type=REPATRIATE").context["articles"]
    assert answer["results"] == [each | {"article": str(each["article"])} for each in shown]
    assert [row["article"] for row in answer["results"]] == [str(document.article_id) for document in unread]
    assert {"repatriated", "sent back"} <= set(answer["results"][0]["words"])
    assert answer["question"]["self"].endswith(f"/corpora/{seeded.slug}/ask/events/next/?type=REPATRIATE")
    assert (answer["question"]["query"], answer["question"]["ledger"]) == ("type=REPATRIATE", "events")
    assert (answer["rests_on"]["marked"], answer["rests_on"]["not_marked"]) == (1, 3)


def test_annotated_is_what_the_asker_may_see_to_be(get, seeded, unread):
    """A viewer does not learn what somebody has begun to read."""
    viewer, other = factories.user(), factories.user()
    factories.membership(seeded, viewer, "viewer")
    factories.membership(seeded, other, "annotator")
    before = get(type="REPATRIATE", by=viewer)
    factories.assignment(unread[0], other)
    assert [row["article"] for row in get(type="REPATRIATE").json()["results"]] == [str(unread[1].article_id)]
    after = get(type="REPATRIATE", by=viewer)
    assert [row["article"] for row in after.json()["results"]] == [str(document.article_id) for document in unread]
    assert (after.json()["results"], after["ETag"]) == (before.json()["results"], before["ETag"])


def test_a_client_that_has_it_is_told_so(get, unread):
    first = get(type="REPATRIATE")
    assert get(type="REPATRIATE", etag=first["ETag"]).status_code == 304
    assert get(type="PAY", etag=first["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("ledger", "query", "status"),
    [
        ("events", {"type": "NOTHING"}, 400),
        ("events", {"q": "work"}, 400),
        ("events", {"limit": "5"}, 400),
        ("words", {}, 400),
        ("events", {"place": "3b241101-e2bb-4255-8caf-4136c566a962"}, 404),
        ("nothing", {}, 404),
        ("counts", {}, 200),
    ],
)
def test_what_is_asked_is_what_the_ledger_takes(get, unread, ledger, query, status):
    answer = get(ledger, **query)
    assert answer.status_code == status
    assert status != 200 or answer.json()["results"] == []


def test_a_parameter_that_stands_twice_is_refused(seeded, reviewer, unread):
    client = APIClient()
    client.force_authenticate(reviewer)
    address = f"/api/v1/corpora/{seeded.slug}/ask/events/next/?type=PAY&type=REPATRIATE"
    assert client.get(address).status_code == 400


def test_a_stranger_sees_no_corpus(get, unread):
    assert get(by=factories.user()).status_code == 404
