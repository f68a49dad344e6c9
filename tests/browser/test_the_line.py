"""The whole line as a newcomer walks it: from `make demo` to marks in the admin, the API and an export file."""

import json
import re
import urllib.request
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from annotations.management.commands import demo
from annotations.models import Assignment
from corpus.models import Token
from tests import factories
from tests.browser.desk import Desk

MINE = {("300", "PEOPLE"), ("return", "REPATRIATE")}


@pytest.fixture
def password(transactional_db, tmp_path, settings, capsys):
    """What `make demo` prints, without its server: the test has one."""
    (tmp_path / "domain").symlink_to(factories.DOMAIN)
    settings.DATA_FOLDER = tmp_path
    call_command("demo", no_serve=True)
    return re.search(
        r"^Sign in as manager, reviewer, annotator or second, password: (\S+)$", capsys.readouterr().out, re.MULTILINE
    )[1]


def log_in(page, name, password):
    page.goto("/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Corpora")).to_be_visible()


def begin(page):
    """From the page behind the log-in to the annotator on the seed article."""
    page.get_by_role("link", name="Demo").first.click()
    page.get_by_role("row", name="More North Korean factory workers").get_by_role("button", name="Annotate").click()
    page.wait_for_selector("#annotator[data-whole=yes]")
    return Desk(page, Assignment.objects.get(annotator__username="annotator", document__article__practice=True))


def mark(desk):
    desk.mark("300", "People count")
    desk.mark("return", "Return home")
    desk.card.locator("[name=status]").select_option("happened")
    desk.saved()


def in_the_api(live_server, assignment):
    _, secret = Token.issue(assignment.annotator, "test", ["read"])
    address = f"{live_server.url}/api/v1/assignments/{assignment.pk}/"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {secret}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def in_a_file(folder: Path):
    path = folder / "marks.jsonl"
    with path.open("w", encoding="utf-8") as out:
        call_command("export", corpus="demo", format="native", annotator="annotator", drafts=True, stdout=out)
    [seed] = [
        body for body in map(json.loads, path.read_text("utf-8").splitlines()) if body["document"]["source_file"] == demo.SEED
    ]
    return seed


def said_of(document):
    figure = next(mark for mark in document["mentions"] if mark["label"] == "PEOPLE")
    (event,) = document["events"]
    return {
        "marks": {(mark["quote"], mark["label"]) for mark in document["mentions"]},
        "value": (figure["attributes"]["low"], figure["attributes"]["comparator"]),
        "event": (event["type"], event["status"]),
    }


def test_from_the_demo_to_evidence(page, new_page, live_server, password, tmp_path):
    log_in(page, "annotator", password)
    desk = begin(page)
    mark(desk)
    page.reload()
    page.wait_for_selector("#annotator[data-whole=yes]")
    expect(page.locator(".seg[data-badge]")).to_have_count(2)
    assert set(desk.marks()) == MINE

    manager = new_page()
    log_in(manager, "manager", password)
    manager.goto(f"/admin/annotations/span/?assignment={desk.assignment.pk}")
    rows = manager.locator("#result_list tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="300")).to_contain_text("People count")
    expect(rows.filter(has_text="return")).to_contain_text("Return home")

    said = {"marks": MINE, "value": (300, "eq"), "event": ("REPATRIATE", "happened")}
    assert said_of(in_the_api(live_server, desk.assignment)) == said
    assert said_of(in_a_file(tmp_path)) == said


def test_the_gold_of_the_demo_can_be_read_in_the_browser(page, password):
    log_in(page, "annotator", password)
    page.goto(Assignment.objects.gold().get(document__article__practice=True).get_absolute_url())
    page.wait_for_selector("#annotator[data-whole=yes]")
    expect(page.locator("#text [role=mark]").nth(100)).to_be_attached()


def test_a_second_demo_changes_nothing(password, capsys):
    call_command("demo", no_serve=True)
    assert f"password: {password}" in capsys.readouterr().out
    assert Assignment.objects.gold().get(document__article__practice=True).revision == 1
    assert Assignment.objects.count() == 17
