"""Ticked events are added up on a page, which says why they are apart, or which pairs may count the same."""

import pytest

from annotations.models import Event
from questions.coreference.judge import judge
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def events(gold):
    return {event.key: event for event in Event.objects.all()}


@pytest.fixture
def get(client, reviewer, seeded):
    client.force_login(reviewer)

    def get(*rows, status=200, more=""):
        query = "&".join(f"row={getattr(row, 'pk', row)}" for row in rows)
        answer = client.get(f"/corpora/{seeded.slug}/ask/events/sum/?{query}{more}")
        assert answer.status_code == status, answer.content.decode()[:3000]
        return answer.content.decode()

    return get


def test_parts_of_one_whole(get, events):
    page = get(events["EV07"], events["EV08"])
    assert "<h1>300</h1>" in page
    assert "1 and 2: parts of one whole, which they do not exceed." in page
    assert "Judge 1 and 2" not in page


def test_what_may_count_the_same(get, events, reviewer):
    page = get(events["EV07"], events["EV16"])
    assert "<h1>No sum</h1>" in page
    assert "1 and 2: nobody has judged whether they are the same." in page
    assert f"?row={events['EV07'].pk}&amp;row={events['EV16'].pk}" in page
    judge(events["EV07"], events["EV16"], "different", reviewer, "<b>Elsewhere</b>")
    page = get(events["EV07"], events["EV16"])
    assert "<h1>190</h1>" in page
    assert "judged different events: <bdi>&lt;b&gt;Elsewhere&lt;/b&gt;</bdi>" in page


def test_the_events_page_leads_to_it(client, get, events, seeded):
    page = client.get(f"/corpora/{seeded.slug}/ask/events/?whose=gold").content.decode()
    assert f'formaction="/corpora/{seeded.slug}/ask/events/sum/"' in page
    assert '<input type="hidden" name="whose" value="gold">' in page
    assert "<h1>300</h1>" in get(events["EV07"], events["EV08"], more="&whose=gold")


@pytest.mark.parametrize(
    ("rows", "words"), [((), "takes 2 to 50 ids of events, and has 0"), (("x", "y"), "takes 2 to 50 ids of events")]
)
def test_what_cannot_be_added_says_why(get, events, rows, words):
    page = get(*rows, status=400)
    assert words in page
    assert 'role="alert"' in page


def test_a_viewer_reads_and_does_not_judge(client, get, events, seeded):
    viewer = factories.user("viewer")
    factories.membership(seeded, viewer, "viewer")
    client.force_login(viewer)
    page = get(events["EV07"], events["EV16"])
    assert "Reviewers judge pairs." in page
    assert "Judge 1 and 2" not in page


def test_a_foreign_corpus_looks_like_none(client, seeded, events):
    client.force_login(factories.user("outsider"))
    assert client.get(f"/corpora/{seeded.slug}/ask/events/sum/?row={events['EV07'].pk}").status_code == 404


def test_findings_stand_in_words(client, get, seeded):
    page = client.get(f"/corpora/{seeded.slug}/ask/findings/?code=FIG-06&result=warning").content.decode()
    assert "differ by a factor of 2.08" in page
    assert "Exchange rates" in page
    assert "1 row · " in page
    assert "check: Exchange rates" in page
    money = client.get(f"/corpora/{seeded.slug}/ask/figures/?attr=payment_type:levy&label=MONEY").content.decode()
    assert "Worked out: <bdi>45,000 CNY per month for 300" in money
