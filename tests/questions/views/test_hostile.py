"""Hostile words in every parameter, and in what rows show: they are words, or they are refused by name."""

import pytest

from annotations.models import Span
from corpus.models import Article, Outlet
from questions.address.parameters import LEDGERS, PARAMETERS
from registry.models import Entity
from tests import factories

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7|add:7 }}"
WORDS = [
    MARKUP,
    "a\0b",
    "\ud800",
    "' OR 1=1 --",
    "%(x)s",
    "any,any",
    "9" * 400,
    "=cmd|' /C calc'!A0",
    "\u202eabc",
    "2017-02-30",
    "{e}",
    "://",
]


@pytest.fixture
def as_reviewer(client, seeded, indexed):
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    client.force_login(person)
    return client


def test_no_word_in_a_parameter_breaks_a_page(as_reviewer, seeded):
    """Each parameter once: it is read in the same way whichever ledger has it."""
    for at, name in enumerate(PARAMETERS):
        ledger = next(ledger for ledger, each in LEDGERS.items() if name in each.parameters)
        for words in (MARKUP, WORDS[1 + at % (len(WORDS) - 1)], "a\0b"):
            given = {name: words.encode("utf-8", "surrogatepass")}
            answer = as_reviewer.get(f"/corpora/{seeded.slug}/ask/{ledger}/", given, follow=True)
            assert answer.status_code in (200, 400, 404), (name, words)
            assert "<script>alert" not in answer.content.decode(), (name, words)
            assert "onerror=alert(1)>" not in answer.content.decode(), (name, words)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_what_rows_show_is_text(as_reviewer, seeded, ledger):
    Entity.objects.filter(corpus=seeded).update(name=MARKUP)
    Article.objects.filter(corpus=seeded).update(title=MARKUP, published_edtf=MARKUP[:90])
    Outlet.objects.filter(corpus=seeded).update(name=MARKUP)
    Span.objects.update(quote=MARKUP)
    view = {"events": "timeline", "figures": "ranges", "network": "network", "counts": "bars"}.get(ledger, "")
    needed = {"words": {"on": "label:GROUP"}}.get(ledger, {})
    page = as_reviewer.get(f"/corpora/{seeded.slug}/ask/{ledger}/", {"view": view, **needed}, follow=True).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{ 7|add:7 }}" in page or ledger in ("disputes", "findings")
    if view:
        plot = as_reviewer.get(f"/corpora/{seeded.slug}/ask/{ledger}/plot.svg").content.decode()
        assert "<script" not in plot
        assert "<img" not in plot
