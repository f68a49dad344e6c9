"""Journey 4: who is who. The parts are named as the journey numbers them.

The seed article with its gold, but for what the journey adds: the Party has no entity yet, and the
sources are not tied.
"""

import json

import pytest
from playwright.sync_api import expect

from annotations.imports.load import load
from annotations.models import Merge, Span
from registry.models import Entity
from tests import factories
from tests.browser.desk import Desk, assignment_on
from tests.browser.keyboard import type_in

SEED = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
PARTY, TIE, SOURCE = "E-WPK", "possible_same_as", "E-SRCA"
PLACE_ROLES = {"place", "origin", "destination", "via"}
IN_LIAONING = {"E-LN", "E-DDG", "E-STN", "E-SEW", "E-TEX", "E-DDFAC"}
PEOPLE_ROLES = {"people", "worker"}
WORKING_IN_LIAONING = {"E-MGR", "E-W300", "E-W170", "E-W130", "E-NKWDD", "E-WDDREP"}
# Ties a mark to an entity as the page would, around what the page offers.
WRITE = """
async ([assignment, base, id, entity]) => {
  const change = { id: crypto.randomUUID(), op: 'update', kind: 'span', object: { id, attributes: { entity } } };
  const answer = await fetch(`/api/v1/assignments/${assignment}/changes/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': document.querySelector('#annotator').dataset.csrf },
    body: JSON.stringify({ base, changes: [change] }),
  });
  return [answer.status, (await answer.json()).errors.map(({ code }) => code)];
}
"""


def meant(mention):
    return mention.get("attributes", {}).get("entity")


def before_the_journey():
    gold = json.loads(json.dumps(GOLD))
    gold["entities"] = [entity for entity in gold["entities"] if entity["id"] != PARTY]
    gold["entity_relations"] = [r for r in gold["entity_relations"] if (r["type"], r["source"]) != (TIE, SOURCE)]
    for mention in gold["mentions"]:
        if meant(mention) == PARTY:
            del mention["attributes"]["entity"]
    return json.dumps(gold).encode()


@pytest.fixture
def desk(page, sign_in, transactional_db):
    made = assignment_on(SEED, role="reviewer")
    load(
        made.document.corpus,
        before_the_journey(),
        name="gold.json",
        annotator=made.annotator,
        user=made.annotator,
        role="annotation",
    )
    sign_in(page, made.annotator)
    return Desk(page, made).open()


def entity(key):
    return Entity.objects.get(key=key)


def go_to(desk, key):
    """By the address of the mark, as a link from another page does."""
    desk.page.evaluate("key => { location.hash = `#mark=${key}`; }", key)
    desk.look()
    desk.page.locator("#text").focus()


def mark_of(words, of=PARTY):
    return next(m["id"] for m in GOLD["mentions"] if m["quote"] == words and meant(m) == of)


def proposals(desk):
    return desk.card.locator(".proposal .name")


def unlink(desk):
    desk.card.locator("[data-field=entity-unlink]").press("Enter")
    desk.saved()


def tie(desk, words):
    """Possibly the same as the one that is found by the words, all by keys."""
    page = desk.page
    before = inferred(desk)
    desk.card.locator("[data-field=relate]").press("Enter")
    desk.option("possibly the same as").wait_for()
    desk.press("7")
    page.keyboard.type(words)
    expect(desk.options.first).to_contain_text(words)
    desk.press("Enter")
    # On what it rests, nobody has said yet.
    expect(page.locator(".entity-form [name=basis]")).to_have_value("")
    type_in(page, "inf")
    desk.press("Enter")
    desk.saved()
    assert inferred(desk) == before + 1


def inferred(desk):
    return sum(relation["basis"] == "inferred" for relation in desk.stored()["entity_relations"])


def test_who_is_who(desk, allowed_console):
    allowed_console.append("status of 422")
    page = desk.page

    # B1: a name that one entity has is linked at once; taken away, it is proposed first.
    go_to(desk, mark_of("North", "E-KP"))
    desk.press("Delete", "a", "t")
    desk.look()  # the mark that is gone was linked as well
    name = desk.card.locator(".entity-name")
    expect(name).to_have_text("North Korea (DPRK)")
    unlink(desk)
    expect(proposals(desk).first).to_have_text("North Korea (DPRK)")
    # The button that was pressed is gone; the keyboard is still in the card.
    expect(desk.card.locator(".proposal").first).to_be_focused()
    desk.press("Escape", "1")
    expect(name).to_have_text("North Korea (DPRK)")

    # The Party is proposed once it exists.
    go_to(desk, mark_of("Party"))
    expect(desk.card.locator("[data-field=entity-new]")).to_be_visible()
    expect(proposals(desk).filter(has_text="Party")).to_have_count(0)
    desk.press("0")
    page.keyboard.type("Workers’ Party of Korea")
    desk.press("Enter")
    expect(name).to_have_text("Workers’ Party of Korea")
    unlink(desk)
    expect(proposals(desk).first).to_have_text("Workers’ Party of Korea")
    page.locator("#text").focus()
    desk.press("1")
    desk.saved()
    made = next(each for each in desk.stored()["entities"] if each["name"] == "Workers’ Party of Korea")
    assert (made["type"], made["anonymous"], made["screening"]) == ("STATE_BODY", False, "not_screened")

    # B3: three persons until they are tied; then a sign on all of them, and two to three sources.
    page.get_by_role("tab", name="Claims").press("Enter")
    told = page.locator("#claims [data-sources]")
    expect(told).to_contain_text("3 independent sources")
    assert "PER≈" not in desk.badges()
    go_to(desk, mark_of("source", SOURCE))
    for words in ("Manager", "Source familiar"):
        tie(desk, words)
    expect(told).to_contain_text("2 to 3 independent sources")
    signed = [m for m in GOLD["mentions"] if meant(m) in (SOURCE, "E-MGR", "E-SRCB")]
    assert " ".join(desk.badges()).count("PER≈") == len(signed)
    assert told.text_content().count("≈") == 3
    expect(name).to_contain_text("≈")

    # A2: a group is no place.
    group = Span.objects.filter(assignment=desk.assignment, label__code="GROUP").first()
    desk.assignment.refresh_from_db()
    asked = [str(desk.assignment.pk), desk.assignment.revision, str(group.pk), str(entity("E-DDG").pk)]
    assert page.evaluate(WRITE, asked) == [422, ["ACT-01"]]

    # A1: Liaoning finds Dandong and its station, and what happens to those who work there.
    quoted = {m["id"]: meant(m) for m in GOLD["mentions"]}
    wanted = {
        event["id"]
        for event in GOLD["events"]
        for a in event["arguments"]
        for roles, entities in ((PLACE_ROLES, IN_LIAONING), (PEOPLE_ROLES, WORKING_IN_LIAONING))
        if a["role"] in roles and (a.get("entity") or quoted.get(a.get("mention"))) in entities
    }
    found = page.request.get(f"/api/v1/events/?drafts=true&limit=100&place={entity('E-LN').pk}").json()["results"]
    assert {row["key"] for row in found} == wanted
    assert len(wanted) > 1

    # B2: every mention in its sentence, with the way to its place.
    page.goto(f"/entities/{entity('E-KP').pk}/")
    expect(page.get_by_role("heading", name="Mentions (7)")).to_be_visible()
    expect(page.locator(".passages q mark")).to_have_count(7)
    place = page.locator(".passages a").first.get_attribute("href")
    assert place.startswith(f"/annotate/{desk.assignment.pk}/#mark=")

    # B4: two factories that turn out to be one, and do not.
    page.goto(f"/entities/{entity('E-SEW').pk}/merge/")
    page.get_by_role("link", name="Textile factory in Dandong").press("Enter")
    expect(page.get_by_role("heading", name="Merge “")).to_be_visible()
    assert Merge.objects.count() == 0
    page.get_by_role("button", name="Merge").press("Enter")
    expect(page.get_by_role("heading", name="Mentions (2)")).to_be_visible()
    expect(page.locator("#merges + ul")).to_contain_text(f"merged into this entity by {desk.assignment.annotator.username}")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("heading", name="Mentions (1)")).to_be_visible()
    page.goto(f"/entities/{entity('E-TEX').pk}/")
    expect(page.locator("#merges + ul")).to_contain_text("Undone by")


REPORT = (
    "Local source in Dandong\n\nA local source in Dandong told us that PDVSA had paid them. "
    "The workers at a shoe factory left in May. They were sent home, a trader said."
)


@pytest.fixture
def report(page, sign_in, transactional_db):
    """An article of a corpus that knows a company, and an unnamed source of another article."""
    made = assignment_on(REPORT)
    corpus = made.document.corpus
    Entity.objects.create(corpus=corpus, type="PERSON", name="Local source", anonymous=True)
    Entity.objects.create(corpus=corpus, type="COMPANY", name="P.D.V.S.A. Ltd.")
    sign_in(page, made.annotator)
    return Desk(page, made).open()


def names(desk):
    return [each["name"] for each in desk.stored()["entities"]]


def marked(desk, words, label):
    desk.mark(words, label)
    expect(desk.card).to_be_visible()


def test_an_unnamed_source_of_another_article_is_nobody_here(report):
    desk, page = report, report.page
    with page.expect_response(lambda answer: "/proposals/" in answer.url):
        marked(desk, "local source", "Person")
    expect(desk.card.locator("[data-field=entity-new]")).to_be_visible()
    expect(proposals(desk)).to_have_count(0)
    # Search has it, without a digit.
    desk.press("9")
    stranger = desk.option("Local source")
    expect(stranger).to_be_visible()
    expect(stranger.locator("kbd")).to_have_count(0)
    desk.press("Escape", "0")
    expect(page.locator(".entity-form [name=name]")).to_have_value("Local source in Dandong")
    desk.press("Enter")
    expect(desk.card.locator(".entity-name")).to_have_text("Local source in Dandong")


def test_a_second_entity_of_the_name_asks_first(report):
    desk, page = report, report.page
    marked(desk, "PDVSA", "Company")
    desk.press("0", "Enter")
    expect(desk.option("Use “P.D.V.S.A. Ltd.”")).to_be_visible()
    desk.press("Enter")
    expect(desk.card.locator(".entity-name")).to_have_text("P.D.V.S.A. Ltd.")
    desk.saved()
    assert Entity.objects.filter(type="COMPANY").count() == 1
    # And another one, where two are meant.
    unlink(desk)
    page.locator("#text").focus()
    desk.press("0", "Enter")
    desk.option("Create another “PDVSA”").click()
    expect(desk.card.locator(".entity-name")).to_have_text("PDVSA")
    desk.saved()
    assert Entity.objects.filter(type="COMPANY").count() == 2


def test_a_pronoun_offers_whom_it_means_and_becomes_no_entity(report):
    desk, page = report, report.page
    marked(desk, "workers", "Group")
    desk.press("0")
    expect(page.locator(".entity-form [name=name]")).to_have_value("Workers at shoe factory")
    desk.press("Enter")
    desk.saved()
    marked(desk, "They", "Group")
    expect(desk.card.locator("[data-field=entity-new]")).to_have_count(0)
    expect(proposals(desk)).to_have_text(["Workers at shoe factory"])
    desk.press("0")
    expect(page.locator(".entity-form")).to_have_count(0)
    desk.press("1")
    expect(desk.card.locator(".entity-name")).to_have_text("Workers at shoe factory")
    desk.saved()
    assert names(desk) == ["Workers at shoe factory"]
