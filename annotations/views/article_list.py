"""The articles of a list as the page shows them: in which order, and which of them a form selects."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import F, QuerySet
from django.http import QueryDict

from annotations.forms import conditions, filtered
from corpus.forms import ArticleFilterForm
from corpus.models import Article, Corpus

# Column of the list → what it is sorted by.
SORTS = {"title": "title", "outlet": "outlet__name", "date": "published_earliest", "added": "created", "progress": "progress"}


class SelectionError(ValueError):
    """A selection that names no articles, in plain words."""


class SortLink(NamedTuple):
    """A heading of the list: its order now, by ARIA's words, and the value of `sort` that a click asks for."""

    name: str
    order: str
    following: str


class Chip(NamedTuple):
    """A condition in words, and the address of the list without it."""

    words: str
    address: str


def chips(filters: ArticleFilterForm, query: QueryDict) -> list[Chip]:
    """What the filters ask of articles. The rest of the address stays, but for the page, which would be another one."""
    return [Chip(words, f"?{without(query, name, 'page')}") for name, words in conditions(filters)]


def without(query: QueryDict, *names: str) -> str:
    left = query.copy()
    for name in names:
        left.pop(name, None)
    return left.urlencode()


def ordered(articles: QuerySet[Article], sort: str) -> QuerySet[Article]:
    """By the column of that name, "-" for the other way round; newest first where there is none. What has no value comes last."""
    path = SORTS.get(sort.removeprefix("-"))
    if path is None:
        return articles
    by = F(path).desc(nulls_last=True) if sort.startswith("-") else F(path).asc(nulls_last=True)
    return articles.order_by(by, "-created", "pk")


def sort_links(sort: str) -> dict[str, SortLink]:
    order = {f"{sign}{name}": word for name in SORTS for sign, word in (("", "ascending"), ("-", "descending"))}.get(sort, "")
    return {
        name: SortLink(name, order if sort.removeprefix("-") == name else "", f"-{name}" if sort == name else name)
        for name in SORTS
    }


def selected(form: QueryDict, corpus: Corpus, user: User) -> QuerySet[Article]:
    """The articles of a form: those that it names (`article`), or with `all` those that pass the filters of `query`.

    Raises SelectionError for none, and for filters that cannot be read: the list leaves them out, an edit of all must not.
    """
    everything, filters = filtered(QueryDict(form.get("query", "")[:4000]), corpus, user)
    if form.get("all"):
        if not filters.is_valid():
            raise SelectionError("The filter of the list has an error. Correct it, then select again.")
        return filters.narrow(everything)
    keys = [key for key in form.getlist("article") if re.fullmatch(r"[0-9a-f-]{32,36}", key)]
    rows = everything.filter(pk__in=keys)
    if not keys or not rows.exists():
        raise SelectionError("No article is selected. Select some in the list first.")
    return rows
