"""A manager without staff status, from a new corpus to its export, by keys alone; no page of the admin is ever asked for.

Three members come by link, each in a browser of their own; 60 files are brought in, given outlet and date, planned, read, compared,
adjudicated and exported.
"""

import json
import re
import zipfile
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from annotations.models import Adjudication, Assignment, PlanArticle
from annotations.scoring.pairs import score
from corpus.models import Article, Corpus, Intake, Membership
from corpus.tasks import read_turn
from tests import factories
from tests.browser.keyboard import Keyboard
from tests.browser.test_journey_2 import words
from tests.browser.typist import Typist

ARTICLES = 60  # more than a page of the list
TWICE = ARTICLES // 5
LIMIT = 20
READINGS, ASSIGNED = ARTICLES + TWICE, 2 * LIMIT  # by two annotators
SCHEME = json.loads((factories.DOMAIN / "scheme.json").read_text("utf-8"))
MEMBERS = {"jun": "annotator", "ida": "annotator", "rei": "reviewer"}
SECRET = "correct horse battery"
HOME = "/corpora/panel-2027/"


@pytest.fixture
def asked():
    """The path of each request of any browser of the test."""
    return []


@pytest.fixture
def someone(new_page, asked):
    """A keyboard at a browser of its own."""

    def make():
        page = new_page()
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        return Keyboard(page)

    return make


@pytest.fixture
def mina(someone, sign_in, transactional_db):
    factories.scheme()
    person = factories.user("mina")
    factories.membership(factories.corpus("reports"), person, "manager")
    keyboard = someone()
    sign_in(keyboard.page, person)
    return keyboard


def create_corpus(mina):
    mina.page.goto("/")
    mina.press("link", "New corpus")
    mina.write("Name", "Panel 2027")
    mina.keys("Enter")
    expect(mina.page.get_by_role("heading", name="Panel 2027")).to_be_visible()


def invite(mina, colleague, name, role):
    mina.press("link", "Setup")
    mina.press("link", "Members")
    form = mina.page.get_by_role("region", name="Invite by a link")
    mina.go(form.get_by_label("For", exact=True))
    mina.page.keyboard.type(name)
    mina.choose_in(form.get_by_label("Role", exact=True), Membership.Role(role).label)
    mina.press("button", "Create invitation link")
    colleague.page.goto(mina.page.locator("#secret").inner_text())
    colleague.write("User name", name)
    colleague.write("Password", SECRET)
    colleague.write("Password confirmation", SECRET)
    colleague.press("button", "Create account and join")
    expect(colleague.page.get_by_text(f"You are now a member of “Panel 2027” as {role}.")).to_be_visible()
    mina.page.goto(HOME)


def bring_in(mina, folder):
    paths = []
    for number in range(ARTICLES):
        path = folder / f"report {number:03}.txt"
        path.write_text(f"Report {number:03}\n\nIt paid $500 a month, and $900 later. {words(number)}", "utf-8")
        paths.append(path)
    mina.press("link", "Add articles")
    expect(mina.page.get_by_role("heading", name="Add articles", level=1)).to_be_visible()
    mina.page.wait_for_load_state()
    mina.go(mina.page.locator("input[name=files]"))
    with mina.page.expect_file_chooser() as chooser:
        mina.keys("Space")
    chooser.value.set_files(paths)
    expect(mina.page.locator("[data-files] li")).to_have_count(ARTICLES)
    mina.press("button", "Import")
    mina.page.wait_for_url("**/intakes/*/", timeout=600_000)  # after a request for each file
    intake = Intake.objects.get()
    while not Intake.objects.filter(pk=intake.pk, finished__isnull=False).exists():
        read_turn(intake.pk, job=1)
    expect(mina.page.get_by_text(f"Finished. {ARTICLES} stored, 0 near-duplicates")).to_be_visible()
    mina.press("link", "Panel 2027")


def set_outlet_and_date(mina):
    mina.press("checkbox", f"Select all {ARTICLES} articles", "Space")
    mina.press("button", "Edit metadata of selected")
    expect(mina.page.get_by_role("heading", name=f"Edit metadata: {ARTICLES} articles")).to_be_visible()
    mina.write("Outlet", "Daily NK")
    mina.write("Publication date", "2027-01-15")
    mina.press("button", "Preview")
    mina.press("button", f"Edit {ARTICLES} articles")
    expect(mina.page.get_by_role("heading", name=f"{ARTICLES} articles edited")).to_be_visible()


def plan(mina):
    mina.page.goto(HOME)
    mina.press("link", "Setup")
    mina.press("link", "Settings")
    mina.write("Limit of articles in progress", str(LIMIT))
    mina.press("button", "Save team settings")
    expect(mina.page.get_by_text("Team settings saved.")).to_be_visible()
    mina.page.goto(HOME)
    mina.press("link", "Plan")
    mina.write("Name", "First round")
    mina.write("Readings", "2")
    mina.write("Read more than once, in %", "20")
    for name in ("jun", "ida"):
        mina.press("checkbox", name, "Space")
    mina.press("button", "Preview")
    expect(mina.page.get_by_text(f"{ARTICLES}, of these {TWICE} read twice")).to_be_visible()
    mina.press("button", "Start")
    expect(mina.page.get_by_text(f"0 of {READINGS} taken")).to_be_visible()
    mina.press("button", "Assign now")
    expect(mina.page.get_by_text(f"{ASSIGNED} of {READINGS} taken")).to_be_visible()


def read(reader, document, quotes):
    """Mark the figures with these words, and submit."""
    page, text = reader.page, document.text
    page.goto(document.article.get_absolute_url())
    reader.press("link", re.compile("^Continue"))
    page.wait_for_selector("#annotator[data-whole=yes]")
    typist = Typist(page, SCHEME)
    for quote in quotes:
        start = text.index(quote)
        fragment = {"start": start, "end": start + len(quote), "quote": quote}
        typist.mark({"layer": "FIGURE", "label": "MONEY", "fragments": [fragment], "quote": quote})
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    reader.press("button", "Submit")
    page.wait_for_url("**?submitted")


def adjudicate(rei, article):
    rei.page.goto(article.get_absolute_url())
    rei.press("link", "Adjudicate")
    rei.press("button", "Begin adjudication")
    rei.page.wait_for_url("**/adjudicate/*-*/**")
    cards = rei.page.locator("#work > li")
    expect(cards).to_have_count(1)
    rei.page.wait_for_load_state()
    adjudication = Adjudication.objects.get()
    first = adjudication.inputs.get(assignment__annotator__username="jun").position
    rei.keys("j", str(1 + first))
    expect(rei.page.get_by_text("to check. Adjudicator:", exact=False).first).to_be_visible()
    rei.page.wait_for_load_state()
    rei.keys("j", "l")
    expect(rei.page.get_by_role("heading", name="No undecided differences here")).to_be_visible()
    rei.press("button", "Submit the gold")
    expect(rei.page.get_by_text("The gold is submitted.", exact=True).first).to_be_visible()


def look_at_progress_and_agreement(mina, title):
    mina.page.goto(HOME)
    mina.press("link", "Team")
    mina.press("link", "Progress")
    expect(mina.page.get_by_role("heading", name="Progress", exact=True)).to_be_visible()
    submitted = mina.page.get_by_role("row").filter(has_text="Submitted")
    expect(submitted.filter(has_text="2").first).to_be_visible()
    mina.page.goto(HOME)
    mina.press("link", "Team")
    mina.press("link", "Agreement")
    expect(mina.page.get_by_text("1 pair of readings, 1 article.")).to_be_visible()
    mina.press("link", title)
    expect(mina.page.get_by_text("1 difference between")).to_be_visible()


def export(mina, folder):
    mina.page.goto(HOME)
    mina.press("link", "Evidence")
    mina.press("link", "Export")
    mina.press("button", "Check this format")
    mina.page.wait_for_url("**/export/?**")
    mina.go(mina.page.get_by_role("button", name="Download with report", exact=True), back=True)
    with mina.page.expect_download() as download:
        mina.keys("Enter")
    download.value.save_as(folder / "export.zip")
    with zipfile.ZipFile(folder / "export.zip") as archive:
        names = archive.namelist()
        assert "report.json" in names
        [file] = [name for name in names if name != "report.json"]
        return archive.read(file).decode()


def test_from_a_new_corpus_to_its_export_without_the_admin(mina, someone, asked, tmp_path):
    create_corpus(mina)
    team = {name: someone() for name in MEMBERS}
    for name, role in MEMBERS.items():
        invite(mina, team[name], name, role)
    bring_in(mina, tmp_path)
    set_outlet_and_date(mina)
    corpus = Corpus.objects.get(slug="panel-2027")
    dated = Article.objects.filter(corpus=corpus, outlet__name="Daily NK", published_earliest="2027-01-15")
    assert dated.count() == ARTICLES
    plan(mina)
    twice = PlanArticle.objects.filter(needed=2)
    assert twice.count() == TWICE
    document = twice.filter(live=2).select_related("document__article").first().document
    read(team["jun"], document, ["$500", "$900"])
    read(team["ida"], document, ["$900"])
    assert Assignment.objects.filter(document=document, status="submitted").count() == 2
    score()
    look_at_progress_and_agreement(mina, document.article.title)
    adjudicate(team["rei"], document.article)
    exported = export(mina, tmp_path)
    assert document.article.title in exported
    assert [path for path in asked if path.startswith("/admin")] == []
    assert HOME in asked
    expect(mina.page.get_by_role("link", name="Admin")).to_have_count(0)
