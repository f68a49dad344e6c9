"""The bar of a corpus: who sees which of its entries and tabs, and on which pages."""

import re

import pytest
from django.urls import NoReverseMatch, reverse

from corpus.models import Corpus, Membership
from questions.address.parameters import LEDGERS
from questions.templatetags.corpus_bar import ANNOTATOR, BAR, OUTSIDE, bar_of
from tests import factories

TEAM = {
    "viewer": ["Guidelines"],
    "annotator": ["My work", "Discussion", "Guidelines"],
    "reviewer": ["My work", "Progress", "Agreement", "Approval", "Discussion", "Guidelines"],
    "manager": ["My work", "Progress", "Plans", "Agreement", "Approval", "Discussion", "Guidelines"],
}
ROLES = list(TEAM)
TABS = [tab for entry in BAR for tab in (*entry.tabs, *entry.more)]


def names(text, label):
    """What the links of a part of the bar are called."""
    part = re.search(rf'aria-label="{label}">(.*?)</nav>', text, re.DOTALL)
    return re.findall(r"<li><a [^>]*>([^<]+)</a>", part[1]) if part else []


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_do_a_thing_does_not_see_it(page, role):
    text = page(role, "/corpora/reports/")
    assert names(text, "Pages of the corpus") == [
        "Articles",
        "Evidence",
        "Actors",
        "Team",
        *(["Setup"] if role == "manager" else []),
    ]
    assert names(text, "Articles") == ["List", *(["Add"] if role == "manager" else []), "Feeds", "Import history"]
    assert names(page(role, "/corpora/reports/guidelines/"), "Team") == TEAM[role]


@pytest.mark.parametrize("role", ROLES)
def test_every_tab_that_somebody_sees_opens_for_them(as_, corpus, role):
    client = as_(role)
    for tab in TABS:
        if role in Membership.Role.from_rank(tab.least):
            assert client.get(tab.address(corpus)).status_code == 200, tab
        elif tab.view not in OUTSIDE:
            # Progress is open to annotators, with their own figures: a link of My work.
            assert client.get(tab.address(corpus)).status_code in ({200, 403} if tab.title == "Progress" else {403}), tab


def test_a_tab_shows_itself_as_the_current_one(as_, corpus):
    client = as_("manager")
    for entry in BAR:
        for tab in (*entry.tabs, *entry.more):
            text = client.get(tab.address(corpus)).content.decode()
            if tab.view in OUTSIDE and tab.title != "My work":
                assert "corpus-bar" not in text, tab
                continue
            bar = text[text.index('class="corpus-bar"') : text.index("</main>")]
            assert re.findall(r'aria-current="true"[^>]*>([^<]+)', bar)[:1] == [entry.title], tab
            assert re.search(rf'aria-current="page">{re.escape(tab.title)}<', bar), tab


def test_the_search_stands_on_every_page_of_the_corpus_but_its_own(page):
    assert 'action="/corpora/reports/search/"' in page("viewer", "/corpora/reports/guidelines/")
    assert 'action="/corpora/reports/search/"' not in page("viewer", "/corpora/reports/search/")


def test_every_ledger_has_its_tab():
    assert {tab.ledger for tab in TABS if tab.ledger} == set(LEDGERS)


def test_pages_below_a_tab_have_addresses_that_exist():
    for tab in TABS:
        for view in (tab.view, *tab.below.split()):
            assert any(reverses(view, given) for given in GIVEN), view


GIVEN = (
    ("reports", "EVENT", "PAY"),
    [],
    ["a"],
    ["a", "a"],
    ["a", 1],
    [1],
    ["00000000-0000-0000-0000-000000000000"],
    ["a", "00000000-0000-0000-0000-000000000000"],
    ["00000000-0000-0000-0000-000000000000"] * 2,
)


def reverses(view, given):
    try:
        reverse(view, args=given)
    except NoReverseMatch:
        return False
    return True


def test_the_annotator_has_the_entries_alone():
    shown = bar_of(Corpus(slug="reports"), "annotator", ANNOTATOR)
    assert [entry.title for entry in shown["entries"]] == ["Articles", "Evidence", "Actors", "Team"]
    assert "tabs" not in shown


def test_strangers_and_those_of_another_corpus_learn_nothing(as_):
    assert as_("stranger").get("/corpora/reports/").status_code == 404
    assert "corpus-bar" not in as_("stranger").get("/queue/?corpus=reports").content.decode()
    assert "corpus-bar" not in as_("viewer").get("/queue/?corpus=reports").content.decode()


@pytest.mark.parametrize(
    ("role", "address"), [("viewer", "/corpora/reports/guidelines/"), ("manager", "/corpora/reports/plans/")]
)
def test_the_bar_asks_the_database_once_at_most(queries, monkeypatch, role, address):
    with_bar = queries(role, address)
    monkeypatch.setattr(Corpus, "shown_role", lambda *_: None)
    assert with_bar - queries(role, address) <= 1


def test_it_asks_nothing_where_the_view_has_asked(queries, monkeypatch):
    with_bar = queries("annotator", "/corpora/reports/")
    monkeypatch.setattr(Corpus, "shown_role", lambda *_: None)
    assert with_bar == queries("annotator", "/corpora/reports/")


def test_my_work_is_that_of_the_corpus(page, corpus, people):
    other = factories.corpus("other")
    factories.membership(other, people.annotator, "annotator")
    factories.assignment(factories.document("Here", corpus=corpus), people.annotator)
    factories.assignment(factories.document("Elsewhere", corpus=other), people.annotator)
    text = page("annotator", "/queue/?corpus=reports")
    assert "Here" in text
    assert "Elsewhere" not in text
    assert "<h1>My work</h1>" in text
    assert "/corpora/reports/progress/" in text
