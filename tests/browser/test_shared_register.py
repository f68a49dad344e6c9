"""In an empty corpus the shared register is offered: accepted by a key, it is an entity of the corpus, and offered as that."""

import json

import pytest
from playwright.sync_api import expect

from annotations.schemes.base_register import load_base_register
from config.environment import ROOT
from registry.models import Entity

TEXT = "Visas\n\nThe Chinese authorities refused visas. A Chinese firm left China in May."


@pytest.fixture
def register(transactional_db):
    body = json.loads((ROOT / "domain" / "base_register.json").read_text("utf-8"))
    load_base_register(body | {"entities": [entry for entry in body["entities"] if entry["code"] in ("iso-cn", "iso-us")]})


def test_an_entry_is_accepted_by_a_key_and_stands_for_its_other_names_from_then_on(register, desk_on):
    desk = desk_on(TEXT)
    desk.select("Chinese")
    desk.press("a", "t")
    offer = desk.card.locator(".proposal")
    expect(offer).to_have_count(1)
    expect(offer.locator(".name")).to_have_text("China")
    expect(offer.locator(".why")).to_have_text("from the shared register, also “Chinese”")
    desk.press("1")
    expect(desk.card.locator(".entity-name")).to_have_text("China")
    expect(desk.card.locator(".what")).to_contain_text("shared register")
    desk.saved()
    (china,) = Entity.objects.all()
    assert (china.name, china.same_as_id, china.countries) == ("China", "iso-cn", ["CN"])

    desk.select("Chinese", 1)
    desk.press("a", "t")
    expect(offer).to_have_count(1)
    expect(offer.locator(".why")).not_to_contain_text("shared register")
    desk.press("1")
    expect(desk.card.locator(".entity-name")).to_have_text("China")

    desk.select("China")
    desk.press("a", "t")
    expect(desk.card.locator(".entity-name")).to_have_text("China")
    desk.saved()
    assert Entity.objects.count() == 1
