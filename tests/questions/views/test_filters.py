"""The filters of a ledger as one hears them: each control has a name of its own, which has its visible words."""

from collections import Counter

import pytest
from lxml import html

from questions.address.parameters import LEDGERS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def controls(client, seeded, indexed):
    """By name of the ledger, (visible label, accessible name) of every control of its filters."""
    person = factories.user("reviewer")
    factories.membership(seeded, person, "reviewer")
    client.force_login(person)

    def controls(ledger):
        page = html.fromstring(client.get(f"/corpora/{seeded.slug}/ask/{ledger}/").content.decode())
        (form,) = page.xpath("//form[@aria-label='Filters']")
        listed = form.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")
        return [(label := label_of(form, each), each.get("aria-label") or label) for each in listed]

    return controls


def label_of(form, control):
    (label,) = form.xpath(".//label[@for=$id]", id=control.get("id"))
    return " ".join(label.text_content().split())


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_two_controls_are_called_alike(controls, ledger):
    names = [name for _, name in controls(ledger)]
    assert names
    assert {name: number for name, number in Counter(names).items() if number > 1} == {}
    assert all(label in name for label, name in controls(ledger))


def test_ticks_of_places_are_named_with_their_group(controls):
    named = controls("events")
    assert [name for label, name in named if label == "From"] == ["From", "Tied by: From"]
    assert ("Via", "Via") in named
