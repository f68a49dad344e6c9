"""The bar of a corpus: five entries with their tabs, on each of its pages. What a person may not open they do not see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import template
from django.http import HttpRequest
from django.urls import reverse

from corpus.models import Corpus, Membership
from questions.address.parameters import LEDGERS

register = template.Library()


class Tab(NamedTuple):
    """A page of the corpus by the name of its address, and the role that it takes. `below`: names of addresses of pages under it."""

    title: str
    view: str
    least: str = "viewer"
    below: str = ""
    ledger: str = ""
    query: str = ""

    def address(self, corpus: Corpus) -> str:
        inside = [corpus.slug] if self.view not in OUTSIDE else []
        query = f"?corpus={corpus.slug}" if self.view == MY_WORK else self.query
        return reverse(self.view, args=[*inside, self.ledger] if self.ledger else inside) + query

    def has(self, view: str, ledger: str) -> bool:
        return ledger == self.ledger if ledger and self.ledger else view == self.view or view in self.below.split()


class BarEntry(NamedTuple):
    """Tabs under one name. `key`: after `g`, it goes to the first of them; `more`: tabs in a menu at their end."""

    title: str
    key: str
    tabs: tuple[Tab, ...]
    more: tuple[Tab, ...] = ()


MY_WORK = "annotations:queue"
SEARCH = "questions:search"
ANNOTATOR = "annotations:annotate"  # its toolbar is its own, and its text has the room
# Their pages belong to no corpus.
OUTSIDE = {MY_WORK, "registry:lists", "annotations:measures", "annotations:base_register", "lake:lakes"}
ASK = "questions:ledger"
FIRST_LEDGERS = {"events", "figures", "sources", "network", "words"}

OF_ARTICLE = (
    "annotations:article annotations:delete_article annotations:selection annotations:assigned annotations:annotate annotations:carry "
    "annotations:undo_carry annotations:begin annotations:begin_adjudication annotations:adjudicate annotations:compare annotations:due "
    "annotations:hand_over annotations:skip annotations:return annotations:result annotations:history annotations:reading_history "
    "annotations:delete_reading corpus:batch corpus:edit_metadata corpus:copy corpus:story corpus:changes corpus:original"
)
OF_IMPORT = "corpus:intake corpus:look corpus:save_held annotations:loads annotations:load lake:promotion"
OF_QUESTION = "questions:saved questions:look questions:change_saved questions:delete_saved"
OF_EXPORT = "annotations:evidence annotations:report annotations:save_words"
OF_ENTITY = "annotations:entity annotations:decisions annotations:merge annotations:merge_progress"
OF_SCREENING = "annotations:screening_run annotations:screen annotations:screened_by annotations:candidate"
OF_DISCUSSION = "annotations:new_thread annotations:thread annotations:give_thread"
OF_GUIDELINES = "annotations:guideline annotations:new_guideline annotations:edit_guideline annotations:new_ruling annotations:rule_difference"
OF_MEMBERS = "corpus:change_member corpus:remove_member corpus:member_work corpus:password_link corpus:invite"
OF_SCHEME = "annotations:scheme_label annotations:scheme_changes annotations:scheme_change"
OF_SETTINGS = "annotations:team annotations:targets annotations:outlet annotations:delete_corpus"
OF_EVENTS = "questions:sum questions:linked questions:judge"

BAR = (
    BarEntry(
        "Articles",
        "a",
        (
            Tab("List", "annotations:articles", below=OF_ARTICLE),
            Tab("Add", "corpus:add_article", "manager", "corpus:bring_in"),
            Tab("Feeds", "corpus:feeds", below="corpus:change_feed corpus:remove_feed"),
            Tab("Import history", "corpus:intakes", below=OF_IMPORT),
        ),
    ),
    BarEntry(
        "Evidence",
        "e",
        (
            Tab("Questions", "questions:questions", below=OF_QUESTION),
            Tab("Events", ASK, ledger="events", below=OF_EVENTS),
            Tab("Figures", ASK, ledger="figures", query="?view=ranges"),
            Tab("Sources", ASK, ledger="sources"),
            Tab("Timeline", ASK, ledger="events", query="?view=timeline"),
            Tab("Network", ASK, ledger="network", query="?view=network"),
            Tab("Words", ASK, ledger="words"),
            Tab("Export", "annotations:export", below=OF_EXPORT),
        ),
        (
            *(Tab(each.title, ASK, ledger=each.name) for each in LEDGERS.values() if each.name not in FIRST_LEDGERS),
            Tab("Pairs of events", "questions:pairs"),
        ),
    ),
    BarEntry(
        "Actors",
        "c",
        (
            Tab("Entities", "annotations:entities", below=OF_ENTITY),
            Tab("Screening", "annotations:screening", below=OF_SCREENING),
            Tab("Lists", "registry:lists"),
            Tab("Measures", "annotations:measures"),
            Tab("Register", "annotations:base_register"),
        ),
    ),
    BarEntry(
        "Team",
        "t",
        (
            Tab("My work", MY_WORK, "annotator", "annotations:own_agreement"),
            Tab("Progress", "annotations:progress", "reviewer"),
            Tab("Plans", "annotations:plans", "manager", "annotations:plan"),
            Tab("Agreement", "annotations:agreement", "reviewer", "annotations:agreement_pair annotations:differences"),
            Tab("Approval", "annotations:approval", "reviewer", "annotations:approve"),
            Tab("Discussion", "annotations:discussion", "annotator", OF_DISCUSSION),
            Tab("Guidelines", "annotations:guidelines", below=OF_GUIDELINES),
        ),
    ),
    BarEntry(
        "Setup",
        "s",
        (
            Tab("Scheme", "annotations:scheme_page", "manager", OF_SCHEME),
            Tab("Members", "corpus:members", "manager", OF_MEMBERS),
            Tab("Settings", "annotations:settings", "manager", OF_SETTINGS),
            Tab("Lakes", "lake:lakes", "manager"),
            Tab("Bin", "annotations:bin", "manager"),
        ),
    ),
)


class BarLink(NamedTuple):
    """`current`: a value of aria-current, empty for what is not shown now."""

    title: str
    address: str
    current: str
    key: str = ""


@register.inclusion_tag("_corpus_bar.html", takes_context=True)
def corpus_bar(context: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing on pages that belong to no corpus, and for whom it is closed. It asks for the role alone, where the view has not."""
    corpus, request = context.get("corpus"), context.get("request")
    if not isinstance(corpus, Corpus) or request is None or not request.user.is_authenticated:
        return {}
    role = corpus.shown_role(request.user)
    if not role or not request.resolver_match:
        return {}
    view, ledger, look = place_of(request)
    return {
        "searches": view not in (SEARCH, ANNOTATOR),
        "has_keys": view != ANNOTATOR,
        **bar_of(corpus, role, view, ledger, look),
    }


@register.simple_tag(takes_context=True)
def corpus_keys(context: Mapping[str, Any]) -> str:
    """Which letter after g goes to which entry that the person sees."""
    role = context["corpus"].shown_role(context["user"])
    entries = bar_of(context["corpus"], role, SEARCH)["entries"] if role else []
    return ", ".join(f"{entry.title} ({entry.key})" for entry in entries)


def place_of(request: HttpRequest) -> tuple[str, str, str]:
    """The name of the page's address, its ledger, and how it is viewed."""
    match: Any = request.resolver_match
    return match.view_name, match.kwargs.get("ledger", ""), request.GET.get("view", "")


def bar_of(corpus: Corpus, role: str, view: str, ledger: str = "", look: str = "") -> dict[str, Any]:
    """What a page shows of the bar to somebody of this role."""
    entries, here = [], None
    for entry in BAR:
        tabs, more = ([tab for tab in row if role in Membership.Role.from_rank(tab.least)] for row in (entry.tabs, entry.more))
        if not tabs:
            continue
        holding = [tab for tab in (*entry.tabs, *entry.more) if tab.has(view, ledger)]
        shown = next((tab for tab in holding if tab.query == f"?view={look}"), holding[0] if holding else None)
        entries.append(BarLink(entry.title, tabs[0].address(corpus), "true" if shown else "", entry.key))
        if shown and view != ANNOTATOR:
            here = {
                "here": entry.title,
                "tabs": [link_of(tab, corpus, shown, view) for tab in tabs],
                "more": [link_of(tab, corpus, shown, view) for tab in more],
            }
    return {"corpus": corpus, "entries": entries, **(here or {})}


def link_of(tab: Tab, corpus: Corpus, shown: Tab, view: str) -> BarLink:
    current = ("page" if view == tab.view else "true") if tab == shown else ""
    return BarLink(tab.title, tab.address(corpus), current)
