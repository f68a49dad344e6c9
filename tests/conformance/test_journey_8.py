"""Journey 8 whole, in Chromium: how many workers were sent home from Dandong, according to whom.

By keys alone, and by touch on a phone. B1 to B6 and A1 are those of the journey.
"""

import re

import pytest
from playwright.sync_api import expect

from annotations.models import Span
from corpus.models import Article
from tests import factories
from tests.browser.asking import rows
from tests.browser.hands import HANDS
from tests.browser.paper import letters_of, piled, words_of
from tests.browser.test_annotate_long import IN_VIEW
from tests.conformance.test_questions_over_articles import bring, load_articles, named
from tests.questions.ledgers.asking import take_up

pytestmark = pytest.mark.others("questions", instead="tests/browser/test_questions.py")

CARD = "How many workers were sent home from a place in a period, according to whom?"
# Value, source, time and tie of each row, as the journey has them.
B1 = [
    (
        "170",
        "Unnamed Manager of North Korean workers at the textile factory said (direct quotation",
        "5 Aug – 30 Sep 2017",
        "From: Dandong",
    ),
    ("20", "Daily NK said (paraphrase, photo or video)", "4 Sep 2017, morning", "Via: Dandong Railway Station"),
    (
        "more than 50 %",
        "Unnamed Manager of North Korean workers at the textile factory said (direct quotation",
        "undated",
        "workplace",
    ),
]


@pytest.fixture
def corpus(transactional_db):
    made = load_articles("several", "FX-1")
    take_up()
    return made


@pytest.fixture(params=HANDS)
def hand(request, corpus, new_page, sign_in):
    return HANDS[request.param](somebody(corpus, "reviewer", new_page, sign_in, **HANDS[request.param].context))


def somebody(corpus, role, new_page, sign_in, **context):
    page = new_page(**context)
    person = factories.user(role)
    factories.membership(corpus, person, role)
    sign_in(page, person)
    return page


def test_journey_8(hand, corpus, new_page, sign_in):
    page = hand.page
    page.goto("/corpora/several/")
    hand.go("Evidence")
    hand.go(CARD)
    for name, words in (("Place", "Dandong"), ("From", "2017-08-01"), ("To", "2017-12-31")):
        hand.write(name, words)
    hand.go("Filter")
    address = page.url
    seen_of_one_article(page)
    apart(hand, address)
    a_copy_adds_no_row(page, corpus, address)
    another_report_becomes_one_row(hand, corpus, address)
    elsewhere_and_wider(hand, corpus, address)
    every_row_opens_its_article(hand, address)
    a_colleague_and_a_program_get_the_same(page, somebody(corpus, "viewer", new_page, sign_in), address)
    on_paper(page, address)


def seen_of_one_article(page):
    """B1: three rows, and no total of all."""
    expect(rows(page)).to_have_count(3)
    for row, words in zip(rows(page).all(), B1, strict=True):
        expect(row.locator(".value-cell strong")).to_have_text(words[0])
        for each in words[1:]:
            expect(row).to_contain_text(each)
    expect(rows(page).nth(2)).to_contain_text("possibly the same as “return” “sent back”")
    text = page.locator("main").inner_text()
    assert not re.search(r"\b190\b|\b320\b|\btotal\b", text, re.IGNORECASE)
    # B2, the other half: what is no return home from there is not in the answer.
    assert not re.search(r"\b300\b|5,?000|7,?000|\b130\b", text)


def apart(hand, address):
    """B2: the 130 are only expected, and stand apart."""
    page = hand.page
    hand.go("expected: 1")
    expect(rows(page)).to_have_count(1)
    expect(rows(page).locator(".value-cell strong")).to_have_text("130")
    expect(rows(page)).to_contain_text("expected")
    page.goto(address)


def a_copy_adds_no_row(page, corpus, address):
    """B3."""
    bring(corpus, "FX-2")
    known = named(corpus)
    Article.objects.filter(pk=known["FX-2"].pk).update(copy_of=known["FX-1"])
    take_up()
    page.goto(address)
    expect(rows(page)).to_have_count(3)
    expect(rows(page).filter(has_text="+1 copy")).to_have_count(3)


def another_report_becomes_one_row(hand, corpus, address):
    """B4: "20" and "more than 20" of two reports."""
    page = hand.page
    bring(corpus, "FX-3")
    take_up()
    page.goto(address)
    expect(rows(page)).to_have_count(4)
    expect(rows(page).filter(has_text="more than 20")).to_have_count(1)
    for number in numbers_of(page, "Dandong Railway Station"):
        hand.tick(f"Choose row {number}")
    hand.go("Judge two ticked events…")
    hand.write("Reason", "The same train on the same morning.")
    hand.go("The same event")
    expect(rows(page)).to_have_count(3)
    row = rows(page).filter(has_text="2 reports")
    expect(row.locator(".value-cell strong")).to_have_text(["20", "more than 20"])
    expect(row.locator(".value-cell")).to_contain_text("≠")
    expect(row).to_contain_text("2 to 3 sources")
    hand.press("2 reports")
    expect(row.locator(".reports > li")).to_have_count(2)
    expect(row.locator(".reports")).to_contain_text("Daily NK")


def numbers_of(page, words):
    """Of the rows with these words, as their ticks call them."""
    return [number for number, row in enumerate(rows(page).all(), 1) if words in row.inner_text()]


def elsewhere_and_wider(hand, corpus, address):
    """B5: Kaisantun is not in Dandong, and in China."""
    page = hand.page
    bring(corpus, "FX-5")
    take_up()
    page.goto(address)
    expect(rows(page)).to_have_count(3)
    expect(page.locator("main")).not_to_contain_text("Kaisantun")
    expect(page.locator(".apart")).to_contain_text("place not stated: 4")
    with page.expect_navigation():
        name = page.locator(".apart dd").last.get_by_role("link", name=re.compile("^China")).inner_text()
        hand.press(name)
    expect(rows(page)).to_have_count(4)
    expect(rows(page).filter(has_text="Kaisantun")).to_contain_text("more than 70")
    page.goto(address)


def every_row_opens_its_article(hand, address):
    """B6, the first half: at the quotation."""
    page = hand.page
    for number in range(3):
        page.goto(address)
        quotation = rows(page).nth(number).locator(".quotation").first
        marked = quotation.locator("mark").all_inner_texts()
        with page.expect_navigation(url=re.compile("#mark=")):
            hand.follow(quotation)
        mark = page.url.partition("#mark=")[2]
        words = Span.objects.get(pk=mark).quote
        assert words in marked
        page.wait_for_function("words => String([...(CSS.highlights.get('focus') ?? [])][0]) === words", arg=words)
        page.wait_for_function(IN_VIEW, arg="focus")


def a_colleague_and_a_program_get_the_same(page, other, address):
    """B6 and A1: the address shows a colleague the same rows, and a program gets them with all that stands behind them."""
    page.goto(address)
    other.goto(address)
    ids = [[box.get_attribute("value") for box in rows(each).get_by_role("checkbox").all()] for each in (page, other)]
    answer = page.request.get(address.replace("/corpora/", "/api/v1/corpora/")).json()
    assert ids[0] == ids[1] == [row["id"] for row in answer["results"]]
    for row in answer["results"]:
        for entry in row["entries"]:
            assert all(mark["fragments"] for mark in entry["triggers"])
            for claim in entry["claims"]:
                assert claim["source"]["name"]
                assert (claim["reliability"], claim["credibility"]) == ("F", "6")
            assert entry["claims"] or entry["narrated"]


def on_paper(page, address):
    """Question, what it rests on, rows and addresses."""
    page.goto(address)
    printed = page.pdf()
    assert piled(printed) == []
    text = words_of(printed)
    for words in ("Return home", "place: Dandong", "1 Aug – 31 Dec 2017", "From 3 of 3 articles", "1 copy", "UTC · change"):
        assert words in text
    for value, source, when, _ in B1:
        assert value in text
        assert source.partition(",")[0] in text
        assert when in text
    assert "more than 20" in text
    letters = letters_of(printed)
    for link in page.locator(".ledger .quotation").evaluate_all("links => links.map((link) => link.href)"):
        assert link in letters
    assert re.search(r"Thisanswer:http\S+/ask/events/\?type=REPATRIATE\S+&at=\d+", letters)
    assert "Filters" not in text
