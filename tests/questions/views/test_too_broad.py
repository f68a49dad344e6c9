"""Pages that take too long, in whichever of their parts: 503 with a remedy, and never a failure of ours."""

import pytest
from django.urls import reverse

from questions.asking import time_limits
from questions.asking.rows import LedgerRows
from questions.drawing import every
from questions.ledgers import read_next
from questions.saved import store
from questions.views import beside
from tests import factories

pytestmark = pytest.mark.django_db


def too_long(*_):
    """A statement beyond the limit of the transaction it is in, whichever that is."""
    assert time_limits.fetched("SHOW statement_timeout", {}) != [("0",)], "nothing ends this"
    time_limits.fetched("SELECT set_config('statement_timeout', '1', true)", {})
    time_limits.fetched("SELECT pg_sleep(10)", {})


@pytest.fixture
def reviewer(seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    return person


@pytest.fixture
def refused(client, reviewer):
    """The page of an address that takes too long."""

    def refused(address):
        client.force_login(reviewer)
        answer = client.get(address)
        assert answer.status_code == 503, answer.content.decode()[:3000]
        return answer.content.decode()

    return refused


@pytest.mark.parametrize("ledger", ["events", "law"])
def test_a_plot(refused, seeded, monkeypatch, ledger):
    monkeypatch.setattr(every, "drawn_times", too_long)
    address = reverse("questions:ledger", args=[seeded.slug, ledger])
    assert "Add a condition" in refused(f"{address}?view=timeline")
    assert "Add a condition" in refused(f"{address}plot.svg")


def test_the_plot_of_a_saved_question(refused, seeded, reviewer, monkeypatch):
    saved = store.create(seeded, reviewer, {"name": "All", "ledger": "events", "query": ""})
    monkeypatch.setattr(every, "drawn_times", too_long)
    assert "Add a condition" in refused(f"{saved.get_absolute_url()}?view=timeline")


def test_an_event_and_ticked_rows(refused, seeded, gold, monkeypatch):
    monkeypatch.setattr(LedgerRows, "listed", too_long)
    event = gold.events.first().pk
    assert "try again later" in refused(reverse("questions:linked", args=[event]))
    assert "try again later" in refused(reverse("questions:lines", args=[seeded.slug, "events"]) + f"?row={event}")


def test_words_of_the_rows_in_other_articles(refused, seeded, monkeypatch):
    monkeypatch.setattr(read_next, "articles_with", too_long)
    assert "Add a condition" in refused(reverse("questions:ledger", args=[seeded.slug, "events"]) + "next/")


def test_all_searches_for_words_of_the_rows_share_one_limit(refused, seeded, monkeypatch):
    """Of which each by itself would stay below it."""
    monkeypatch.setattr(read_next, "monotonic", lambda: -1_000)
    refused(reverse("questions:ledger", args=[seeded.slug, "events"]) + "next/")


def test_words_like_those_that_no_text_has(client, reviewer, seeded, monkeypatch):
    """They only help on: without them the page says that nothing fits."""
    monkeypatch.setattr(beside, "nearest_words", too_long)
    client.force_login(reviewer)
    answer = client.get(reverse("questions:ledger", args=[seeded.slug, "words"]), {"q": "notaword"})
    assert (answer.status_code, answer.context["nearest"]) == (200, [])
