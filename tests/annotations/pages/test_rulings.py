"""Rulings: written from a guideline and from an adjudication, shown beside labels, and held against later decisions."""

import json
import re

import pytest
from django.db import Error, connection, transaction

from annotations.guidelines.rulings import RulingDraft, only_place, rule
from annotations.guidelines.versions import create
from annotations.models import AdjudicationDecision, Assignment, Guideline, Ruling
from annotations.write.adjudicate import start
from tests import factories, readings
from tests.annotations.pages.test_adjudicate import send

WORDS = "45,000 RMB per month"


@pytest.fixture
def text(corpus):
    return factories.document(readings.TEXT, corpus=corpus)


@pytest.fixture
def guideline(corpus, people):
    return create(corpus, "FIGURE.PEOPLE", people.reviewer, title="People", body="Whom is counted?").guideline


def ruled(guideline, text, user, quote=WORDS, right="FIGURE.MONEY", wrong="FIGURE.PEOPLE"):
    return rule(guideline, RulingDraft(text, only_place(text, quote), right, wrong, "Money is no count."), user)


def test_a_reviewer_writes_one_from_the_guideline(as_, page, guideline, text):
    address = guideline.get_absolute_url()
    assert "No rulings yet." in page("reviewer", address)
    sent = {"article": f"https://attest.example/articles/{text.article_id}/", "quote": WORDS, "why": "Money.\r\nNo count."}
    sent |= {"right": "FIGURE.MONEY", "wrong": "FIGURE.PEOPLE"}
    answer = as_("reviewer").post(f"{address}rulings/new/", sent, follow=True)
    assert "Ruling added to “People”." in answer.text
    made = Ruling.objects.get()
    start_of = text.text.index(WORDS)
    assert (made.quote, made.fragments, made.why) == (WORDS, [[start_of, start_of + len(WORDS)]], "Money.\nNo count.")
    assert made.version == guideline.versions.get()
    assert f'<q dir="auto">{WORDS}</q>' in page("reviewer", address)
    assert "Right: <strong>Figures: Money</strong>" in page("reviewer", address)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"quote": "the"}, "The text has these words"),
        ({"quote": "Nowhere"}, "The text does not have these words."),
        ({"article": "articles/7/"}, "No article of this corpus with a text has this address."),
        ({"wrong": "FIGURE.MONEY"}, "Choose two different labels"),
        ({"why": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_named(changed, message, as_, guideline, text):
    sent = {"article": str(text.article_id), "quote": WORDS, "right": "FIGURE.MONEY", "wrong": "", "why": "W"} | changed
    assert message in as_("reviewer").post(f"{guideline.get_absolute_url()}rulings/new/", sent).text
    assert not Ruling.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("annotator", 403), ("manager", 200), ("stranger", 404)])
def test_who_writes_one(who, status, as_, guideline):
    assert as_(who).get(f"{guideline.get_absolute_url()}rulings/new/").status_code == status


def test_the_words_are_hidden_from_who_may_not_know_how_the_text_was_annotated(page, guideline, text, people):
    ruled(guideline, text, people.reviewer)
    address = guideline.get_absolute_url()
    shown = {who: WORDS in page(who, address) for who in ("viewer", "annotator", "reviewer", "manager")}
    assert shown == {"viewer": False, "annotator": False, "reviewer": True, "manager": True}
    assert "Money is no count." in page("annotator", address)
    factories.assignment(text, people.manager)
    factories.assignment(text, people.reviewer, role="adjudication")
    reading = factories.assignment(text, people.annotator)
    shown = {who: WORDS in page(who, address) for who in ("viewer", "annotator", "reviewer", "manager")}
    assert shown == {"viewer": True, "annotator": False, "reviewer": True, "manager": False}
    factories.submitted(reading)
    assert WORDS in page("annotator", address)


def beside(page, who, reading):
    [data] = re.findall(r'<script id="guidelines" type="application/json">(.*?)</script>', page(who, f"/annotate/{reading.pk}/"))
    return json.loads(data)


def test_the_newest_five_stand_beside_both_labels(page, guideline, text, people, corpus):
    for number in range(7):
        ruled(guideline, text, people.reviewer, quote=readings.TEXT[number : number + 30])
    reading = factories.assignment(factories.document("Another text.", corpus=corpus), people.annotator)
    known = beside(page, "annotator", reading)
    assert known["FIGURE.PEOPLE"]["title"] == "People"
    assert "title" not in known["FIGURE.MONEY"]
    for label in ("FIGURE.PEOPLE", "FIGURE.MONEY"):
        rows = known[label]["rulings"]
        assert [row["address"] for row in rows] == [row.get_absolute_url() for row in Ruling.objects.all()[:5]]
        assert (rows[0]["quote"], rows[0]["right"], rows[0]["wrong"]) == ("", "Figures: Money", "Figures: People count")


def test_pages_ask_no_more_with_more_rulings(queries, guideline, text, people, corpus):
    ruled(guideline, text, people.reviewer)
    reading = factories.assignment(factories.document("Another text.", corpus=corpus), people.annotator)
    addresses = (guideline.get_absolute_url(), f"/annotate/{reading.pk}/")
    before = [queries("annotator", address) for address in addresses]
    for number in range(5):
        ruled(guideline, text, people.reviewer, quote=readings.TEXT[number : number + 30])
    assert [queries("annotator", address) for address in addresses] == before


def test_rulings_only_grow_and_stay_in_their_corpus(guideline, text, people):
    made = ruled(guideline, text, people.reviewer)
    for statement in ("UPDATE annotations_ruling SET why = 'x'", "DELETE FROM annotations_ruling"):
        with pytest.raises(Error, match="only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    foreign = factories.document("Elsewhere.", corpus=factories.corpus("other"))
    fields = {"fragments": [[0, 1]], "quote": "E", "right": "ACTOR.ORG", "why": "W", "user": people.reviewer}
    with pytest.raises(Error, match="one corpus"), transaction.atomic():
        Ruling.objects.create(version=made.version, document=foreign, **fields)


# From an adjudication


def other_label(named):
    named["pay"][1]["label"] = "PEOPLE"
    named["pay"][1]["attributes"] = {"low": 45000, "high": 45000, "comparator": "eq", "approximate": False, "vague": False}


@pytest.fixture
def begun(corpus, people):
    ben = factories.user("ben")
    factories.membership(corpus, ben, "annotator")
    pair = readings.readings(corpus, [people.annotator, ben], [readings.no_edit, other_label])
    return start(pair[0].document, people.reviewer)[0]


def difference(browser, begun):
    cards = browser.get(f"{begun.get_absolute_url()}?show=all").context["cards"]
    [card] = [card for card in cards if card.name.startswith("mark-FIGURE")]
    return card


def letter_of(begun, label):
    taken = {row.letter: row.assignment.spans.get(quote=WORDS).label.code for row in begun.inputs.all()}
    return next(letter for letter, code in taken.items() if code == label)


def test_a_decision_becomes_a_ruling_and_a_later_one_against_it_is_flagged(as_, page, begun, text, people):
    browser = as_("reviewer")
    card = difference(browser, begun)
    send(browser, begun, card, letter_of(begun, "MONEY"))
    address = f"{begun.get_absolute_url()}ruling/?difference={card.name}"
    form = browser.get(address).context["form"]
    assert form.initial == {"right": "FIGURE.MONEY", "wrong": "FIGURE.PEOPLE"}
    answer = browser.post(address, {**form.initial, "why": "Money is no count."}, follow=True)
    assert "Ruling added to “Money”." in answer.text
    made = Ruling.objects.get()
    assert Guideline.objects.get().versions.get().body == "Money is no count."
    assert (made.quote, made.decision) == (WORDS, AdjudicationDecision.objects.get(outcome="accepted"))
    assert made.decision.against is None

    card = difference(browser, begun)
    assert "Against a" not in page("reviewer", f"{begun.get_absolute_url()}?show=all")
    send(browser, begun, card, letter_of(begun, "PEOPLE"))
    assert AdjudicationDecision.objects.order_by("position").last().against == made
    assert f'Against a <a href="{made.get_absolute_url()}">' in page("reviewer", f"{begun.get_absolute_url()}?show=all")
    assert "1 later decision against it" in page("reviewer", made.version.guideline.get_absolute_url())

    ruled(made.version.guideline, begun.gold.document, people.reviewer, right="FIGURE.PEOPLE", wrong="FIGURE.MONEY")
    send(browser, begun, difference(browser, begun), letter_of(begun, "PEOPLE"))
    assert AdjudicationDecision.objects.order_by("position").last().against is None


def test_a_card_leads_to_thread_and_ruling_by_key(as_, begun):
    browser = as_("reviewer")
    card = difference(browser, begun)
    text = browser.get(begun.get_absolute_url()).text
    assert re.search(r'ruling/\?difference=mark-FIGURE[^"]*" data-key="g"', text)
    assert browser.get(card.thread).status_code == 200
    assert Assignment.objects.get(pk=card.thread.split("/")[2]) == begun.inputs.all()[0].assignment
    assert browser.get(f"{begun.get_absolute_url()}ruling/?difference=nothing").status_code == 404
    assert as_("annotator").get(f"{begun.get_absolute_url()}ruling/?difference={card.name}").status_code == 403
