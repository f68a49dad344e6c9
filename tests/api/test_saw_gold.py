"""Who submits, can read the gold and opens again is marked so for ever: API, export and admin tell it."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.models import Assignment
from tests import factories
from tests.api.world import session

URL = "/api/v1/assignments/"


def set_status(client, reading, status):
    return client.patch(f"{URL}{reading.pk}/", {"status": status}, format="json")


@pytest.fixture
def empty(world, own):
    """A person who opens the text that has a gold, and submits it without a mark."""
    person = factories.user("copyist")
    factories.membership(own.corpus, person, "annotator")
    return factories.assignment(own.document, person)


@pytest.fixture
def copyist(empty):
    return session(empty.annotator)


def test_submit_empty_read_the_gold_and_open_again_is_marked(world, own, empty, copyist):
    gold = f"{URL}{own.gold.pk}/"
    assert copyist.get(gold).status_code == 404
    assert set_status(copyist, empty, "submitted").json()["saw_gold"] is None
    assert copyist.get(gold).json()["mentions"]
    told = set_status(copyist, empty, "open").json()["saw_gold"]
    empty.refresh_from_db()
    assert abs(empty.saw_gold - timezone.now()) < timedelta(minutes=5)
    set_status(copyist, empty, "submitted")
    assert set_status(copyist, empty, "open").json()["saw_gold"] == told


def test_the_export_tells_it_in_both_ways_of_building_it(own, empty, copyist, client_of):
    set_status(copyist, empty, "submitted")
    set_status(copyist, empty, "open")
    one = copyist.get(f"{URL}{empty.pk}/").json()
    lines = client_of("manager").get(f"/api/v1/corpora/{own.corpus.slug}/export/?drafts=1&format=native").getvalue().splitlines()
    exported = {line["id"]: line["saw_gold"] for line in map(json.loads, lines) if "id" in line}
    assert one["saw_gold"] == exported.pop(str(empty.pk)) is not None
    assert set(exported.values()) == {None}


def test_where_there_is_no_gold_nothing_was_seen(own, copyist, empty):
    Assignment.objects.filter(pk=empty.pk).update(document=own.unread)
    set_status(copyist, empty, "submitted")
    assert set_status(copyist, empty, "open").json()["saw_gold"] is None


def test_in_a_practice_article_the_gold_lies_open_and_nothing_is_marked(own, copyist, empty):
    own.article.practice = True
    own.article.save()
    set_status(copyist, empty, "submitted")
    assert set_status(copyist, empty, "open").json()["saw_gold"] is None
    assert copyist.get(f"{URL}{empty.pk}/comparison/").status_code == 200
