"""Some articles of a corpus: those of an outlet, in a language, or of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, cast

from django.db.models import Q, QuerySet

from annotations.models import Plan, PlanArticle
from corpus.db.compiled_queries import RepeatedRows, Slot
from corpus.db.round_trip import round_trip
from corpus.models import Article, Corpus, Outlet

Choices = dict[str, dict[str, str]]
"""By filter, the values that the corpus has, each with its name."""


@dataclass(frozen=True)
class ChosenArticles:
    """The name of an outlet, a code of a language, the id of a plan; empty: any."""

    outlet: str = ""
    language: str = ""
    plan: str = ""

    def __bool__(self) -> bool:
        return any(self.values().values())

    def values(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def slots(self) -> ChosenArticles:
        """For queries that are built once: a slot in the place of each value that narrows."""
        return ChosenArticles(**{name: cast("str", Slot(name)) if value else "" for name, value in self.values().items()})

    def of_texts(self, path: str) -> Q:
        """That a text, to which `path` leads, is of one of them."""
        chosen = Q()
        if self.outlet:
            chosen &= Q(**{f"{path}__article__outlet__name": self.outlet})
        if self.language:
            chosen &= Q(**{f"{path}__article__language": self.language})
        if self.plan:
            chosen &= Q(**{f"{path}__in": PlanArticle.objects.filter(plan__id=self.plan).values("document")})
        return chosen

    def of_articles(self) -> Q:
        """That an article is one of them."""
        chosen = Q()
        if self.outlet:
            chosen &= Q(outlet__name=self.outlet)
        if self.language:
            chosen &= Q(language=self.language)
        if self.plan:
            chosen &= Q(pk__in=PlanArticle.objects.filter(plan__id=self.plan).values("document__article"))
        return chosen


def outlets() -> QuerySet[Any, Any]:
    return Outlet.objects.filter(corpus=Slot("corpus")).order_by("name").values_list("name")


def languages() -> QuerySet[Any, Any]:
    rows = Article.objects.outside_bin().filter(corpus=Slot("corpus")).exclude(language="").order_by("language")
    return rows.values_list("language").distinct()


def plans() -> QuerySet[Any, Any]:
    rows = Plan.objects.filter(corpus=Slot("corpus")).exclude(state=Plan.State.DRAFT)
    return rows.order_by("name", "pk").values_list("pk", "name")


CHOICES = [RepeatedRows(rows) for rows in (outlets, languages, plans)]


def choices_of(corpus: Corpus) -> Choices:
    named, spoken, planned = round_trip([rows.statement(corpus=corpus.pk) for rows in CHOICES])
    return {
        "outlet": {name: name for (name,) in named},
        "language": {code: code for (code,) in spoken},
        "plan": {str(pk): name for pk, name in planned},
    }


def chosen_by(query: Mapping[str, Any], choices: Choices) -> ChosenArticles:
    """What an address names, as far as the corpus has it."""
    return ChosenArticles(**{name: value for name, values in choices.items() if (value := query.get(name, "")) in values})
