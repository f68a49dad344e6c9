"""Enter on a mark takes what its card offers under this key, in one act that one undo takes back; on with nothing to take, to what is missing."""

import re

import pytest
from playwright.sync_api import expect

from corpus.models import Corpus
from registry.models import Entity
from tests.browser.desk import Desk, assignment_on

REPORT = "The Haeryong 7 transferred 1,500 tonnes of diesel to the Saebyol, an official said. The official left."


@pytest.fixture
def desk(page, sign_in, transactional_db):
    made = assignment_on(REPORT)
    sign_in(page, made.annotator)
    return Desk(page, made).open()


def marked(desk, words, keys, nth=0):
    desk.select(words, nth)
    desk.press(*keys)
    expect(desk.card.locator("header q")).to_have_text(words)
    desk.saved()


def accepted(desk, name):
    """The key stands in the card before it is pressed."""
    expect(desk.card.locator(".entity kbd").filter(has_text="Enter")).to_have_count(1)
    desk.press("Enter")
    expect(desk.card.locator(".entity-name")).to_have_text(name)
    desk.saved()


def test_enter_makes_the_entity_of_a_new_name_and_takes_the_one_that_the_words_meant(desk):
    marked(desk, "Haeryong 7", "av")
    accepted(desk, "Haeryong 7")
    desk.press("Control+z")
    expect(desk.card.locator("[data-field=entity-new]")).to_be_visible()
    desk.saved()
    assert not desk.stored()["entities"]
    marked(desk, "official", "ap")
    accepted(desk, "Official")
    marked(desk, "official", "ap", 1)
    accepted(desk, "Official")
    desk.idle()
    assert len(desk.stored()["entities"]) == 1


def test_enter_decides_nothing_where_several_could_be_meant(desk):
    corpus = Corpus.objects.get()
    for countries in (["KP"], ["TG"]):
        Entity.objects.create(
            corpus=corpus, type="VESSEL", name="Saebyol", countries=countries, anonymous=False, reference="specific"
        )
    marked(desk, "Saebyol", "av")
    expect(desk.card.locator(".proposal")).to_have_count(2)
    expect(desk.card.locator(".entity kbd").filter(has_text="Enter")).to_have_count(0)


def test_enter_takes_all_offered_fillers_at_once_and_one_undo_takes_them_back(desk):
    marked(desk, "Haeryong 7", "av")
    marked(desk, "1,500 tonnes", "fq")
    marked(desk, "Saebyol", "av")
    marked(desk, "transferred", "eh")
    expect(desk.card.locator("[data-field=all]")).to_contain_text("Enter Take all")
    desk.press("Enter")
    for role, words in [("vessel", "Haeryong 7"), ("quantity", "1,500 tonnes"), ("taker", "Saebyol")]:
        expect(desk.card.locator(f"[data-row=role-{role}] .chip")).to_contain_text(words)
    desk.press("Control+z")
    expect(desk.card.locator("[data-row^=role-] .chip")).to_have_count(0)
    desk.press("Control+Shift+z")
    expect(desk.card.locator("[data-row^=role-] .chip")).to_have_count(3)
    desk.saved()
    desk.idle()
    (event,) = desk.stored()["events"]
    assert sorted(each["role"] for each in event["arguments"]) == ["quantity", "taker", "vessel"]
    assert not (event.get("attributes") or {}).get("mode"), "nobody chose it"


def test_the_help_says_what_enter_does_on_a_mark(desk):
    desk.press("?")
    expect(desk.page.locator("#help [data-keys]")).to_contain_text("on a mark: what its card offers by Enter")


def test_enter_takes_the_label_that_the_words_tell_with_its_entity_and_the_same_words_again(desk):
    desk.select("official")
    expect(desk.options.first).to_contain_text("Person, with its entity")
    desk.press("Enter")
    expect(desk.card.locator(".entity-name")).to_have_text("Official")
    desk.saved()
    desk.select("official", 1)
    expect(desk.options.first).to_contain_text("Person · Official")
    desk.press("Enter")
    expect(desk.card.locator(".entity-name")).to_have_text("Official")
    desk.saved()
    assert desk.marks() == [("official", "PERSON")] * 2
    assert len(desk.stored()["entities"]) == 1
    # What one key did, one undo takes back.
    desk.press("Control+z", "Control+z")
    desk.saved()
    desk.idle()
    assert not desk.marks()
    assert not desk.stored()["entities"]


def test_figures_and_triggers_are_told_by_unit_and_verb_and_the_keys_of_a_label_still_choose_it_alone(desk):
    for words, label in (("1,500 tonnes", "Physical quantity"), ("transferred", "Shipment or voyage")):
        desk.select(words)
        expect(desk.options.first).to_contain_text(label)
        desk.press("Enter")
        desk.saved()
    marked(desk, "official", "ag")
    assert desk.marks() == [("1,500 tonnes", "QUANTITY"), ("official", "GROUP"), ("transferred", "SHIP")]
    assert not desk.stored()["entities"]


def test_nothing_is_told_where_no_list_has_the_words(desk):
    desk.select("left")
    expect(desk.options.first).not_to_contain_text("with its entity")
    desk.select("diesel")
    expect(desk.page.locator("#menu .group").first).not_to_have_text("Read from the words")


def test_between_two_vessels_the_mode_is_offered_and_taken_by_a_second_enter(desk):
    for words in ("Haeryong 7", "Saebyol"):
        marked(desk, words, "av")
    marked(desk, "transferred", "eh")
    expect(desk.card.locator("[data-row=role-taker] .offer")).to_have_count(1)
    mode = desk.card.locator("[data-row=mode] .offer")
    expect(mode).to_have_count(0)
    expect(desk.page.locator("#checks .hint")).to_be_hidden()
    desk.press("Enter")
    expect(mode).to_have_text(re.compile("ship-to-ship transfer“Saebyol”"))
    desk.press("Enter")
    expect(desk.card.locator("[name=mode]")).to_have_value("sts")
    desk.saved()
    assert [event["attributes"]["mode"] for event in desk.stored()["events"]] == ["sts"]
