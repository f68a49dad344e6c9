"""From the keyboard to the evidence: a report on listings, with a document as source and a denial of what it says."""

import csv
import io
import json
import re
import zipfile

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from annotations.models import Assignment
from questions.index import keep
from tests import factories
from tests.annotations.formats.comparing import comparable
from tests.browser.asking import rows
from tests.browser.desk import Desk, assignment_on
from tests.browser.keyboard import Keyboard
from tests.browser.test_pages_access import faults
from tests.browser.test_questions_to_reports import download
from tests.browser.typist import Typist

BOUGHT = "Harbour Light Shipping bought two tankers in 2021"
TEXT = (
    f"Tankers bought\n\n{BOUGHT}, according to a confidential report submitted to the Committee.\n\n"
    "Harbour Light Shipping denied the allegation on Tuesday. Customs data showed that the tankers carried crude oil."
)
NAME = "Harbour Light Shipping"


class Analyst(Typist):
    def __init__(self, desk):
        super().__init__(desk.page, json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8")))
        self.desk = desk

    def mark_words(self, words, *keys, nth=0):
        start = place(words, nth)
        self.to_text()
        self.select(start, start + len(words))
        self.press(*keys)
        expect(self.card.locator("header q")).to_have_text(words)
        self.desk.saved()

    def claim(self, word, content, nth=0):
        self.to_text()
        self.press("Escape")
        self.go(place(word, nth))
        self.press("q")
        expect(self.card.locator("header q")).to_have_text(content)

    def offered_source(self, words):
        expect(self.card.locator("[data-field^='source-offer']").first).to_have_text(f"1{words}new mark")
        self.press("1")


def place(words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return at


@pytest.fixture
def desk(page, sign_in, transactional_db):
    made = assignment_on(TEXT, role="manager")
    sign_in(page, made.annotator)
    return Desk(page, made).open()


def annotate(desk):
    """By keys alone."""
    analyst, card = Analyst(desk), desk.card
    analyst.mark_words(NAME, "a", "c")
    analyst.press("0")
    expect(desk.page.get_by_role("dialog", name="New entity")).to_be_visible()
    analyst.press("Enter")
    expect(card.get_by_role("button", name="Relate…")).to_be_visible()
    analyst.mark_words(NAME, "a", "c", nth=1)
    analyst.press("1")
    expect(card.get_by_role("button", name="Relate…")).to_be_visible()
    analyst.mark_words("bought", "e", "t", nth=1)
    analyst.press("1")
    expect(card.locator(".chip").filter(has_text=NAME)).to_be_visible()
    analyst.claim("bought", BOUGHT, nth=1)
    analyst.offered_source("confidential report")
    expect(card.locator(".reading")).to_have_text("confidential report, paraphrased · asserted")
    analyst.claim("allegation", "the allegation")
    expect(card.locator(".reading")).to_have_text(f"{NAME}, paraphrased · denied")
    analyst.to("#card [name=denies]")
    analyst.press("ArrowDown", "Enter")
    expect(card.locator(".chip bdi")).to_have_text([f"confidential report: {BOUGHT[:39]}…"])
    analyst.claim("carried", "the tankers carried crude oil")
    analyst.offered_source("Customs data")
    expect(card.locator(".reading")).to_contain_text("Customs data, paraphrased · asserted")
    issued_by_the_panel(desk, analyst)
    desk.saved()


def issued_by_the_panel(desk, analyst):
    """In the card of the mark of the report; the panel is an entity that no word of the text stands for."""
    keyboard = Keyboard(desk.page)
    report = place("confidential report")
    analyst.to_text()
    analyst.press("Escape")
    analyst.attend([{"start": report, "end": report + len("confidential report")}])
    analyst.to_button("relate")
    analyst.press("Enter")
    expect(desk.page.locator("#menu")).to_be_visible()
    analyst.type("issued by")
    expect(desk.options).to_have_text([re.compile("^issued by"), re.compile("issued by this")])
    analyst.press("Enter")
    expect(desk.page.locator("#menu")).to_contain_text("Create new entity")
    analyst.type("Panel of Experts")
    expect(desk.options).to_have_text([re.compile("^Create “Panel of Experts”")])
    analyst.press("Enter")
    form = desk.page.get_by_role("dialog")
    expect(form).to_have_accessible_name("New entity")
    keyboard.choose_in(form.get_by_label("Type"), "International body")
    keyboard.go(form.get_by_role("button", name="Create"))
    analyst.press("Enter")
    expect(form).to_have_accessible_name("Confidential report: issued by Panel of Experts")
    keyboard.choose_in(form.get_by_label("Basis"), "stated")
    keyboard.go(form.get_by_role("button", name="Add"))
    analyst.press("Enter")
    expect(desk.card.locator(".relations")).to_contain_text("issued by Panel of Experts")


def submit(desk):
    expect(desk.page.locator("#submit")).to_have_text("Submit")
    Keyboard(desk.page).press("button", "Submit")
    desk.page.wait_for_url("**?submitted")
    while keep.take_up():
        pass


def test_a_denial_and_a_document_arrive_in_the_evidence(desk, tmp_path):
    annotate(desk)
    submit(desk)
    page, slug = desk.page, desk.assignment.document.corpus.slug
    who_says_what(page, slug)
    by_api(page, slug)
    evidence_table(page, slug)
    denial_in_the_table(desk)
    exported_and_loaded(page, slug, tmp_path)


def who_says_what(page, slug):
    page.goto(f"/corpora/{slug}/ask/sources/")
    expect(rows(page)).to_have_count(3)
    report, customs, firm = (rows(page).filter(has=page.locator("th", has_text=name)) for name in ("onfidential", "ustoms", NAME))
    expect(firm.locator("mark")).to_have_text("the allegation")
    expect(firm).to_contain_text(f"denies Confidential report: “{BOUGHT}”")
    expect(report).to_contain_text("issued by Panel of Experts")
    expect(report).to_contain_text(f"denied by {NAME}: “the allegation”")
    expect(report.locator("mark").first).to_have_text(BOUGHT)
    expect(customs.locator("mark")).to_have_text("the tankers carried crude oil")
    assert not faults(page)


def by_api(page, slug):
    found = page.request.get(f"/api/v1/corpora/{slug}/ask/sources/").json()["results"]
    said = {row["source"]["name"]: row for row in found}
    assert said[NAME]["words"]["quote"] == "the allegation"
    assert [(each["type"], each["is_answer"]) for each in said[NAME]["answers"]] == [("denies", True)]
    assert [mark["quote"] for mark in said["Confidential report"]["triggers"]] == ["bought"]


def evidence_table(page, slug):
    page.goto(f"/corpora/{slug}/ask/events/?status=any")
    rows(page).get_by_role("checkbox").check()
    page.get_by_role("button", name="Add the ticked rows to an evidence table").click()
    page.get_by_role("heading", name="1 line selected").wait_for()
    (stated,) = page.locator(".report .said").all_inner_texts()
    assert stated.startswith("According to a confidential report by the Panel of Experts,")
    assert f"denied by {NAME}" in stated
    word = zipfile.ZipFile(download(page, "Evidence table (Word)"))
    assert stated in word.read("word/document.xml").decode()
    book = zipfile.ZipFile(download(page, "Excel workbook"))
    sheets = "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))
    assert stated in sheets


def denial_in_the_table(desk):
    """What is denied has neither a figure nor an event in it: its own words are the line, and the link to the claim is told."""
    page, slug = desk.page, desk.assignment.document.corpus.slug
    page.goto(f"/corpora/{slug}/ask/sources/")
    row = rows(page).filter(has=page.locator("th", has_text=NAME))
    keyboard = Keyboard(page)
    keyboard.go(row.get_by_role("link", name="Add to an evidence table"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 line selected").wait_for()
    (stated,) = page.locator(".report .said").all_inner_texts()
    denied = f"denies the claim “{BOUGHT}” by a confidential report by the Panel of Experts"
    assert stated == f"{NAME} denied “the allegation” (no figure or event is marked in these words; {denied})."
    assert f"Source: “{NAME}”" in page.locator(".report").inner_text()
    word = zipfile.ZipFile(download(page, "Evidence table (Word)")).read("word/document.xml").decode()
    assert stated in word
    book = zipfile.ZipFile(download(page, "Excel workbook"))
    assert any(stated in book.read(name).decode() for name in book.namelist())
    lines = page.request.get(f"/api/v1/corpora/{slug}/ask/sources/").json()["results"]
    (line,) = next(row["lines"] for row in lines if row["source"]["name"] == NAME)
    answer = page.request.get(f"/api/v1/corpora/{slug}/export/?format=csv&lines={line}")
    table = zipfile.ZipFile(io.BytesIO(answer.body())).read("evidence.csv").decode("utf-8-sig")
    (read,) = csv.DictReader(io.StringIO(table))
    assert [read["statement"], read["quotation"], read["modality"]] == [stated, "the allegation", "denied"]


def exported_and_loaded(page, slug, folder):
    """The native file in another corpus says the same."""
    file = folder / "native.jsonl"
    out = io.StringIO()
    call_command("export", corpus=slug, format="native", stdout=out, stderr=io.StringIO())
    (line,) = out.getvalue().splitlines()
    file.write_text(json.dumps(json.loads(line) | {"text": TEXT}), "utf-8")
    other = factories.corpus("other")
    call_command("load", "--corpus", other.slug, "--format", "native", "--gold", str(file), verbosity=0)
    before, after = (Desk(page, Assignment.objects.get(document__corpus__slug=each)).stored() for each in (slug, other.slug))
    assert comparable(after) == comparable(before)
    assert [link["type"] for link in after["relations"]] == ["denies"]
    assert [relation["type"] for relation in after["entity_relations"]] == ["issued_by"]
