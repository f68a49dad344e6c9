"""Journey 11, two annotators, one gold: each of its observations, with the planted readings of FX-1, by keys alone."""

import copy
import json
import re

import pytest
from playwright.sync_api import expect

from annotations.documents.build import document
from annotations.imports.load import load
from annotations.models import Adjudication, AdjudicationDecision, Assignment
from annotations.scoring.pairs import score
from annotations.write.adjudication_state import AdjudicationState
from config.environment import ROOT
from corpus.intake.ingest import ingest
from corpus.models import Article
from tests import factories
from tests.api.world import new, session
from tests.browser.keyboard import Keyboard
from tests.browser.test_pages_access import faults_as_it_is
from tests.conformance.test_adjudication import FILES, KINDS, ReadingView, readings_of_a, side_of_a

TEAMS = ROOT.parent / "shared" / "teams"
pytestmark = pytest.mark.others("teams", instead="tests/browser/test_adjudication.py")

SEED = factories.DOMAIN / "000_3e4db3711cb7c38f.txt"
GOLD = json.loads((factories.DOMAIN / "gold_seed.json").read_text("utf-8"))
TEXT = (factories.DOMAIN / "gold_seed.txt").read_text("utf-8")
LAYERS = {"Actor": "ACTOR", "Figure": "FIGURE", "Event": "EVENT"}


@pytest.fixture
def corpus(transactional_db):
    made = factories.corpus("reports")
    factories.scheme()
    factories.adopt(made)
    for name, role in (("mina", "manager"), ("ben", "annotator"), ("cy", "annotator"), ("chief", "reviewer")):
        factories.membership(made, factories.user(name), role)
    ingest(made, [(SEED.name, SEED.read_bytes())], door="command")
    return made


def of(corpus, name):
    return corpus.memberships.get(user__username=name).user


def annotated(corpus, name, native, role="annotation"):
    """What somebody has annotated, as typing it would have stored it."""
    person = of(corpus, name)
    content = json.dumps(native | {"text": TEXT}).encode()
    load(corpus, content, name=f"{name}.json", annotator=person, user=person, role=role)
    return Assignment.objects.get(annotator=person)


def planted(name):
    return json.loads((TEAMS / f"reading_{name}.json").read_text("utf-8"))


@pytest.fixture
def someone(new_page, sign_in, corpus):
    """`someone(name)`: a keyboard at a browser of their own, signed in."""

    def make(name):
        page = new_page()
        sign_in(page, of(corpus, name))
        return Keyboard(page)

    return make


def assign(mina, name):
    """The one article of the list, by the keys of the list."""
    mina.page.goto("/corpora/reports/")
    mina.press("checkbox", "Select all articles of this page", "Space")
    mina.press("button", "Assign selected")
    mina.choose("Assign to", f"{name} (annotator)")
    mina.press("button", "Assign 1 article")
    expect(mina.page.get_by_text(f"1 article assigned to {name}.")).to_be_visible()


def submit(reader):
    """From the queue to the submitted reading."""
    reader.page.goto("/queue/")
    reader.page.wait_for_load_state()
    reader.keys("j", "Enter")
    reader.page.wait_for_selector("#annotator[data-whole=yes]")
    expect(reader.page.locator("#submit")).to_have_text("Submit")
    reader.press("button", "Submit")
    reader.page.wait_for_url("**?submitted")


def test_b1_an_article_is_given_to_two_and_neither_sees_the_marks_of_the_other(someone, corpus, allowed_console):
    allowed_console.append("404")
    title = Article.objects.get().title
    mina, ben, cy = someone("mina"), someone("ben"), someone("cy")
    for name in ("ben", "cy"):
        assign(mina, name)
    readings = [annotated(corpus, "ben", planted("b")), annotated(corpus, "cy", planted("c"))]
    assert Assignment.objects.count() == 2, "each has the reading that was assigned"
    for reader, own, other in ((ben, *readings), (cy, *reversed(readings))):
        reader.page.goto("/corpora/reports/")
        reader.press("link", title)
        annotations = reader.page.get_by_role("region", name="Readings")
        expect(annotations.get_by_role("link")).to_have_text(["Me"])
        answer = reader.page.goto(other.get_absolute_url())
        assert answer.status == 404
        client = session(own.annotator)
        assert client.get(f"/api/v1/assignments/{own.pk}/").status_code == 200
        assert client.get(f"/api/v1/assignments/{other.pk}/").status_code == 404
        submit(reader)
        assert reader.page.goto(other.get_absolute_url()).status == 404, "also once one has submitted"
    assert {reading.status for reading in Assignment.objects.all()} == {"submitted"}


@pytest.fixture
def pair(corpus):
    """Both readings, submitted by their annotators and counted."""
    from annotations.assign import submit as submit_reading

    made = [annotated(corpus, "ben", planted("b")), annotated(corpus, "cy", planted("c"))]
    for reading in made:
        submit_reading(reading, reading.annotator)
    score()
    return made


def measure(page, name, layer):
    """The value in the row of a measure and layer."""
    rows = page.get_by_role("table", name="Measures with 95 % intervals").get_by_role("row")
    row = rows.filter(has_text=name).filter(has=page.get_by_role("cell", name=layer, exact=True))
    return float(row.locator("[data-name=Value]").inner_text().split()[0])


def test_b2_agreement_by_layer_and_each_difference(someone, pair):
    chief = someone("chief")
    chief.page.goto("/")
    chief.press("link", "Reports")
    chief.press("link", "Team")
    chief.press("link", "Agreement")
    expect(chief.page.get_by_role("heading", name="Measures")).to_be_visible()
    expected = json.loads((TEAMS / "expected.json").read_text("utf-8"))
    for title, layer in LAYERS.items():
        counts = expected["layers"]["BC"][layer]
        for name, number in (("same words, same label", "f1_exact"), ("overlapping words, same label", "f1_overlap")):
            assert measure(chief.page, name, title) == pytest.approx(counts[number], abs=0.0006), (title, number)
    for name in ("equal values (F1)", "Arguments: same role, same filler", "Sources of figures and events"):
        row = chief.page.get_by_role("row").filter(has_text=name)
        assert 0 < float(row.first.locator("[data-name=Value]").inner_text().split()[0]) < 1, name
    chief.press("link", Article.objects.get().title)
    listed = chief.page.get_by_role("table", name="Differences in the order of the text")
    expect(listed).to_be_visible()
    chief.page.wait_for_load_state()  # rows come one after the other
    count = listed.locator("tbody tr").count()
    expect(chief.page.get_by_text(f"{count} differences between")).to_be_visible()
    for words in ("middle class citizens", "jeopardy"):
        expect(listed.get_by_role("rowheader").filter(has_text=words).first).to_be_visible()


def against_gold(keyboard, name):
    """The measures of one annotator against the gold: (measure, layer) → value."""
    keyboard.choose("Compare with", "The gold")
    keyboard.choose("Annotators", name)
    keyboard.press("button", "Filter")
    keyboard.page.wait_for_url(re.compile(f"against=gold&reader={name}"))
    rows = keyboard.page.get_by_role("table", name="Measures with 95 % intervals").locator("tbody tr")
    expect(rows.first).to_be_visible()
    cells = [
        (row.get_by_role("rowheader"), row.locator("[data-name=Layer]"), row.locator("[data-name=Value]")) for row in rows.all()
    ]
    return {(name.inner_text(), layer.inner_text()): value.inner_text().split()[0] for name, layer, value in cells}


def test_b3_a_reading_equal_to_the_gold_scores_one_and_170_were_loses_one_exact_match(someone, corpus):
    from annotations.assign import submit as submit_reading

    other = copy.deepcopy(GOLD)
    [figure] = [mention for mention in other["mentions"] if mention["id"] == "F02"]
    end = figure["end"] + len(" were")
    figure |= {"end": end, "quote": TEXT[figure["start"] : end]}
    figure["fragments"] = [{"start": figure["start"], "end": end, "quote": figure["quote"]}]
    assert figure["quote"] == "170 were"
    for name, native in (("ben", GOLD), ("cy", other)):
        reading = annotated(corpus, name, native)
        submit_reading(reading, reading.annotator)
    annotated(corpus, "chief", GOLD, role="adjudication")
    score()
    mina = someone("mina")
    mina.page.goto("/corpora/reports/")
    mina.press("link", "Team")
    mina.press("link", "Agreement")
    equal = against_gold(mina, "ben")
    assert set(equal.values()) - {"–"} == {"1.000"}
    assert len([value for value in equal.values() if value == "1.000"]) > len(LAYERS) * 2
    less = against_gold(mina, "cy")
    exact, overlap = ("Marks: same words, same label (F1)", "Figure"), ("Marks: overlapping words, same label (F1)", "Figure")
    assert (less[exact], less[overlap]) == (f"{12 / 13:.3f}", "1.000"), "12 of 13 figures"
    for layer in ("Actor", "Event"):
        assert less[exact[0], layer] == less[overlap[0], layer] == "1.000"


def count_left(page, count):
    """So many cards, and the script that reads the keys."""
    expect(page.locator("#work > li")).to_have_count(count)
    page.wait_for_load_state("load")


def sides_of_gold(adjudication):
    """For each difference the key of the reader who says what the gold of the fixture says."""
    state = AdjudicationState(adjudication)
    native = {"A": ReadingView(json.loads(FILES["A"].read_text("utf-8")), KINDS)}
    choices = side_of_a(state.alignment, state.groups, readings_of_a(state.alignment, native), {})
    return {f"d-{location}": str(1 + number) for location, number in choices.items()}


def test_b4_each_difference_is_decided_by_keys_and_the_two_originals_stay(someone, pair, corpus):
    before = [document(reading) for reading in pair]
    chief, title = someone("chief"), Article.objects.get().title
    page = chief.page
    page.goto("/corpora/reports/")
    chief.press("link", title)
    chief.press("link", "Adjudicate")
    chief.press("button", "Begin adjudication")
    page.wait_for_url("**/adjudicate/*-*/**")
    count_left(page, 22)
    expect(page.get_by_text("22 of 22 differences undecided.")).to_be_visible()
    for theme, width in (("light", 1280), ("dark", 1280), ("light", 360)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 844})
        assert faults_as_it_is(page) == [], (theme, width)
    page.set_viewport_size({"width": 1280, "height": 900})

    adjudication = Adjudication.objects.get()
    keys = sides_of_gold(adjudication)
    assert len(keys) == 22
    window = someone("chief")
    window.page.goto(page.url)
    count_left(window.page, 22)
    names = [card.get_attribute("id") for card in page.locator("#work > li").all()]
    extra = page.locator("#work > li", has=page.locator("mark", has_text=re.compile("^they$"))).get_attribute("id")
    chief.keys(*["j"] * (1 + names.index(extra)), "x")
    count_left(page, 21)
    window.keys(*["j"] * (1 + names.index(extra)), keys[extra])
    expect(window.page.get_by_text("changed this in the meantime")).to_be_visible()
    chief.keys("u")
    count_left(page, 22)
    chief.keys(*["k"] * 22)
    expect(page.locator("#work > li").first).to_be_focused()
    edited = page.locator("#work > li", has=page.locator("mark", has_text="middle class citizens")).first.get_attribute("id")
    for left in range(21, -1, -1):
        card = page.locator("#work > li").first
        expect(card).to_be_focused()
        name = card.get_attribute("id")
        chief.keys("x" if name == extra else keys[name])
        if left:
            count_left(page, left)
    expect(page.get_by_text("All 22 differences decided.")).to_be_visible()

    address = adjudication.get_absolute_url()
    page.goto(f"{address}?show=all#{edited}")
    page.wait_for_load_state("load")
    expect(page.locator(f'[id="{edited}"]')).to_be_focused()
    chief.keys("c")
    page.wait_for_selector("#annotator[data-whole=yes]")
    words = page.locator("#card header q")
    expect(words).to_have_text("newly-affluent middle class citizens")
    chief.keys("{")
    expect(words).to_have_text("newly-affluent middle class")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    page.goto(f"{address}?show=all")
    card = page.locator(f'[id="{edited}"]')
    expect(card.locator(".state")).to_contain_text("changed")

    page.goto(address)
    looks = page.locator("#work > li").count()
    expect(page.get_by_text(re.compile(rf"{looks} agreed items? to check"))).to_be_visible()
    for left in range(looks - 1, -1, -1):
        page.wait_for_load_state("load")
        chief.keys("j", "l")
        if left:
            count_left(page, left)
    expect(page.get_by_role("heading", name="No undecided differences here")).to_be_visible()
    chief.press("button", "Submit the gold")
    expect(page.get_by_text("The gold is submitted.", exact=True).first).to_be_visible()

    counts = AdjudicationState(Adjudication.objects.get()).counts
    assert counts["open"] == 0
    assert counts["accepted"] + counts["dropped"] + counts["changed"] == 22
    assert (counts["dropped"] > 0, counts["changed"] > 0) == (True, True)
    gold = Assignment.objects.get(pk=adjudication.gold_id)
    assert (gold.status, gold.transitions.filter(kind="submitted").count()) == ("submitted", 1), "the first version of the gold"
    assert [document(Assignment.objects.get(pk=reading.pk)) for reading in pair] == before


def test_b5_only_adjudicators_decide(someone, pair, corpus, allowed_console):
    allowed_console.append("403")
    chief = session(of(corpus, "chief"))
    text = pair[0].document_id
    assert session(of(corpus, "ben")).post(f"/api/v1/documents/{text}/adjudication/").status_code == 403
    begun = chief.post(f"/api/v1/documents/{text}/adjudication/").json()
    ben = someone("ben")
    assert ben.page.goto(Adjudication.objects.get().get_absolute_url()).status == 403
    body = {"id": new(), "difference": begun["differences"][0]["name"], "outcome": "dropped", "base": begun["revision"]}
    for name, status in (("ben", 403), ("cy", 403), ("mina", 403), ("chief", 201)):
        answer = session(of(corpus, name)).post(f"/api/v1/adjudications/{begun['id']}/decisions/", body, format="json")
        assert answer.status_code == status, name
    assert AdjudicationDecision.objects.exclude(outcome="auto").count() == 1
