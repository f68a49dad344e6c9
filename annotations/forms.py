"""The filter of the list of articles, as an address or a plan has it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict

from annotations.queries.progress import Progress, with_progress
from corpus.forms import ArticleFilterForm
from corpus.models import Article, Corpus, Membership

ALL_ARTICLES = "All articles"


def states_for(role: str | None) -> list[tuple[str, str]]:
    """Who only reads knows of nothing but the gold."""
    if role in Membership.Role.from_rank("annotator"):
        return Progress.choices
    return [(Progress.GOLD.value, Progress.GOLD.label)]


def filtered(query: QueryDict, corpus: Corpus, user: User) -> tuple[QuerySet[Article], ArticleFilterForm]:
    """All articles of the corpus with their progress, and the filters of an address."""
    role = corpus.role_of(user)
    everything = with_progress(Article.objects.for_user(user).filter(corpus=corpus), user, role)
    return everything, ArticleFilterForm(query, corpus, states_for(role))


def selected_by(query: str, corpus: Corpus, user: User) -> QuerySet[Article]:
    """The articles that the filters of a query select. Raises ValueError, in plain words, for a query that cannot be read."""
    everything, filters = filtered(QueryDict(query), corpus, user)
    if not filters.is_valid():
        raise ValueError(
            "The filter has an error: "
            + " ".join(f"{name}: {' '.join(map(str, lines))}" for name, lines in filters.errors.items())
        )
    return filters.narrow(everything)


def filter_words(query: str, corpus: Corpus, user: User) -> str:
    """What a filter of the list asks, by the names of its fields: "Language: ko". One that cannot be read stands as it is."""
    _, filters = filtered(QueryDict(query), corpus, user)
    if not filters.is_valid():
        return query
    return "; ".join(words for _, words in conditions(filters)) or ALL_ARTICLES


def conditions(filters: ArticleFilterForm) -> list[tuple[str, str]]:
    """Each field that narrows the list, with what it asks in words: "Language: ko"."""
    progress = filters.chosen.get("progress")
    named = {**filters.chosen, "progress": progress and Progress(progress).label}
    asked = [(name, str(filters.fields[name].label or name.capitalize()), value) for name, value in named.items() if value]
    return [(name, label if value is True else f"{label}: {value}") for name, label, value in asked]
