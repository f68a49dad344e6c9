"""Candidates decided with the keyboard alone, on the work list and on a page that has its script and styles from this host only."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from registry.models import Decision, Entity, ListCandidate, ScreenedBy
from tests import factories, listed

LINE = "TEST-00{0}; Example Trading Corp {0}; alias: Exampel Trading {0}; KP; 2016-03-02"


@pytest.fixture
def reviewer(transactional_db):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    person = factories.user("reviewer")
    factories.membership(corpus, person, "reviewer")
    version = listed.version("TEST", "\n".join(LINE.format(number) for number in (1, 2, 3)), "2024-05-15")
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    for number in (1, 2, 3):
        Entity.objects.create(corpus=corpus, name=f"Exampel Trading {number}", type="COMPANY")
    call_command("screen", corpus="reports")
    return person


def test_reject_and_confirm_by_keyboard_on_the_work_list(page, sign_in, reviewer):
    sign_in(page, reviewer)
    page.goto("/corpora/reports/screening/?band=same")
    cards = page.locator("#work > li")
    expect(cards).to_have_count(3)
    first, second, third = ListCandidate.objects.order_by("-score", "pk")[:3]
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    expect(page.locator(f"#c-{first.pk}")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.type("another firm 4")  # a figure in a note decides nothing, nor does Enter
    page.keyboard.press("Enter")
    expect(cards).to_have_count(3)
    page.keyboard.press("Escape")
    page.keyboard.press("4")
    expect(cards).to_have_count(2)
    expect(page.locator(f"#c-{second.pk}")).to_be_focused()
    page.keyboard.press("1")
    expect(cards).to_have_count(1)
    expect(page.locator(f"#c-{third.pk}")).to_be_focused()
    made = Decision.objects.order_by("at").values_list("entry", "match", "note", "user__username")
    assert list(made) == [(first.ref, "rejected", "another firm 4", "reviewer"), (second.ref, "confirmed", "", "reviewer")]
    page.keyboard.press("u")
    expect(cards).to_have_count(2)
    expect(page.locator(f"#c-{second.pk}")).to_be_focused()
    expect(page.get_by_role("button", name="Undo last decision")).to_have_count(0)  # of what was undone nothing is left to undo
    assert Decision.objects.latest("at").match == "withdrawn"
    page.keyboard.press("1")
    expect(cards).to_have_count(1)
    expect(page.locator(f"#c-{third.pk}")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/candidates/{third.pk}/")
    page.keyboard.press("2")
    expect(page.get_by_role("status").or_(page.locator(".message")).first).to_contain_text("Probable")
