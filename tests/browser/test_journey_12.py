"""Journey 12, scheme change and history: each of its observations, on FX-1 with its gold, by keys alone."""

import json

import pytest
from playwright.sync_api import expect

from annotations.imports.load import load
from annotations.models import Assignment, Claim, Figure, Link, Move, Scheme, Span
from annotations.moves import change as moving
from annotations.moves.adoption import chosen_scheme
from annotations.write.apply import apply_changes
from config.environment import ROOT
from corpus.intake.ingest import ingest
from tests import factories
from tests.annotations.moves.conftest import version, without_revisions
from tests.annotations.moves.test_moves import renamed
from tests.api.world import change
from tests.browser.keyboard import Keyboard
from tests.staff import address

TEAMS = ROOT.parent / "shared" / "teams"
SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
TEXT = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")


@pytest.fixture
def corpus(transactional_db):
    made = factories.corpus("reports")
    factories.scheme()
    factories.adopt(made)
    return made


@pytest.fixture
def ann(page, sign_in, corpus):
    """An annotator at the keyboard, who has annotated FX-1 as the gold has it."""
    person = factories.user("ann")
    factories.membership(corpus, person, "annotator")
    ingest(corpus, [(SEED.name, SEED.read_bytes())], door="command")
    load(corpus, json.dumps(GOLD | {"text": TEXT}).encode(), name="gold.json", annotator=person, user=person, role="annotation")
    sign_in(page, person)
    return Keyboard(page)


@pytest.fixture
def reading(ann):
    return Assignment.objects.get()


def test_b1_an_administrator_adds_a_type_without_code_and_old_articles_keep_their_version(page, sign_in, corpus, reading):
    old = Scheme.objects.get()
    administrator = Keyboard(page)
    sign_in(page, factories.user("administrator", is_staff=True, is_superuser=True))
    page.goto(address(Scheme, "change", old.pk))
    administrator.press("link", "Copy to a new version")
    administrator.press("button", "Copy")
    expect(page.locator(".field-outline")).to_be_visible()
    administrator.go(page.locator(".field-outline").get_by_role("link", name="Permit decision"))
    administrator.keys("Enter")
    administrator.go(page.locator("#attributes-0").get_by_role("link", name="Change"))
    administrator.keys("Enter")
    administrator.press("button", "Add another Choice")
    for field, text in (("code", "student_visa"), ("name", "student visa")):
        administrator.go(page.locator(f"#id_choices-6-{field}"))
        page.keyboard.type(text)
    administrator.press("button", "Save")
    expect(page.locator(".messagelist .success")).to_be_visible()
    draft = Scheme.objects.get(version__gt=old.version)
    assert draft.attributes.get(code="permit_type", label__code="PERMIT").choices.filter(code="student_visa").exists()
    assert Assignment.objects.get().scheme == old
    assert without_revisions(reading) == without_revisions(Assignment.objects.get())


def triggers(label):
    return Span.objects.filter(label__code=label, label__layer__code="EVENT").count()


def test_b2_codes_that_are_gone_ask_for_a_new_one_and_show_how_many_marks_change(page, sign_in, corpus, reading):
    mina = factories.user("mina")
    factories.membership(corpus, mina, "manager")
    manager = Keyboard(page)
    sign_in(page, mina)
    before = without_revisions(reading)
    marks = triggers("REPATRIATE")
    assert marks > 5
    version(renamed)
    page.goto("/corpora/reports/")
    manager.press("link", "Setup")
    manager.press("link", "Versions and scheme changes")
    manager.press("button", "Map codes")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="EVENT.REPATRIATE", exact=True))
    expect(row.locator("[data-name=Marks]")).to_have_text(str(marks))
    expect(page.get_by_role("button", name="Do", exact=True)).to_be_disabled()
    manager.choose("New code of EVENT.REPATRIATE", "RETURN")
    manager.press("button", "Try")
    manager.choose("New code of EVENT.REPATRIATE.count", "number")
    manager.choose("New code of EVENT.REPATRIATE.manner.forced", "compelled")
    manager.press("button", "Try")
    expect(page.get_by_text("In 0 of 1 reading tried")).to_be_visible()
    manager.press("button", "Do")
    expect(page.get_by_text("0 of 1 reading reached.")).to_be_visible()
    moving.carry_out(Move.objects.get().pk)
    manager.press("link", "Refresh")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert (triggers("RETURN"), triggers("REPATRIATE")) == (marks, 0), "as many as told"
    move = Move.objects.get()
    assert chosen_scheme(corpus).scheme == move.target, "what is annotated next is under the new version"
    manager.press("button", "Undo")
    expect(page.get_by_role("status").filter(has_text="0 of 1 reading reached.")).to_be_visible()
    moving.carry_out(Move.objects.get().pk)
    manager.press("link", "Refresh")
    expect(page.get_by_text("Undone", exact=True).first).to_be_visible()
    assert chosen_scheme(corpus).scheme == move.source
    assert without_revisions(Assignment.objects.get()) == before


def edited(reading):
    """A mark, a link and a rating as somebody has changed them by mistake: their ids."""
    figure = Figure.objects.get(span__assignment=reading, low=170).span
    link = Link.objects.filter(assignment=reading).first()
    claim = Claim.objects.filter(assignment=reading, reliability="F").first()
    batch = [
        change("update", "span", {"id": str(figure.pk), "attributes": {"low": 17, "high": 17}}),
        change("delete", "link", {"id": str(link.pk)}),
        change("update", "claim", {"id": str(claim.pk), "reliability": "A"}),
    ]
    apply_changes(reading, reading.annotator, reading.revision, batch)
    return figure.pk, link.pk, claim.pk


def test_b3_every_mark_link_and_rating_has_a_history_and_is_restored(ann, reading):
    before = without_revisions(reading)
    ids = edited(reading)
    assert without_revisions(reading) != before
    lines = (("low", "170", "17"), ("type", None, None), ("reliability", "F", "A"))
    for pk, (field, old, new) in zip(ids, lines, strict=True):
        ann.page.goto(f"/annotate/{reading.pk}/history/")
        ann.go(ann.page.locator(f'a[href$="/history/{pk}/"]').first)
        ann.keys("Enter")
        changes = ann.page.get_by_role("table", name="Changes, newest first").locator("tbody tr")
        newest = changes.first
        expect(newest.locator("[data-name=User]")).to_have_text("ann")
        expect(newest.locator("time")).to_be_visible()
        expect(newest).to_contain_text(field)
        if old:
            expect(newest.locator("del", has_text=old).first).to_be_visible()
            expect(newest.locator("ins", has_text=new).first).to_be_visible()
        else:
            expect(ann.page.get_by_text("deleted", exact=True)).to_be_visible()
        ann.press("button", "Restore as of revision 1")
        expect(ann.page.get_by_text("Restored as of revision 1.")).to_be_visible()
    assert without_revisions(reading) == before


@pytest.mark.others("teams", instead="tests/annotations/pure/text/test_reanchor.py")
def test_b4_marks_move_with_the_words_of_a_newer_text_and_those_without_are_listed(ann, reading):
    expected = json.loads((TEAMS / "text_2_expected.json").read_text("utf-8"))
    factories.document((TEAMS / "text_2.txt").read_text("utf-8"), of=reading.document.article)
    page = ann.page
    page.goto(reading.document.article.get_absolute_url())
    ann.press("link", "Carry annotations to text version 2")
    expect(page.get_by_role("heading", name="To check")).to_be_visible()
    page.wait_for_load_state()  # rows come one after the other
    listed = page.get_by_role("table").filter(has_text="Outcome").locator("tbody tr").count()
    assert listed > 2 + 8, "with what has lost a part"
    ann.press("button", "Carry annotations")
    expect(page.get_by_role("link", name="Open the newer text")).to_be_visible()
    lines = page.locator("tr.waiting")
    expect(lines).to_have_count(listed)
    expect(page.get_by_role("heading", name="To check")).to_contain_text(f"{listed} of {listed}")
    page.wait_for_load_state()
    facts = dict(zip(page.locator("dl.facts dt").all_inner_texts(), page.locator("dl.facts dd").all_inner_texts(), strict=True))
    outcomes = [len(expected["carried"]), len(expected["changed"]), len(expected["orphans"])]
    assert outcomes == [131, 2, 8]
    assert sum(map(int, facts.values())) == sum(outcomes)
    assert str(len(expected["orphans"])) in facts.values()
    for orphan in expected["orphans"]:
        [quote] = [each["quote"] for each in GOLD["mentions"] if each["id"] == orphan["id"]]
        expect(lines.filter(has_text=quote[:100]).first).to_be_visible()
    figure = lines.filter(has=page.get_by_role("rowheader", name="170", exact=True)).first
    expect(figure.locator("[data-name=Candidate]")).to_have_text("180")
    waiting = lines.count()
    taken = 0
    ann.keys("j", "j")
    expect(lines.nth(1).locator(":focus")).to_be_visible()
    ann.keys("k")
    expect(lines.first.locator(":focus")).to_be_visible()
    while waiting:
        current = page.locator("tr.waiting:has(:focus)")
        expect(current).to_have_count(1)
        takes = current.locator("button[value=taken]").count()
        taken += takes
        ann.keys("Enter" if takes else "x")
        waiting -= 1
        expect(lines).to_have_count(waiting)
        page.wait_for_load_state()
    assert taken > 0
    ann.press("link", "Open the newer text")
    page.wait_for_selector("#annotator[data-whole=yes]")
    newer = Assignment.objects.get(document__version=2)
    assert Figure.objects.filter(span__assignment=newer, low=180).exists()
    assert not Figure.objects.filter(span__assignment=newer, low=170).exists()
    assert Figure.objects.filter(span__assignment=reading, low=170).exists(), "the older reading stays"
