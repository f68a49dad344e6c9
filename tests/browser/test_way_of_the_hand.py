"""From the hand to the evidence: what a person enters by keys is found, true, in ledgers, tables, files and API, and nothing else."""

import io

import docx
import openpyxl
import pytest
from playwright.sync_api import expect

from annotations.models import Adjudication, Event
from questions.coreference.judge import judge
from tests import factories
from tests.browser.asking import rows
from tests.browser.by_hand import Hand, Story, assignment_of
from tests.browser.keyboard import Keyboard

STORIES = ["transfer", "listings", "dates", "korean"]
LEDGERS = ["events", "figures", "sources", "law", "network"]
ALL = "?status=any&polarity=any"  # also what did not happen, or not yet


@pytest.fixture
def corpus(transactional_db):
    made = factories.corpus("reports")
    factories.adopt(made)
    return made


@pytest.fixture
def person(corpus, sign_in):
    """`person(page, name, role)`: a member of the corpus, signed in there."""

    def make(page, name, role):
        who = factories.user(name)
        factories.membership(corpus, who, role)
        sign_in(page, who)
        return who

    return make


@pytest.mark.parametrize("name", STORIES)
def test_entered_by_keys_found_in_the_evidence(page, new_page, person, corpus, name):
    story = Story(name)
    hand = Hand(page, assignment_of(story, corpus, person(page, "ann", "annotator")), story)
    hand.enter()
    hand.submit()
    desk = new_page()
    person(desk, "chief", "reviewer")
    assert {ledger: wrong for ledger in LEDGERS if (wrong := missed(desk, story, ledger))} == {}
    lines = evidence_table(desk)
    assert lines == story.statements
    assert in_word(download(desk, "Evidence table (Word)")) == lines
    assert in_excel(download(desk, "Excel workbook")) == lines
    assert in_the_api(desk, story) == []
    # A second reader overlooks a figure; the one who adjudicates keeps it.
    second = new_page()
    other = Hand(second, assignment_of(story, corpus, person(second, "ben", "annotator")), story)
    other.enter(leave_out=story.figures[-1])
    other.submit()
    adjudicate(desk, corpus, hand.desk.assignment.annotator)
    assert {ledger: wrong for ledger in LEDGERS if (wrong := missed(desk, story, ledger))} == {}


def test_a_cap_that_is_marked_is_no_amount_and_a_count_is(page, new_page, person, corpus):
    """Nothing is said of a count; of the cap one key says what its words offer."""
    story = Story("cap")
    hand = Hand(page, assignment_of(story, corpus, person(page, "ann", "annotator")), story)
    hand.enter()
    stored = {mark["quote"]: mark["attributes"]["use"] for mark in hand.desk.stored()["mentions"] if mark["layer"] == "FIGURE"}
    assert stored == {"700 tonnes": None, "900 tonnes": None, "500 tonnes": "limit"}
    hand.submit()
    desk = new_page()
    chief = person(desk, "chief", "reviewer")
    assert missed(desk, story, "figures") == []
    desk.goto("/corpora/reports/ask/events/")
    for number in (1, 2):
        Keyboard(desk).press("checkbox", f"Choose row {number}", "Space")
    Keyboard(desk).press("button", "Add up the ticked rows…")
    expect(desk.locator("main td[data-name=Adds]")).to_have_text(["700 t", "900 t"])
    judge(*Event.objects.all(), "different", chief, "Two vessels, in two months.")
    desk.reload()
    expect(desk.locator("h1")).to_have_text("1,600 t")


# Ledgers


def missed(page, story, ledger):
    """Rows of the page that the story does not tell, and what it tells that no row says."""
    page.goto(f"/corpora/reports/ask/{ledger}/{ALL if ledger in ('events', 'figures') else ''}")
    told = [" ".join(each.split()) for each in rows(page).all_inner_texts()]
    wrong = []
    for wanted in story.rows.get(ledger, []):
        row = next((each for each in told if all(piece.lower() in each.lower() for piece in wanted)), None)
        if row is None:
            wrong.append(("no row says", wanted))
        else:
            told.remove(row)
    return [*wrong, *(("nobody said", row) for row in told)]


# Evidence


def evidence_table(page):
    """All rows of *Events*, ticked."""
    page.goto(f"/corpora/reports/ask/events/{ALL}")
    for number in range(1, rows(page).count() + 1):
        Keyboard(page).press("checkbox", f"Choose row {number}", "Space")
    Keyboard(page).press("button", "Add the ticked rows to an evidence table")
    page.wait_for_url("**/lines/**")
    return sorted(page.locator(".report .said").all_inner_texts())


def download(page, title):
    with page.expect_download() as given:
        page.get_by_role("link", name=title).click()
    return given.value.path().read_bytes()


def in_word(content):
    table = docx.Document(io.BytesIO(content)).tables[0]
    head = [cell.text for cell in table.rows[0].cells]
    at = next(at for at, words in enumerate(head) if "statement" in words.lower())
    return sorted(row.cells[at].text for row in table.rows[1:])


def in_excel(content):
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    head, *lines = book["evidence"].iter_rows(values_only=True)
    return sorted(line[head.index("statement")] for line in lines)


def in_the_api(page, story):
    """Figures that the answer of the API has otherwise than the story, or that one of both lacks."""
    answer = page.request.get("/api/v1/corpora/reports/ask/figures/").json()
    told = [
        [figure["quote"], float(value["low"] or 0), value["comparator"], value["currency"], row["status"], source["name"]]
        for row in answer["results"]
        for value in row["values"]
        for figure in value["figures"]
        for source in figure["sources"]
    ]
    return [each for each in [*story.figures_in_api, *told] if each not in story.figures_in_api or each not in told]


# A second reading


def adjudicate(page, corpus, annotator):
    """What both made is one entity; where they differ the annotator's version holds; what all agree in and has to be looked at is right."""
    page.goto(f"/articles/{corpus.articles.get().pk}/adjudicate/")
    Keyboard(page).press("button", "Begin adjudication")
    page.wait_for_url("**/adjudicate/*-*/**")
    page.wait_for_load_state()
    inputs = Adjudication.objects.get().inputs
    key = str(1 + inputs.get(assignment__annotator=annotator).position)
    # When the differences are decided, what has to be looked at comes.
    cards = page.locator("#work .difference")
    while cards.count():
        page.keyboard.press("j")
        here = page.locator(".difference:focus")
        expect(here).to_be_visible()
        decided = page.locator(f"[id='{here.get_attribute('id')}']")
        is_same = here.get_by_role("heading", name="Same entity?").count()
        page.keyboard.press("m" if is_same else "l" if here.get_by_role("button", name="Checked: right").count() else key)
        expect(decided).to_have_count(0)
        page.wait_for_load_state()
    Keyboard(page).press("button", "Submit the gold")
    expect(page.get_by_text("The gold is submitted.", exact=True).first).to_be_visible()
