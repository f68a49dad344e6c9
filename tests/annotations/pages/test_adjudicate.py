"""The pages on which readings are adjudicated, as they work without script."""

import pytest
from django.utils import timezone

from annotations.bin import put
from annotations.models import Adjudication, AdjudicationDecision, Assignment
from annotations.scoring.pairs import score
from annotations.write.adjudicate import start
from tests import factories, readings


@pytest.fixture
def pair(corpus, people):
    ben = factories.user("ben")
    factories.membership(corpus, ben, "annotator")
    return readings.readings(corpus, [people.annotator, ben], [readings.no_edit, readings.some_differences])


@pytest.fixture
def begun(pair, people):
    return start(pair[0].document, people.reviewer)[0]


def article_of(pair):
    return f"/articles/{pair[0].document.article_id}/"


def test_the_page_of_the_article_and_of_agreement_lead_to_it(as_, pair):
    address = f"{article_of(pair)}adjudicate/"
    assert address in as_("reviewer").get(article_of(pair)).text
    assert address not in as_("annotator").get(article_of(pair)).text
    score()
    assert address in as_("reviewer").get("/corpora/reports/agreement/").text


def test_begin_says_how_many_readings_there_are_and_leads_on(as_, pair):
    browser, address = as_("reviewer"), f"{article_of(pair)}adjudicate/"
    assert "2 submitted readings" in browser.get(address).text
    assert not Adjudication.objects.exists()
    page = browser.post(address, follow=True)
    assert "5 of 5 differences undecided" in page.text
    assert page.redirect_chain[0][0] == browser.get(address).url
    assert Adjudication.objects.get().get_absolute_url() in browser.get(article_of(pair)).text


def test_without_two_readings_there_is_nothing_to_adjudicate(as_, pair):
    Assignment.objects.filter(pk=pair[0].pk).update(status="open", submitted=None)
    page = as_("reviewer").get(f"{article_of(pair)}adjudicate/")
    assert "Nothing to adjudicate" in page.text
    assert as_("reviewer").post(f"{article_of(pair)}adjudicate/").status_code == 409


def test_who_has_a_reading_of_the_text_is_told_to_ask_somebody_else(as_, pair, people):
    factories.assignment(pair[0].document, people.reviewer)
    assert "annotated this article yourself" in as_("reviewer").get(f"{article_of(pair)}adjudicate/").text
    assert as_("reviewer").post(f"{article_of(pair)}adjudicate/").status_code == 403


@pytest.mark.parametrize(("saw_gold", "may"), [(False, True), (True, False)])
def test_a_reading_in_the_bin_keeps_only_who_saw_a_gold_by_it_from_adjudicating(as_, pair, people, saw_gold, may):
    mistake = factories.assignment(pair[0].document, people.reviewer, revision=1, released=timezone.now() if saw_gold else None)
    put.delete(mistake, people.manager, "Opened by mistake.")
    browser, address = as_("reviewer"), f"{article_of(pair)}adjudicate/"
    assert ("annotated this article yourself" in browser.get(address).text) is not may
    assert browser.post(address).status_code == (302 if may else 403)


def test_a_reading_submitted_later_is_told_and_counts_in_no_way(as_, begun, pair):
    before = as_("reviewer").get(begun.get_absolute_url()).text
    assert "submitted later" not in before
    factories.submitted(factories.assignment(pair[0].document, factories.user("late")))
    page = as_("reviewer").get(begun.get_absolute_url()).text
    assert "1 reading of this article was submitted later and is not included." in page
    assert ">Include</button>" in page
    assert "5 of 5 differences undecided" in page


@pytest.mark.parametrize(("role", "status"), [("viewer", 404), ("annotator", 403), ("manager", 200), ("stranger", 404)])
def test_who_sees_it(role, status, as_, begun):
    assert as_(role).get(begun.get_absolute_url()).status_code == status


def test_another_reviewer_reads_and_does_not_decide(as_, begun):
    page = as_("manager").get(begun.get_absolute_url())
    assert page.context["cards"]
    assert not page.context["decides"]
    card = page.context["cards"][0]
    answer = as_("manager").post(
        f"{begun.get_absolute_url()}decide/", {"difference": card.name, "decision": "drop", "base": "1"}, follow=True
    )
    assert "holds the gold" in answer.text
    assert not AdjudicationDecision.objects.exclude(outcome="auto").exists()


def send(browser, begun, card, decision, **fields):
    base = Assignment.objects.get(pk=begun.gold_id).revision
    body = {"id": card.new_id, "difference": card.name, "decision": decision, "base": base} | fields
    return browser.post(f"{begun.get_absolute_url()}decide/", body, follow=True)


def test_from_the_first_card_to_the_submitted_gold(as_, begun, people):
    browser, address = as_("reviewer"), begun.get_absolute_url()
    page = browser.get(address)
    first, *_ = cards = page.context["cards"]
    assert len(cards) == 5
    page = send(browser, begun, first, "A", reason="slip", note="see the heading")
    assert "4 of 5 differences undecided" in page.text
    assert first.name not in page.text
    shown = browser.get(f"{address}?show=all").text
    assert ("see the heading" in shown, "slip" in shown) == (True, True)
    page = browser.post(f"{address}decide/", {"decision": "undo"}, follow=True)
    assert "5 of 5 differences undecided" in page.text
    refused = browser.post(f"{address}submit/", follow=True)
    assert "Undecided differences of the readings: 5" in refused.text
    letter = begun.inputs.get(assignment__annotator=people.annotator).letter
    for card in page.context["cards"]:
        page = send(browser, begun, card, letter)
    assert "1 agreed item to check. Adjudicator: " in page.text
    [look] = page.context["cards"]
    assert {len(row["cells"]) for row in look.rows} == {1}, "what all say, once"
    assert (look.is_look, look.word, look.group.location.layer) == (True, "to check", "FIGURE")
    assert "Check each, then submit." in browser.post(f"{address}submit/", follow=True).text
    page = send(browser, begun, look, "looked")
    assert "All is decided" in page.text
    assert "checked" in browser.get(f"{address}?show=looks").text
    page = browser.post(f"{address}submit/", follow=True)
    assert "The gold is submitted" in page.text
    assert page.context["decides"] is False
    assert "0 of 1 checked were changed or dropped" in browser.get("/corpora/reports/agreement/").text
    assert Assignment.objects.get(pk=begun.gold_id).status == "submitted"


def test_filters(as_, begun):
    browser, address = as_("reviewer"), begun.get_absolute_url()
    kinds = [card.group.kind for card in browser.get(f"{address}?kind=mark").context["cards"]]
    assert set(kinds) == {"mark"}
    assert all(card.is_material for card in browser.get(f"{address}?material=on").context["cards"])
    assert browser.get(f"{address}?kind=nothing&show=x&page=99").context["cards"]


def test_even_readings_have_no_button_for_the_most(as_, begun):
    browser = as_("reviewer")
    card = browser.get(begun.get_absolute_url()).context["cards"][0]
    assert not card.has_most
    assert "even" in send(browser, begun, card, "most").text


def test_a_card_shows_its_words_in_their_sentence(as_, begun):
    cards = as_("reviewer").get(begun.get_absolute_url()).context["cards"]
    [claim] = [card for card in cards if card.group.kind == "claim"]
    assert [words for words, is_mark in claim.pieces if is_mark] == ["170 were forced to return to the North"]
    [event] = [card for card in cards if card.group.kind == "event"]
    assert event.rows[0]["name"] == "status"
    assert {cell["text"] for cell in event.rows[0]["cells"]} == {"happened", "expected"}


def test_the_page_takes_as_many_queries_for_one_card_as_for_five(queries, begun):
    address = begun.get_absolute_url()
    assert queries("reviewer", address) == queries("reviewer", f"{address}?kind=claim")
    assert queries("reviewer", address) < 40


def shorter(named):
    """Two marks with fewer words, one of them with another kind of mention as well."""
    for name, words in (("workers", "Korean workers"), ("manager", "manager")):
        part = named[name][1]["fragments"][0]
        named[name][1]["fragments"] = [{"start": part["end"] - len(words), "end": part["end"], "quote": words}]
    named["manager"][1]["attributes"] |= {"mention_type": "PRO"}


def test_marks_that_differ_in_words_only_are_accepted_together(as_, people, corpus):
    ben = factories.user("ben")
    factories.membership(corpus, ben, "annotator")
    pair = readings.readings(corpus, [people.annotator, ben], [readings.no_edit, shorter])
    begun = start(pair[0].document, people.reviewer)[0]
    browser, address = as_("reviewer"), begun.get_absolute_url()
    assert "1 undecided mark differs in words only" in browser.get(address).text
    letter = begun.inputs.get(assignment=pair[1]).letter
    answer = browser.post(f"{address}decide/", {"decision": f"words-{letter}"}, follow=True)
    assert "Accepted: 1 mark." in answer.text
    assert "in words only" not in answer.text.replace("A marks that differ in words only", "")
    [decision] = begun.decisions.exclude(outcome="auto")
    assert (decision.outcome, decision.taken.letter, decision.user) == ("accepted", letter, people.reviewer)
    assert Assignment.objects.get(pk=begun.gold_id).spans.filter(quote="Korean workers").exists()


def test_what_another_window_dropped_is_not_decided_again_unseen(as_, begun):
    browser, address = as_("reviewer"), begun.get_absolute_url()
    page = browser.get(address)
    card = page.context["cards"][0]
    hidden = f'name="decisions" value="{page.context["decisions"]}"'
    assert page.text.count(hidden) == len(page.context["cards"]), "sent by each card; nothing is decided that could be undone"
    window = {"difference": card.name, "base": "1", "decisions": page.context["decisions"]}
    browser.post(f"{address}decide/", window | {"decision": "drop"})
    late = browser.post(f"{address}decide/", window | {"decision": "A"}, follow=True)
    assert "changed this in the meantime" in late.text
    assert [row.outcome for row in AdjudicationDecision.objects.exclude(outcome="auto")] == ["dropped"]


def pieces_of(page):
    return [part for row in page.context["segments"] for part in row["parts"]]


def test_the_text_stands_beside_the_differences_with_the_marks_of_the_readers(as_, begun):
    page = as_("reviewer").get(begun.get_absolute_url())
    pieces = pieces_of(page)
    text = begun.gold.document.text
    assert "".join(piece.text for piece in pieces) == text.replace("\n\n", ""), "all of it, once"
    by_words = {piece.text: piece for piece in pieces}
    agreed = by_words["North Korean workers"]
    assert (agreed.is_marked, agreed.only, agreed.title) == (True, "", "All: group")
    shown = {card.name for card in page.context["cards"]}
    linked = {piece.card for piece in pieces if piece.card}
    assert linked <= shown
    assert by_words["45,000 RMB per month"].card in shown
    assert f'href="#d-{by_words["45,000 RMB per month"].card}"' in page.text
    filtered = as_("reviewer").get(f"{begun.get_absolute_url()}?kind=claim")
    assert {piece.card for piece in pieces_of(filtered) if piece.card} <= {card.name for card in filtered.context["cards"]}


def test_words_that_only_some_have_marked_say_who(as_, corpus, people):
    cid = factories.user("cid")
    factories.membership(corpus, cid, "annotator")

    def without_the_first_figure(named):
        del named["before"], named["link"]

    pair = readings.readings(corpus, [people.annotator, cid], [readings.no_edit, without_the_first_figure])
    begun = start(pair[0].document, people.reviewer)[0]
    [piece] = [piece for piece in pieces_of(as_("reviewer").get(begun.get_absolute_url())) if piece.text == "300"]
    letter = begun.inputs.get(assignment=pair[0]).letter
    other = "AB".replace(letter, "")
    assert piece.only == letter
    assert set(piece.title.split("; ")) == {f"{letter}: people", f"{other}: not marked"}


def test_the_text_costs_no_query_for_each_mark(as_, begun, django_assert_max_num_queries):
    browser = as_("reviewer")
    browser.get(begun.get_absolute_url())
    with django_assert_max_num_queries(30):
        browser.get(begun.get_absolute_url())
