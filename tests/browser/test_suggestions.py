"""Suggestions in the annotator: dotted in the text, gone through with keys, and made to marks by a person alone."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from annotations.assign import open_for
from annotations.models import Change, Span, SuggestionOutcome, SuggestionsShown, TeamSettings
from tests import factories, marks
from tests.browser.desk import Desk, assignment_on

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = (
    "Harbour news\n\nThe tanker Orion left with 300 tonnes of coal. The harbour master saw the tanker twice.\n\n"
    "Guards counted 170 crates. The tanker came back, the harbour master told reporters."
)
SUGGESTED = "#text .suggested"


@pytest.fixture
def desk(page, sign_in):
    return opened(page, sign_in)


def opened(page, sign_in, text=TEXT, known=()):
    """A desk at a reading that gets suggestions, which are there."""
    reading = assignment_on(text)
    for name, kind in known:
        marks.entity(reading.document.corpus, name, type=kind, anonymous=False)
    sign_in(page, reading.annotator)
    desk = Desk(page, reading).open()
    expect(page.locator("#suggestions")).to_be_visible()
    return desk


def suggested(desk, form=""):
    desk.look()
    return desk.page.eval_on_selector_all(f"#text .suggested{form}", "found => found.map(({textContent}) => textContent)")


def outcomes():
    return list(SuggestionOutcome.objects.order_by("fragments").values_list("label", "outcome", "changed"))


def test_numbers_and_known_names_are_dotted_and_nothing_moves_or_is_stored(page, sign_in):
    desk = opened(page, sign_in, known=[("Orion", "VESSEL")])
    assert suggested(desk, "-figure") == ["300 tonnes", "170"]
    assert suggested(desk, "-actor") == ["Orion"]
    tall = "() => document.querySelector('#text').getBoundingClientRect().height"
    before = page.evaluate(tall)
    desk.press("h")
    assert suggested(desk) == []
    assert page.evaluate(tall) == before
    expect(page.locator("#suggestions")).to_contain_text("Suggestions are hidden. Show")
    desk.press("h")
    assert suggested(desk, "-actor") == ["Orion"]
    assert (Span.objects.count(), Change.objects.count()) == (0, 0)
    assert SuggestionsShown.objects.count() == 1


def test_enter_makes_the_mark_with_its_value_and_goes_on_and_delete_rejects(desk):
    desk.press("n")
    expect(desk.card).to_contain_text("300 t")
    expect(desk.card).to_contain_text("Suggested: ")
    desk.press("Enter")
    desk.saved()
    assert desk.caret() == "170"
    desk.press("Delete")
    desk.saved()
    assert [(mark["quote"], mark["attributes"]["low"]) for mark in desk.stored()["mentions"]] == [("300 tonnes", 300)]
    assert [row[1:] for row in outcomes()] == [("accepted", []), ("rejected", [])]
    assert "170" not in suggested(desk)
    rejected = SuggestionOutcome.objects.get(outcome="rejected")
    assert rejected.made is None
    assert rejected.seconds is not None
    desk.open()
    expect(desk.page.locator("#text .seg")).to_have_count(1)
    assert "170" not in suggested(desk)


def test_undo_takes_acceptance_and_rejection_back_and_redo_does_them_again(desk):
    desk.press("n", "Enter")
    desk.saved()
    desk.press("Delete")
    desk.saved()
    desk.press("Control+z", "Control+z")
    desk.saved()
    assert suggested(desk, "-figure") == ["300 tonnes", "170"]
    assert (Span.objects.count(), SuggestionOutcome.objects.count()) == (0, 0)
    desk.press("Control+y")
    desk.saved()
    assert [row[1] for row in outcomes()] == ["accepted"]


def test_a_chord_accepts_under_another_label_and_brackets_move_the_ends(desk):
    desk.press("n", "n")
    assert desk.caret() == "170"
    desk.press("}")
    desk.look()
    expect(desk.card.locator("q")).to_have_text("170 crates")
    desk.press("f", "p")
    desk.saved()
    assert desk.marks() == [("170 crates", "PEOPLE")]
    (row,) = outcomes()
    assert row[1:] == ("changed", ["words", "label"])


def test_a_mark_by_hand_over_a_suggestion_replaces_it_without_an_outcome(desk):
    desk.mark("170 crates", "People count")
    desk.saved()
    assert "170" not in suggested(desk)
    assert outcomes() == []


def test_words_that_were_marked_are_suggested_where_they_stand_again(desk):
    desk.mark("harbour master", "Person")
    desk.saved()
    expect(desk.page.locator("#text .suggested-actor")).to_have_text(["harbour master"])
    desk.press("Escape", "n")
    while desk.caret() != "harbour master":
        desk.press("n")
    expect(desk.card).to_contain_text("Suggested: marked so in this text.")
    desk.press("Enter")
    desk.saved()
    assert [words for words, _ in desk.marks()].count("harbour master") == 2
    outcome = SuggestionOutcome.objects.get()
    assert outcome.by == [{"suggester": "here", "version": "1", "score": 0.9}]
    # With the mark goes what it stands for.
    desk.press("Control+z", "Control+z")
    desk.saved()
    expect(desk.page.locator("#text .suggested-actor")).to_have_count(0)


def test_a_claim_is_made_of_suggested_words_with_its_speaker(desk):
    desk.press("n")
    desk.look()
    while desk.page.locator("#card strong").all_inner_texts() != ["Claim"]:
        desk.press("n")
        desk.look()
    desk.press("Enter")
    desk.saved()
    (claim,) = desk.stored()["attributions"]
    assert claim["content"][0]["quote"].startswith("The tanker came back")
    assert [row[1] for row in outcomes()] == ["accepted"]
    expect(desk.page.locator("#text .claim")).not_to_have_count(0)


def test_a_click_focuses_a_suggestion_and_its_buttons_answer(desk):
    desk.click("170")
    expect(desk.card.get_by_role("button", name="Reject")).to_be_visible()
    desk.card.get_by_role("button", name="Accept").click()
    desk.saved()
    assert desk.marks() == [("170", "ITEMS")]


def test_a_control_reading_says_so_and_offers_nothing(page, sign_in):
    reading = assignment_on(TEXT, suggesting=False)
    sign_in(page, reading.annotator)
    desk = Desk(page, reading).open()
    expect(page.locator("#suggestions")).to_have_text("No suggestions here: control reading.")
    desk.mark("harbour master", "Person")
    desk.saved()
    assert suggested(desk) == []


def test_where_the_corpus_switched_them_off_nothing_is_said_and_n_goes_to_marks(page, sign_in):
    reading = assignment_on(TEXT)
    TeamSettings.objects.update_or_create(corpus=reading.document.corpus, defaults={"suggestions": False})
    sign_in(page, reading.annotator)
    desk = Desk(page, reading).open()
    desk.mark("harbour master", "Person")
    desk.press("Escape", "n")
    expect(desk.card).to_contain_text("harbour master")
    expect(page.locator("#suggestions")).to_be_hidden()
    assert suggested(desk) == []


def test_what_was_accepted_without_a_line_is_saved_with_its_outcome_later(desk, allowed_console):
    allowed_console.append("ERR_INTERNET_DISCONNECTED")
    desk.page.context.set_offline(True)
    desk.press("n", "Enter")
    assert "300 tonnes" not in suggested(desk)
    desk.page.context.set_offline(False)
    desk.page.evaluate("dispatchEvent(new Event('online'))")
    desk.saved()
    assert [row[1] for row in outcomes()] == ["accepted"]
    assert Span.objects.count() == 1


def test_a_hostile_name_and_its_reason_are_text(page, sign_in):
    desk = opened(page, sign_in, text="The ship of Orion <img src=x> Co left.", known=[("Orion <img src=x> Co", "ORG")])
    assert suggested(desk, "-actor") == ["Orion <img src=x> Co"]
    desk.press("n")
    expect(desk.card).to_contain_text("a name of Orion <img src=x> Co")
    assert page.locator("#card img, #text img").count() == 0


def test_the_second_reader_of_a_text_is_offered_nothing_of_the_first(page, sign_in):
    first = assignment_on(TEXT)
    marks.span(first, "harbour master", "PERSON")
    other = User.objects.create_user("second")
    factories.membership(first.document.corpus, other, "annotator")
    second = open_for(other, first.document, suggesting=True)[0]
    sign_in(page, other)
    desk = Desk(page, second).open()
    expect(page.locator("#suggestions")).to_be_visible()
    assert suggested(desk, "-actor") == []
