"""In an empty corpus the shared register is offered: accepted by a key, it is an entity of the corpus, and offered as that."""

import json
import re

import pytest
from playwright.sync_api import expect

from annotations.schemes.base_register import load_base_register
from config.environment import ROOT
from registry.models import Entity, EntityName

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


def test_an_entity_is_linked_and_its_names_get_kinds_in_the_form_and_undo_brings_both_back(register, desk_on):
    desk = desk_on("Prices\n\nChina raised prices.")
    page = desk.page
    desk.select("China")
    desk.press("a", "t")
    desk.press("0")
    form = page.get_by_role("dialog", name="New entity")
    form.locator("summary").focus()
    desk.press("Enter")
    form.get_by_label("Other names, one per line").fill("中国\nPRC")
    expect(form.get_by_role("button", name="Create")).to_be_in_viewport(ratio=1)
    expect(form.locator(".name-kinds li")).to_have_text([re.compile("中国.*Han"), re.compile("PRC.*Latin")])
    form.get_by_label("Kind of PRC").select_option("abbreviation")
    same = form.get_by_label("Same as, in the shared register")
    expect(same).to_have_value("")
    expect(same.locator("option")).to_have_text(["not linked", "China (iso-cn)"])
    same.select_option("iso-cn")
    desk.press("Control+Enter")
    expect(desk.card.locator(".what")).to_contain_text("shared register")
    desk.saved()
    assert kinds() == {"中国": "", "PRC": "abbreviation"}
    assert Entity.objects.get().same_as_id == "iso-cn"

    desk.press("v")
    desk.card.locator("[data-field='entity-edit']").focus()
    desk.press("Enter")
    form = page.get_by_role("dialog", name="China")
    expect(form.get_by_label("Same as, in the shared register")).to_have_value("iso-cn")
    expect(form.get_by_label("Kind of PRC")).to_have_value("abbreviation")
    form.get_by_label("Other names, one per line").fill("中国")
    form.get_by_label("Same as, in the shared register").select_option("")
    desk.press("Control+Enter")
    expect(desk.card.locator(".what")).not_to_contain_text("shared register")
    desk.saved()
    assert (kinds(), Entity.objects.get().same_as_id) == ({"中国": ""}, None)
    desk.press("Control+z")
    expect(desk.card.locator(".what")).to_contain_text("shared register")
    desk.saved()
    assert (kinds(), Entity.objects.get().same_as_id) == ({"中国": "", "PRC": "abbreviation"}, "iso-cn")


def kinds():
    return dict(EntityName.objects.values_list("name", "kind"))
