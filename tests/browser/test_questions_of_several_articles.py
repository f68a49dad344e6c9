"""Journey 8 with three articles: a copy adds no row, and an event that another article reports too is one row, until that is undone."""

import pytest
from playwright.sync_api import expect

from annotations.models import Assignment
from corpus.ids import timely
from registry.models import Entity
from tests import factories, marks
from tests.browser.asking import reach, rows
from tests.questions.ledgers.asking import fill, take_up

REPORT = "Seen at the station\n\nA trader said that more than 20 workers had boarded the early train home on 4 September."


@pytest.fixture
def articles(seeded):
    """A copy of the worked article, and one in which somebody else, or the same person, gives another value."""
    article = Assignment.objects.get(document__corpus=seeded).document.article
    factories.document(
        article.documents.get().text, of=factories.article(seeded, "The same elsewhere", copy_of=article, similarity=1)
    )
    at = {entity.key: entity for entity in Entity.objects.filter(corpus=seeded)}
    trader = marks.entity(seeded, "A trader", type="PERSON", anonymous=True)
    marks.relation(trader, at["E-SRCA"], "possible_same_as")
    other = factories.article(
        seeded, "Seen at the station", published_edtf="2017-09-08", published_earliest="2017-09-08", published_latest="2017-09-08"
    )
    reading = factories.assignment(factories.document(REPORT, of=other), factories.user(), "adjudication")
    day = {"time_text": "4 September", "time_edtf": "2017-09-04", "time_earliest": "2017-09-04", "time_latest": "2017-09-04"}
    event = marks.event(reading, "boarded the early train home", status="happened", id=timely(), **day)
    figure = marks.figure(
        reading,
        "more than 20",
        low=20,
        comparator="gt",
        approximate=False,
        vague=False,
        use="reported",
        counted_entity=at["E-W20"],
    )
    fill(event, people=at["E-W20"], count=figure.span, via=at["E-STN"])
    marks.claim(reading, REPORT.partition("said that ")[2], trader)
    take_up()


def answer(page, returns):
    page.goto(returns)
    return page.locator(".ledger tbody").inner_text()


def test_a_copy_is_counted_at_the_rows_and_is_none(asking, articles, returns):
    answer(asking, returns)
    expect(rows(asking)).to_have_count(4)
    expect(rows(asking).filter(has_text="+1 copy")).to_have_count(3)
    expect(rows(asking).filter(has_text="more than 20")).not_to_contain_text("+1 copy")


def joined_row(page):
    expect(rows(page)).to_have_count(3)
    row = rows(page).filter(has_text="more than 20")
    expect(row.locator(".value-cell strong")).to_have_text(["20", "more than 20"])
    expect(row.locator(".value-cell")).to_contain_text("≠")
    for words in ("2 to 3 sources", "+1 copy", "2 reports"):
        expect(row).to_contain_text(words)
    return row


def test_two_events_are_joined_and_parted_by_mouse(asking, articles, returns):
    page = asking
    before = answer(page, returns)
    for row in rows(page).filter(has_text="Dandong Railway Station").all():
        row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Judge two ticked events…").click()
    page.get_by_label("Reason").fill("The same train on the same morning.")
    page.get_by_role("button", name="The same event").click()
    expect(joined_row(page)).to_be_focused()
    assert answer(page, returns) != before
    reports = joined_row(page).locator(".reports li")
    expect(reports.last).to_be_hidden()
    page.emulate_media(media="print")
    expect(reports.last).to_be_visible()
    page.emulate_media(media="screen")
    joined_row(page).get_by_role("rowheader").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("The same train on the same morning.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("main")).to_contain_text("Undone by reviewer")
    assert answer(page, returns) == before


def test_so_they_are_by_keyboard_on_the_page_of_proposed_pairs(asking, articles, returns):
    page = asking
    before = answer(page, returns)
    page.goto("/corpora/seeded/pairs/")
    pair = page.get_by_role("region", name="Pair").filter(has_text="The same people")
    expect(pair).to_have_count(1)
    while not pair.evaluate("pair => pair.contains(document.activeElement)"):
        reach(page, "Reason")
    page.keyboard.type("The same train.")
    reach(page, "The same event")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Judged: one event.")
    answer(page, returns)
    name = joined_row(page).get_by_role("rowheader").get_by_role("link")
    address = name.get_attribute("href")
    name.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    reach(page, "Undo")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Undone by reviewer")
    assert answer(page, returns) == before
