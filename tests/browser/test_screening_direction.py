"""Names that are written from right to left, on the pages of screening: each in its own direction, in sentences that stay as they are."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from registry.models import Entity, EntityName, ListCandidate, ScreenedBy
from tests import factories, listed

ARABIC, HEBREW = "محمد علي حسن", "משה לוי כהן"
LINES = f"TEST-001; Mohammed Ali Hassan; alias: {ARABIC}; type: person\nTEST-002; {HEBREW}; type: person"
# Where the first and the last character below an element are painted.
EDGES = """(node) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  const at = (text, offset) => { const range = document.createRange(); range.setStart(text, offset); range.setEnd(text, offset + 1); return range.getBoundingClientRect().left; };
  const first = texts[0], last = texts[texts.length - 1];
  return [at(first, first.data.search(/\\S/)), at(last, last.data.trimEnd().length - 1)];
}"""


@pytest.fixture
def manager(transactional_db):
    factories.scheme()
    corpus = factories.corpus("reports")
    factories.adopt(corpus)
    person = factories.user("manager")
    factories.membership(corpus, person, "manager")
    version = listed.version("TEST", LINES, "2024-05-15")
    ScreenedBy.objects.create(corpus=corpus, list=version.list)
    entity = Entity.objects.create(corpus=corpus, name=ARABIC, type="PERSON")
    EntityName.objects.create(entity=entity, position=1, name="Mohamed Ali")
    EntityName.objects.create(entity=entity, position=2, name="مو علي")
    Entity.objects.create(corpus=corpus, name=HEBREW, type="PERSON")
    call_command("screen", corpus="reports")
    return person


def direction(locator):
    """By where its letters are painted."""
    first, last = locator.evaluate(EDGES)
    return "ltr" if first < last else "rtl"


def test_sentences_run_from_left_to_right_and_each_name_in_its_direction(page, sign_in, manager):
    sign_in(page, manager)
    candidate = ListCandidate.objects.get(entity__name=ARABIC)
    addresses = [
        "/corpora/reports/screening/",
        f"/corpora/reports/screening/runs/{candidate.first_run_id}/",
        candidate.get_absolute_url(),
    ]
    for address in addresses:
        page.goto(address)
        sentence = page.locator("p", has_text=f"“{ARABIC}” and “").first
        expect(sentence).to_be_visible()
        assert direction(sentence) == "ltr"
        assert [direction(name) for name in sentence.locator("bdi").all()[:2]] == ["rtl", "rtl"]
    expect(page.locator("h1 bdi").first).to_have_text(ARABIC)
    assert direction(page.locator("h1")) == "ltr"
    assert direction(page.locator("dd", has_text="Mohammed Ali Hassan")) == "ltr"
    assert direction(page.locator("dd", has_text=ARABIC)) == "rtl"


def test_names_of_an_entity_beside_each_other_keep_their_order(page, sign_in, manager):
    sign_in(page, manager)
    page.goto("/corpora/reports/entities/")
    names = page.locator("div.small", has_text="Mohamed Ali · مو علي").locator("bdi")
    latin, arabic = (name.bounding_box()["x"] for name in names.all())
    assert latin < arabic
    assert direction(names.last) == "rtl"
    page.goto(Entity.objects.get(name=ARABIC).get_absolute_url())
    assert direction(page.locator("h1")) == "rtl"
    assert [direction(name) for name in page.locator("dd bdi").all()[:2]] == ["ltr", "rtl"]
    page.goto("/lists/TEST/")
    assert direction(page.locator("tbody th", has_text="Mohammed")) == "ltr"
    assert direction(page.locator("tbody th", has_text=HEBREW)) == "rtl"
    page.goto("/lists/TEST/entries/TEST-001/")
    assert [direction(page.locator("tbody th", has_text=name)) for name in ("Mohammed", ARABIC)] == ["ltr", "rtl"]
