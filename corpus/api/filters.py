"""The kinds of query parameter. A list takes those that its filter set names, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from corpus.db.days import not_after, not_before
from corpus.models import Article
from corpus.passages.search import articles_with
from corpus.words.patterns import PatternError


def parameters_of(request: Request) -> dict[str, str]:
    return {name: str(words) for name, words in request.query_params.items()}


def refuse_others(request: Request, allowed: Iterable[str]) -> None:
    """Raises ValidationError for a parameter that is not among `allowed`, or stands twice."""
    known = sorted(allowed)
    for name, values in request.query_params.lists():
        if name not in known:
            names = ", ".join(known) or "none"
            raise ValidationError({name[:100]: f"is not a parameter of this operation; allowed: {names}"})
        if len(values) > 1:
            raise ValidationError({name: "is given more than once"})


class Words(django_filters.CharFilter):
    """Text that is compared or looked for; 200 characters are enough."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 200, **options})


class Flag(django_filters.ChoiceFilter):
    """`true` or `false`; anything else is an error, never "not given"."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, choices=[("true", "true"), ("false", "false")], **options)

    def filter(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        return rows if value in (None, "") else super().filter(rows, value == "true")


class Day(django_filters.DateFilter):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"input_formats": ["%Y-%m-%d"], **options})


class FromDay(Day):
    """What may be on that day or later. `first`, `last`: the columns of its first and its last day."""

    condition = staticmethod(not_before)

    def __init__(self, first: str, last: str, **options: Any) -> None:
        super().__init__(field_name=last, **options)
        self.columns = first, last

    def filter(self, rows: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        return rows.filter(self.condition(value, *self.columns)) if value else rows


class UntilDay(FromDay):
    """What may be on that day or earlier."""

    condition = staticmethod(not_after)


class Amount(django_filters.NumberFilter):
    """A number that the columns for amounts can hold: 24 digits before the point, 6 behind it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_digits": 30, "decimal_places": 6, **options})

    def get_max_validator(self) -> None:
        return None


class WholeNumber(django_filters.NumberFilter):
    field_class = forms.IntegerField

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"min_value": 0, "max_value": 2**31 - 1, **options})

    def get_max_validator(self) -> None:
        return None


class ArticleFilter(django_filters.FilterSet):
    outlet = Words(field_name="outlet__name", help_text="Name of the outlet.")
    language = Words(field_name="language", help_text="Language tag (BCP 47): en, ko.")
    key = Words(field_name="key", help_text="Key of the article in files.")
    url = Words(field_name="url", max_length=2000, help_text="Exact URL, if known.")
    claimed_url = Words(field_name="claimed_url", max_length=2000, help_text="Exact URL, if only claimed.")
    claimed_outlet = Words(field_name="claimed_outlet", help_text="Name of the outlet, if only claimed.")
    published_after = FromDay("published_earliest", "published_latest", help_text="On that day or later.")
    published_before = UntilDay("published_earliest", "published_latest", help_text="On that day or earlier.")
    cluster = WholeNumber(field_name="cluster", help_text="Number of a story (articles grouped by hand).")
    is_copy = Flag(
        field_name="copy_of",
        lookup_expr="isnull",
        exclude=True,
        help_text="Whether the article is a near-duplicate of another; false returns each text once.",
    )
    search = Words(
        method="matching",
        help_text="Words next to each other in the title or the text. `*` stands for any letters, `?` for one, `a|b` for either, "
        "`..3` for up to three words. The last word may be the beginning of one.",
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def matching(self, rows: QuerySet[Article], name: str, words: str) -> QuerySet[Article]:
        corpus = self.request.parser_context["view"].corpus
        try:
            return rows.filter(pk__in=articles_with(corpus, words))
        except PatternError as error:
            raise ValidationError({name: str(error)}) from error
