"""The home page: my corpora, each with its progress, what waits for me, and what is new."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotations.queries import home
from corpus.accounts.sessions import previous_sign_in
from corpus.accounts.signed_in import SignedIn
from corpus.edits.corpora import may_create
from corpus.models import Corpus, Deletion, Membership


class Waiting(NamedTuple):
    """A kind of work: its noun, what is to be done, who counts it, and the page that has it. `query`: of that page; its {} is a slug."""

    noun: str
    act: str
    counts: Callable[[Any], home.Counts]
    route: str
    query: str = ""


WAITING = (
    Waiting("article", "to annotate", home.articles_in_progress, "annotations:queue", "?corpus={}&state=open"),
    Waiting("adjudication", "in progress", home.adjudications_in_progress, "annotations:queue", "?corpus={}&state=open"),
    Waiting("article", "to adjudicate", home.texts_to_adjudicate, "annotations:articles", "?progress=submitted"),
    Waiting("candidate", "to decide", home.candidates_to_decide, "annotations:screening"),
    Waiting("thread", "to answer", home.threads_to_answer, "annotations:discussion"),
)


class HomeLink(NamedTuple):
    words: str
    address: str


class Step(NamedTuple):
    """One of the first steps in a corpus."""

    title: str
    hint: str
    address: str
    is_done: bool


@require_safe
def corpora(request: SignedIn) -> HttpResponse:
    user, since = request.user, previous_sign_in(request)
    rows = home.corpora_of(user)
    progress = home.progress_of(rows, user)
    waiting = [(each, each.counts(user)) for each in WAITING]
    notices, added = home.unread_notices(user), home.articles_added(user, since) if since else {}
    for row in rows:
        row.shares = progress.get(row.pk, [])
        row.waiting = [link_to(each, row, counts[row.pk]) for each, counts in waiting if row.pk in counts]
        row.news = news_of(row, added.get(row.pk, 0), since, notices.get(row.pk, 0))
        row.steps = first_steps(row, row.role)
    deleted = Deletion.objects.for_user(user).in_bin().filter(kind=Deletion.Kind.CORPUS)
    shown = {"corpora": rows, "may_create": may_create(user), "deleted": deleted.exists()}
    return render(request, "annotations/corpora.html", shown)


def link_to(waiting: Waiting, corpus: Corpus, count: int) -> HomeLink:
    address = reverse(waiting.route, args=[] if "{}" in waiting.query else [corpus.slug])
    return HomeLink(f"{counted(count, waiting.noun)} {waiting.act}", address + waiting.query.format(corpus.slug))


def news_of(corpus: Corpus, added: int, since: datetime | None, notices: int) -> list[HomeLink]:
    links = []
    if added and since:
        words = f"{counted(added, 'article')} added since you signed in on {since:%Y-%m-%d}"
        links.append(HomeLink(words, f"{corpus.get_absolute_url()}?sort=-added"))
    if notices:
        links.append(HomeLink(counted(notices, "unread notice"), reverse("annotations:notices")))
    return links


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def first_steps(corpus: Any, role: str | None) -> list[Step]:
    """What a manager does first in a corpus `with_beginnings`; nothing once a reading is submitted, from when on it has begun."""
    if role != Membership.Role.MANAGER or corpus.has_submitted:
        return []
    return [
        Step(
            "Add articles",
            "Upload files, enter URLs or paste a text.",
            reverse("corpus:add_article", args=[corpus.slug]),
            corpus.has_articles,
        ),
        Step("Invite people", "Make a link for each person.", reverse("corpus:members", args=[corpus.slug]), corpus.has_people),
        Step(
            "Annotate",
            "Open an article and submit it.",
            f"{reverse('annotations:queue')}?corpus={corpus.slug}",
            corpus.has_work,
        ),
    ]
