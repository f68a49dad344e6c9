"""The demo: twelve articles with the work on them, so that no page of its corpus is empty."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils.html import strip_tags

from annotations.models import Adjudication, Assignment
from annotations.scoring.pairs import score
from annotations.write.screening_runs import carry_on
from corpus.models import Article, Corpus
from registry.models import ListCandidate, ListEntry, ScreeningRun

pytestmark = pytest.mark.django_db
INVENTED = ("Invented for practice: ", "연습용 가상 기사: ", "练习用虚构报道：")
# Pages of the corpus, and words that only a row of the demo says there.
PAGES = {
    "": "Coal in the Yellow Sea",
    "ask/": "What happened when?",
    "ask/events/": "transferred",
    "ask/events/?view=timeline": "<svg",
    "ask/network/?view=network": "<svg",
    "ask/figures/": "2,400",
    "ask/sources/": "Harbour pilot",
    "ask/disputes/": "Vladivostok",
    "ask/law/": "2397",
    "entities/": "Amber Heron",
    "agreement/": "second",
    "differences/": "Vladivostok",
    "progress/": "second",
    "plans/": "Practice round 1",
    "discussion/": "is the seized ship the asset",
    "guidelines/": "who seizes, and what",
    "members/": "reviewer",
    "screening/": "Amber Heron",
}

# Ready-made questions about other things than workers, and what a row of the demo says there: who acts on whom, a value, words.
READY_MADE = {
    "Which vessels sailed or took on cargo, with whom?": ["Amber Heron → Jade Ibis", "<mark>transferred</mark>"],
    "How much cargo is reported?": ["<strong>1,800 tonnes</strong>", "<mark>1,800 tonnes</mark>"],
    "At which prices was what sold, by whom?": ["Sample Star Shipping", "USD 62 per tonne", "<mark>sold</mark>"],
    "Who owns or controls whom?": ["Sample Star Shipping → Amber Heron", "<mark>owns</mark>"],
    "Who evades or conceals what?": ["Amber Heron", "<mark>switched off</mark>"],
    "Who was listed or delisted, by whom?": ["Sanctions Office of Samplia → Sample Star Shipping, Amber Heron"],
}


@pytest.fixture
def corpus(settings, tmp_path):
    settings.DATA_FOLDER = tmp_path
    call_command("demo", no_serve=True)
    corpus = Corpus.objects.get(slug="demo")
    score(corpus.pk)  # as the worker does, once the server runs
    carry_on(ScreeningRun.objects.get(corpus=corpus).pk)
    return corpus


def test_what_is_invented_says_so_and_the_rest_is_the_seed(corpus):
    articles = Article.objects.filter(corpus=corpus)
    invented = articles.exclude(practice=True)
    assert (articles.count(), invented.count()) == (12, 11)
    assert [each.title for each in invented if not each.title.startswith(INVENTED)] == []
    assert {each.language for each in invented} == {"en", "ko", "zh"}
    assert [each.key for each in articles if each.documents.count() == 2] == ["practice-02"]


def test_three_articles_are_read_twice_and_one_reading_is_open(corpus):
    readings = Assignment.objects.filter(document__corpus=corpus, role=Assignment.Role.ANNOTATION)
    submitted = [each.document.article.key for each in readings.filter(status="submitted")]
    assert sorted({key for key in submitted if submitted.count(key) == 2}) == ["practice-05", "practice-06", "practice-08"]


def test_no_page_of_the_demo_is_empty(corpus, client):
    client.force_login(get_user_model().objects.get(username="manager"))
    assert [found for page, words in PAGES.items() if (found := lacking(client, f"/corpora/demo/{page}", words))] == []


def test_each_ready_made_question_has_an_answer(corpus, client):
    client.force_login(get_user_model().objects.get(username="manager"))
    ready = client.get("/corpora/demo/ask/").context["ready"]
    asked = {each["name"]: each["address"].partition("#")[0] for each in ready}
    assert [name for name, address in asked.items() if not client.get(address).context["rows"]] == []
    found = {name: lacking(client, asked[name], words) for name, several in READY_MADE.items() for words in several}
    assert {name: each for name, each in found.items() if each} == {}


def test_one_difference_is_left_to_decide(corpus, client):
    client.force_login(get_user_model().objects.get(username="reviewer"))
    [adjudication] = Adjudication.objects.exclude(gold__status="submitted")
    html = client.get(adjudication.get_absolute_url()).content.decode()
    assert "No undecided differences" not in html
    assert "Asset" in html


def test_two_of_eight_listed_parties_match(corpus):
    candidates = ListCandidate.objects.filter(entity__corpus=corpus)
    assert ListEntry.objects.filter(list__corpus=corpus).count() == 8
    assert sorted(each.entity.name for each in candidates) == ["Amber Heron", "Sample Star Shipping"]


def lacking(client, address, words):
    """What is wrong with a page, in a line; empty where it shows a row of its own kind."""
    answer = client.get(address)
    if answer.status_code != 200:
        return f"{address}: {answer.status_code}"
    html = answer.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    heading = re.search(r'class="empty".*?</h2>', main, re.DOTALL)
    if heading:
        return f"{address}: {strip_tags(heading[0])}"
    return "" if words in main else f"{address}: no “{words}”"
