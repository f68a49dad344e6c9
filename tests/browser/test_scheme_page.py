"""A manager adds a label, gives it a colour, publishes, and marks with it: by keys, counted."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from annotations.assign import open_for
from annotations.models import Scheme, Span
from corpus.models import Corpus
from tests import factories
from tests.browser.desk import Desk
from tests.browser.keyboard import Keyboard

TEXT = "A bribe at the port\n\nA customs officer took a bribe of 300 dollars, the source said."
MOST_PRESSES = 105  # Tab, letters of the name and the way to the words included
COUNT = "window.presses = (window.presses ?? 0); addEventListener('keydown', () => sessionStorage.presses = +(sessionStorage.presses ?? 0) + 1, true)"


def test_a_label_is_added_and_marked_with(page, sign_in, transactional_db):
    corpus, mina = factories.corpus("reports"), factories.user("mina")
    factories.scheme()
    factories.adopt(corpus)
    factories.membership(corpus, mina, "manager")
    document = factories.document(TEXT, corpus=corpus)
    page.add_init_script(COUNT)
    sign_in(page, mina)
    keyboard = Keyboard(page)
    page.goto("/corpora/reports/")
    keyboard.keys("g", "s")
    expect(page.get_by_role("heading", name="Scheme", exact=True)).to_be_visible()
    keyboard.choose("Layer", "Events")
    keyboard.write("New label", "Bribe")
    keyboard.keys("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Adds “Bribe” to Events, key b.")).to_be_visible()
    keyboard.press("button", "Publish", back=True)
    expect(page.get_by_text("Published as 1.3.0+reports.1.").first).to_be_visible()
    keyboard.keys("g", "a")
    keyboard.press("link", "A bribe at the port")
    keyboard.press("button", "Annotate : A bribe at the port")
    page.wait_for_selector("#annotator[data-whole=yes]")
    assignment = document.assignments.get()
    assert assignment.scheme.version == "1.3.0+reports.1"
    desk = Desk(page, assignment)
    desk.go_to("bribe")
    desk.press("e", "b")
    desk.saved()
    assert Span.objects.filter(label__code="BRIBE", label__name="Bribe").count() == 1
    presses = int(page.evaluate("sessionStorage.presses"))
    print("presses", presses)
    assert presses <= MOST_PRESSES


def test_a_colour_is_seen_on_the_card_and_in_the_annotator_without_an_inline_style(page, sign_in, transactional_db):
    corpus, mina = factories.corpus("reports"), factories.user("mina")
    factories.scheme()
    factories.adopt(corpus)
    factories.membership(corpus, mina, "manager")
    document = factories.document(TEXT, corpus=corpus)
    sign_in(page, mina)
    page.goto("/corpora/reports/scheme/labels/ACTOR/PERSON/")
    page.get_by_label("Colour", exact=True).fill("#ffff00")
    expect(page.locator("#card-tag")).to_have_css("border-bottom-color", "rgb(150, 153, 20)")
    page.get_by_label("Name", exact=True).fill("Individual")
    expect(page.locator("#card-name")).to_have_text("Individual")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("On the light page #FFFF00 has a contrast of 1.1 : 1, below 3 : 1")).to_be_visible()
    expect(page.get_by_text("Recolours “Individual”.").first).to_be_visible()
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.get_by_text("Published as").first).to_be_visible()
    assert Scheme.objects.filter(corpus=corpus).count() == 1
    desk = Desk(page, open_for(mina, document)[0]).open()
    desk.mark("customs officer", "Individual")
    desk.saved()
    tags = page.locator('.tag[data-step="PERSON"]')
    expect(tags.first).to_have_css("border-bottom-color", "rgb(150, 153, 20)")
    expect(page.locator("#text .seg").first).to_have_class(re.compile("seg lanes1 tint-actorPERSON lane0-actorPERSON start0$"))
    tint = page.locator("#text .seg").first.evaluate("(element) => getComputedStyle(element).backgroundImage")
    assert "rgb(150, 153, 20)" in tint
    assert "rgb(255, 255, 178)" in tint


def test_a_corpus_of_any_subject_is_annotated_within_a_minute_of_its_making(page, sign_in, transactional_db):
    """A new corpus with the simple scheme, an article that is pasted, and a mark; all by keys."""
    mina = factories.user("mina")
    factories.scheme()
    factories.membership(factories.corpus("reports"), mina, "manager")
    sign_in(page, mina)
    keyboard = Keyboard(page)
    page.goto(reverse("annotations:new_corpus"))
    keyboard.write("Name", "Dogs")
    keyboard.press("checkbox", "Simple scheme instead", "Space")
    keyboard.press("button", "Create corpus")
    expect(page.get_by_text("“Dogs” created.")).to_be_visible()
    corpus = Corpus.objects.get(slug="dogs")
    document = factories.document("The dog Rex found 300 bones in the park.", corpus=corpus)
    desk = Desk(page, open_for(mina, document)[0]).open()
    desk.go_to("Rex")
    desk.press("a", "p")
    desk.saved()
    desk.go_to("found")
    desk.press("e", "e")
    desk.saved()
    desk.go_to("300")
    desk.press("f", "n")
    desk.saved()
    assert set(Span.objects.values_list("label__code", flat=True)) == {"PERSON", "NUMBER", "EVENT"}


def test_a_retired_label_is_not_offered(page, sign_in, transactional_db):
    corpus, mina = factories.corpus("reports"), factories.user("mina")
    factories.scheme()
    factories.adopt(corpus)
    factories.membership(corpus, mina, "manager")
    document = factories.document(TEXT, corpus=corpus)
    sign_in(page, mina)
    page.goto("/corpora/reports/scheme/labels/ACTOR/PERSON/")
    page.get_by_role("button", name="Retire").press("Enter")
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.get_by_text("Published as").first).to_be_visible()
    desk = Desk(page, open_for(mina, document)[0]).open()
    expect(page.locator(".palette, #labels").get_by_text("Group of people").first).to_be_attached()
    assert "Person" not in page.locator("main").get_by_role("button").all_inner_texts()
    desk.go_to("customs")
    desk.press("a", "p")
    assert Span.objects.count() == 0
